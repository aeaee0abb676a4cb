"""What the face pack gives for one face, and the numbers of MediaPipe's points that other modules read.

Point numbers are those of MediaPipe's face mesh (Apache-2.0; Kartynnik et al. 2019, arXiv 1907.06724). Right and left
are the person's own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import HeadPose

__all__ = ["BLENDSHAPE_NAMES", "BLENDSHAPE_POINTS", "EYE_CORNERS", "IRIS_CENTRES", "FaceMesh", "eye_distance_px"]

# (outer, inner) corner of the right eye, (inner, outer) of the left: both from the picture's left to its right.
EYE_CORNERS = ((33, 133), (362, 263))
IRIS_CENTRES = (468, 473)

# Input of the blendshape network (MediaPipe's face_blendshapes_graph).
BLENDSHAPE_POINTS = (
    0, 1, 4, 5, 6, 7, 8, 10, 13, 14, 17, 21, 33, 37, 39, 40, 46, 52, 53, 54, 55, 58, 61, 63, 65, 66, 67, 70, 78, 80,
    81, 82, 84, 87, 88, 91, 93, 95, 103, 105, 107, 109, 127, 132, 133, 136, 144, 145, 146, 148, 149, 150, 152, 153,
    154, 155, 157, 158, 159, 160, 161, 162, 163, 168, 172, 173, 176, 178, 181, 185, 191, 195, 197, 234, 246, 249, 251,
    263, 267, 269, 270, 276, 282, 283, 284, 285, 288, 291, 293, 295, 296, 297, 300, 308, 310, 311, 312, 314, 317, 318,
    321, 323, 324, 332, 334, 336, 338, 356, 361, 362, 365, 373, 374, 375, 377, 378, 379, 380, 381, 382, 384, 385, 386,
    387, 388, 389, 390, 397, 398, 400, 402, 405, 409, 415, 454, 466, 468, 469, 470, 471, 472, 473, 474, 475, 476, 477,
)  # fmt: skip

# Its output. Every name but the first is one of Apple's ARKit, which lists tongueOut besides.
BLENDSHAPE_NAMES = (
    "_neutral", "browDownLeft", "browDownRight", "browInnerUp", "browOuterUpLeft", "browOuterUpRight", "cheekPuff",
    "cheekSquintLeft", "cheekSquintRight", "eyeBlinkLeft", "eyeBlinkRight", "eyeLookDownLeft", "eyeLookDownRight",
    "eyeLookInLeft", "eyeLookInRight", "eyeLookOutLeft", "eyeLookOutRight", "eyeLookUpLeft", "eyeLookUpRight",
    "eyeSquintLeft", "eyeSquintRight", "eyeWideLeft", "eyeWideRight", "jawForward", "jawLeft", "jawOpen", "jawRight",
    "mouthClose", "mouthDimpleLeft", "mouthDimpleRight", "mouthFrownLeft", "mouthFrownRight", "mouthFunnel",
    "mouthLeft", "mouthLowerDownLeft", "mouthLowerDownRight", "mouthPressLeft", "mouthPressRight", "mouthPucker",
    "mouthRight", "mouthRollLower", "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper", "mouthSmileLeft",
    "mouthSmileRight", "mouthStretchLeft", "mouthStretchRight", "mouthUpperUpLeft", "mouthUpperUpRight",
    "noseSneerLeft", "noseSneerRight",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class FaceMesh:
    """One face as the landmark pack sees it.

    Attributes:
        points_px: ``(478, 3) float32``: x and y in picture pixels, z in the same scale, smaller towards the camera.
        presence: How likely the crop shows a face, 0.5 to 1.
        blendshapes: ``(52,) float32`` in [0, 1], in the order of ``BLENDSHAPE_NAMES``; None for faces whose eyes
            are less than 60 px apart, which are too small for expressions.
        pose: Head direction.
        rotation: ``(3, 3) float64`` from head to camera axes, see ``head_matrix.head_rotation``.
    """

    points_px: NDArray[np.float32]
    presence: float
    blendshapes: NDArray[np.float32] | None
    pose: HeadPose
    rotation: NDArray[np.float64]

    @property
    def iod_px(self) -> float:
        """Distance between the middles of the eyes in the picture."""
        return eye_distance_px(self.points_px)


def eye_distance_px(points_px: NDArray[np.float32]) -> float:
    """Distance between the middles of the eyes in the picture.

    Args:
        points_px: ``(478, 3)`` or ``(478, 2)`` mesh.
    """
    (a, b), (c, d) = EYE_CORNERS
    across, down = ((points_px[c] + points_px[d] - points_px[a] - points_px[b]) / 2)[:2]
    return math.hypot(across, down)
