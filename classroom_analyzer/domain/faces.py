"""What one frame shows: faces, their direction, and the seats they belong to."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Box", "Face", "FrameAnalysis", "HeadPose", "SeatSighting"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in picture pixels, origin top left.

    Attributes:
        x_px: Left edge.
        y_px: Top edge.
        w_px: Width.
        h_px: Height.
    """

    x_px: float
    y_px: float
    w_px: float
    h_px: float

    @property
    def centre_px(self) -> tuple[float, float]:
        """Middle of the rectangle."""
        return self.x_px + self.w_px / 2, self.y_px + self.h_px / 2

    @property
    def area_px(self) -> float:
        """Area in square pixels."""
        return self.w_px * self.h_px

    def iou(self, other: Box) -> float:
        """Intersection over union, 0 to 1."""
        across = min(self.x_px + self.w_px, other.x_px + other.w_px) - max(self.x_px, other.x_px)
        down = min(self.y_px + self.h_px, other.y_px + other.h_px) - max(self.y_px, other.y_px)
        if across <= 0 or down <= 0:
            return 0.0
        overlap = across * down
        return overlap / (self.area_px + other.area_px - overlap)

    def grown(self, share: float) -> Box:
        """The same centre, each side longer by ``share`` of itself."""
        return Box(
            self.x_px - self.w_px * share / 2,
            self.y_px - self.h_px * share / 2,
            self.w_px * (1 + share),
            self.h_px * (1 + share),
        )

    def scaled(self, across: float, down: float) -> Box:
        """The rectangle in a picture whose sides are longer by these factors."""
        return Box(self.x_px * across, self.y_px * down, self.w_px * across, self.h_px * down)

    def moved(self, right_px: float, down_px: float) -> Box:
        """The rectangle elsewhere."""
        return Box(self.x_px + right_px, self.y_px + down_px, self.w_px, self.h_px)

    def holds(self, at_px: tuple[float, float]) -> bool:
        """Whether a point lies inside."""
        return 0 <= at_px[0] - self.x_px < self.w_px and 0 <= at_px[1] - self.y_px < self.h_px


# Eye distance over box width. Measured with both detectors: frontal faces 0.42 to 0.50, profiles of people at desks
# 0.22 to 0.30, heads from behind that a detector takes for a face 0.07 to 0.24.
PROFILE_EYE_SHARE = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One detected face.

    Attributes:
        box: Around the face.
        score: Detector confidence, 0 to 1.
        points_px: ``(5, 2) float32`` right eye, left eye, nose tip, right and left mouth corner; the person's own
            right, which is left in the picture.
        sure: Whether the detector is sure enough of it to found a seat on it; weaker faces only keep one that is there.
    """

    box: Box
    score: float
    points_px: NDArray[np.float32]
    sure: bool = True

    @property
    def iod_px(self) -> float:
        """Inter-ocular distance: between the two eye points."""
        return float(np.linalg.norm(self.points_px[0] - self.points_px[1]))

    @property
    def in_profile(self) -> bool:
        """Whether the eyes stand so close that the head is turned by some 65 degrees or more, or is no face."""
        return self.iod_px < PROFILE_EYE_SHARE * self.box.w_px

    @property
    def roll_deg(self) -> float | None:
        """Angle of the line through the eyes, clockwise in the picture; None in profile, where it says nothing."""
        if self.in_profile:
            return None
        across, down = (float(v) for v in self.points_px[1] - self.points_px[0])
        return math.degrees(math.atan2(down, across))

    def scaled(self, across: float, down: float) -> Face:
        """The face in a picture whose sides are longer by these factors."""
        points_px = self.points_px * np.array([across, down], np.float32)
        return Face(self.box.scaled(across, down), self.score, points_px, self.sure)


@dataclass(frozen=True, slots=True)
class HeadPose:
    """Head direction in the camera's frame.

    Attributes:
        yaw_deg: Positive when the face turns to the picture's right.
        pitch_deg: Positive when the face turns down.
        roll_deg: Positive when the head tilts clockwise in the picture.
    """

    yaw_deg: float
    pitch_deg: float
    roll_deg: float


@dataclass(frozen=True, slots=True, eq=False)
class SeatSighting:
    """One seat in one analysed frame.

    Attributes:
        seat: Seat number, from 1, stable inside the lesson.
        box: Where the face is, or was last, in picture pixels.
        face: The face seen in this frame, None when the seat is not seen now.
        pose: Head direction, None when the face is too small or turned too far to say.
        movement_per_s: Share of the box's pixels that change, per second (VALIDITY.md ``movement``); None when there
            is nothing to compare with.
    """

    seat: int
    box: Box
    face: Face | None
    pose: HeadPose | None
    movement_per_s: float | None


@dataclass(frozen=True, slots=True, eq=False)
class FrameAnalysis:
    """All seats in one analysed frame.

    Attributes:
        t_ns: Time of the frame, lesson clock.
        seats: Known seats by number; seats not seen now carry ``face=None``.
    """

    t_ns: int
    seats: tuple[SeatSighting, ...]

    @property
    def faces_seen(self) -> int:
        """Seats with a detected face in this frame."""
        return sum(s.face is not None for s in self.seats)
