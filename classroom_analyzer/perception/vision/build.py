"""Puts the vision part together from what the user chose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from classroom_analyzer.perception.vision.analyzer import VisionAnalyzer
from classroom_analyzer.perception.vision.cadence import USUAL_PER_S, DetectionCadence
from classroom_analyzer.perception.vision.detector import FaceDetector
from classroom_analyzer.perception.vision.encoder import FaceEncoder, SeatCodes
from classroom_analyzer.perception.vision.finder import FaceFinder

if TYPE_CHECKING:
    from classroom_analyzer.perception.vision.fine import FineWatch
    from classroom_analyzer.perception.vision.refine import PointFinder

__all__ = ["build_finder", "build_vision"]


def build_vision(
    *,
    detector: Path,
    device: str,
    face_encoder: FaceEncoder | None,
    appearance: bool,
    excluded_seats: frozenset[int],
    detector_kind: str = "centerface",
    landmarks: Path | None = None,
    analysed_fps: float = USUAL_PER_S,
    detections_per_s: float = USUAL_PER_S,
    by_load: bool = False,
    seat_codes: SeatCodes | None = None,
) -> VisionAnalyzer:
    """Build the analyzer of one lesson.

    Args:
        detector: ONNX file of the face detector.
        device: ``cpu``, ``cuda:0``, ``mps``; torch is loaded for CenterFace off the CPU only.
        face_encoder: None under ``observe`` and where no model is wanted.
        appearance: Whether seats may be told apart by face embeddings (not under ``observe``).
        excluded_seats: Seats that must not be seen.
        detector_kind: ``centerface`` or ``yunet`` (which always runs on the CPU).
        landmarks: The face landmark pack; None to do without.
        analysed_fps: Pictures to analyse per second.
        detections_per_s: How many of them are searched; in the others faces are followed.
        by_load: Whether a slow machine searches less often: for live lessons.
        seat_codes: Given the codes of every second's faces; None unless a study wants them.

    Raises:
        BadModelError: A file is no such network.
        ValueError: ``detector_kind`` is neither.
    """
    finder = build_finder(
        detector=detector,
        device=device,
        detector_kind=detector_kind,
        cadence=DetectionCadence(detections_per_s, by_load),
    )
    return VisionAnalyzer(
        finder,
        excluded_seats,
        face_encoder,
        appearance and face_encoder is not None,
        _fine(landmarks) if landmarks is not None else None,
        analysed_fps,
        seat_codes,
    )


def build_finder(
    *, detector: Path, device: str, detector_kind: str = "centerface", cadence: DetectionCadence | None = None
) -> FaceFinder:
    """Build what finds faces and nothing else.

    Args:
        detector: ONNX file of the face detector.
        device: ``cpu``, ``cuda:0``, ``mps``.
        detector_kind: ``centerface`` or ``yunet``.
        cadence: In which frames faces are searched; the usual one when None.

    Raises:
        BadModelError: The file is no such network.
        ValueError: ``detector_kind`` is neither.
    """
    found, points = _detector(detector, device, detector_kind)
    return FaceFinder(found, cadence, points)


def _detector(path: Path, device: str, kind: str) -> tuple[FaceDetector, PointFinder | None]:
    if kind == "yunet":
        from classroom_analyzer.perception.vision.pack_yunet import YuNetDetector

        return YuNetDetector(path), None
    if kind != "centerface":
        raise ValueError(f"no face detector of kind {kind!r}")
    if device == "cpu":
        from classroom_analyzer.perception.vision.centerface import CenterFaceDetector

        on_cpu = CenterFaceDetector(path)
        return on_cpu, on_cpu
    from classroom_analyzer.perception.vision.centerface_torch import TorchCenterFaceDetector

    by_torch = TorchCenterFaceDetector(path, device)
    return by_torch, by_torch


def _fine(path: Path) -> FineWatch:
    from classroom_analyzer.perception.vision.fine import FineWatch
    from classroom_analyzer.perception.vision.landmarks.landmarker import FaceLandmarker

    return FineWatch(FaceLandmarker(path))
