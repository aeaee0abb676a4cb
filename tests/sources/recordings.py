"""Makes small recordings with known content: each picture's grey level and each tone's place are known."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

MS = Fraction(1, 1000)


def tone(seconds: float, rate_hz: int = 16_000, hz: float = 440.0, level: float = 0.5) -> np.ndarray:
    return (level * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)).astype(np.float32)


def write_recording(
    path: Path,
    *,
    times_ms: Sequence[int] = (),
    sounds: Sequence[tuple[float, np.ndarray]] = (),
    rate_hz: int = 16_000,
    video_codec: str = "libx264",
    audio_codec: str = "pcm_f32le",
    size_px: tuple[int, int] = (64, 48),
    options: dict[str, str] | None = None,
) -> Path:
    """Write pictures at given times (left third white, the rest as grey as 20 times its number) and sounds."""
    with av.open(str(path), "w", options=options or {}) as container:
        video = audio = None
        if times_ms:
            video = container.add_stream(video_codec, rate=25)
            video.width, video.height = size_px
            video.pix_fmt = "yuv420p"
            video.codec_context.time_base = MS
            video.gop_size = 10
            video.max_b_frames = 0
        if sounds:
            channels = sounds[0][1].ndim
            audio = container.add_stream(audio_codec, rate=rate_hz, layout="mono" if channels == 1 else "stereo")
        packets = []
        for index, time_ms in enumerate(times_ms):
            image = np.full((size_px[1], size_px[0], 3), min(20 * index, 200), np.uint8)
            image[:, : size_px[0] // 3] = 255
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = time_ms, MS
            packets += video.encode(frame)
        packets += video.encode(None) if video else []
        for start_s, samples in sounds:
            for offset in range(0, samples.shape[-1], 1600):
                piece = np.ascontiguousarray(np.atleast_2d(samples)[:, offset : offset + 1600])
                frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="mono" if len(piece) == 1 else "stereo")
                frame.sample_rate = rate_hz
                frame.pts, frame.time_base = round(start_s * rate_hz) + offset, Fraction(1, rate_hz)
                packets += audio.encode(frame)
        packets += audio.encode(None) if audio else []
        for packet in sorted(packets, key=lambda p: float(p.dts * p.time_base)):
            container.mux(packet)
    return path


def cut(path: Path, share: float) -> Path:
    """Keep the first part of a file."""
    raw = path.read_bytes()
    shorter = path.with_name(f"cut_{path.name}")
    shorter.write_bytes(raw[: int(len(raw) * share)])
    return shorter
