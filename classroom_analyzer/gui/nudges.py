"""Rare, careful hints about the whole class: off by default, at most one in five minutes, on a minute of evidence.

No hint names a student or a seat, tells what to do, or rests on a group that is small enough to read as individuals.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from classroom_analyzer.domain.estimates import ClassEstimate
from classroom_analyzer.domain.live import Dashboard
from classroom_analyzer.domain.policy import GROUP_MINIMUM_LIVE

__all__ = ["Nudge", "Nudges", "nudge_text"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences

PAUSE_S = 300
EVIDENCE_S = 60
BIN_S = 120  # trends are told in bins of two minutes
QUIET_START_S = 300  # nothing is hinted at while the lesson begins
MANY_QUESTIONS = 15.0  # in 10 minutes: three in the two minutes that are counted
ONE_VOICE = 0.95
ONE_VOICE_S = 600


class Nudge(StrEnum):
    """What is hinted at."""

    LOWER = "lower"
    QUESTIONS = "questions"
    ONE_VOICE = "one_voice"


def nudge_text(nudge: Nudge) -> str:
    """The hint in words: what was observed, and that it can be wrong; never what to do."""
    return {
        Nudge.LOWER: translate(
            "nudges",
            "The class line was lower in the last two minutes than in the two before. It can be wrong; you see more.",
        ),
        Nudge.QUESTIONS: translate("nudges", "At least three questions came in the chat in the last two minutes."),
        Nudge.ONE_VOICE: translate("nudges", "Nearly all talk of the last ten minutes was one voice at a time."),
    }[nudge]


class Nudges:
    """Decides about hints; it sees each second once and keeps no time of its own.

    Args:
        group_minimum: Fewest people that a hint about seen people may rest on.
    """

    def __init__(self, group_minimum: int = GROUP_MINIMUM_LIVE) -> None:
        self.set_group_minimum(group_minimum)
        self._last_told_s: int | None = None
        self._last_seen_s = 0
        self._questions_s = 0  # seconds in a row with many questions
        self._one_voice_s = 0
        self._one_voice_told = False

    def set_group_minimum(self, minimum: int) -> None:
        """Follow the group rule, which can only be raised."""
        self._group_minimum = max(minimum, GROUP_MINIMUM_LIVE)

    def consider(self, dashboard: Dashboard, *, line_allowed: bool) -> Nudge | None:
        """Return a hint, or None, which is the rule.

        Args:
            dashboard: Newest snapshot.
            line_allowed: Whether the class line may be spoken of: it is not hidden from the teacher.
        """
        if dashboard.t_s <= self._last_seen_s or dashboard.finished or dashboard.paused:
            return None
        self._last_seen_s = dashboard.t_s
        self._count(dashboard)
        if dashboard.t_s < QUIET_START_S:
            return None
        if self._last_told_s is not None and dashboard.t_s - self._last_told_s < PAUSE_S:
            return None
        found = self._find(dashboard, line_allowed)
        if found is not None:
            self._last_told_s = dashboard.t_s
            self._one_voice_told |= found is Nudge.ONE_VOICE
        return found

    def _count(self, dashboard: Dashboard) -> None:
        questions = dashboard.readings.get("questions")
        many = questions is not None and questions.value is not None and questions.value >= MANY_QUESTIONS
        self._questions_s = self._questions_s + 1 if many else 0
        one = dashboard.readings.get("sound_mode.single")
        talks = dashboard.readings.get("speech_share")
        alone = one is not None and one.value is not None and one.value >= ONE_VOICE
        alone = alone and talks is not None and (talks.value or 0.0) > 0.0
        self._one_voice_s = self._one_voice_s + 1 if alone else 0

    def _find(self, dashboard: Dashboard, line_allowed: bool) -> Nudge | None:
        if line_allowed and self._is_lower(dashboard.estimates):
            return Nudge.LOWER
        # The reading itself counts two minutes of chat, so it rests on enough as soon as it is there.
        if self._questions_s:
            return Nudge.QUESTIONS
        if self._one_voice_s >= ONE_VOICE_S and not self._one_voice_told:
            return Nudge.ONE_VOICE
        return None

    def _is_lower(self, estimates: Sequence[ClassEstimate]) -> bool:
        """Whether the mean intervals of two bins of two minutes separate, each with a minute of evidence."""
        if not estimates or estimates[-1].engagement is None:
            return False
        newest = estimates[-1]
        if (newest.class_size or newest.seats_seen) < self._group_minimum:
            return False
        recent = [e for e in estimates if newest.t_s - BIN_S < e.t_s]
        before = [e for e in estimates if newest.t_s - 2 * BIN_S < e.t_s <= newest.t_s - BIN_S]
        highs = [e.high for e in recent if e.high is not None]
        lows = [e.low for e in before if e.low is not None]
        if min(len(highs), len(lows)) < EVIDENCE_S:
            return False
        # Estimates are compared within a phase, never across (VALIDITY.md section 4).
        if {e.phase for e in (*recent, *before) if e.engagement is not None} != {newest.phase}:
            return False
        return sum(highs) / len(highs) < sum(lows) / len(lows)
