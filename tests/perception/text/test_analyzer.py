from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.chat import TEACHER, ChatMessage
from classroom_analyzer.domain.readings import Reading, TextSecond
from classroom_analyzer.domain.totals import ChatTotals
from classroom_analyzer.perception.text.analyzer import TextAnalyzer
from classroom_analyzer.perception.text.encoder import TextCodes
from classroom_analyzer.perception.text.on_task import OnTaskHead

NAMES = {
    "chat_rate.messages",
    "chat_rate.authors",
    "chat_rate.z",
    "questions",
    "help_requests",
    "on_task_talk",
    "chat_urgency",
    "sentiment",
}


class LengthIsNovelty:
    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def encode(self, texts: list[str]) -> TextCodes:
        self.batches.append(texts)
        return TextCodes(np.zeros((len(texts), 2), np.float32), np.array([len(t) for t in texts], np.float32))


def _message(t_s: float, who: str, text: str) -> ChatMessage:
    return ChatMessage(round(t_s * 1e9), who, text)


def _reading(second: TextSecond, name: str) -> Reading:
    (found,) = (r for r in second.readings if r.name == name)
    return found


def _run(analyzer: TextAnalyzer, until_s: int, *messages: ChatMessage) -> list[TextSecond]:
    for message in messages:
        analyzer.push(message)
    return [analyzer.second(t_s, 20) for t_s in range(1, until_s + 1)]


def test_a_message_counts_in_the_second_in_which_it_was_sent() -> None:
    seconds = _run(TextAnalyzer(), 4, _message(0, "P01", "hi"), _message(1.5, "P01", "a b"), _message(3, "P02", "c"))
    assert [s.messages for s in seconds] == [1, 1, 0, 1]
    assert [s.mean_words for s in seconds] == [1, 2, None, 1]
    assert seconds[-1].authors_120s == 2


def test_a_connected_chat_in_which_nobody_writes_is_an_observation() -> None:
    last = _run(TextAnalyzer(), 120)[-1]
    assert last.connected
    assert last.quality == 1
    assert _reading(last, "chat_rate.messages").value == 0
    assert _reading(last, "chat_rate.messages").quality == 1


def test_a_chat_that_is_not_connected_gives_no_values() -> None:
    analyzer = TextAnalyzer()
    analyzer.connected = False
    last = _run(analyzer, 120)[-1]
    assert not last.connected
    assert last.quality == 0
    assert {r.name for r in last.readings} == NAMES
    assert all(r.value is None and r.quality is None for r in last.readings)


def test_rates_are_per_minute_and_per_ten_minutes_of_connected_time() -> None:
    lines = [_message(t, f"P{t % 3:02d}", "what is this?" if t % 20 == 0 else "I am lost") for t in range(0, 120, 10)]
    last = _run(TextAnalyzer(), 120, *lines)[-1]
    assert _reading(last, "chat_rate.messages").value == pytest.approx(6)
    assert _reading(last, "chat_rate.authors").value == 3
    assert _reading(last, "chat_rate.authors").n == 20
    assert _reading(last, "questions").value == pytest.approx(30)
    assert _reading(last, "help_requests").value == pytest.approx(6)


def test_old_messages_leave_the_window() -> None:
    last = _run(TextAnalyzer(), 121, _message(0.5, "P01", "hi"))
    assert _reading(last[119], "chat_rate.authors").value == 1
    assert _reading(last[120], "chat_rate.authors").value == 0


def test_readings_have_no_value_before_70_percent_of_the_window() -> None:
    seconds = _run(TextAnalyzer(), 90)
    known = [_reading(s, "questions").value is not None for s in seconds]
    assert known == [t_s >= 84 for t_s in range(1, 91)]


def test_what_needs_a_model_that_is_not_shipped_has_no_value() -> None:
    last = _run(TextAnalyzer(), 120)[-1]
    assert {r.name for r in last.readings} == NAMES
    assert all(_reading(last, name).value is None for name in ("on_task_talk", "chat_urgency", "sentiment"))


def test_with_marks_only_wording_does_not_make_a_question() -> None:
    lines = [_message(0.1, "P01", "what page"), _message(0.2, "P02", "page 3?")]
    assert _run(TextAnalyzer(), 1, *lines)[0].questions == 2
    assert _run(TextAnalyzer(question_marks_only=True), 1, *lines)[0].questions == 1


def test_totals_cover_the_whole_lesson() -> None:
    analyzer = TextAnalyzer()
    _run(analyzer, 300, _message(1, "P01", "hi"), _message(2, "P02", "ok?"), _message(290, "P01", "bye"))
    assert analyzer.totals() == ChatTotals(messages=3, participants=2, questions=1, connected_s=300)


def test_messages_of_one_second_are_encoded_in_one_batch_and_novelty_lowers_quality() -> None:
    encoder = LengthIsNovelty()
    lines = [_message(0.1, "P01", "123456789"), _message(0.2, "P02", "123456789"), _message(1.1, "P02", "1")]
    seconds = _run(TextAnalyzer(encoder), 3, *lines)
    assert [len(batch) for batch in encoder.batches] == [2, 1]
    assert [s.novelty for s in seconds] == [9, 1, None]
    assert [s.quality for s in seconds] == pytest.approx([1 / 3, 1, 1])


class FractionsOrSnacks:
    """Sentence embeddings (1, 0) of messages about fractions, (0, 1) of all others."""

    def encode(self, texts: list[str]) -> TextCodes:
        on = np.array(["fraction" in text for text in texts])
        sentence = np.stack([on, ~on], axis=1).astype(np.float32)
        return TextCodes(np.zeros((len(texts), 2), np.float32), None, sentence)


HEAD = OnTaskHead([np.diag([50.0, -50.0]).astype(np.float32)], 0.0)


def _judging() -> TextAnalyzer:
    return TextAnalyzer(FractionsOrSnacks(), on_task=HEAD)


def test_on_task_talk_is_the_mean_probability_of_the_english_messages_of_two_minutes():
    lines = [_message(t, "P01", "it is a fraction" if t < 6 else "can i have a snack") for t in range(8)]
    last = _run(_judging(), 120, *lines)[-1]
    reading = _reading(last, "on_task_talk")
    assert reading.value == pytest.approx(0.75)
    assert (reading.n, reading.unit) == (8, "share")
    assert reading.quality == pytest.approx(1)


def test_on_task_talk_needs_five_english_messages():
    lines = [_message(t, "P01", "it is a fraction") for t in range(5)]
    assert _reading(_run(_judging(), 120, *lines)[-1], "on_task_talk").value == pytest.approx(1)
    analyzer = _judging()
    assert _reading(_run(analyzer, 120, *lines[:4])[-1], "on_task_talk").value is None
    assert (analyzer.totals().on_task_share, analyzer.totals().on_task_judged) == (None, 4)


@pytest.mark.parametrize("text", ["no entiendo la fraction", "我不明白 fraction 是什么意思呢", "12"])
def test_other_languages_and_numbers_without_any_words_give_no_on_task_talk(text: str):
    analyzer = _judging()
    last = _run(analyzer, 120, *(_message(t, "P01", text) for t in range(20)))[-1]
    assert _reading(last, "on_task_talk").value is None
    assert _reading(last, "on_task_talk").quality is None
    assert analyzer.totals().on_task_share is None


def test_messages_that_cannot_be_judged_lower_the_quality_of_on_task_talk():
    english = [_message(t, "P01", "it is a fraction") for t in range(6)]
    other = [_message(t + 0.5, "P02", "no entiendo la pregunta") for t in range(6)]
    reading = _reading(_run(_judging(), 120, *english, *other)[-1], "on_task_talk")
    assert reading.value == pytest.approx(1)
    assert (reading.n, reading.quality) == (6, pytest.approx(0.5))


def test_the_on_task_share_covers_the_whole_lesson():
    analyzer = _judging()
    lines = [_message(200 * t, "P01", "it is a fraction" if t % 2 else "can i have a snack") for t in range(6)]
    last = _run(analyzer, 1100, *lines)[-1]
    assert _reading(last, "on_task_talk").value is None
    assert analyzer.totals().on_task_share == pytest.approx(0.5)
    assert analyzer.totals().on_task_judged == 6


def test_an_encoder_without_sentence_embeddings_gives_no_on_task_talk():
    analyzer = TextAnalyzer(LengthIsNovelty(), on_task=HEAD)
    last = _run(analyzer, 120, *(_message(t, "P01", "it is a fraction") for t in range(9)))[-1]
    assert _reading(last, "on_task_talk").value is None


def test_what_the_teacher_typed_counts_for_nobody():
    analyzer = TextAnalyzer(FractionsOrSnacks(), on_task=HEAD)
    typed = [_message(t + 0.5, TEACHER, "help, what is a snack?") for t in range(20)]
    lines = [_message(t, f"P{t % 4:02d}", "it is a fraction") for t in range(8)]
    seconds = _run(analyzer, 120, *typed, *lines)
    counts = {name: _reading(seconds[-1], name) for name in ("chat_rate.authors", "questions", "help_requests")}
    assert [(r.value, r.n) for r in counts.values()] == [(4, 20), (0, 8), (0, 8)]
    assert (_reading(seconds[-1], "on_task_talk").value, _reading(seconds[-1], "on_task_talk").n) == (
        pytest.approx(1),
        8,
    )
    assert [s.messages for s in seconds[:9]] == [1] * 8 + [0]
    totals = analyzer.totals()
    assert (totals.messages, totals.participants, totals.questions, totals.on_task_judged) == (8, 4, 0, 8)


def test_a_line_that_the_teacher_typed_does_not_make_the_chat_connected():
    analyzer = TextAnalyzer()
    analyzer.connected = False
    _run(analyzer, 2, _message(0.5, TEACHER, "page 3"))
    assert analyzer.totals().connected_s == 0


def test_a_lesson_in_another_language_is_said_at_its_end_and_before_only_when_many_messages_tell():
    analyzer = _judging()
    _run(analyzer, 10, *(_message(t, "P01", "no entiendo la pregunta") for t in range(6)))
    assert analyzer.notices == ()
    analyzer.drain()
    assert "language not supported" in analyzer.notices[0]
    many = _judging()
    _run(many, 30, *(_message(t, "P01", f"no entiendo la pregunta {t}") for t in range(20)))
    assert "language not supported" in many.notices[0]
