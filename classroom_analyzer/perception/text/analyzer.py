"""Reads the chat: takes messages and says once per second what was written. Keeps counts, no text.

A connected chat in which nobody writes is an observation (rate 0); a chat that is not connected is not.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.readings import Reading, TextSecond
from classroom_analyzer.perception.novelty import novelty_factor
from classroom_analyzer.perception.text.encoder import TextCodes, TextEncoder
from classroom_analyzer.perception.text.help import asks_for_help
from classroom_analyzer.perception.text.language import EnglishGuard
from classroom_analyzer.perception.text.on_task import OnTaskHead
from classroom_analyzer.perception.text.questions import is_question

__all__ = ["ChatTotals", "TextAnalyzer"]

READING_WINDOW_S = 120
MINIMUM_COVERAGE = 0.7
LEAST_JUDGED = 5  # messages in English; fewer give no share of on-task talk
# Names that need models this version does not have; always without a value.
UNMEASURED = (("chat_urgency", "1-7"), ("sentiment", "-1..1"))


@dataclass(frozen=True, slots=True)
class ChatTotals:
    """A lesson's chat so far.

    Attributes:
        messages: Sent.
        participants: Who sent one.
        questions: Messages that ask.
        on_task_share: Mean probability of the judged messages to be on task; None below 5 of them.
        on_task_judged: Messages in English that the head judged.
    """

    messages: int
    participants: int
    questions: int
    on_task_share: float | None = None
    on_task_judged: int = 0


@dataclass(frozen=True, slots=True)
class _ReadSecond:
    """Counts of one second; ``on_task`` is the sum of the probabilities of the ``judged`` messages."""

    connected: bool
    authors: frozenset[str]
    messages: int
    questions: int
    help_requests: int
    quality: float
    judged: int
    on_task: float


class TextAnalyzer:
    """Chat of one lesson.

    Args:
        encoder: Gives messages their novelty; None where encoders are not allowed or not wanted.
        question_marks_only: Whether wording is left out of the judgement what asks.
        on_task: Judges messages in English by the encoder's sentence embeddings; None where it is not allowed, or
            where the encoder is not the one it was trained with.

    Attributes:
        connected: Whether the chat can be read now; the owner of a live source sets it.
    """

    def __init__(
        self,
        encoder: TextEncoder | None = None,
        *,
        question_marks_only: bool = False,
        on_task: OnTaskHead | None = None,
    ) -> None:
        self.connected = True
        self._encoder = encoder
        self._marks_only = question_marks_only
        self._on_task = on_task
        self._english = EnglishGuard()
        self._pending: list[ChatMessage] = []
        self._window: deque[_ReadSecond] = deque(maxlen=READING_WINDOW_S)
        self._authors: set[str] = set()
        self._messages = 0
        self._questions = 0
        self._judged = 0
        self._on_task_sum = 0.0

    def push(self, message: ChatMessage) -> None:
        """Take a message; it counts in the second in which it was sent, or the next open one."""
        self._pending.append(message)

    def second(self, t_s: int, class_size: int | None) -> TextSecond:
        """Close the second that ends at ``t_s``; called once per second, in order.

        Args:
            t_s: End of the second.
            class_size: N, the most authors a reading can rest on; None when unknown.
        """
        messages = self._take_until(t_s * NS_PER_S)
        texts = [m.text for m in messages]
        codes = self._encoder.encode(texts) if self._encoder is not None and texts else None
        novelty = None if codes is None or codes.novelty is None else float(codes.novelty.mean())
        judged, on_task = self._judge(texts, codes)
        connected = self.connected or bool(messages)
        now = _ReadSecond(
            connected=connected,
            authors=frozenset(m.participant for m in messages),
            messages=len(messages),
            questions=sum(is_question(text, marks_only=self._marks_only) for text in texts),
            help_requests=sum(asks_for_help(text) for text in texts),
            quality=novelty_factor(novelty) if connected else 0.0,
            judged=judged,
            on_task=on_task,
        )
        self._window.append(now)
        self._messages += now.messages
        self._questions += now.questions
        self._judged += judged
        self._on_task_sum += on_task
        self._authors |= now.authors
        authors = len(frozenset().union(*(s.authors for s in self._window)))
        return TextSecond(
            t_s=t_s,
            connected=connected,
            messages=now.messages,
            questions=now.questions,
            authors_120s=authors,
            mean_words=sum(len(text.split()) for text in texts) / len(texts) if texts else None,
            quality=now.quality,
            novelty=novelty,
            readings=_readings(self._window, authors, class_size),
        )

    def totals(self) -> ChatTotals:
        """Return what was written in the lesson so far."""
        return ChatTotals(
            self._messages,
            len(self._authors),
            self._questions,
            _mean(self._on_task_sum, self._judged),
            self._judged,
        )

    def _take_until(self, t_ns: int) -> list[ChatMessage]:
        taken = [m for m in self._pending if m.t_ns < t_ns]
        self._pending = [m for m in self._pending if m.t_ns >= t_ns]
        return taken

    def _judge(self, texts: list[str], codes: TextCodes | None) -> tuple[int, float]:
        """Return how many messages could be judged and the sum of their probabilities to be on task."""
        if self._on_task is None or codes is None or codes.sentence is None:
            return 0, 0.0
        admitted = self._english.admits(texts)
        if not any(admitted):
            return 0, 0.0
        return sum(admitted), float(self._on_task.probability(codes.sentence[admitted]).sum())


def _mean(total: float, n: int) -> float | None:
    return total / n if n >= LEAST_JUDGED else None


def _readings(window: Sequence[_ReadSecond], authors: int, class_size: int | None) -> tuple[Reading, ...]:
    """Class readings of the last 120 s; value None when the chat was connected for less than 70 % of them."""
    read = [s for s in window if s.connected]
    coverage = len(read) / READING_WINDOW_S
    known = coverage >= MINIMUM_COVERAGE
    quality = coverage * sum(s.quality for s in read) / len(read) if known else 0.0
    people = authors if class_size is None else max(authors, class_size)
    messages = sum(s.messages for s in read)
    judged = sum(s.judged for s in read)
    on_task = _mean(sum(s.on_task for s in read), judged) if known else None

    def reading(name: str, count: int, per_s: float, unit: str, n: int) -> Reading:
        return Reading(name, count * per_s if known else None, unit, quality, n)

    per_read_s = 1 / len(read) if read else 0.0
    return (
        reading("chat_rate.messages", messages, 60 * per_read_s, "/min", messages),
        reading("chat_rate.authors", authors, 1, "count", people),
        reading("questions", sum(s.questions for s in read), 600 * per_read_s, "/10 min", messages),
        reading("help_requests", sum(s.help_requests for s in read), READING_WINDOW_S * per_read_s, "/2 min", messages),
        # Messages that could not be judged lower the quality of what is said of the others.
        Reading("on_task_talk", on_task, "share", 0.0 if on_task is None else quality * judged / messages, judged),
        *(Reading(name, None, unit, 0.0) for name, unit in UNMEASURED),
    )
