"""Chat latency against lessons whose answers are known by construction."""

from __future__ import annotations

import pytest

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.pipeline.prompts import PromptLatency

WORDS = Reading("questions.teacher", 10.0, "/10 min", 0.8)
CHAT = Reading("chat_rate.messages", 3.0, "/min", 0.9)


def run(asked: list[float], lines: list[float], until_s: int, *, words_late_s: float = 0) -> list[Reading]:
    prompts = PromptLatency()
    found = []
    for t_s in range(1, until_s + 1):
        for line in lines:
            if t_s - 1 <= line < t_s:
                prompts.answer(to_ns(line))
        for end in asked:
            if t_s - 1 <= end + words_late_s < t_s:
                prompts.ask(to_ns(end))
        found.append(prompts.second(t_s, WORDS, CHAT))
    return found


def test_it_is_the_median_time_from_a_question_to_the_next_line():
    last = run([10, 40, 70], [5, 12.5, 13, 44.25, 79], 100)[-1]
    assert (last.name, last.unit, last.n) == ("chat_rate.latency", "s", 3)
    assert last.value == pytest.approx(4.25)  # of 2.5, 4.25 and 9
    assert last.quality == pytest.approx(0.72)


def test_a_line_counts_within_a_minute_and_a_question_for_two():
    seconds = run([10], [69.9], 200)
    assert seconds[68].value is None
    assert seconds[69].value == pytest.approx(59.9)
    assert seconds[128].value == pytest.approx(59.9)
    assert seconds[129].value is None
    assert {one.value for one in run([10], [70.1], 200)} == {None}


def test_words_that_come_late_find_the_line_that_came_before_them():
    seconds = run([10], [12.5], 60, words_late_s=30)
    assert seconds[39].value is None
    assert seconds[40].value == pytest.approx(2.5)


@pytest.mark.parametrize(("words", "chat"), [(None, CHAT), (WORDS, None), (Reading("q", None, "s", None), CHAT)])
def test_without_known_words_or_a_connected_chat_there_is_no_value(words: Reading | None, chat: Reading | None):
    prompts = PromptLatency()
    prompts.ask(to_ns(1))
    prompts.answer(to_ns(2))
    assert prompts.second(3, words, chat).value is None
    assert prompts.second(4, WORDS, CHAT).value == 1


def test_a_flood_of_lines_and_many_questions_do_not_grow_memory():
    prompts = PromptLatency()
    for t_s in range(1, 400):
        for k in range(500):
            prompts.answer(to_ns(t_s - 1 + k / 500))
        prompts.ask(to_ns(t_s - 0.5))
        reading = prompts.second(t_s, WORDS, CHAT)
    assert len(prompts._lines) <= 20 * 121
    assert len(prompts._answered) <= 120
    assert len(prompts._open) < 2
    assert reading.value == pytest.approx(0, abs=0.05)
