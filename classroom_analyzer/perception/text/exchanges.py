"""Finds exchanges in what is said: a student's words and the teacher's reply to them."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.transcript import SpeakerRole, Utterance

__all__ = ["Exchange", "ExchangeFinder"]

LEAST_WORDS = 5  # Demszky and others 2021 rated exchanges whose student says at least as much
REPLY_WITHIN_NS = 10 * NS_PER_S  # later words of the teacher answer something else
REPLY_PAUSE_NS = 3 * NS_PER_S
LONGEST_REPLY_NS = 30 * NS_PER_S  # sentence embeddings read no further


@dataclass(frozen=True, slots=True)
class Exchange:
    """A student's words and the reply.

    Attributes:
        end_ns: End of the reply.
        student: Words of one student, or of several right after another.
        teacher: The teacher's words until somebody else speaks or a pause.
    """

    end_ns: int
    student: str
    teacher: str


class ExchangeFinder:
    """Joins utterances to exchanges."""

    def __init__(self) -> None:
        self._student: list[Utterance] = []
        self._reply: list[Utterance] = []

    def push(self, utterance: Utterance) -> list[Exchange]:
        """Take the next utterance, by start; return the exchange that it ends, if any."""
        if utterance.role is SpeakerRole.TEACHER:
            done = self.until(utterance.start_ns)
            if self._student:
                self._reply.append(utterance)
            return done
        done = self._close() if self._reply else []
        if self._student and utterance.start_ns - self._student[-1].end_ns > REPLY_WITHIN_NS:
            self._student = []
        self._student = [*self._student, utterance] if utterance.role is SpeakerRole.STUDENT else []
        return done

    def until(self, now_ns: int) -> list[Exchange]:
        """Return the exchange that is over because the teacher paused or went on for long, if any."""
        if self._reply:
            first, last = self._reply[0], self._reply[-1]
            if now_ns - last.end_ns > REPLY_PAUSE_NS or now_ns - first.start_ns > LONGEST_REPLY_NS:
                return self._close()
        elif self._student and now_ns - self._student[-1].end_ns > REPLY_WITHIN_NS:
            self._student = []
        return []

    def _close(self) -> list[Exchange]:
        student = " ".join(u.text for u in self._student)
        exchange = Exchange(self._reply[-1].end_ns, student, " ".join(u.text for u in self._reply))
        self._student, self._reply = [], []
        return [exchange] if len(student.split()) >= LEAST_WORDS else []
