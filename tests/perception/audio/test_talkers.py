from __future__ import annotations

import pytest

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.transcript import SpeakerRole
from classroom_analyzer.perception.audio.talkers import RoleTimeline

TEACHER, STUDENT, UNKNOWN = SpeakerRole.TEACHER, SpeakerRole.STUDENT, SpeakerRole.UNKNOWN


def _timeline(*spans: tuple[float, float, SpeakerRole]) -> RoleTimeline:
    timeline = RoleTimeline(0.8)
    for start_s, end_s, role in spans:
        timeline.add(to_ns(start_s), to_ns(end_s), role)
    return timeline


def _values(timeline: RoleTimeline, t_s: int) -> dict[str, float | None]:
    return {r.name: r.value for r in timeline.readings(t_s)}


def test_the_talk_ratio_is_the_teachers_part_of_the_talk_in_the_window() -> None:
    timeline = _timeline((0, 10, STUDENT), (31, 40, TEACHER), (45, 48, STUDENT))
    assert _values(timeline, 60)["talk_ratio"] == pytest.approx(9 / 12)
    assert timeline.totals().teacher_share == pytest.approx(9 / 22)


def test_where_too_much_voice_is_nobodys_there_is_no_share() -> None:
    timeline = _timeline((0, 4, TEACHER), (5, 8, UNKNOWN))
    assert _values(timeline, 30)["talk_ratio"] is None
    assert timeline.totals().teacher_share is None
    assert RoleTimeline(0.8).totals().teacher_share is None


def test_the_pause_after_the_teacher_lasts_until_the_next_voice() -> None:
    timeline = _timeline((0, 5, TEACHER), (7, 9, STUDENT), (10, 12, TEACHER), (12.5, 14, TEACHER), (15, 16, UNKNOWN))
    # 2 s after the first turn; the gap of half a second is inside a turn; 1 s before a voice of nobody in particular.
    assert _values(timeline, 30)["pause_after_teacher"] == pytest.approx(1.5)


def test_what_others_say_meanwhile_and_the_teachers_own_short_words_end_no_turn() -> None:
    spans = [(float(k), k + 1.0, TEACHER) for k in range(12)]
    spans[6:6] = [(5.2, 5.7, STUDENT)]
    assert _values(_timeline(*spans), 30)["pause_after_teacher"] is None
    breaths = [span for k in range(6) for span in ((3 * k, 3 * k + 2, TEACHER), (3 * k + 2.3, 3 * k + 2.7, UNKNOWN))]
    assert _values(_timeline(*breaths), 30)["pause_after_teacher"] is None
    assert _values(_timeline(*breaths, (20, 21, STUDENT)), 30)["pause_after_teacher"] == pytest.approx(2.3)


def test_somebody_who_begins_before_the_teacher_ends_leaves_no_pause() -> None:
    assert _values(_timeline((0, 5, TEACHER), (4, 8, STUDENT)), 30)["pause_after_teacher"] == 0


def test_a_pause_belongs_to_the_window_in_which_it_ends() -> None:
    timeline = _timeline((0, 5, TEACHER), (40, 41, STUDENT))
    assert _values(timeline, 30)["pause_after_teacher"] is None
    assert _values(timeline, 60)["pause_after_teacher"] == pytest.approx(35)


def test_a_stretch_has_the_role_that_fills_most_of_its_voice() -> None:
    timeline = _timeline((0, 3, TEACHER), (3, 4, STUDENT), (20, 21, UNKNOWN))
    assert timeline.role_of(0, to_ns(4)) is TEACHER
    assert timeline.role_of(to_ns(2.9), to_ns(4)) is STUDENT
    assert timeline.role_of(to_ns(19), to_ns(22)) is UNKNOWN
    assert timeline.role_of(to_ns(5), to_ns(9)) is UNKNOWN


def test_memory_stays_flat_and_totals_keep_everything() -> None:
    timeline = RoleTimeline(0.8)
    for k in range(2000):
        timeline.add(to_ns(k), to_ns(k + 0.5), TEACHER)
    assert len(timeline._spans) < 140
    assert timeline.totals().teacher_s == pytest.approx(1000)
