"""A tiny DAiSEE of invented people: real video files of drawn faces, and label files as published."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from classroom_analyzer.sources.drawn_class import HeadState, draw_class, invent_people

SIZE = (160, 120)
RATE = 1
PERSONS = {"Train": (0, 1, 2, 3), "Validation": (6, 7), "Test": (8, 9)}
HEADER = "ClipID,Boredom,Engagement,Confusion,Frustration "


def write_clip(path: Path, person: int, level: int, seconds: float = 10.0) -> None:
    """Who is labelled high looks down with the mouth open, so that there is something to learn."""
    people = invent_people(person + 1, seed=4)[person:]
    path.parent.mkdir(parents=True, exist_ok=True)
    states = [HeadState(pitch_deg=8.0 * level, yaw_deg=yaw, mouth_open=level / 3) for yaw in (-5.0, 5.0)]
    pictures = [draw_class(people, [state], SIZE) for state in states]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.bit_rate = 600_000
        for number in range(round(seconds * RATE)):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pictures[number % 2]), format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def tiny_daisee(root: Path, persons: Mapping[str, tuple[int, ...]] = PERSONS) -> Path:
    """Two clips of 10 s per person: one labelled low, one labelled high."""
    for split, people in persons.items():
        lines = [HEADER]
        for person in people:
            subject = f"{person + 1100:06d}"
            for number, level in enumerate((0, 3)):
                clip = f"{subject}{number:04d}"
                write_clip(root / "DataSet" / split / subject / clip / f"{clip}.avi", person, level)
                lines.append(f"{clip}.avi,{level},{3 - level},{level},{level}")
        labels = root / "Labels" / f"{split}Labels.csv"
        labels.parent.mkdir(parents=True, exist_ok=True)
        labels.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return root
