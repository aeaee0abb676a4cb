"""Lesson phase from what can be heard and how the class faces; a phase lasts at least 60 s.

Rules of our own over the last minute, in the spirit of the COPUS and DART categories (Smith and others 2013; Owens
and others 2017). Their accuracy on real lessons is not measured yet, so the phase is an input to the estimate and a
label a teacher can correct, never a finding.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from statistics import fmean, pstdev

from classroom_analyzer.domain.phases import PHASE_MINIMUM_S, Phase, PhaseSpan
from classroom_analyzer.domain.readings import AudioSecond, SeatSecond
from classroom_analyzer.domain.sound import SoundMode
from classroom_analyzer.pipeline.windows import audio_usable

__all__ = ["PhaseTracker"]

SILENT_SHARE = 0.8  # nobody talks for most of the minute
MANY_VOICES_SHARE = 0.5  # several voices for most of the minute
LECTURE_SHARE = 0.6  # one voice at a time, with few pauses
LECTURE_SILENCE_SHARE = 0.35
FACING_SPREAD_DEG = 25.0  # people at tables look in many directions
HEARD_SHARE = 0.7  # of the minute, else unknown
STEADY_S = 45  # on the way from one phase to the next, a minute holds both and looks like a third


class PhaseTracker:
    """Follows the phase second by second."""

    def __init__(self) -> None:
        self._audio: deque[AudioSecond | None] = deque(maxlen=PHASE_MINIMUM_S)
        self._yaw_spread_deg: deque[float] = deque(maxlen=PHASE_MINIMUM_S)
        self._spans: list[PhaseSpan] = []
        self._present = self._proposed = Phase.UNKNOWN
        self._since_s = self._proposed_since_s = 0

    def push(self, t_s: int, audio: AudioSecond | None, seats: Sequence[SeatSecond] | None) -> Phase:
        """Add the second that ends at ``t_s`` and return the phase it belongs to."""
        self._audio.append(audio)
        yaws_deg = [s.yaw_deg for s in seats or () if s.yaw_deg is not None]
        if len(yaws_deg) >= 3:
            self._yaw_spread_deg.append(pstdev(yaws_deg))
        proposed = self._propose()
        if proposed is not self._proposed:
            self._proposed, self._proposed_since_s = proposed, t_s - 1
        steady = t_s - self._proposed_since_s >= STEADY_S
        long_enough = self._proposed_since_s - self._since_s >= PHASE_MINIMUM_S
        if proposed is not self._present and steady and (long_enough or self._present is Phase.UNKNOWN):
            self._close(self._proposed_since_s)
            self._present, self._since_s = proposed, self._proposed_since_s
        return self._present

    def spans(self, end_s: float) -> tuple[PhaseSpan, ...]:
        """Return all phases of a lesson that ends at ``end_s``, without gaps."""
        last = (PhaseSpan(self._since_s, end_s, self._present),) if end_s > self._since_s else ()
        return (*self._spans, *last)

    def _close(self, at_s: float) -> None:
        if at_s > self._since_s:
            self._spans.append(PhaseSpan(self._since_s, at_s, self._present))

    def _propose(self) -> Phase:
        heard = [s for s in self._audio if s is not None and audio_usable(s)]
        if len(heard) < HEARD_SHARE * PHASE_MINIMUM_S:
            return Phase.UNKNOWN
        modes = Counter(s.mode for s in heard)
        silence = sum(1 - (s.speech_share or 0.0) for s in heard) / len(heard)
        many = modes[SoundMode.MULTIPLE] / len(heard)
        single = modes[SoundMode.SINGLE] / len(heard)
        spread_deg = fmean(self._yaw_spread_deg) if self._yaw_spread_deg else 0.0
        if silence >= SILENT_SHARE:
            return Phase.SILENT_WORK
        if many >= MANY_VOICES_SHARE or (spread_deg >= FACING_SPREAD_DEG and many > single):
            return Phase.GROUP_WORK
        if single >= LECTURE_SHARE and silence <= LECTURE_SILENCE_SHARE:
            return Phase.LECTURE
        return Phase.DIALOGUE
