"""Lesson phase from what can be heard and how the class faces; a phase lasts at least 60 s.

Categories in the spirit of COPUS and DART (Smith and others 2013; Owens and others 2017). Each second speaks for and
against each phase; the lesson's phases are the most probable sequence of which none is shorter than a minute (Viterbi
1967, with a minimum duration). What a second says are rules of our own; how often the result is right on composed
lessons: ``evaluate sound``, docs/results/sound.md. On real lessons it is not measured, so the phase is an input to the
estimate and a label a teacher can correct, never a finding.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from statistics import fmean, pstdev

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.phases import PHASE_MINIMUM_S, Phase, PhaseSpan
from classroom_analyzer.domain.readings import AudioSecond, SeatSecond
from classroom_analyzer.domain.sound import SoundMode
from classroom_analyzer.fusion.windows import audio_usable

__all__ = ["PhaseTracker"]

STATES = (Phase.UNKNOWN, Phase.LECTURE, Phase.DIALOGUE, Phase.GROUP_WORK, Phase.SILENT_WORK)
FIRST_S = 45  # of lesson, before which nothing can be said
CHANGE = -6.0  # log-probability of a new phase in any second: about one in 400
INDEPENDENT = 1 / 7  # sound modes are of 15 s windows: seven seconds in a row say about as much as one
# Probability of each sound mode in each phase.
MODES = {
    SoundMode.NONE: (0.2, 0.05, 0.1, 0.05, 0.85),
    SoundMode.SINGLE: (0.2, 0.9, 0.85, 0.2, 0.1),
    SoundMode.MULTIPLE: (0.2, 0.05, 0.05, 0.75, 0.05),
}
UNHEARD = math.log(0.01)  # of any phase in a second that was not heard

# One voice or several in turn: the pitch of one person's seconds spans less than that of several people.
VOICE_WINDOW_S = 40
PITCH_SPAN = 8.5  # semitones between the 10th and the 90th percentile
PITCH_STEP = 1.5  # that many more or fewer are e times more likely
LEAST_PITCHES = 10
TEACHER_SHARE, TEACHER_STEP = 0.8, 0.07  # the same of the teacher's share of the talk, where it is known
SILENCE_SHARE, SILENCE_STEP = 0.35, 0.2  # a lecture pauses less
FACING_SPAN_DEG, FACING_STEP_DEG = 25.0, 10.0  # people at tables look in many directions
STRONGEST = 3.0
WEAK = 1.0  # a cue that says little by itself


class PhaseTracker:
    """Follows the phase second by second."""

    def __init__(self) -> None:
        self._seconds: deque[AudioSecond | None] = deque(maxlen=VOICE_WINDOW_S)
        self._yaw_spread_deg: deque[float] = deque(maxlen=PHASE_MINIMUM_S)
        # Best log-probability of a path that has been in a phase for d + 1 seconds; last column: a minute and more.
        self._scores = np.full((len(STATES), PHASE_MINIMUM_S), -np.inf)
        self._from: list[NDArray[np.int8]] = []  # each second: the phase before, of a path that entered one
        self._stayed: list[
            NDArray[np.bool_]
        ] = []  # each second: whether the best path of a full minute was full before

    def push(self, audio: AudioSecond | None, seats: Sequence[SeatSecond] | None) -> Phase:
        """Add the next second and return the phase that it most probably belongs to so far."""
        self._seconds.append(audio)
        yaws_deg = [s.yaw_deg for s in seats or () if s.yaw_deg is not None]
        if len(yaws_deg) >= 3:
            self._yaw_spread_deg.append(pstdev(yaws_deg))
        self._step(self._evidence())
        if len(self._from) < FIRST_S:
            return Phase.UNKNOWN
        return STATES[int(self._scores.max(axis=1).argmax())]

    def spans(self, end_s: float) -> tuple[PhaseSpan, ...]:
        """Return all phases of a lesson that ends at ``end_s``, without gaps, each a minute long if the lesson is."""
        path = self._path()
        edges = [0, *(t for t in range(1, len(path)) if path[t] is not path[t - 1])]
        ends = [*(float(t) for t in edges[1:]), end_s]
        found = [PhaseSpan(float(a), b, path[a] if path else Phase.UNKNOWN) for a, b in zip(edges, ends, strict=True)]
        return tuple(span for span in found if span.to_s > span.from_s)

    def _step(self, evidence: NDArray[np.float64]) -> None:
        scores = self._scores
        if not self._from:
            self._from.append(np.full(len(STATES), -1, np.int8))
            self._stayed.append(np.zeros(len(STATES), bool))
            scores[:, 0] = evidence
            return
        whole = scores[:, -1]
        best_other = np.where(np.eye(len(STATES), dtype=bool), -np.inf, whole).argmax(axis=1)
        entered = whole[best_other] + CHANGE
        stays = whole >= scores[:, -2]
        full = np.where(stays, whole, scores[:, -2])
        scores[:, 1:-1] = scores[:, :-2].copy()
        scores[:, 0], scores[:, -1] = entered, full
        scores += evidence[:, None]
        scores -= scores.max()  # no drift in long lessons
        self._from.append(best_other.astype(np.int8))
        self._stayed.append(stays)

    def _path(self) -> list[Phase]:
        seconds = len(self._from)
        if seconds < FIRST_S:
            return [Phase.UNKNOWN] * seconds
        ends = self._scores if seconds < PHASE_MINIMUM_S else self._scores[:, -1:]
        state = int(ends.max(axis=1).argmax())
        lasted = PHASE_MINIMUM_S - 1 if seconds >= PHASE_MINIMUM_S else int(self._scores[state].argmax())
        path: list[Phase] = []
        for t in reversed(range(seconds)):
            path.append(STATES[state])
            if lasted == PHASE_MINIMUM_S - 1 and self._stayed[t][state]:
                continue
            if lasted:
                lasted -= 1
            else:
                state, lasted = int(self._from[t][state]), PHASE_MINIMUM_S - 1
        return path[::-1]

    def _evidence(self) -> NDArray[np.float64]:
        """Log-probability of the newest second in each phase, the cues of the last minute included."""
        now = self._seconds[-1]
        if now is None or not audio_usable(now) or now.mode is SoundMode.UNKNOWN:
            return np.array([0.0, *[UNHEARD] * (len(STATES) - 1)])
        logs = INDEPENDENT * np.log(MODES[now.mode])
        one = self._one_voice() * INDEPENDENT / 2
        spread_deg = fmean(self._yaw_spread_deg) if self._yaw_spread_deg else FACING_SPAN_DEG
        groups = WEAK * math.tanh((spread_deg - FACING_SPAN_DEG) / FACING_STEP_DEG) * INDEPENDENT / 2
        logs += np.array([0.0, one, -one, groups, 0.0])
        logs[0] -= 1.0  # what is heard is something
        return np.asarray(logs, np.float64)

    def _one_voice(self) -> float:
        """Log-odds that one person does the talking of the last 40 s, -3 to 3."""
        heard = [s for s in self._seconds if s is not None and audio_usable(s)]
        teacher = next((r.value for r in heard[-1].readings if r.name == "talk_ratio" and r.value is not None), None)
        silence = fmean(1 - (s.speech_share or 0.0) for s in heard)
        odds = WEAK * math.tanh((SILENCE_SHARE - silence) / SILENCE_STEP)
        pitches = [12 * math.log2(s.pitch_hz) for s in heard if s.pitch_hz is not None]
        if teacher is not None:
            odds += (teacher - TEACHER_SHARE) / TEACHER_STEP
        elif len(pitches) >= LEAST_PITCHES:
            low, high = np.percentile(pitches, (10, 90))
            odds += (PITCH_SPAN - float(high - low)) / PITCH_STEP
        return max(-STRONGEST, min(odds, STRONGEST))
