"""Small real clips of invented people, written by the tests."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

from classroom_analyzer.sources.drawn_class import draw_class
from classroom_analyzer.sources.drawn_person import HeadState, invent_people

RATE_HZ = 8
SIZE = (256, 192)
SOUND_HZ = 16_000


def write_clip(path: Path, seconds: int, *, person: int = 0, people: int = 1, sound: bool = False) -> Path:
    """Write a clip of invented people who nod; an .avi or .mp4 as the name says, with a hum where sound is wanted."""
    seen = invent_people(person + people)[person:]
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4" if path.suffix == ".avi" else "libx264", rate=RATE_HZ)
        video.width, video.height, video.pix_fmt = *SIZE, "yuv420p"
        audio = container.add_stream("pcm_s16le" if path.suffix == ".avi" else "aac", rate=SOUND_HZ) if sound else None
        for number in range(seconds * RATE_HZ):
            state = HeadState(pitch_deg=6 * np.sin(number / 5), yaw_deg=4 * np.sin(number / 7))
            picture = draw_class(seen, [state] * people, SIZE)
            container.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
        if audio is not None:
            t_s = np.arange(seconds * SOUND_HZ) / SOUND_HZ
            hum = (3000 * np.sin(2 * np.pi * 180 * t_s)).astype(np.int16)
            for at in range(0, len(hum), 1024):
                frame = av.AudioFrame.from_ndarray(hum[None, at : at + 1024], format="s16", layout="mono")
                frame.sample_rate, frame.pts = SOUND_HZ, at
                container.mux(audio.encode(frame))
            container.mux(audio.encode(None))
        container.mux(video.encode(None))
    return path
