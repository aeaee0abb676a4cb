"""The face landmark pack: 478 points, 52 blendshapes and the head's direction, by LiteRT on the CPU."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Face
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.network_clock import network_call
from classroom_analyzer.perception.vision.landmarks.eyes import MIN_EYE_IOD_PX
from classroom_analyzer.perception.vision.landmarks.face_mesh import BLENDSHAPE_NAMES, BLENDSHAPE_POINTS, FaceMesh
from classroom_analyzer.perception.vision.landmarks.head_matrix import head_rotation
from classroom_analyzer.perception.vision.landmarks.roi import CROP_PX, crop_face, to_picture
from classroom_analyzer.perception.vision.landmarks.task_bundle import TaskBundle, read_task
from classroom_analyzer.perception.vision.pose import head_angles

__all__ = ["MIN_PRESENCE", "FaceLandmarker"]

MIN_PRESENCE = 0.5  # MediaPipe's own default
POINTS = 478

_Found = tuple[NDArray[np.float32], float, NDArray[np.float32] | None]  # points in the crop, presence, blendshapes


class FaceLandmarker:
    """Runs the pack on the faces of a picture. One caller at a time.

    Args:
        path: The ``.task`` bundle.
        workers: How many faces are worked on at once; results do not depend on it.

    Raises:
        BadModelError: The file is no such bundle.
    """

    def __init__(self, path: Path, workers: int = 2) -> None:
        if workers < 1:
            raise ValueError(f"no landmarks by {workers} workers")
        bundle = read_task(path)
        self._canonical = bundle.face
        self._networks = [_Networks(path, bundle) for _ in range(workers)]
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="landmarks")

    def meshes(self, image: NDArray[np.uint8], faces: Sequence[Face]) -> list[FaceMesh | None]:
        """Find the points of each face.

        Args:
            image: ``(h, w, 3) uint8 BGR``, masked where somebody must not be seen.
            faces: Faces in pixels of ``image``.

        Returns:
            One for each face, in the order given: None where the network sees no face (presence below
            ``MIN_PRESENCE``) or the face lies outside the picture.
        """
        cuts = [crop_face(image, face) for face in faces]
        near = [face.iod_px >= MIN_EYE_IOD_PX for face, cut in zip(faces, cuts, strict=True) if cut is not None]
        found = iter(self._found([cut[0] for cut in cuts if cut is not None], near))
        seen = [None if cut is None or (one := next(found)) is None else (one, cut[1]) for cut in cuts]
        return self._meshes(seen, (image.shape[1], image.shape[0]))

    def _found(self, crops: list[NDArray[np.float32]], near: list[bool]) -> list[_Found | None]:
        """Networks only, all crops, in their order."""
        count = min(len(self._networks), len(crops))
        if count <= 1:
            with network_call():
                return self._networks[0].run(crops, near)
        with network_call():  # here, not in the threads: wall time is what counts
            jobs = ((crops[i::count], near[i::count]) for i in range(count))
            shares = list(self._pool.map(_Networks.run, self._networks[:count], *zip(*jobs, strict=True)))
        return [shares[i % count][i // count] for i in range(len(crops))]

    def _meshes(
        self, seen: list[tuple[_Found, NDArray[np.float64]] | None], size_px: tuple[int, int]
    ) -> list[FaceMesh | None]:
        """From crops into the picture; directions of all faces at once."""
        points_px = {i: to_picture(one[0][0], one[1]) for i, one in enumerate(seen) if one is not None}
        if not points_px:
            return [None] * len(seen)
        turns = dict(
            zip(points_px, head_rotation(np.stack(list(points_px.values())), size_px, self._canonical), strict=True)
        )
        meshes: list[FaceMesh | None] = []
        for i, one in enumerate(seen):
            if one is None or np.isnan(turns[i]).any():
                meshes.append(None)
                continue
            _, presence, blendshapes = one[0]
            meshes.append(FaceMesh(points_px[i], presence, blendshapes, head_angles(turns[i]), turns[i]))
        return meshes


class _Networks:
    """Both networks for one thread: an interpreter must not be shared between threads."""

    def __init__(self, path: Path, bundle: TaskBundle) -> None:
        self._landmarks = _network(path, bundle.landmarks_net, (1, CROP_PX, CROP_PX, 3), (POINTS * 3, 1))
        self._blendshapes = _network(
            path, bundle.blendshapes_net, (1, len(BLENDSHAPE_POINTS), 2), (len(BLENDSHAPE_NAMES),)
        )
        self._subset = np.array(BLENDSHAPE_POINTS)

    def run(self, crops: Sequence[NDArray[np.float32]], near: Sequence[bool]) -> list[_Found | None]:
        return [self._one(crop, is_near) for crop, is_near in zip(crops, near, strict=True)]

    def _one(self, crop: NDArray[np.float32], near: bool) -> _Found | None:
        flat, logit = _forward(self._landmarks, crop[None], (POINTS * 3, 1))
        presence = float(1 / (1 + np.exp(-logit[0].astype(np.float64))))
        if not presence >= MIN_PRESENCE:
            return None
        points = flat.reshape(POINTS, 3)
        if not near:
            return points, presence, None
        (blendshapes,) = _forward(self._blendshapes, points[None, self._subset, :2], (len(BLENDSHAPE_NAMES),))
        return points, presence, blendshapes


def _network(path: Path, content: bytes, takes: tuple[int, ...], gives: tuple[int, ...]) -> Interpreter:
    try:
        network = Interpreter(model_content=content, num_threads=1)
        network.allocate_tensors()
    except (ValueError, RuntimeError) as error:
        raise BadModelError(path, "a network in it cannot be read") from error
    inputs, outputs = network.get_input_details(), network.get_output_details()
    sizes = sorted(int(np.prod(one["shape"])) for one in outputs)
    if [tuple(one["shape"]) for one in inputs] != [takes] or sizes != sorted(gives):
        raise BadModelError(path, "a network in it takes or gives other numbers than a face landmarker's")
    if any(one["dtype"] is not np.float32 for one in (*inputs, *outputs)):
        raise BadModelError(path, "a network in it does not work on 32-bit floats")
    return network


def _forward(network: Interpreter, value: NDArray[np.float32], gives: tuple[int, ...]) -> list[NDArray[np.float32]]:
    """One pass; outputs flat, told apart by their sizes."""
    network.set_tensor(network.get_input_details()[0]["index"], value)
    network.invoke()
    outputs = [np.asarray(network.get_tensor(one["index"]), np.float32).ravel() for one in network.get_output_details()]
    return [next(one for one in outputs if one.size == size) for size in gives]
