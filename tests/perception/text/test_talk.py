"""Talk figures against lessons whose answers are known by construction."""

from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.domain.transcript import SpeakerRole, Utterance
from classroom_analyzer.perception.audio.frames import FRAME_NS
from classroom_analyzer.perception.audio.timeline import VoiceTimeline
from classroom_analyzer.perception.text.encoder import TextCodes
from classroom_analyzer.perception.text.sentences import count_questions, ends_with_question, is_punctuated
from classroom_analyzer.perception.text.talk import TalkAnalyzer

T, S, U = SpeakerRole.TEACHER, SpeakerRole.STUDENT, SpeakerRole.UNKNOWN
Line = tuple[float, float, SpeakerRole, str]

# A teacher question every 30 s, an answer 2 s later, the reply 1 s after that.
ROUND: tuple[Line, ...] = (
    (0, 4, T, "How many sides are there?"),
    (6, 9, S, "I think there are four sides"),
    (10, 14, T, "Yes, there are four sides."),
)


def rounds(n: int, role: SpeakerRole | None = None) -> list[Line]:
    return [(30 * k + a, 30 * k + b, role or r, text) for k in range(n) for a, b, r, text in ROUND]


def run(
    lines: list[Line], until_s: int, *, covered_s: float | None = None, analyzer: TalkAnalyzer | None = None
) -> tuple[dict[str, Reading], TalkAnalyzer]:
    talk = analyzer or TalkAnalyzer()
    talk.cover(0, to_ns(until_s if covered_s is None else covered_s))
    waiting = [Utterance(to_ns(a), to_ns(b), None, role, text) for a, b, role, text in lines]
    readings: tuple[Reading, ...] = ()
    for t_s in range(1, until_s + 1):
        while waiting and waiting[0].start_ns < to_ns(t_s):
            talk.push(waiting.pop(0))
        readings = talk.second(t_s)
    return {r.name: r for r in readings}, talk


def test_a_lesson_of_rounds_has_the_figures_it_was_made_with() -> None:
    now, talk = run(rounds(10), 300)
    assert now["talk_ratio"].value == pytest.approx(8 / 11)
    assert now["questions.teacher"].value == pytest.approx(20)  # four in two minutes
    assert now["questions.student"].value == 0
    assert now["wait_time"].value == pytest.approx(2)
    assert now["wait_time"].n == 4
    assert now["wait_time.after_student"].value == pytest.approx(1)
    assert now["wait_time.share_3s"].value == 0
    assert now["talk_ratio"].quality == 1
    assert now["uptake"].value is None  # no head
    totals = talk.totals()
    assert (totals.teacher_s, totals.student_s, totals.unknown_s) == (80, 30, 0)
    assert (totals.teacher_questions, totals.student_questions, totals.utterances) == (10, 0, 30)
    assert totals.wait_time_median_s == pytest.approx(2)
    assert totals.covered_s == 300


def test_without_roles_nothing_is_said_of_anybody() -> None:
    now, talk = run(rounds(5, U), 150)
    assert {r.value for r in now.values()} == {None}
    assert talk.totals().teacher_share is None


def test_one_in_five_unknown_lowers_quality_and_half_of_them_is_too_much() -> None:
    lines: list[Line] = [(10 * k, 10 * k + 8, T, "So it goes.") for k in range(12)]
    few = [(a, b, U if k % 5 == 4 else r, text) for k, (a, b, r, text) in enumerate(lines)]
    many = [(a, b, U if k % 2 else r, text) for k, (a, b, r, text) in enumerate(lines)]
    ratio = run(few, 120)[0]["talk_ratio"]
    assert ratio.value == 1
    assert ratio.quality == pytest.approx(10 / 12)
    assert run(many, 120)[0]["talk_ratio"].value is None


@pytest.mark.parametrize(("covered_s", "known"), [(60, False), (90, True)])
def test_below_70_percent_of_the_window_there_is_no_value(covered_s: float, known: bool) -> None:
    now, _ = run(rounds(2), 120, covered_s=covered_s)
    assert (now["questions.teacher"].value is not None) == known
    assert (now["talk_ratio"].value is not None) == known


def test_a_silence_that_a_transcript_covers_has_no_questions_and_no_talk_ratio() -> None:
    now, _ = run([(0, 4, T, "Work on your own."), (290, 292, T, "Done.")], 250, covered_s=292)
    assert now["questions.teacher"].value == 0
    assert now["talk_ratio"].value is None


def test_an_answer_that_begins_before_the_question_ends_is_no_wait() -> None:
    now, _ = run([(0, 4, T, "How many?"), (3, 6, S, "four")], 20)
    assert now["wait_time"].value == 0


def test_a_question_inside_an_utterance_is_counted_but_its_wait_is_not_known() -> None:
    now, _ = run([(0, 5, T, "Is it clear? Then we go on."), (9, 10, S, "no")], 20)
    assert now["questions.teacher"].value == pytest.approx(30)
    assert now["wait_time"].value is None


def test_the_next_voice_in_the_sound_ends_the_wait_though_no_words_came() -> None:
    voice = VoiceTimeline()
    mask = np.zeros(625, bool)  # 20 s
    mask[:125] = True  # the question, 0 to 4 s
    mask[250:300] = True  # somebody mumbles at 8 s
    voice.push(0, np.zeros((625, 512), np.float32), mask)
    assert voice.heard_until_ns == 625 * FRAME_NS
    now, _ = run([(0, 4.4, T, "How many?"), (15, 16, S, "four")], 19, analyzer=TalkAnalyzer(voice))
    assert now["wait_time"].value == pytest.approx(4, abs=0.04)
    assert now["wait_time.share_3s"].value == 1


def test_under_observe_a_recogniser_without_marks_tells_no_questions() -> None:
    lines: list[Line] = [(0, 4, T, "HOW MANY SIDES"), (6, 9, S, "FOUR")]
    now, talk = run(lines, 20, analyzer=TalkAnalyzer(marks_only=True))
    assert now["questions.teacher"].value is None
    assert talk.totals().teacher_questions is None
    assert now["talk_ratio"].value == pytest.approx(4 / 7)
    assert run(lines, 20)[0]["questions.teacher"].value == pytest.approx(30)


class Letters:
    """Embeds by the first letter."""

    def encode(self, texts: list[str]) -> TextCodes:
        vectors = np.array([[float(t.lower().startswith("y")), float(len(t))] for t in texts], np.float32)
        return TextCodes(vectors, None, vectors)


class YesIsUptake:
    def probability(self, student: np.ndarray, teacher: np.ndarray, /) -> np.ndarray:
        return teacher[:, 0]


def test_uptake_is_the_mean_over_replies_to_students_in_english() -> None:
    lines = rounds(4)
    lines[5] = (*lines[5][:3], "Now open your books on page ten.")
    talk = TalkAnalyzer(encoder=Letters(), uptake=YesIsUptake())
    now, _ = run(lines, 120, analyzer=talk)
    assert now["uptake"].value == pytest.approx(3 / 4)
    assert now["uptake"].n == 4
    german = [(a, b, r, "Ich glaube das sind vier Seiten und nicht fünf") for a, b, r, _ in rounds(4)]
    now, _ = run(german, 120, analyzer=TalkAnalyzer(encoder=Letters(), uptake=YesIsUptake()))
    assert now["uptake"].value is None


class Asked:
    """A head that remembers what it was asked, and calls everything with "what" a question."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def probability(self, texts: list[str]) -> np.ndarray:
        self.texts += texts
        return np.array(["what" in text for text in texts], np.float32)


UNMARKED: list[Line] = [
    (0, 4, T, "okay so half of eight is what"),
    (6, 9, S, "so is it four what"),
    (10, 14, T, "yes that is right"),
    (15, 16, T, "how many are there"),
]


def test_where_no_marks_are_written_the_head_is_asked_of_the_teachers_words_only() -> None:
    head = Asked()
    now, talk = run(UNMARKED, 20, analyzer=TalkAnalyzer(question=head))
    assert head.texts == [UNMARKED[0][3], UNMARKED[2][3]]  # the last one the rule knows
    assert talk.totals().teacher_questions == 2
    assert run(UNMARKED, 20)[1].totals().teacher_questions == 1
    assert now["wait_time"].value == pytest.approx(2)
    assert talk.totals().student_questions == run(UNMARKED, 20)[1].totals().student_questions


def test_where_marks_are_written_the_head_is_never_asked() -> None:
    head = Asked()
    run([(a, b, r, f"{text}.") for a, b, r, text in UNMARKED], 20, analyzer=TalkAnalyzer(question=head))
    marked_later = TalkAnalyzer(question=head)
    marked_later.expect_marks()
    run(UNMARKED, 20, analyzer=marked_later)
    assert head.texts == []


def test_the_head_is_not_asked_of_another_language() -> None:
    head = Asked()
    run([(0, 4, T, "das ist die frage und was ist das what")], 20, analyzer=TalkAnalyzer(question=head))
    assert head.texts == []


def test_push_tells_whether_a_question_of_the_teacher_ended() -> None:
    talk = TalkAnalyzer()
    said = [(T, "Good. Why?"), (T, "Why? Good."), (S, "Why?"), (U, "Why?")]
    assert [talk.push(Utterance(k, k + 1, None, r, text)) for k, (r, text) in enumerate(said)] == [True] + [False] * 3


def test_memory_does_not_grow_with_the_lesson() -> None:
    _, talk = run(rounds(200), 6000)
    kept = [talk._read, talk._waits, talk._scores, talk._wait_times._open]
    assert all(len(k) < 60 for k in kept)
    assert talk.totals().utterances == 600


def test_questions_are_counted_by_sentence() -> None:
    assert count_questions("Is it? “Why?” It is.") == 2
    assert count_questions("so what is the next step") == 1
    assert count_questions("so what is the next step", marks_only=True) == 0
    assert count_questions("你好。几点了？") == 1
    assert ends_with_question("Good. Why?")
    assert not ends_with_question("Why? Good.")
    assert not ends_with_question("…")


def test_the_point_of_a_number_is_no_mark() -> None:
    assert [is_punctuated(text) for text in ("it is 3.5 so", "It is 3.5.", "well", "Is it?")] == [
        False,
        True,
        False,
        True,
    ]
