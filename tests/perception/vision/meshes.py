"""Meshes of known shape, and a landmarker that hands them out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.spatial.transform import Rotation

from classroom_analyzer.domain.faces import Face
from classroom_analyzer.perception.vision.landmarks.eyes import LEFT_EYE, RIGHT_EYE
from classroom_analyzer.perception.vision.landmarks.face_mesh import FaceMesh
from classroom_analyzer.perception.vision.landmarks.gaze import IRIS_REACH
from classroom_analyzer.perception.vision.landmarks.mouth import INNER_CORNERS, INNER_LIPS
from classroom_analyzer.perception.vision.pose import head_angles

EYE_SHARE, MOUTH_SHARE = 0.4, 0.6  # width of an eye and of the mouth over the distance of the eyes


def mesh(
    ear: float = 0.3,
    mouth_open: float = 0.0,
    eyes_yaw_deg: float = 0.0,
    yaw_deg: float = 0.0,
    pitch_deg: float = 0.0,
    iod_px: float = 80.0,
    centre_px: tuple[float, float] = (300.0, 200.0),
) -> FaceMesh:
    """A face whose eyes are as open as ``ear`` and look to the side, in a head that is turned."""
    points = np.zeros((478, 3))
    eye = EYE_SHARE * iod_px
    for six, iris, x in ((RIGHT_EYE, 468, -iod_px / 2), (LEFT_EYE, 473, iod_px / 2)):
        outer = -1 if x < 0 else 1
        across = np.array([outer, outer / 3, -outer / 3, -outer, -outer / 3, outer / 3]) * eye / 2
        down = np.array([0, -1, -1, 0, 1, 1]) * ear * eye / 2
        points[list(six), 0], points[list(six), 1] = x + across, down
        points[iris, 0] = x + np.sin(np.radians(eyes_yaw_deg)) * IRIS_REACH * eye
    mouth = MOUTH_SHARE * iod_px
    points[list(INNER_CORNERS), 0] = -mouth / 2, mouth / 2
    points[list(INNER_CORNERS), 1] = iod_px
    for i, (upper, lower) in enumerate(INNER_LIPS):
        points[[upper, lower], 0] = (i - 1) * mouth / 4
        points[[upper, lower], 1] = iod_px + np.array([-0.5, 0.5]) * mouth_open * mouth
    turn = Rotation.from_euler("yx", [-yaw_deg, pitch_deg], degrees=True).as_matrix()
    at = (points @ turn.T + (*centre_px, 0)).astype(np.float32)
    return FaceMesh(at, 1.0, np.zeros(52, np.float32), head_angles(turn), turn)


class FakeLandmarker:
    """Gives each face the mesh that a function says, and remembers what it was shown."""

    def __init__(self, mesh_of: Callable[[Face], FaceMesh | None]) -> None:
        self.mesh_of = mesh_of
        self.images: list[np.ndarray] = []
        self.faces: list[list[Face]] = []

    def meshes(self, image, faces):
        self.images.append(image.copy())
        self.faces.append(list(faces))
        return [self.mesh_of(one) for one in faces]
