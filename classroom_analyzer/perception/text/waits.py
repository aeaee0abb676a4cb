"""How long it stays quiet after a question and after a student (Rowe 1986; Stahl 1994).

The end of a stretch and the next voice come from the sound where it has both, since captions come and go when it suits
the reader; else from the transcript's own times.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from classroom_analyzer.domain.clock import NS_PER_S, to_s
from classroom_analyzer.domain.transcript import Utterance
from classroom_analyzer.perception.audio.timeline import VoiceTimeline

__all__ = ["Wait", "WaitKind", "WaitTimes"]

GIVEN_UP_NS = 120 * NS_PER_S  # nobody waits longer for an answer


class WaitKind(StrEnum):
    """What the wait comes after."""

    QUESTION = "question"  # of the teacher; wait time 1
    STUDENT = "student"  # a student's turn; wait time 2


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait that has ended.

    Attributes:
        kind: What it comes after.
        at_ns: End of that stretch, as the transcript has it.
        wait_s: Until the next speech of anybody; 0 where the next one began before the stretch ended.
    """

    kind: WaitKind
    at_ns: int
    wait_s: float


@dataclass(slots=True)
class _Open:
    kind: WaitKind
    start_ns: int
    end_ns: int
    next_start_ns: int | None = None


class WaitTimes:
    """Waits of one lesson.

    Args:
        voice: When there was a voice; None where there is no sound.
    """

    def __init__(self, voice: VoiceTimeline | None = None) -> None:
        self._voice = voice
        self._open: list[_Open] = []

    def push(self, utterance: Utterance, kind: WaitKind | None) -> None:
        """Take the next utterance, by start.

        Args:
            utterance: What was said.
            kind: Which wait begins at its end; None for none.
        """
        for one in self._open:
            if one.next_start_ns is None:
                one.next_start_ns = utterance.start_ns
        if kind is not None:
            self._open.append(_Open(kind, utterance.start_ns, utterance.end_ns))

    def ended(self, now_ns: int) -> list[Wait]:
        """Give the waits that have ended by ``now_ns``; those that nobody ended within two minutes are given up."""
        found, still_open = [], []
        for one in self._open:
            wait_ns = self._wait_ns(one) if one.end_ns <= now_ns else None
            if wait_ns is not None:
                found.append(Wait(one.kind, one.end_ns, to_s(max(wait_ns, 0))))
            elif now_ns - one.end_ns < GIVEN_UP_NS:
                still_open.append(one)
        self._open = still_open
        return found

    def _wait_ns(self, one: _Open) -> int | None:
        if one.next_start_ns is not None and one.next_start_ns < one.end_ns:
            return 0
        pause = self._voice.pause_after(one.start_ns, one.end_ns) if self._voice is not None else None
        if pause is not None:
            return None if pause.to_ns is None else pause.to_ns - pause.from_ns
        return None if one.next_start_ns is None else one.next_start_ns - one.end_ns
