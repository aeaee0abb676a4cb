"""Puts the vision part together from what the user chose."""

from __future__ import annotations

from pathlib import Path

from classroom_analyzer.perception.vision.analyzer import VisionAnalyzer
from classroom_analyzer.perception.vision.detector import FaceDetector
from classroom_analyzer.perception.vision.encoder import FaceEncoder

__all__ = ["build_vision"]


def build_vision(
    *,
    detector: Path,
    device: str,
    face_encoder: FaceEncoder | None,
    appearance: bool,
    excluded_seats: frozenset[int],
    detector_kind: str = "centerface",
) -> VisionAnalyzer:
    """Build the analyzer of one lesson.

    Args:
        detector: ONNX file of the face detector.
        device: ``cpu``, ``cuda:0``, ``mps``; torch is loaded for CenterFace off the CPU only.
        face_encoder: None under ``observe`` and where no model is wanted.
        appearance: Whether seats may be told apart by face embeddings (not under ``observe``).
        excluded_seats: Seats that must not be seen.
        detector_kind: ``centerface`` or ``yunet`` (which always runs on the CPU).

    Raises:
        BadModelError: The file is no such network.
        ValueError: ``detector_kind`` is neither.
    """
    found = _detector(detector, device, detector_kind)
    return VisionAnalyzer(found, excluded_seats, face_encoder, appearance and face_encoder is not None)


def _detector(path: Path, device: str, kind: str) -> FaceDetector:
    if kind == "yunet":
        from classroom_analyzer.perception.vision.pack_yunet import YuNetDetector

        return YuNetDetector(path)
    if kind != "centerface":
        raise ValueError(f"no face detector of kind {kind!r}")
    if device == "cpu":
        from classroom_analyzer.perception.vision.centerface import CenterFaceDetector

        return CenterFaceDetector(path)
    from classroom_analyzer.perception.vision.centerface_torch import TorchCenterFaceDetector

    return TorchCenterFaceDetector(path, device)
