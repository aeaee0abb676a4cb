"""Whose voice it was, teacher or students, as a time line: shares, pauses after the teacher, the role of a stretch.

Who decides is elsewhere: an enrolled voice (``enrolled``) or two tracks (``two_tracks``).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from classroom_analyzer.domain.clock import NS_PER_S, to_ns, to_s
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.domain.totals import TalkTotals
from classroom_analyzer.domain.transcript import SpeakerRole

__all__ = ["RoleTimeline", "Talkers"]

READING_WINDOW_S = 30
KEPT_S = 130  # a little more than the longest window that asks for roles
TURN_GAP_NS = to_ns(0.8)  # VALIDITY.md ``turns``: shorter gaps do not end a turn
SETTLED_NS = to_ns(1.8)  # that gap, and the second in which a long stretch is told


class Talkers(Protocol):
    """Says who talks."""

    def role_of(self, start_ns: int, end_ns: int) -> SpeakerRole:
        """Whose voice most of a stretch of the last two minutes was."""
        ...

    def readings(self, t_s: int) -> tuple[Reading, ...]:
        """``talk_ratio`` and ``pause_after_teacher`` of the 30 s that end at ``t_s``."""
        ...

    def totals(self) -> TalkTotals:
        """The lesson so far."""
        ...

    def close(self) -> None:
        """The lesson ends: decide on what is left and forget every voice."""
        ...


@dataclass(frozen=True, slots=True)
class _Span:
    start_ns: int
    end_ns: int
    role: SpeakerRole


class RoleTimeline:
    """Stretches of voice with their role.

    Args:
        quality: How far the roles can be trusted, 0 to 1: one minus their measured error.
    """

    def __init__(self, quality: float) -> None:
        self._quality = quality
        self._spans: deque[_Span] = deque()
        self._lengths_ns = dict.fromkeys(SpeakerRole, 0)

    def add(self, start_ns: int, end_ns: int, role: SpeakerRole) -> None:
        """Add a stretch of voice; stretches come by their end."""
        self._spans.append(_Span(start_ns, end_ns, role))
        self._lengths_ns[role] += end_ns - start_ns
        while self._spans and self._spans[0].end_ns < end_ns - KEPT_S * NS_PER_S:
            self._spans.popleft()

    def role_of(self, start_ns: int, end_ns: int) -> SpeakerRole:
        """Whose voice most of a stretch was; UNKNOWN when nobody's voice fills half of the voice in it."""
        shares = _lengths(self._spans, start_ns, end_ns)
        most = max(shares, key=lambda role: shares[role])
        return most if shares[most] > sum(shares.values()) / 2 else SpeakerRole.UNKNOWN

    def readings(self, t_s: int) -> tuple[Reading, ...]:
        """Class rows of the 30 s that end at ``t_s``."""
        start_ns, end_ns = to_ns(t_s - READING_WINDOW_S), to_ns(t_s)
        length = {role: to_s(ns) for role, ns in _lengths(self._spans, start_ns, end_ns).items()}
        totals = TalkTotals(length[SpeakerRole.TEACHER], length[SpeakerRole.STUDENT], length[SpeakerRole.UNKNOWN])
        pauses_s = self._pauses_s(start_ns, end_ns)
        return (
            Reading("talk_ratio", totals.teacher_share, "share", self._quality),
            Reading("pause_after_teacher", median(pauses_s) if pauses_s else None, "s", self._quality, len(pauses_s)),
        )

    def totals(self) -> TalkTotals:
        """The lesson so far."""
        length = {role: to_s(ns) for role, ns in self._lengths_ns.items()}
        return TalkTotals(length[SpeakerRole.TEACHER], length[SpeakerRole.STUDENT], length[SpeakerRole.UNKNOWN])

    def _pauses_s(self, start_ns: int, end_ns: int) -> list[float]:
        """From the end of each teacher turn to the next voice, where that voice began inside the window."""
        found = []
        newest_ns = self._spans[-1].end_ns if self._spans else 0
        for turn_end_ns in self._turn_ends_ns():
            if newest_ns - turn_end_ns < SETTLED_NS:
                continue  # more of the turn may still be told
            after = min((s.start_ns for s in self._spans if s.end_ns > turn_end_ns), default=end_ns)
            if start_ns <= after < end_ns:
                found.append(to_s(max(after - turn_end_ns, 0)))
        return found

    def _turn_ends_ns(self) -> list[int]:
        """Ends of the teacher's turns: what others say meanwhile, and words too short to be anybody's, end none."""
        ends: list[int] = []
        for span in self._spans:
            short = span.role is SpeakerRole.UNKNOWN and ends and 0 <= span.start_ns - ends[-1] < TURN_GAP_NS
            if span.role is not SpeakerRole.TEACHER and not short:
                continue
            if ends and span.start_ns - ends[-1] < TURN_GAP_NS:
                ends[-1] = max(ends[-1], span.end_ns)
            else:
                ends.append(span.end_ns)
        return ends


def _lengths(spans: deque[_Span], start_ns: int, end_ns: int) -> dict[SpeakerRole, int]:
    lengths = dict.fromkeys(SpeakerRole, 0)
    for span in spans:
        lengths[span.role] += max(min(span.end_ns, end_ns) - max(span.start_ns, start_ns), 0)
    return lengths
