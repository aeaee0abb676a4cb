from __future__ import annotations

from itertools import pairwise

import pytest

from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.sound import SoundMode
from classroom_analyzer.pipeline.phases import PhaseTracker
from tests.pipeline.rows import audio, seat

LECTURE = {"speech": 0.9, "mode": SoundMode.SINGLE}
SILENT = {"speech": 0.0, "mode": SoundMode.NONE}
GROUPS = {"speech": 0.9, "mode": SoundMode.MULTIPLE}
TALK = {"speech": 0.5, "mode": SoundMode.SINGLE}


def follow(tracker: PhaseTracker, start_s: int, seconds: int, sound: dict[str, object]) -> Phase:
    phase = Phase.UNKNOWN
    for t_s in range(start_s + 1, start_s + seconds + 1):
        phase = tracker.push(t_s, audio(t_s, **sound), [seat()])  # type: ignore[arg-type]
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


def test_the_start_is_unknown():
    assert follow(PhaseTracker(), 0, 40, LECTURE) is Phase.UNKNOWN


def test_without_sound_the_phase_is_unknown():
    tracker = PhaseTracker()
    assert all(tracker.push(t_s, None, [seat()]) is Phase.UNKNOWN for t_s in range(1, 200))


def test_phases_last_a_minute_and_cover_the_lesson_without_gaps():
    tracker = PhaseTracker()
    follow(tracker, 0, 150, LECTURE)
    follow(tracker, 150, 20, GROUPS)  # a short outburst is no phase
    follow(tracker, 170, 200, SILENT)
    spans = tracker.spans(370.0)
    assert [s.phase for s in spans] == [Phase.UNKNOWN, Phase.LECTURE, Phase.SILENT_WORK]
    assert spans[0].from_s == 0
    assert spans[-1].to_s == 370.0
    assert all(a.to_s == b.from_s for a, b in pairwise(spans))
    assert all(s.to_s - s.from_s >= 60 for s in spans[1:])
