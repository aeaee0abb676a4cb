"""What one lesson is measured with, as ``app/build`` loads it and the engine uses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.summary import ModelUsed

if TYPE_CHECKING:
    from classroom_analyzer.fusion.estimator import Estimator
    from classroom_analyzer.fusion.local_calibration import LocalCalibrator
    from classroom_analyzer.perception.audio.analyzer import AudioAnalyzer
    from classroom_analyzer.perception.audio.two_tracks import TwoTracks
    from classroom_analyzer.perception.text.analyzer import TextAnalyzer
    from classroom_analyzer.perception.text.talk import TalkAnalyzer
    from classroom_analyzer.perception.vision.analyzer import VisionAnalyzer
    from classroom_analyzer.pipeline.transcribing import Transcription

__all__ = ["EngineParts", "PartsFacts"]


@dataclass(frozen=True, slots=True)
class EngineParts:
    """What measures and joins; None for a modality that is off or a step that the policy forbids.

    Attributes:
        vision: Faces and seats.
        audio: Sound.
        text: Chat.
        estimator: Fusion; None under ``observe``.
        models: All models that were loaded for these.
        device: Where they run.
        notices: What the user should know of the models; grows when one has to leave the GPU.
        tracks: Feeds ``audio`` where teacher and students come on tracks of their own.
        talk: What is said, where there are words.
        transcription: Hears the words; None where a transcript has them, or nobody asked for it.
        calibrator: Puts the class line on the scale of the class; None where it stays as the bundle gives it.
    """

    vision: VisionAnalyzer | None
    audio: AudioAnalyzer | None
    text: TextAnalyzer | None
    estimator: Estimator | None
    models: tuple[ModelUsed, ...]
    device: str
    notices: list[str]
    tracks: TwoTracks | None = None
    talk: TalkAnalyzer | None = None
    transcription: Transcription | None = None
    calibrator: LocalCalibrator | None = None

    @property
    def switched_on(self) -> frozenset[Modality]:
        """Modalities that this lesson measures."""
        parts = {Modality.VISION: self.vision, Modality.AUDIO: self.audio, Modality.TEXT: self.text}
        return frozenset(m for m, part in parts.items() if part is not None)

    @property
    def facts(self) -> PartsFacts:
        """What the ledger of the lesson has to know of them."""
        return PartsFacts(
            models=self.models,
            device=self.device,
            switched_on=self.switched_on,
            estimates=self.estimator is not None,
            picture_rate_hz=self.vision.picture_rate_hz if self.vision is not None else None,
            takes_words=self.talk is not None,
        )


@dataclass(frozen=True, slots=True)
class PartsFacts:
    """What a lesson is measured with, without the models themselves.

    Attributes:
        models: All models that were loaded.
        device: Where they run.
        switched_on: Modalities that the lesson measures.
        estimates: Whether an estimate is made.
        picture_rate_hz: Pictures per second that are of use; None without vision.
        takes_words: Whether what is said is read.
    """

    models: tuple[ModelUsed, ...]
    device: str
    switched_on: frozenset[Modality]
    estimates: bool
    picture_rate_hz: float | None = None
    takes_words: bool = False
