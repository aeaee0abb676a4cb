"""Teacher or students by the teacher's enrolled voice. Never under ``observe``; voices stay in memory for one lesson.

Speech is cut into stretches of at most two seconds at its pauses, and each is compared with the enrolled voice. Where
the line between the two lies follows from how well the enrolment recognises itself: each half is scored by a model of
the other half.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.domain.totals import TalkTotals
from classroom_analyzer.domain.transcript import SpeakerRole
from classroom_analyzer.perception.audio.frames import FRAME_NS, FRAME_S
from classroom_analyzer.perception.audio.loudness import level_dbfs
from classroom_analyzer.perception.audio.talkers import RoleTimeline
from classroom_analyzer.perception.audio.voice_cuts import ENROLMENT_S, SHORTEST_FRAMES, VoiceCut, VoiceCutter
from classroom_analyzer.perception.audio.voice_features import VoiceFeatures, voice_features
from classroom_analyzer.perception.audio.voice_model import VoiceBackground, VoiceModel

__all__ = ["EnrolledTalkers", "VoiceScorer", "check_length", "enrol"]

LEAST_VOICE_S = 12.0  # of voice in an enrolment
LEAST_SELF_SCORE = 1.0  # an enrolment that does not recognise itself better than that tells nobody apart
FAR_FROM_DB = 4.0  # people raise and drop their voice by less
FAR_WEIGHT = 1.0  # of a stretch twice as much weaker
LINE = 0.45  # of the self score; chosen on meeting voices
NEIGHBOUR_NS = to_ns(0.7)  # stretches closer together are probably one person's
NEIGHBOUR_WEIGHT = 0.5
LONGEST_WAIT_NS = to_ns(3.0)  # a stretch lasts two seconds: what did not come by then is no neighbour
MEASURED_QUALITY = 0.8  # nine in ten talk shares of composed lessons were off by less than 0.2, docs/results/sound.md


class VoiceScorer(Protocol):
    """Compares stretches of speech with one enrolled voice."""

    @property
    def line(self) -> float:
        """Scores at or above it are the voice."""
        ...

    def score(self, frames: NDArray[np.float32]) -> float:
        """How much like the voice a stretch is: ``(n, 512) float32``, 0.6 to 2 s of speech."""
        ...

    def forget(self) -> None:
        """Overwrite what is known of the voice; it recognises nobody any more."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _EnrolledVoice:
    model: VoiceModel
    line: float
    level_dbfs: float | None

    def score(self, frames: NDArray[np.float32]) -> float:
        return self.model.score(voice_features(frames)) - self._far(frames)

    def forget(self) -> None:
        self.model.mean.fill(0)
        self.model.pitch.fill(1)

    def _far(self, frames: NDArray[np.float32]) -> float:
        """What speaks against a voice that is weaker than its sample was: the teacher is near the microphone."""
        if self.level_dbfs is None:
            return 0.0
        weaker_db = self.level_dbfs - _level_dbfs(frames)
        return FAR_WEIGHT * float(np.clip((weaker_db - FAR_FROM_DB) / FAR_FROM_DB, 0, 1))


def enrol(
    stretches: Sequence[NDArray[np.float32]], background: VoiceBackground, *, same_microphone: bool
) -> VoiceScorer | str:
    """Learn a voice.

    Args:
        stretches: Speech of one person alone, ``(n, 512) float32`` each, as ``voiced_stretches`` cuts it.
        background: What any voice sounds like.
        same_microphone: Whether the lesson has the same microphone at the same gain, so that near and far count.

    Returns:
        The voice, or in words why it cannot be told from others.
    """
    if (reason := check_length(stretches)) is not None:
        return reason
    features = [voice_features(frames) for frames in stretches]
    self_score = _self_score(features, background)
    if self_score < LEAST_SELF_SCORE:
        return "the sample of the teacher's voice is too noisy or holds several voices; record it again close by"
    level_dbfs = float(np.median([_level_dbfs(frames) for frames in stretches])) if same_microphone else None
    return _EnrolledVoice(VoiceModel.adapted(background, features), LINE * self_score, level_dbfs)


def check_length(stretches: Sequence[NDArray[np.float32]]) -> str | None:
    """Say in words what is wrong with a sample that is too short; None when it is not."""
    voice_s = sum(len(frames) for frames in stretches) * FRAME_S
    if voice_s >= LEAST_VOICE_S:
        return None
    return f"the sample of the teacher's voice holds {voice_s:.0f} s of speech; give {ENROLMENT_S:.0f} s"


def _level_dbfs(frames: NDArray[np.float32]) -> float:
    return float(level_dbfs(float(np.mean(frames.astype(np.float64) ** 2))))


def _self_score(features: Sequence[VoiceFeatures], background: VoiceBackground) -> float:
    halves = [VoiceModel.adapted(background, features[k::2]) for k in (0, 1)]
    return float(np.mean([halves[1 - i % 2].score(stretch) for i, stretch in enumerate(features)]))


@dataclass(frozen=True, slots=True)
class _Scored:
    start_ns: int
    end_ns: int
    score: float


class EnrolledTalkers:
    """A ``VoiceListener`` that tells the teacher's voice from others.

    A stretch is judged with half an eye on its neighbours, where no pause lies between them: people talk for longer
    than two seconds. So each waits for the next one, or for a pause.

    Args:
        voice: The enrolled voice.
    """

    def __init__(self, voice: VoiceScorer) -> None:
        self._voice = voice
        self._cutter = VoiceCutter()
        self._before: _Scored | None = None
        self._waiting: _Scored | None = None
        self._timeline = RoleTimeline(MEASURED_QUALITY)

    def push(self, start_ns: int, frames: NDArray[np.float32], voiced: NDArray[np.bool_]) -> None:
        """Take a stretch."""
        for cut in self._cutter.push(start_ns, frames, voiced):
            self._take(cut)
        waiting = self._waiting
        if waiting is not None and start_ns + len(voiced) * FRAME_NS - waiting.end_ns > LONGEST_WAIT_NS:
            self._judge(None)

    def gap(self) -> None:
        """Sound was missing here."""
        for cut in self._cutter.close():
            self._take(cut)
        self._judge(None)

    def close(self) -> None:
        """The lesson ends: decide on what is left and forget the voice."""
        self.gap()
        self._voice.forget()

    def role_of(self, start_ns: int, end_ns: int) -> SpeakerRole:
        """Whose voice most of a stretch of the last two minutes was."""
        return self._timeline.role_of(start_ns, end_ns)

    def readings(self, t_s: int) -> tuple[Reading, ...]:
        """``talk_ratio`` and ``pause_after_teacher`` of the 30 s that end at ``t_s``."""
        return self._timeline.readings(t_s)

    def totals(self) -> TalkTotals:
        """The lesson so far."""
        return self._timeline.totals()

    def _take(self, cut: VoiceCut) -> None:
        if len(cut.frames) < SHORTEST_FRAMES:
            self._judge(None)
            self._timeline.add(cut.start_ns, cut.end_ns, SpeakerRole.UNKNOWN)
            return
        scored = _Scored(cut.start_ns, cut.end_ns, self._voice.score(cut.frames))
        self._judge(scored)
        self._waiting = scored

    def _judge(self, following: _Scored | None) -> None:
        """Decide on the stretch that waits."""
        now = self._waiting
        if now is None:
            return
        sides = [
            side.score
            for side, gap_ns in (
                (self._before, now.start_ns - self._before.end_ns if self._before is not None else 0),
                (following, following.start_ns - now.end_ns if following is not None else 0),
            )
            if side is not None and gap_ns < NEIGHBOUR_NS
        ]
        score = (now.score + NEIGHBOUR_WEIGHT * sum(sides)) / (1 + NEIGHBOUR_WEIGHT * len(sides))
        role = SpeakerRole.TEACHER if score >= self._voice.line else SpeakerRole.STUDENT
        self._timeline.add(now.start_ns, now.end_ns, role)
        self._before, self._waiting = now, None
