"""Pictures and sound on the lesson clock."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import to_ns

__all__ = ["MAX_PIXELS", "SAMPLE_RATE_HZ", "AudioBlock", "MediaInfo", "VideoFrame"]

SAMPLE_RATE_HZ = 16_000
MAX_PIXELS = 2**26  # of a picture of any source: 8192 x 8192


@dataclass(frozen=True, slots=True, eq=False)
class VideoFrame:
    """One picture.

    Attributes:
        t_ns: When it was taken, lesson clock.
        image: ``(height, width, 3) uint8 BGR``; treat as read-only.
    """

    t_ns: int
    image: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class AudioBlock:
    """A stretch of sound.

    Attributes:
        t_ns: Time of the first sample, lesson clock.
        samples: ``(n,) float32`` mono at 16 kHz, full scale is [-1, 1].
    """

    t_ns: int
    samples: NDArray[np.float32]

    @property
    def end_ns(self) -> int:
        """Time just after the last sample."""
        return self.t_ns + to_ns(len(self.samples) / SAMPLE_RATE_HZ)


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What a media file holds.

    Attributes:
        duration_s: Length of the longest usable track.
        width_px: Picture width, 0 without a picture.
        height_px: Picture height, 0 without a picture.
        mean_rate_hz: Mean frame rate, None without a picture. Times never derive from it.
        has_video: Whether there is a decodable picture track.
        has_audio: Whether there is a decodable sound track.
    """

    duration_s: float
    width_px: int
    height_px: int
    mean_rate_hz: Fraction | None
    has_video: bool
    has_audio: bool
