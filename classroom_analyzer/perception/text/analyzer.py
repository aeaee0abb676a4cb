"""Reads the chat: takes messages and says once per second what was written.

It keeps counts, and a text only until the models have read it. All counts, ``n`` and what models say are of the
students' messages: what the teacher types into the app is kept by the lesson and counted nowhere. A connected chat in
which nobody writes is an observation (rate 0); a chat that is not connected is not.
"""

from __future__ import annotations

from collections import deque

from classroom_analyzer.domain.chat import TEACHER, ChatMessage
from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.readings import Reading, TextSecond
from classroom_analyzer.domain.totals import ChatTotals
from classroom_analyzer.perception.text.backlog import Backlog
from classroom_analyzer.perception.text.confusion import ConfusionHead
from classroom_analyzer.perception.text.encoder import TextEncoder
from classroom_analyzer.perception.text.help import asks_for_help
from classroom_analyzer.perception.text.on_task import OnTaskHead
from classroom_analyzer.perception.text.questions import is_question
from classroom_analyzer.perception.text.seconds import ChatSecond
from classroom_analyzer.perception.text.usual_rate import UsualRate

__all__ = ["TextAnalyzer"]

READING_WINDOW_S = 120
MINIMUM_COVERAGE = 0.7
LEAST_JUDGED = 5  # messages in English; fewer give no share of on-task talk
TELLING = 20  # greetings tell no language: while the lesson goes on, so many messages must have come to say so
WORTH_A_NOTICE_S = 2
# Names that need models this version does not have; always without a value.
UNMEASURED = (("chat_urgency", "1-7"), ("sentiment", "-1..1"))


class TextAnalyzer:
    """Chat of one lesson.

    Args:
        encoder: Gives messages their novelty; None where encoders are not allowed or not wanted.
        question_marks_only: Whether wording is left out of the judgement what asks.
        on_task: Judges messages in English by the encoder's sentence embeddings; None where it is not allowed, or
            where the encoder is not the one it was trained with.
        confusion: As ``on_task``, under ``research`` only; adds the row ``confusion``.
        paced: Whether the lesson runs by the clock: counts come at once, what models say of a flood comes late.

    Attributes:
        connected: Whether the chat can be read now; the owner of a live source sets it.
    """

    def __init__(
        self,
        encoder: TextEncoder | None = None,
        *,
        question_marks_only: bool = False,
        on_task: OnTaskHead | None = None,
        confusion: ConfusionHead | None = None,
        paced: bool = False,
    ) -> None:
        self.connected = True
        self._marks_only = question_marks_only
        self._heads_on = on_task is not None
        self._confusion_on = confusion is not None
        self._backlog = Backlog(encoder, on_task=on_task, confusion=confusion, paced=paced)
        self._pending: list[ChatMessage] = []
        self._window: deque[ChatSecond] = deque(maxlen=READING_WINDOW_S)
        self._usual = UsualRate()
        self._authors: set[str] = set()
        self._messages = 0
        self._questions = 0
        self._connected_s = 0
        self._ended = False
        self._t_s = 0

    def push(self, message: ChatMessage) -> None:
        """Take a message; it counts in the second in which it was sent, or the next open one; the teacher's never."""
        if message.participant != TEACHER:
            self._pending.append(message)

    def second(self, t_s: int, class_size: int | None, *, last: bool = False) -> TextSecond:
        """Close the second that ends at ``t_s``; called once per second, in order.

        Args:
            t_s: End of the second.
            class_size: N, the most authors a reading can rest on; None when unknown.
            last: Whether it is the last one; it takes what was sent after it, too.
        """
        messages = self._take_until(None if last else t_s * NS_PER_S)
        texts = [m.text for m in messages]
        now = ChatSecond(
            t_s=t_s,
            connected=self.connected or bool(messages),
            authors=frozenset(m.participant for m in messages),
            messages=len(messages),
            questions=sum(is_question(text, marks_only=self._marks_only) for text in texts),
            help_requests=sum(asks_for_help(text) for text in texts),
        )
        self._t_s = t_s
        self._window.append(now)
        self._backlog.add(now, texts)
        self._backlog.work(t_s)
        if now.connected:
            self._usual.push(now.messages)
        self._connected_s += now.connected
        self._messages += now.messages
        self._questions += now.questions
        self._authors |= now.authors
        authors = len(frozenset().union(*(s.authors for s in self._window)))
        return TextSecond(
            t_s=t_s,
            connected=now.connected,
            messages=now.messages,
            questions=now.questions,
            authors_120s=authors,
            mean_words=sum(len(text.split()) for text in texts) / len(texts) if texts else None,
            quality=now.quality,
            novelty=now.novelty,
            readings=self._readings(authors, class_size),
        )

    def drain(self) -> None:
        """Read the messages that still wait for the models, a paced lesson's for at most about a minute."""
        self._backlog.drain(self._t_s)
        self._ended = True

    def totals(self) -> ChatTotals:
        """Return what was written in the lesson so far."""
        return ChatTotals(
            self._messages,
            len(self._authors),
            self._questions,
            _mean(self._backlog.on_task_sum, self._backlog.judged),
            self._backlog.judged,
            self._connected_s,
        )

    @property
    def notices(self) -> tuple[str, ...]:
        """What people should know of how the chat was read, a sentence each."""
        read, judged, late_s = self._backlog.read, self._backlog.judged, self._backlog.latest_s
        found = []
        enough = LEAST_JUDGED if self._ended else TELLING
        if self._heads_on and read >= enough and judged < LEAST_JUDGED:
            found.append(
                f"chat: language not supported: {judged} of {read} messages could be judged as English, "
                "so there is no figure for on-task talk"
            )
        if self._backlog.left_out:
            found.append(
                f"chat: {self._backlog.left_out} messages were counted but not judged, because too many came to read"
            )
        if late_s >= WORTH_A_NOTICE_S:
            found.append(
                f"chat analysis ran up to {late_s} s late because of many messages at once; they were counted in time"
            )
        return tuple(found)

    def _take_until(self, t_ns: int | None) -> list[ChatMessage]:
        if t_ns is None:
            taken, self._pending = self._pending, []
            return taken
        taken = [m for m in self._pending if m.t_ns < t_ns]
        self._pending = [m for m in self._pending if m.t_ns >= t_ns]
        return taken

    def _readings(self, authors: int, class_size: int | None) -> tuple[Reading, ...]:
        """Class readings of the last 120 s; value None when the chat was connected for less than 70 % of them."""
        read = [s for s in self._window if s.connected]
        coverage = len(read) / READING_WINDOW_S
        known = coverage >= MINIMUM_COVERAGE
        quality = coverage * sum(s.quality for s in read) / len(read) if known else 0.0
        people = authors if class_size is None else max(authors, class_size)
        messages = sum(s.messages for s in read)
        judged = sum(s.judged for s in read)
        # Messages that could not be judged lower the quality of what is said of the others.
        judged_quality = quality * judged / messages if messages else 0.0

        def reading(name: str, count: int, per_s: float, unit: str, n: int) -> Reading:
            return Reading(name, count * per_s if known else None, unit, quality, n)

        def head(name: str, total: float) -> Reading:
            return Reading(name, _mean(total, judged) if known else None, "share", judged_quality, judged)

        per_read_s = 1 / len(read) if read else 0.0
        rows = [
            reading("chat_rate.messages", messages, 60 * per_read_s, "/min", messages),
            reading("chat_rate.authors", authors, 1, "count", people),
            Reading("chat_rate.z", self._usual.z() if known else None, "z", quality, messages),
            reading("questions", sum(s.questions for s in read), 600 * per_read_s, "/10 min", messages),
            reading(
                "help_requests", sum(s.help_requests for s in read), READING_WINDOW_S * per_read_s, "/2 min", messages
            ),
            head("on_task_talk", sum(s.on_task for s in read)),
        ]
        if self._confusion_on:
            rows.append(head("confusion", sum(s.confusion for s in read)))
        return (*rows, *(Reading(name, None, unit, None) for name, unit in UNMEASURED))


def _mean(total: float, n: int) -> float | None:
    return total / n if n >= LEAST_JUDGED else None
