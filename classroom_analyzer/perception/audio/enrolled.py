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

from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.domain.transcript import SpeakerRole
from classroom_analyzer.perception.audio.frames import FRAME_NS, FRAME_S
from classroom_analyzer.perception.audio.talkers import RoleTimeline, TalkTotals
from classroom_analyzer.perception.audio.voice_features import VoiceFeatures, voice_features
from classroom_analyzer.perception.audio.voice_model import VoiceBackground, VoiceModel

__all__ = ["ENROLMENT_S", "EnrolledTalkers", "VoiceCut", "VoiceScorer", "enrol", "voiced_stretches"]

ENROLMENT_S = 20.0
LEAST_VOICE_S = 12.0  # of voice in an enrolment
LONGEST_FRAMES = round(2.0 / FRAME_S)
SHORTEST_FRAMES = round(0.6 / FRAME_S)  # less tells nothing of a voice
LEAST_SELF_SCORE = 1.0  # an enrolment that does not recognise itself better than that tells nobody apart
LINE = 0.45  # of the self score; chosen on meeting voices
MEASURED_QUALITY = 0.9  # one minus the median error of the talk share on composed lessons, docs/results/sound.md


class VoiceScorer(Protocol):
    """Compares stretches of speech with one enrolled voice."""

    @property
    def line(self) -> float:
        """Scores at or above it are the voice."""
        ...

    def score(self, frames: NDArray[np.float32]) -> float:
        """How much like the voice a stretch is: ``(n, 512) float32``, 0.6 to 2 s of speech."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _EnrolledVoice:
    model: VoiceModel
    line: float

    def score(self, frames: NDArray[np.float32]) -> float:
        return self.model.score(voice_features(frames))


def enrol(stretches: Sequence[NDArray[np.float32]], background: VoiceBackground) -> VoiceScorer | str:
    """Learn a voice.

    Args:
        stretches: Speech of one person alone, ``(n, 512) float32`` each, as ``voiced_stretches`` cuts it.
        background: What any voice sounds like.

    Returns:
        The voice, or in words why it cannot be told from others.
    """
    voice_s = sum(len(frames) for frames in stretches) * FRAME_S
    if voice_s < LEAST_VOICE_S or len(stretches) < 4:
        return f"the sample of the teacher's voice holds {voice_s:.0f} s of speech; give {ENROLMENT_S:.0f} s"
    features = [voice_features(frames) for frames in stretches]
    self_score = _self_score(features, background)
    if self_score < LEAST_SELF_SCORE:
        return "the sample of the teacher's voice is too noisy or holds several voices; record it again close by"
    return _EnrolledVoice(VoiceModel.adapted(background, features), LINE * self_score)


def _self_score(features: Sequence[VoiceFeatures], background: VoiceBackground) -> float:
    halves = [VoiceModel.adapted(background, features[k::2]) for k in (0, 1)]
    return float(np.mean([halves[1 - i % 2].score(stretch) for i, stretch in enumerate(features)]))


@dataclass(frozen=True, slots=True, eq=False)
class VoiceCut:
    """A stretch of speech without a pause: ``(n, 512) float32`` from ``start_ns`` on."""

    start_ns: int
    frames: NDArray[np.float32]

    @property
    def end_ns(self) -> int:
        """First sample behind it."""
        return self.start_ns + len(self.frames) * FRAME_NS


class _Cutter:
    """Cuts what comes behind the speech gate into stretches of at most two seconds."""

    def __init__(self) -> None:
        self._parts: list[NDArray[np.float32]] = []
        self._start_ns = 0

    def push(self, start_ns: int, frames: NDArray[np.float32], voiced: NDArray[np.bool_]) -> list[VoiceCut]:
        done: list[VoiceCut] = []
        for i, speech in enumerate(voiced):
            if not speech:
                done += self.close()
                continue
            if not self._parts:
                self._start_ns = start_ns + i * FRAME_NS
            self._parts.append(frames[i])
            if len(self._parts) == LONGEST_FRAMES:
                done += self.close()
        return done

    def close(self) -> list[VoiceCut]:
        if not self._parts:
            return []
        cut = VoiceCut(self._start_ns, np.stack(self._parts))
        self._parts = []
        return [cut]


def voiced_stretches(frames: NDArray[np.float32], voiced: NDArray[np.bool_]) -> list[NDArray[np.float32]]:
    """Cut a recording of one voice for ``enrol``: stretches of 0.6 to 2 s, the first 20 s of them."""
    cutter = _Cutter()
    cuts = [cut.frames for cut in (*cutter.push(0, frames, voiced), *cutter.close())]
    long_enough = [cut for cut in cuts if len(cut) >= SHORTEST_FRAMES]
    lengths = np.cumsum([len(cut) for cut in long_enough])
    return long_enough[: int(np.searchsorted(lengths, ENROLMENT_S / FRAME_S)) + 1]


class EnrolledTalkers:
    """A ``VoiceListener`` that tells the teacher's voice from others.

    Args:
        voice: The enrolled voice.
    """

    def __init__(self, voice: VoiceScorer) -> None:
        self._voice = voice
        self._cutter = _Cutter()
        self._timeline = RoleTimeline(MEASURED_QUALITY)

    def push(self, start_ns: int, frames: NDArray[np.float32], voiced: NDArray[np.bool_]) -> None:
        """Take a stretch."""
        for cut in self._cutter.push(start_ns, frames, voiced):
            self._judge(cut)

    def gap(self) -> None:
        """Sound was missing here."""
        for cut in self._cutter.close():
            self._judge(cut)

    def role_of(self, start_ns: int, end_ns: int) -> SpeakerRole:
        """Whose voice most of a stretch of the last two minutes was."""
        return self._timeline.role_of(start_ns, end_ns)

    def readings(self, t_s: int) -> tuple[Reading, ...]:
        """``talk_ratio`` and ``pause_after_teacher`` of the 30 s that end at ``t_s``."""
        return self._timeline.readings(t_s)

    def totals(self) -> TalkTotals:
        """The lesson so far."""
        return self._timeline.totals()

    def _judge(self, cut: VoiceCut) -> None:
        role = SpeakerRole.UNKNOWN
        if len(cut.frames) >= SHORTEST_FRAMES:
            alike = self._voice.score(cut.frames) >= self._voice.line
            role = SpeakerRole.TEACHER if alike else SpeakerRole.STUDENT
        self._timeline.add(cut.start_ns, cut.end_ns, role)
