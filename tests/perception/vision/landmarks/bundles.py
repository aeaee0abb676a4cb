"""Bundles that tests build byte by byte, and a face of known shape."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import numpy as np

from classroom_analyzer.perception.vision.landmarks.task_bundle import CanonicalFace

TASK_NAME = "face_landmarker_v2_with_blendshapes.task"
NETWORK = b"\0\0\0\0TFL3" + bytes(16)


def varint(value: int) -> bytes:
    low = b""
    while value >= 0x80:
        low += bytes([value & 0x7F | 0x80])
        value >>= 7
    return low + bytes([value])


def block(number: int, content: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(content)) + content


def number32(number: int, value: float) -> bytes:
    return varint(number << 3 | 5) + struct.pack("<f", value)


def face_vertices() -> np.ndarray:
    return np.random.default_rng(1).normal(0, 5, (468, 3)).astype(np.float32)


def geometry(vertices: np.ndarray, basis: dict[int, float], packed: bool = False) -> bytes:
    numbers = np.hstack([vertices, np.zeros((len(vertices), 2))]).astype("<f4").ravel()
    mesh = block(3, numbers.tobytes()) if packed else b"".join(number32(3, float(v)) for v in numbers)
    points = (varint(1 << 3) + varint(i) + number32(2, weight) for i, weight in basis.items())
    return block(1, mesh) + b"".join(block(2, point) for point in points)


BASIS = {4: 0.5, 6: 0.25, 10: 1.0, 300: 0.75, 467: 0.1}


def write_task(path: Path, **members: bytes | None) -> Path:
    content = {
        "face_landmarks_detector.tflite": members.get("landmarks", NETWORK),
        "face_blendshapes.tflite": members.get("blendshapes", NETWORK),
        "geometry_pipeline_metadata_landmarks.binarypb": members.get("face", geometry(face_vertices(), BASIS)),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, data in content.items():
            if data is not None:
                bundle.writestr(name, data)
    return path


def canonical() -> CanonicalFace:
    """A bent sheet of 468 points, about as large as a face, in cm; y up, z out of the face."""
    across, up = np.meshgrid(np.linspace(-7, 7, 18), np.linspace(-9, 9, 26))
    vertices = np.column_stack([across.ravel(), up.ravel(), 7 - 0.08 * across.ravel() ** 2 - 0.03 * up.ravel() ** 2])
    return CanonicalFace(vertices, np.arange(468), np.linspace(0.5, 1.5, 468))
