from __future__ import annotations

from itertools import pairwise

import pytest

from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.domain.sound import SoundMode
from classroom_analyzer.pipeline.phases import PhaseTracker
from tests.pipeline.rows import audio, seat

LECTURE = {"speech": 0.9, "mode": SoundMode.SINGLE}
SILENT = {"speech": 0.0, "mode": SoundMode.NONE}
GROUPS = {"speech": 0.9, "mode": SoundMode.MULTIPLE}
TALK = {"speech": 0.7, "mode": SoundMode.SINGLE, "pitches": (110.0, 230.0, 180.0)}


def follow(
    tracker: PhaseTracker,
    start_s: int,
    seconds: int,
    sound: dict[str, object],
    yaws_deg: tuple[float, ...] = (0.0, 0.0, 0.0),
) -> Phase:
    phase = Phase.UNKNOWN
    sound = dict(sound)
    pitches = sound.pop("pitches", (120.0,))
    seats = [seat(i, yaw_deg=yaw) for i, yaw in enumerate(yaws_deg, 1)]
    for t_s in range(start_s + 1, start_s + seconds + 1):
        second = audio(t_s, pitch_hz=pitches[t_s // 4 % len(pitches)], **sound)  # type: ignore[index,arg-type]
        phase = tracker.push(second, seats)
    return phase


@pytest.mark.parametrize(
    ("sound", "phase"),
    [
        (LECTURE, Phase.LECTURE),
        (SILENT, Phase.SILENT_WORK),
        (GROUPS, Phase.GROUP_WORK),
        (TALK, Phase.DIALOGUE),
    ],
)
def test_a_minute_of_one_kind_of_sound_is_that_phase(sound: dict[str, object], phase: Phase):
    assert follow(PhaseTracker(), 0, 90, sound) is phase


@pytest.mark.parametrize(("share", "phase"), [(0.95, Phase.LECTURE), (0.55, Phase.DIALOGUE)])
def test_where_the_teachers_share_is_known_it_counts_and_pitch_does_not(share: float, phase: Phase):
    known = {**TALK, "readings": (Reading("talk_ratio", share, "share", 0.9),)}
    assert follow(PhaseTracker(), 0, 90, known) is phase


def test_heads_in_all_directions_speak_for_group_work_but_not_against_what_is_heard():
    mixed = {"speech": 0.9, "mode": SoundMode.MULTIPLE}
    around = (-70.0, -20.0, 30.0, 80.0)
    assert follow(PhaseTracker(), 0, 90, mixed, around) is Phase.GROUP_WORK
    assert follow(PhaseTracker(), 0, 90, LECTURE, around) is Phase.LECTURE


def test_the_start_is_unknown():
    assert follow(PhaseTracker(), 0, 40, LECTURE) is Phase.UNKNOWN


def test_without_sound_the_phase_is_unknown():
    tracker = PhaseTracker()
    assert all(tracker.push(None, [seat()]) is Phase.UNKNOWN for t_s in range(1, 200))


def test_phases_last_a_minute_and_cover_the_lesson_without_gaps():
    tracker = PhaseTracker()
    follow(tracker, 0, 150, LECTURE)
    follow(tracker, 150, 20, GROUPS)  # a short outburst is no phase
    follow(tracker, 170, 200, SILENT)
    spans = tracker.spans(370.4)
    assert [s.phase for s in spans] == [Phase.LECTURE, Phase.SILENT_WORK]
    assert spans[0].from_s == 0
    assert spans[0].to_s == pytest.approx(170, abs=20)
    assert spans[-1].to_s == 370.4
    assert all(a.to_s == b.from_s for a, b in pairwise(spans))


def test_a_change_is_dated_to_when_it_was_heard():
    tracker = PhaseTracker()
    follow(tracker, 0, 200, SILENT)
    follow(tracker, 200, 200, GROUPS)
    first, second = tracker.spans(400.0)
    assert (first.phase, second.phase) == (Phase.SILENT_WORK, Phase.GROUP_WORK)
    assert first.to_s == pytest.approx(200, abs=5)


def test_a_stretch_without_sound_is_unknown_in_between():
    tracker = PhaseTracker()
    follow(tracker, 0, 120, LECTURE)
    for _ in range(100):
        tracker.push(None, None)
    follow(tracker, 220, 120, LECTURE)
    assert [s.phase for s in tracker.spans(340.0)] == [Phase.LECTURE, Phase.UNKNOWN, Phase.LECTURE]


def test_a_lesson_too_short_for_a_phase_is_unknown_throughout():
    tracker = PhaseTracker()
    follow(tracker, 0, 30, LECTURE)
    assert [(s.from_s, s.to_s, s.phase) for s in tracker.spans(30.5)] == [(0.0, 30.5, Phase.UNKNOWN)]
    assert PhaseTracker().spans(0.5)[0].phase is Phase.UNKNOWN
