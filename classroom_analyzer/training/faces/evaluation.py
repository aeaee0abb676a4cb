"""Scores faces, seats and head directions of one video against what is known about it.

Counts come from the very pass that ``analyze`` makes: same analyzer, same rate, median of the seats seen per second.
Head directions are taken from a second pass over every frame, since a clip of a turning head may last two seconds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import to_ns, to_s
from classroom_analyzer.domain.faces import Box, Face, HeadPose
from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.domain.progress import CancelToken, Progress
from classroom_analyzer.perception.vision.analyzer import VisionAnalyzer
from classroom_analyzer.perception.vision.cadence import USUAL_PER_S
from classroom_analyzer.perception.vision.pose import head_pose
from classroom_analyzer.sources.media import MediaFile
from classroom_analyzer.training.faces.head_angles import PoseErrors, PoseReference, pose_errors
from classroom_analyzer.training.faces.picture_scale import reduced
from classroom_analyzer.training.faces.seat_places import SwitchCounter
from classroom_analyzer.training.faces.truth import FaceTruth, PoseSample

__all__ = ["Counts", "FaceReport", "FaceTrial", "ScaleRow", "recall_and_precision"]

POSE_RATE_HZ = 30.0  # no head turns so fast that more would say more


@dataclass(frozen=True, slots=True)
class Counts:
    """What one pass at the rate of ``analyze`` gave.

    Attributes:
        duration_s: Length of the video.
        frames: Frames analysed.
        per_second: Seats seen in each second, median over its frames; 0 in a second without a frame.
        switches: Seats that left their home.
        second_seats: Seats born where everybody had one.
        face_free: Analysed frames that certainly show no face.
        false_faces: Seats seen in those.
    """

    duration_s: float
    frames: int
    per_second: tuple[float, ...]
    switches: int
    second_seats: int
    face_free: int
    false_faces: int


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """Scores at one size of the faces; all None and n 0 where the video's own faces are smaller.

    Attributes:
        iod_px: Distance between the eyes that pictures were reduced to (median of the clip).
        recall: As in ``FaceReport``.
        precision: As in ``FaceReport``.
        pose: Errors against the reference at full size; None without a reference.
    """

    iod_px: float
    recall: float | None
    precision: float | None
    pose: PoseErrors | None


@dataclass(frozen=True, slots=True)
class FaceReport:
    """Scores of one video.

    Attributes:
        counts: Of the pass that they rest on.
        faces: True faces, summed over the seconds.
        recall: sum min(seen, true) / sum true; None where no face is to be seen.
        precision: sum min(seen, true) / sum seen; None where none was seen or the truth is not known by second.
        iod_px: Median distance between the eyes at full size; None without a reference, sizes or faces.
        pose: Errors of the head direction; None without a reference.
        scales: One row per asked size.
    """

    counts: Counts
    faces: int
    recall: float | None
    precision: float | None
    iod_px: float | None
    pose: PoseErrors | None
    scales: tuple[ScaleRow, ...]

    @property
    def false_faces_per_100_frames(self) -> float | None:
        """Seats seen per 100 frames without a face; None where no frame is known to be without."""
        return 100 * self.counts.false_faces / self.counts.face_free if self.counts.face_free else None

    @property
    def switches_per_minute(self) -> float:
        """Seat switches per minute of video."""
        return 60 * self.counts.switches / self.counts.duration_s

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON document of ``evaluate faces``."""
        document: dict[str, Any] = {
            "frames": self.counts.frames,
            "faces": self.faces,
            "recall": self.recall,
            "precision": self.precision,
            "seat_switches": self.counts.switches,
            **_pose_keys(self.pose),
            "second_seats": self.counts.second_seats,
            "face_free_frames": self.counts.face_free,
            "false_faces_per_100_frames": self.false_faces_per_100_frames,
            "iod_px": self.iod_px,
        }
        if self.scales:
            document["scales"] = [_scale_keys(row) for row in self.scales]
        return document


class FaceTrial:
    """One video with its truth, to be scored.

    Args:
        video: The video.
        truth: What is known about it.
        make_vision: Makes a fresh analyzer, as ``analyze`` uses it; called once per pass with ``analysed_fps`` and
            ``detections_per_s`` of ``build_vision``.
        rate_hz: Frames analysed per second, as ``analyze`` does.
        progress: Reports seconds of video, per pass.
        cancel: Looked at before each frame.
    """

    def __init__(
        self,
        video: MediaFile,
        truth: FaceTruth,
        make_vision: Callable[..., VisionAnalyzer],
        *,
        rate_hz: float,
        progress: Progress,
        cancel: CancelToken,
    ) -> None:
        self._video = video
        self._truth = truth
        self._make_vision = make_vision
        self._rate_hz = rate_hz
        self._progress = progress
        self._cancel = cancel

    def score(self, reference: PoseReference | None = None, sizes_px: Sequence[float] = ()) -> FaceReport:
        """Run all passes.

        Args:
            reference: Head directions of a video with one face; of several faces the largest is taken.
            sizes_px: Distances between the eyes at which everything is repeated.

        Raises:
            BadInputError: The file has no picture.
            StoppedByUserError: A stop was asked for.
        """
        counts = self._count("counting faces", None)
        recall, precision = self._recall_and_precision(counts)
        known: dict[int, PoseSample] = {}
        pairs: list[tuple[HeadPose, PoseSample]] = []
        iods_px: list[float] = []
        for frame, face, size_px in self._heads("reading head directions", None) if reference or sizes_px else ():
            iods_px.append(face.iod_px)
            sample = reference.at(frame, face) if reference is not None else None
            if sample is not None:
                known[frame.t_ns] = sample
                pairs += _pair(face, size_px, sample)
        pose = pose_errors(pairs) if reference is not None else None
        iod_px = median(iods_px) if iods_px else None
        rows = tuple(self._row(size_px, iod_px, known if reference is not None else None) for size_px in sizes_px)
        faces = sum(self._truth.faces_per_second or ())
        return FaceReport(counts, faces, recall, precision, iod_px, pose, rows)

    def _row(self, wanted_px: float, full_px: float | None, known: Mapping[int, PoseSample] | None) -> ScaleRow:
        """Repeat everything with pictures reduced until the eyes are ``wanted_px`` apart."""
        if full_px is None or wanted_px > full_px:
            return ScaleRow(wanted_px, None, None, None if known is None else pose_errors(()))
        scale = wanted_px / full_px
        recall, precision = self._recall_and_precision(self._count(f"counting faces at {wanted_px:g} px", scale))
        if known is None:
            return ScaleRow(wanted_px, recall, precision, None)
        pairs: list[tuple[HeadPose, PoseSample]] = []
        for frame, face, size_px in self._heads(f"reading head directions at {wanted_px:g} px", scale):
            if (sample := known.get(frame.t_ns)) is not None:
                pairs += _pair(face, size_px, sample)
        return ScaleRow(wanted_px, recall, precision, pose_errors(pairs))

    def _recall_and_precision(self, counts: Counts) -> tuple[float | None, float | None]:
        if self._truth.faces_per_second is None:
            return None, None
        return recall_and_precision(counts.per_second, self._truth.faces_per_second)

    def _count(self, step: str, scale: float | None) -> Counts:
        """Make the pass of ``analyze``."""
        vision, switches = (
            self._make_vision(analysed_fps=self._rate_hz, detections_per_s=USUAL_PER_S),
            SwitchCounter(self._truth.places),
        )
        seconds: list[float] = []
        frames = face_free = false_faces = 0
        for frame in self._frames(step, self._rate_hz, scale):
            while frame.t_ns >= to_ns(len(seconds) + 1):
                seconds.append(vision.second(len(seconds) + 1).seats_seen or 0.0)
            analysis = vision.analyze(frame)
            if analysis is None:
                continue
            switches.add(analysis)
            frames += 1
            if self._truth.is_face_free(self._number(frame)):
                face_free += 1
                false_faces += analysis.faces_seen
        duration_s = self._video.info.duration_s
        while len(seconds) < math.ceil(duration_s):
            seconds.append(vision.second(len(seconds) + 1).seats_seen or 0.0)
        return Counts(
            duration_s, frames, tuple(seconds), switches.switches, switches.second_seats, face_free, false_faces
        )

    def _heads(self, step: str, scale: float | None) -> Iterator[tuple[VideoFrame, Face, tuple[int, int]]]:
        """The largest face of each frame that shows one, in full-size pixels, with the full picture's size."""
        # Every picture is searched: what is followed in between is not what five points are measured on.
        vision = self._make_vision(analysed_fps=POSE_RATE_HZ, detections_per_s=POSE_RATE_HZ)
        width_px, height_px = self._video.info.width_px, self._video.info.height_px
        for frame in self._frames(step, POSE_RATE_HZ, scale):
            analysis = vision.analyze(frame)
            faces = [seat.face for seat in analysis.seats if seat.face is not None] if analysis is not None else []
            if faces:
                across, down = width_px / frame.image.shape[1], height_px / frame.image.shape[0]
                face = max(faces, key=lambda face: face.box.area_px)
                yield frame, _enlarged(face, across, down), (width_px, height_px)

    def _frames(self, step: str, rate_hz: float, scale: float | None) -> Iterator[VideoFrame]:
        for frame in self._video.frames(max_rate_hz=rate_hz):
            self._cancel.raise_if_cancelled()
            self._progress(step, to_s(frame.t_ns), self._video.info.duration_s)
            yield frame if scale is None else VideoFrame(frame.t_ns, _reduced(frame, scale))

    def _number(self, frame: VideoFrame) -> int:
        """Number of a frame in the file, from 0, by its time and the mean rate."""
        return round(to_s(frame.t_ns) * (self._video.info.mean_rate_hz or Fraction(1)))


def recall_and_precision(seen: Sequence[float], true: Sequence[int]) -> tuple[float | None, float | None]:
    """Compare counts second by second.

    Args:
        seen: Seats seen in each second.
        true: Faces to be seen in each second; seconds that only one of the two has are left out.

    Returns:
        sum min / sum true and sum min / sum seen; None where the divisor is 0.
    """
    both = list(zip(seen, true, strict=False))
    hits, seen_sum, true_sum = sum(min(pair) for pair in both), sum(c for c, _ in both), sum(t for _, t in both)
    return hits / true_sum if true_sum else None, hits / seen_sum if seen_sum else None


def _pair(face: Face, size_px: tuple[int, int], sample: PoseSample) -> list[tuple[HeadPose, PoseSample]]:
    pose = head_pose(face, Box(0.0, 0.0, float(size_px[0]), float(size_px[1])))
    return [] if pose is None else [(pose, sample)]


def _reduced(frame: VideoFrame, scale: float) -> NDArray[np.uint8]:
    height_px, width_px = frame.image.shape[:2]
    return reduced(frame.image, (max(round(width_px * scale), 1), max(round(height_px * scale), 1)))


def _enlarged(face: Face, across: float, down: float) -> Face:
    """The same face in full-size pixels: the direction does not change, and no size is too small to be compared."""
    box = Box(face.box.x_px * across, face.box.y_px * down, face.box.w_px * across, face.box.h_px * down)
    return Face(box, face.score, face.points_px * np.array([across, down], np.float32))


def _pose_keys(pose: PoseErrors | None) -> dict[str, Any]:
    if pose is None:
        return {"yaw_error_deg": None, "pitch_error_deg": None, "pose_frames": None}
    return {
        "yaw_error_deg": asdict(pose.yaw_deg), "pitch_error_deg": asdict(pose.pitch_deg), "pose_frames": pose.n,
    }  # fmt: skip


def _scale_keys(row: ScaleRow) -> dict[str, Any]:
    keys = _pose_keys(row.pose)
    n = keys.pop("pose_frames")
    return {"iod_px": row.iod_px, "n": n, "recall": row.recall, "precision": row.precision, **keys}
