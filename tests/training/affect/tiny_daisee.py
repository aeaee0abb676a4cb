"""A tiny DAiSEE of invented people: real video files of drawn faces, and label files as published."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from classroom_analyzer.sources.drawn_class import HeadState, draw_class, invent_people

SIZE = (160, 120)
PERSONS = {"Train": (0, 1, 2), "Validation": (6, 7), "Test": (8, 9)}
HEADER = "ClipID,Boredom,Engagement,Confusion,Frustration "
CLIP_S = 10


def write_clip(path: Path, person: int, level: int) -> None:
    """A picture a second. Who is labelled high sits in the dark, so that there is something to learn."""
    people = invent_people(person + 1, seed=4)[person:]
    picture = draw_class(people, [HeadState(pitch_deg=4.0 * level, mouth_open=level / 3)], SIZE)
    lit = [np.clip(picture * (1.0 - 0.18 * level + shade), 0, 255).astype(np.uint8) for shade in (0.0, 0.03)]
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=1)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.bit_rate = 600_000
        for number in range(CLIP_S):
            frame = av.VideoFrame.from_ndarray(lit[number % 2], format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, 1)
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
