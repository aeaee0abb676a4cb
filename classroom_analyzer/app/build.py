"""Turns a request into analyzers: resolves specs, verifies files, loads only what the policy allows.

Under ``observe`` no autoencoder, text encoder or fusion file is resolved, hashed or opened (TRUST.md section 1).
"""

from __future__ import annotations

from pathlib import Path

from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.summary import ModelUsed
from classroom_analyzer.models.store import ModelFiles, ModelStore
from classroom_analyzer.pipeline.engine import EngineParts

__all__ = ["build_parts"]


def build_parts(request: LessonRequest, home: Path, available: frozenset[Modality]) -> EngineParts:
    """Load what a lesson needs.

    Args:
        request: The lesson.
        home: Folder of all state.
        available: Modalities that the input has; others are not loaded.

    Raises:
        ModelMissingError: A model is not on this machine.
        BadModelError: A model must not be used.
    """
    from classroom_analyzer.perception.device import best_device

    loader = _Loader(request, ModelStore(home), best_device())
    on = request.switched_on & available
    return EngineParts(
        vision=loader.vision() if Modality.VISION in on else None,
        audio=loader.audio() if Modality.AUDIO in on else None,
        text=loader.text() if Modality.TEXT in on else None,
        estimator=loader.estimator() if request.grant.policy.allows_estimate else None,
        models=tuple(loader.used),
        device=loader.device,
    )


class _Loader:
    def __init__(self, request: LessonRequest, store: ModelStore, device: str) -> None:
        self.request = request
        self.store = store
        self.device = device
        self.used: list[ModelUsed] = []

    def vision(self):
        from classroom_analyzer.perception.vision.build import build_vision

        encoder = None
        if self.request.grant.policy.allows_estimate:
            from classroom_analyzer.perception.encoders import build_face_encoder

            files = self._resolve(self.request.models.face_encoder, "face encoder")
            encoder = build_face_encoder(files.spec, files.path, self.device)
        detector = self._resolve(self.request.models.face_detector, "face detector")
        return build_vision(
            detector=detector.path,
            detector_kind=detector.spec.partition(":")[2],
            device=self.device,
            face_encoder=encoder,
            appearance=self.request.grant.policy.allows_appearance,
            excluded_seats=self.request.excluded_seats,
        )

    def _resolve(self, spec: str, role: str) -> ModelFiles:
        files = self.store.resolve(spec, role)
        self.used.append(ModelUsed(role, files.spec, files.sha256))
        return files
