"""A flood of chat is counted at once, read late and never lost."""

from __future__ import annotations

import time

import numpy as np
import pytest

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.perception.text.analyzer import TextAnalyzer
from classroom_analyzer.perception.text.backlog import (
    PACED_AT_ONCE,
    PACED_BUDGET_S,
    PACED_DRAIN_S,
    PACED_MAX_WAITING,
    Backlog,
)
from classroom_analyzer.perception.text.encoder import TextCodes
from classroom_analyzer.perception.text.on_task import OnTaskHead
from classroom_analyzer.perception.text.seconds import ChatSecond

HEAD = OnTaskHead([np.diag([50.0, -50.0]).astype(np.float32)], 0.0)
ON, OFF = "it is a fraction", "can i have a snack"


class SlowClock:
    """Stands still but for the time that the encoder takes."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


class SlowEncoder:
    def __init__(self, clock: SlowClock, message_s: float) -> None:
        self.read: list[str] = []
        self._clock, self._message_s = clock, message_s

    def encode(self, texts: list[str]) -> TextCodes:
        self.read += texts
        self._clock.now_s += self._message_s * len(texts)
        on = np.array(["fraction" in text for text in texts])
        sentence = np.stack([on, ~on], axis=1).astype(np.float32)
        return TextCodes(sentence, np.full(len(texts), 6, np.float32), sentence)


def _second(t_s: int, messages: int = 1) -> ChatSecond:
    return ChatSecond(t_s, True, frozenset({"P01"}), messages, 0, 0)


def _backlog(message_s: float, *, paced: bool) -> tuple[Backlog, SlowEncoder]:
    clock = SlowClock()
    encoder = SlowEncoder(clock, message_s)
    return Backlog(encoder, on_task=HEAD, paced=paced, clock=clock), encoder


def test_a_recording_is_read_whole_every_second():
    backlog, encoder = _backlog(1.0, paced=False)
    backlog.add(_second(1, 3000), [f"{ON} {k}" for k in range(3000)])
    backlog.work(1)
    assert (len(backlog), backlog.read, backlog.judged, backlog.latest_s) == (0, 3000, 3000, 0)
    assert encoder.read == [f"{ON} {k}" for k in range(3000)]


def test_a_live_lesson_reads_oldest_first_and_only_what_a_second_has_room_for():
    backlog, encoder = _backlog(PACED_BUDGET_S / PACED_AT_ONCE / 2, paced=True)
    backlog.add(_second(1, 1000), [f"{ON} {k}" for k in range(1000)])
    backlog.work(1)
    assert encoder.read == [f"{ON} {k}" for k in range(2 * PACED_AT_ONCE)]
    backlog.work(2)
    assert len(backlog) == 1000 - 4 * PACED_AT_ONCE
    assert backlog.latest_s == 1


def test_what_is_read_late_belongs_to_the_second_in_which_it_was_sent():
    backlog, _ = _backlog(1.0, paced=True)
    first, second = _second(1, PACED_AT_ONCE), _second(2, 2)
    backlog.add(first, [ON] * PACED_AT_ONCE)
    backlog.work(1)
    backlog.add(second, [OFF, ON])
    backlog.work(2)
    assert (first.judged, first.on_task) == (PACED_AT_ONCE, pytest.approx(PACED_AT_ONCE))
    assert (second.judged, second.on_task, second.novelty) == (2, pytest.approx(1), 6)
    assert second.quality == pytest.approx(0.5)


def test_without_an_encoder_nothing_waits():
    backlog = Backlog(None)
    backlog.add(_second(1), [ON])
    assert len(backlog) == 0


def test_ten_thousand_messages_in_a_second_are_counted_at_once_read_late_and_all_in_the_totals():
    clock = SlowClock()
    encoder = SlowEncoder(clock, 0.001)
    analyzer = TextAnalyzer(encoder, on_task=HEAD, paced=True)
    for k in range(10_000):
        text = f"what is a fraction {k}?" if k % 4 == 0 else f"i am lost, {OFF} {k}"
        analyzer.push(ChatMessage(k * 100_000, f"P{k % 40:02d}", text))
    started_s = time.perf_counter()
    flood = analyzer.second(1, 40)
    took_s = time.perf_counter() - started_s
    assert (flood.messages, flood.questions, flood.authors_120s) == (10_000, 2_500, 40)
    assert took_s < 5  # on a busy machine; far less on a quiet one
    for t_s in range(2, 90):
        analyzer.second(t_s, 40)
    analyzer.drain()
    totals = analyzer.totals()
    assert (totals.messages, totals.questions, totals.on_task_judged) == (10_000, 2_500, 10_000)
    assert totals.on_task_share == pytest.approx(0.25)
    assert len(encoder.read) == 10_000


class OneAtATime:
    """Takes a tenth of a second over every batch, in earnest."""

    def encode(self, texts: list[str]) -> TextCodes:
        time.sleep(0.1)
        on = np.ones(len(texts), np.float32)
        return TextCodes(on[:, None], None, np.stack([on, 0 * on], axis=1))


def test_a_lesson_says_how_late_the_chat_was_read():
    analyzer = TextAnalyzer(OneAtATime(), on_task=HEAD, paced=True)
    for k in range(12 * PACED_AT_ONCE):
        analyzer.push(ChatMessage(k, "P01", f"{ON} {k}"))
    analyzer.second(1, 20)
    assert analyzer.notices == ()
    for t_s in range(2, 5):
        analyzer.second(t_s, 20)
    assert analyzer.notices == (
        "chat analysis ran up to 3 s late because of many messages at once; they were counted in time",
    )


def test_of_more_than_can_wait_in_a_live_lesson_the_oldest_are_left_out_and_counted():
    backlog, encoder = _backlog(1.0, paced=True)
    backlog.add(_second(1), [f"{ON} {k}" for k in range(PACED_MAX_WAITING)])
    assert backlog.left_out == 0
    backlog.add(_second(2), [OFF] * 7)
    assert (len(backlog), backlog.left_out) == (PACED_MAX_WAITING, 7)
    backlog.work(2)
    assert encoder.read[0] == f"{ON} 7"


def test_the_end_of_a_live_lesson_waits_a_minute_for_what_is_unread_and_says_what_was_left():
    backlog, encoder = _backlog(PACED_DRAIN_S / 1000, paced=True)
    backlog.add(_second(1), [f"{ON} {k}" for k in range(5000)])
    backlog.drain(2)
    assert encoder.read == [f"{ON} {k}" for k in range(1024)]  # two portions
    assert (len(backlog), backlog.read, backlog.left_out) == (0, 1024, 5000 - 1024)


def test_a_recording_is_read_whole_however_many_come_and_however_long_it_takes():
    backlog, encoder = _backlog(1.0, paced=False)
    many = PACED_MAX_WAITING + 10
    backlog.add(_second(1), [ON] * many)
    backlog.drain(1)
    assert (len(encoder.read), backlog.left_out) == (many, 0)


def test_a_lesson_says_how_many_messages_were_not_judged(monkeypatch):
    monkeypatch.setattr("classroom_analyzer.perception.text.backlog.PACED_MAX_WAITING", 10)
    analyzer = TextAnalyzer(SlowEncoder(SlowClock(), 0.001), on_task=HEAD, paced=True)
    for k in range(15):
        analyzer.push(ChatMessage(k, "P01", f"{ON} {k}"))
    analyzer.second(1, 20)
    assert (analyzer.totals().messages, analyzer.totals().on_task_judged) == (15, 10)
    assert analyzer.notices == ("chat: 5 messages were counted but not judged, because too many came to read",)
