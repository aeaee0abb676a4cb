"""How far measured head directions are from a reference, and where the reference comes from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import to_s
from classroom_analyzer.domain.faces import Face, HeadPose
from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.training.faces.truth import PoseSample

__all__ = ["AngleError", "MeshModel", "MeshReference", "PoseErrors", "PoseReference", "TableReference", "pose_errors"]

TIME_ROUNDING_S = 0.001  # containers and tables round times to 1 ms


class PoseReference(Protocol):
    """Knows the head direction in a frame."""

    def at(self, frame: VideoFrame, face: Face) -> PoseSample | None:
        """Return the direction of the one head in the frame, None where it is not known.

        Args:
            frame: A frame of the video at its own size.
            face: The face found in it.
        """
        ...


class TableReference:
    """A reference that was written down.

    Args:
        samples: In order of time.
        frame_gap_s: Time between two frames; a sample counts for a frame that is at most half of it away.
    """

    def __init__(self, samples: Sequence[PoseSample], frame_gap_s: float) -> None:
        self._samples = samples
        self._times_s = [sample.t_s for sample in samples]
        self._reach_s = frame_gap_s / 2 + TIME_ROUNDING_S

    def at(self, frame: VideoFrame, face: Face) -> PoseSample | None:
        """Return the nearest sample in time within half a frame gap."""
        t_s = to_s(frame.t_ns)
        index = bisect_left(self._times_s, t_s)
        near = self._samples[max(index - 1, 0) : index + 1]
        best = min(near, key=lambda sample: abs(sample.t_s - t_s))
        return best if abs(best.t_s - t_s) <= self._reach_s else None


class Mesh(Protocol):
    """A face whose direction follows from many points."""

    @property
    def pose(self) -> HeadPose:
        """Direction of the head."""
        ...


class MeshModel(Protocol):
    """Finds many points in faces."""

    def meshes(self, image: NDArray[np.uint8], faces: Sequence[Face]) -> Sequence[Mesh | None]:
        """Return one mesh per face, None where there is none to be had."""
        ...


class MeshReference:
    """A reference that a model of many points makes on the way.

    Args:
        model: The Face Landmarker pack.
    """

    def __init__(self, model: MeshModel) -> None:
        self._model = model

    def at(self, frame: VideoFrame, face: Face) -> PoseSample | None:
        """Return the direction of the mesh that is fitted to the face."""
        (mesh,) = self._model.meshes(frame.image, [face])
        return None if mesh is None else PoseSample(to_s(frame.t_ns), mesh.pose.yaw_deg, mesh.pose.pitch_deg)


@dataclass(frozen=True, slots=True)
class AngleError:
    """Distribution of absolute errors in degrees; None without a frame that has both values."""

    median: float | None
    p80: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class PoseErrors:
    """Errors of one clip.

    Attributes:
        n: Frames with both a measured and a reference direction.
        yaw_deg: Of the yaw as measured, without any calibration.
        pitch_deg: Of the pitch after calibration to the seat: each series less its own median over the clip, because
            five points give pitch only up to a constant of the person's own.
    """

    n: int
    yaw_deg: AngleError
    pitch_deg: AngleError


def pose_errors(pairs: Sequence[tuple[HeadPose, PoseSample]]) -> PoseErrors:
    """Compare measured directions with the reference of the same frames."""
    if not pairs:
        nothing = AngleError(None, None, None)
        return PoseErrors(0, nothing, nothing)
    yaw = np.array([[ours.yaw_deg, reference.yaw_deg] for ours, reference in pairs])
    pitch = np.array([[ours.pitch_deg, reference.pitch_deg] for ours, reference in pairs])
    return PoseErrors(len(pairs), _errors(yaw), _errors(pitch - np.median(pitch, axis=0)))


def _errors(pairs: NDArray[np.float64]) -> AngleError:
    """Quantiles of the absolute differences of ``(n, 2) float64`` pairs in degrees."""
    median, p80, p90 = np.quantile(np.abs(pairs[:, 0] - pairs[:, 1]), [0.5, 0.8, 0.9])
    return AngleError(float(median), float(p80), float(p90))
