"""Runs MediaPipe's Face Landmarker and face detector on given frames; a script for a Python that has mediapipe.

It stands alone (``python peer_mediapipe.py FRAMES.npy MODEL.task FRAMES_PER_S WARM``), because mediapipe is no part of
this program. One JSON object a line on stdout, as ``processes.run_lines`` reads them.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["main"]

MOST_FACES = 32
DETECTOR = "face_detector.tflite"


def main(frames_path: str, task_path: str, frames_per_s: int, warm: int) -> None:
    """Time both on all frames; the first ``warm`` are not counted."""
    mediapipe: Any = importlib.import_module("mediapipe")
    tasks: Any = importlib.import_module("mediapipe.tasks.python")
    vision: Any = importlib.import_module("mediapipe.tasks.python.vision")
    frames = np.load(frames_path, mmap_mode="r")
    video = vision.RunningMode.VIDEO
    with zipfile.ZipFile(task_path) as bundle:
        detector_model = bundle.read(DETECTOR)
    landmarker = vision.FaceLandmarker.create_from_options(
        vision.FaceLandmarkerOptions(
            base_options=tasks.BaseOptions(model_asset_path=task_path),
            running_mode=video,
            num_faces=MOST_FACES,
            output_face_blendshapes=True,
            output_facial_transformation_matrixes=True,
        )
    )
    detector = vision.FaceDetector.create_from_options(
        vision.FaceDetectorOptions(
            base_options=tasks.BaseOptions(model_asset_buffer=detector_model), running_mode=video
        )
    )
    jobs: tuple[tuple[str, Any, Callable[[Any], int]], ...] = (
        ("FaceLandmarker", landmarker, lambda found: len(found.face_landmarks)),
        ("FaceDetector", detector, lambda found: len(found.detections)),
    )
    result = {}
    for number, (name, tool, count) in enumerate(jobs):
        faces, took_s = [], []
        for k, frame in enumerate(frames):
            picture = mediapipe.Image(
                image_format=mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(frame[..., ::-1])
            )
            started_s = time.perf_counter()
            found = tool.detect_for_video(picture, 1000 * k // frames_per_s)
            took_s.append(time.perf_counter() - started_s)
            faces.append(count(found))
            _say({"done": number * len(frames) + k + 1, "total": len(jobs) * len(frames)})
        tool.close()
        result[f"mediapipe {name} {mediapipe.__version__}"] = {
            "found": float(np.mean(faces[warm:])),
            "ms_per_frame": 1000 * float(np.mean(took_s[warm:])),
        }
    _say({"result": result})


def _say(fact: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
