"""Reads MediaPipe's face landmarker bundle: a zip of two networks and the canonical face. Nothing is unpacked to disk.

The bundle is a model from outside, so that all of it is checked before anything of it runs.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.vision.landmarks.wire import WireError, fields, floats

__all__ = ["CanonicalFace", "TaskBundle", "parse_canonical_face", "read_task"]

LANDMARKS_MEMBER = "face_landmarks_detector.tflite"
BLENDSHAPES_MEMBER = "face_blendshapes.tflite"
GEOMETRY_MEMBER = "geometry_pipeline_metadata_landmarks.binarypb"
MAX_NETWORK_BYTES = 16 * 2**20  # about ten times what they have
MAX_GEOMETRY_BYTES = 2**20
NETWORK_MARK = b"TFL3"  # at byte 4 of a TensorFlow Lite flat buffer

# Field numbers of the messages GeometryPipelineMetadata, Mesh3d and WeightedLandmarkRef of MediaPipe's face geometry
# module (Apache-2.0).
MESH_FIELD, BASIS_FIELD = 1, 2
VERTEX_FIELD = 3
ID_FIELD, WEIGHT_FIELD = 1, 2
FLOATS_PER_VERTEX = 5  # x, y, z in cm, then two texture coordinates
VERTEX_COUNTS = (468, 478)  # without and with the irises
MIN_BASIS = 4


@dataclass(frozen=True, slots=True, eq=False)
class CanonicalFace:
    """The metric model face that a mesh is fitted to.

    Attributes:
        vertices_cm: ``(468 or 478, 3) float64``: x to the person's left, y up, z out of the face.
        basis_ids: ``(k,) int64`` points that take part in the fit.
        basis_weights: ``(k,) float64`` their weights, above 0.
    """

    vertices_cm: NDArray[np.float64]
    basis_ids: NDArray[np.int64]
    basis_weights: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class TaskBundle:
    """What the bundle holds.

    Attributes:
        landmarks_net: Network from a face crop to 478 points, a TensorFlow Lite flat buffer.
        blendshapes_net: Network from 146 points to 52 blendshapes.
        face: The canonical face.
    """

    landmarks_net: bytes
    blendshapes_net: bytes
    face: CanonicalFace


def read_task(path: Path) -> TaskBundle:
    """Read a ``.task`` bundle.

    Args:
        path: The bundle.

    Raises:
        BadModelError: It cannot be read, is no such bundle, or holds more than it should.
    """
    try:
        with zipfile.ZipFile(path) as bundle:
            landmarks = _network(path, bundle, LANDMARKS_MEMBER)
            blendshapes = _network(path, bundle, BLENDSHAPES_MEMBER)
            geometry = _member(path, bundle, GEOMETRY_MEMBER, MAX_GEOMETRY_BYTES)
    except OSError as error:
        raise BadModelError(path, "the file cannot be read") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise BadModelError(path, "it is no readable .task bundle") from error
    try:
        face = parse_canonical_face(geometry)
    except WireError as error:
        raise BadModelError(path, f"its canonical face is damaged ({error})") from error
    return TaskBundle(landmarks, blendshapes, face)


def _network(path: Path, bundle: zipfile.ZipFile, name: str) -> bytes:
    content = _member(path, bundle, name, MAX_NETWORK_BYTES)
    if content[4:8] != NETWORK_MARK:
        raise BadModelError(path, f"{name} in it is no TensorFlow Lite network")
    return content


def _member(path: Path, bundle: zipfile.ZipFile, name: str, limit_bytes: int) -> bytes:
    try:
        info = bundle.getinfo(name)
    except KeyError as error:
        raise BadModelError(path, f"it holds no {name}") from error
    if info.flag_bits & 1:
        raise BadModelError(path, f"{name} in it is encrypted")
    if info.file_size > limit_bytes:
        raise BadModelError(path, f"{name} in it is larger than {limit_bytes} bytes")
    # ``read`` stops at the stated size whatever the packed bytes would unpack to, and checks the sum.
    with bundle.open(info) as member:
        return member.read(limit_bytes + 1)


def parse_canonical_face(geometry: bytes) -> CanonicalFace:
    """Read the canonical face and the weighted points of the fit.

    Args:
        geometry: A serialised ``GeometryPipelineMetadata``.

    Raises:
        WireError: The bytes are no such message, or its numbers make no face.
    """
    meshes, ids, weights = [], [], []
    for number, value in fields(geometry):
        if number == MESH_FIELD and isinstance(value, bytes):
            meshes.append(value)
        elif number == BASIS_FIELD and isinstance(value, bytes):
            one_id, weight = _basis_point(value)
            ids.append(one_id)
            weights.append(weight)
    if len(meshes) != 1:
        raise WireError(f"{len(meshes)} meshes")
    numbers = [floats(value) for number, value in fields(meshes[0]) if number == VERTEX_FIELD]
    flat = np.concatenate(numbers) if numbers else np.empty(0)
    if flat.size not in [count * FLOATS_PER_VERTEX for count in VERTEX_COUNTS]:
        raise WireError(f"{flat.size} vertex numbers")
    vertices = np.ascontiguousarray(flat.reshape(-1, FLOATS_PER_VERTEX)[:, :3])
    if len(set(ids)) != len(ids) or len(ids) < MIN_BASIS or max(ids) >= len(vertices):
        raise WireError("wrong points to fit")
    weights_of = np.array(weights)
    if not np.isfinite(vertices).all() or not np.isfinite(weights_of).all() or (weights_of <= 0).any():
        raise WireError("numbers that are no sizes or weights")
    return CanonicalFace(vertices, np.array(ids, np.int64), weights_of)


def _basis_point(message: bytes) -> tuple[int, float]:
    one_id, weight = 0, 0.0  # what protocol buffers leave out is 0
    for number, value in fields(message):
        if number == ID_FIELD and isinstance(value, int):
            one_id = value
        elif number == WEIGHT_FIELD:
            numbers = floats(value)
            if numbers.size != 1:
                raise WireError("a weight is not one number")
            weight = float(numbers[0])
    return one_id, weight
