"""Measure how well the program does on data whose answers are known; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from classroom_analyzer.app.build import LANDMARKS_PACK, face_detector_spec
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import BadInputError, UsageError
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.settings.schema import load_settings

if TYPE_CHECKING:
    from classroom_analyzer.sources.media import MediaFile
    from classroom_analyzer.training.faces.evaluation import FaceReport
    from classroom_analyzer.training.faces.head_angles import PoseReference

__all__ = ["evaluate_faces"]


def evaluate_faces(
    video: Path,
    truth: Path,
    home: Path,
    *,
    pose_reference: Path | None = None,
    pose_from: str | None = None,
    sizes_px: Sequence[float] = (),
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> FaceReport:
    """Score faces, seats and head directions of a video.

    Seats are kept by place and colour alone, as under ``observe``: the figures hold whatever the policy.

    Args:
        video: The video.
        truth: JSON file of what is known about it.
        home: Folder of all state.
        pose_reference: CSV table of head directions.
        pose_from: ``pack:face_landmarker``, which makes the reference on the way.
        sizes_px: Distances between the eyes at which everything is repeated.
        progress: Reports seconds of video.
        cancel: A stop leaves nothing.

    Raises:
        BadInputError: A file cannot be used.
        UsageError: Both references were given, or an unknown one.
        ModelMissingError: A model is not on this machine.
        BadModelError: A model must not be used.
        StoppedByUserError: A stop was asked for.
    """
    if pose_reference is not None and pose_from is not None:
        raise UsageError("give either --pose-reference or --pose-from, not both")
    if pose_from not in (None, LANDMARKS_PACK):
        raise UsageError(f"head directions come from {LANDMARKS_PACK}, not from {pose_from!r}")
    from classroom_analyzer.perception.device import best_device, use_one_thread
    from classroom_analyzer.perception.vision.build import build_vision
    from classroom_analyzer.sources.media import MediaFile
    from classroom_analyzer.training.faces.evaluation import FaceTrial
    from classroom_analyzer.training.faces.truth import read_truth

    media = MediaFile(video)
    if not media.info.has_video:
        raise BadInputError(video, "it has no picture; give a video")
    known = read_truth(truth, media.info.duration_s)
    store, settings = ModelStore(home), load_settings(home)
    reference = _reference(store, media, pose_reference, pose_from)
    detector = store.resolve(face_detector_spec(settings.face_detector, store), "face detector")
    use_one_thread()
    make_vision = partial(
        build_vision,
        detector=detector.path,
        detector_kind=detector.spec.partition(":")[2],
        device=best_device(),
        face_encoder=None,
        appearance=False,
        excluded_seats=frozenset[int](),
    )
    trial = FaceTrial(
        media, known, make_vision, rate_hz=settings.analysed_fps, progress=progress, cancel=cancel or CancelToken()
    )
    return trial.score(reference, sizes_px)


def _reference(store: ModelStore, media: MediaFile, table: Path | None, pose_from: str | None) -> PoseReference | None:
    from classroom_analyzer.training.faces.evaluation import POSE_RATE_HZ
    from classroom_analyzer.training.faces.head_angles import MeshReference, TableReference
    from classroom_analyzer.training.faces.truth import read_pose_reference

    if table is not None:
        rate_hz = min(float(media.info.mean_rate_hz or POSE_RATE_HZ), POSE_RATE_HZ)
        return TableReference(read_pose_reference(table), 1 / rate_hz)
    if pose_from is not None:
        files = store.resolve(pose_from, "head direction reference")
        from classroom_analyzer.perception.vision.landmarks.landmarker import FaceLandmarker

        return MeshReference(FaceLandmarker(files.path))
    return None
