"""Fine facial indicators of every seat from the landmark pack: eyes, gaze, mouth. Points stay in memory.

Eyes and gaze need a face near the camera; blinks need 15 pictures a second and more. Seats that are large enough are
therefore looked at between the analysed pictures too, each in the place where its points were last.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S, to_ns
from classroom_analyzer.domain.faces import Box, Face, HeadPose
from classroom_analyzer.domain.readings import FineFigures
from classroom_analyzer.perception.vision.facing import SeatTarget
from classroom_analyzer.perception.vision.landmarks.eyes import MIN_EYE_IOD_PX, EyeWatch, eye_aspect_ratio
from classroom_analyzer.perception.vision.landmarks.face_mesh import FaceMesh
from classroom_analyzer.perception.vision.landmarks.gaze import gaze_deg
from classroom_analyzer.perception.vision.landmarks.mouth import MouthWatch, mouth_opening
from classroom_analyzer.perception.vision.pose import MAX_YAW_DEG, MIN_IOD_PX
from classroom_analyzer.perception.vision.tracker import Track

__all__ = ["FineWatch", "Landmarker"]

MAX_DOWN_DEG = 30.0  # below the usual pitch lowered lids look like closed ones
MIN_MOUTH_IOD_PX = 24.0
NEAR_NS = NS_PER_S  # a seat seen within this is looked at between pictures


class Landmarker(Protocol):
    """Gives the mesh of each face."""

    def meshes(self, image: NDArray[np.uint8], faces: Sequence[Face]) -> list[FaceMesh | None]:
        """Find the points of each face; see ``FaceLandmarker``."""
        ...


@dataclass(slots=True, eq=False)
class _Seat:
    eyes: EyeWatch = field(default_factory=EyeWatch)
    mouth: MouthWatch = field(default_factory=MouthWatch)
    target: SeatTarget = field(default_factory=SeatTarget)
    off_target_deg: list[float] = field(default_factory=list)
    face: Face | None = None
    mesh: FaceMesh | None = None
    t_ns: int = 0


class FineWatch:
    """Follows all faces of one lesson.

    Args:
        landmarker: The pack.
    """

    def __init__(self, landmarker: Landmarker) -> None:
        self._landmarker = landmarker
        self._seats: dict[Track, _Seat] = {}

    def look(self, t_ns: int, image: NDArray[np.uint8], faces: Mapping[Track, Face]) -> dict[Track, FaceMesh]:
        """Take the faces of an analysed picture.

        Args:
            t_ns: Its time.
            image: ``(h, w, 3) uint8 BGR``, masked.
            faces: Faces that may be looked at, by place.

        Returns:
            Meshes of those that are large enough and found.
        """
        large = {track: face for track, face in faces.items() if face.iod_px >= MIN_IOD_PX and not face.in_profile}
        found = self._take(t_ns, image, large)
        self._seats = {t: s for t, s in self._seats.items() if t.seat is not None or t_ns - t.last_ns <= NEAR_NS}
        return found

    def near(self, t_ns: int) -> bool:
        """Whether anybody is near enough for a look between the analysed pictures."""
        return any(self._is_near(t_ns, seat) for seat in self._seats.values())

    def look_between(self, t_ns: int, image: NDArray[np.uint8]) -> None:
        """Look at the near faces in a picture that is not analysed otherwise; ``image`` is masked."""
        near = {t: s.face for t, s in self._seats.items() if s.face is not None and self._is_near(t_ns, s)}
        self._take(t_ns, image, near)

    def figures(self, t_s: int) -> dict[int, FineFigures]:
        """Sum up the second that ends at ``t_s``, by seat number."""
        t_ns = to_ns(t_s)
        return {
            track.seat: self._sum_up(t_ns, seat)
            for track, seat in self._seats.items()
            if track.seat is not None and t_ns - seat.t_ns <= NEAR_NS
        }

    def _is_near(self, t_ns: int, seat: _Seat) -> bool:
        return seat.mesh is not None and seat.mesh.iod_px >= MIN_EYE_IOD_PX and t_ns - seat.t_ns <= NEAR_NS

    def _take(self, t_ns: int, image: NDArray[np.uint8], faces: Mapping[Track, Face]) -> dict[Track, FaceMesh]:
        found = {}
        for (track, face), mesh in zip(
            faces.items(), self._landmarker.meshes(image, list(faces.values())), strict=True
        ):
            seat = self._seats.setdefault(track, _Seat())
            if mesh is not None:
                found[track] = mesh
                seat.face = face if seat.mesh is None or seat.face is not face else _carried(face, seat.mesh, mesh)
                seat.mesh, seat.t_ns = mesh, t_ns
            self._push(t_ns, seat, mesh)
        return found

    def _push(self, t_ns: int, seat: _Seat, mesh: FaceMesh | None) -> None:
        straight = mesh is not None and abs(mesh.pose.yaw_deg) <= MAX_YAW_DEG
        gaze = gaze_deg(mesh) if mesh is not None and straight else None
        if mesh is None or not straight:
            seat.eyes.push(t_ns, None)
            seat.mouth.push(t_ns, None)
            return
        seat.mouth.push(t_ns, mouth_opening(mesh.points_px) if mesh.iod_px >= MIN_MOUTH_IOD_PX else None)
        seat.eyes.push(t_ns, eye_aspect_ratio(mesh.points_px) if self._lids_tell(seat, mesh) else None)
        if gaze is not None:
            direction = HeadPose(*gaze, roll_deg=0.0)
            seat.target.learn(t_ns, direction)
            usual = seat.target.usual_deg
            if usual is not None:
                seat.off_target_deg.append(math.hypot(gaze[0] - usual[0], gaze[1] - usual[1]))

    def _lids_tell(self, seat: _Seat, mesh: FaceMesh) -> bool:
        if mesh.iod_px < MIN_EYE_IOD_PX:
            return False
        usual = seat.target.usual_deg
        return usual is None or mesh.pose.pitch_deg - usual[1] <= MAX_DOWN_DEG

    def _sum_up(self, t_ns: int, seat: _Seat) -> FineFigures:
        eyes = seat.eyes.figures(t_ns)
        off_deg, seat.off_target_deg = seat.off_target_deg, []
        return FineFigures(
            ear=eyes.ear,
            blink_rate=eyes.blink_rate_per_min,
            perclos=eyes.perclos,
            gaze_target=float(np.median(off_deg)) if off_deg else None,
            mouth_movement=seat.mouth.moving_per_s(t_ns),
        )


def _carried(face: Face, before: FaceMesh, now: FaceMesh) -> Face:
    """The face moved as its mesh moved since the last look."""
    step = (now.points_px - before.points_px)[:, :2].mean(axis=0)
    box = Box(face.box.x_px + float(step[0]), face.box.y_px + float(step[1]), face.box.w_px, face.box.h_px)
    return Face(box, face.score, face.points_px + np.float32(step), face.sure)
