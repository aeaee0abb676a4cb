"""Turns a request into analyzers: resolves specs, verifies files, loads only what the policy allows.

Under ``observe`` no autoencoder, text encoder or fusion file is resolved, hashed or opened (TRUST.md section 1).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.summary import ModelUsed
from classroom_analyzer.models.store import ModelFiles, ModelStore
from classroom_analyzer.pipeline.engine import EngineParts
from classroom_analyzer.settings.schema import AUTO, NONE

if TYPE_CHECKING:
    from classroom_analyzer.fusion.estimator import Estimator
    from classroom_analyzer.perception.audio.analyzer import AudioAnalyzer
    from classroom_analyzer.perception.text.analyzer import TextAnalyzer
    from classroom_analyzer.perception.vision.analyzer import VisionAnalyzer

__all__ = ["DETECTOR_PACK", "LANDMARKS_PACK", "build_parts", "face_detector_spec"]

BUNDLED_DETECTOR = "bundled:centerface"
DETECTOR_PACK = "pack:yunet"
LANDMARKS_PACK = "pack:face_landmarker"


def build_parts(
    request: LessonRequest, home: Path, available: frozenset[Modality], *, paced: bool = False
) -> EngineParts:
    """Load what a lesson needs.

    Args:
        request: The lesson.
        home: Folder of all state.
        available: Modalities that the input has; others are not loaded.
        paced: Whether the lesson runs by the clock, so that work may have to wait; a recording is never in a hurry.

    Raises:
        ModelMissingError: A model is not on this machine.
        BadModelError: A model must not be used.
    """
    from classroom_analyzer.perception.device import best_device, use_one_thread

    if request.models.all_small:
        use_one_thread()
    loader = _Loader(request, ModelStore(home), best_device())
    on = request.switched_on & available
    return EngineParts(
        vision=loader.vision(paced) if Modality.VISION in on else None,
        audio=loader.audio() if Modality.AUDIO in on else None,
        text=loader.text() if Modality.TEXT in on else None,
        estimator=loader.estimator() if request.grant.policy.allows_estimate else None,
        models=tuple(loader.used),
        device=loader.device,
        notices=loader.notices,
    )


def face_detector_spec(choice: str, store: ModelStore) -> str:
    """Say which detector a choice stands for.

    Args:
        choice: A spec, or ``auto``.
        store: The user's models.
    """
    if choice != AUTO:
        return choice
    return DETECTOR_PACK if store.has(DETECTOR_PACK) else BUNDLED_DETECTOR


class _Loader:
    def __init__(self, request: LessonRequest, store: ModelStore, device: str) -> None:
        self._request = request
        self._models = request.models
        self._estimates = request.grant.policy.allows_estimate
        self._store = store
        self.device = device
        self.used: list[ModelUsed] = []
        self.notices: list[str] = []

    def vision(self, paced: bool) -> VisionAnalyzer:
        from classroom_analyzer.perception.vision.build import build_vision

        detector = self._resolve(face_detector_spec(self._models.face_detector, self._store), "face detector")
        encoder = landmarks = None
        if self._estimates:
            landmarks = self._landmarks()
            from classroom_analyzer.perception.encoders import build_face_encoder

            files = self._encoder(self._models.face_encoder, "face encoder")
            encoder = build_face_encoder(files.spec, files.path, self.device, warn=self.notices.append)
        return build_vision(
            detector=detector.path,
            detector_kind=detector.spec.partition(":")[2],
            device=self.device,
            face_encoder=encoder,
            appearance=self._request.grant.policy.allows_appearance,
            excluded_seats=self._request.excluded_seats,
            landmarks=landmarks,
            analysed_fps=self._request.analysed_fps,
            by_load=paced,
        )

    def _landmarks(self) -> Path | None:
        """The pack's file: nobody's eyes are measured under ``observe``, so it is not asked for there."""
        spec = self._models.face_landmarks
        if spec == NONE or (spec == AUTO and not self._store.has(LANDMARKS_PACK)):
            return None
        return self._resolve(LANDMARKS_PACK if spec == AUTO else spec, "face landmarks").path

    def audio(self) -> AudioAnalyzer:
        from classroom_analyzer.perception.audio.build import build_audio

        vad = self._resolve("bundled:silero-vad", "voice activity")
        encoder = None
        if self._estimates:
            from classroom_analyzer.perception.encoders import build_sound_encoder

            files = self._encoder(self._models.audio_encoder, "sound encoder")
            encoder = build_sound_encoder(files.spec, files.path, self.device, warn=self.notices.append)
        return build_audio(vad=vad.path, device=self.device, encoder=encoder)

    def text(self) -> TextAnalyzer:
        from classroom_analyzer.perception.text.build import build_text

        encoder = on_task = None
        if self._estimates:
            from classroom_analyzer.perception.encoders import build_text_encoder

            files = self._encoder(self._models.text_encoder, "text encoder")
            autoencoder = None
            if files.spec == "bundled:minilm":
                autoencoder = self._resolve("bundled:text-autoencoder", "text autoencoder").path
                on_task = self._resolve("bundled:on-task", "on-task talk").path
            encoder = build_text_encoder(
                files.spec, files.path, self.device, autoencoder=autoencoder, warn=self.notices.append
            )
        return build_text(encoder=encoder, question_marks_only=not self._estimates, on_task=on_task)

    def estimator(self) -> Estimator:
        from classroom_analyzer.fusion.bundle import load_bundle
        from classroom_analyzer.fusion.estimator import Estimator

        return Estimator(load_bundle(self._resolve(self._models.fusion, "fusion").path))

    def _encoder(self, spec: str, role: str) -> ModelFiles:
        files = self._resolve(spec, role)
        if not spec.startswith("bundled:"):
            self.notices.append(f"{role} {spec}: no autoencoder was trained for it, so novelty is unknown")
        return files

    def _resolve(self, spec: str, role: str) -> ModelFiles:
        files = self._store.resolve(spec, role)
        self.used.append(ModelUsed(role, files.spec, files.sha256))
        return files
