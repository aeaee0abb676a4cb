"""What a lesson is asked to be: shared by recordings, live lessons and the demo."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.policy import PolicyGrant
from classroom_analyzer.settings.schema import AUTO, Settings

__all__ = ["LessonRequest", "ModelChoice"]


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Specs of the models that a lesson uses.

    Attributes:
        face_detector: Finds faces; ``auto`` is the pack where it is installed, else the bundled one.
        face_landmarks: Fine facial indicators; ``auto`` is the pack where it is installed, ``none`` does without.
        face_encoder: Encodes faces.
        audio_encoder: Encodes sound.
        text_encoder: Encodes chat.
        fusion: Joins the modalities.
        speaker_encoder: Speaker network that compares voices with the teacher's; None takes the bundled comparison.
        transcriber: Network that hears words; None hears none.
        affect: Affect head of a study, ``local:NAME`` or its file; None, and always but under ``research``, none.
    """

    face_detector: str
    face_encoder: str
    audio_encoder: str
    text_encoder: str
    fusion: str
    face_landmarks: str = AUTO
    speaker_encoder: str | None = None
    transcriber: str | None = None
    affect: str | None = None

    @property
    def all_small(self) -> bool:
        """Whether no backbone of the user's own is among them: bundled networks and packs do not gain by threads."""
        own = (self.face_encoder, self.audio_encoder, self.text_encoder)
        optional = (self.speaker_encoder, self.transcriber)
        return optional == (None, None) and all(spec.startswith("bundled:") for spec in own)

    @classmethod
    def from_settings(
        cls,
        settings: Settings,
        *,
        face_encoder: str | None = None,
        audio_encoder: str | None = None,
        text_encoder: str | None = None,
        speaker_encoder: str | None = None,
        transcriber: str | None = None,
        affect: str | None = None,
    ) -> ModelChoice:
        """Return the stored choice with what the caller overrides."""
        return cls(
            face_detector=settings.face_detector,
            face_landmarks=settings.face_landmarks,
            face_encoder=face_encoder or settings.face_encoder,
            audio_encoder=audio_encoder or settings.audio_encoder,
            text_encoder=text_encoder or settings.text_encoder,
            fusion=settings.fusion,
            speaker_encoder=speaker_encoder,
            transcriber=transcriber,
            affect=affect,
        )


@dataclass(frozen=True, slots=True)
class LessonRequest:
    """One lesson to analyse.

    Attributes:
        grant: Policy and its basis.
        models: Which models.
        out: Folder that the lesson folder is made in.
        analysed_fps: Pictures analysed per second of lesson.
        class_size: N where it is known.
        seed: Of everything drawn at random.
        switched_on: Modalities to measure where the input has them.
        excluded_seats: Seats that are masked and left out.
        teacher_voice: Sample of the teacher's voice: a sound file, or ``FROM-TO`` in seconds of the recording.
        class_name: Name of the class, clean; joins its lessons and finds its calibration. None without one.
        attested: Whether the teacher said in the window that those concerned were told, or agreed where the policy
            needs that; goes to the audit log.
    """

    grant: PolicyGrant
    models: ModelChoice
    out: Path
    analysed_fps: float
    class_size: int | None = None
    seed: int = 0
    switched_on: frozenset[Modality] = field(default_factory=lambda: frozenset(MODALITIES))
    excluded_seats: frozenset[int] = frozenset()
    teacher_voice: str | None = None
    class_name: str | None = None
    attested: bool = False
