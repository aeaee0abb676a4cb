"""Twenty recordings of nothing but noise, analysed like any lesson: how often does the program say nothing?"""

from __future__ import annotations

import wave
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.app.analyze import Recording, analyze
from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.settings.schema import load_settings

__all__ = ["coloured_noise", "noise_abstention"]

CLIPS = 20
CLIP_S = 35  # a window of sound is full after 30
SLOPES = (0, 1, 2)  # white, pink and brown: power falls with frequency^slope
LEVELS = (0.02, 0.1, 0.5)  # of full scale


def noise_abstention(
    *, clips: int = CLIPS, seed: int = 0, progress: Progress = silent, cancel: CancelToken | None = None
) -> dict[str, Any]:
    """Analyse clips of noise with the bundled models and count the windows without an estimate.

    Everything is written to a folder of its own and deleted: neither lessons nor the audit log of the user hold noise.

    Args:
        clips: How many, of white, pink and brown noise in turn, at three levels.
        seed: Of the noise.
        progress: Reported to after each clip.
        cancel: Stops between windows.

    Returns:
        ``clips``, ``windows`` and ``abstained``, the share of the windows.

    Raises:
        StoppedByUserError: ``cancel`` was set.
    """
    windows = abstained = 0
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        request = demo_request(load_settings(home), Path(folder) / "lessons")
        request = replace(request, switched_on=frozenset({Modality.AUDIO}))
        for clip in range(clips):
            noise = coloured_noise(np.random.default_rng((seed, clip)), SLOPES[clip % 3])
            path = Path(folder) / f"{clip}.wav"
            _write(path, LEVELS[clip // 3 % 3] * noise)
            engagement = analyze(Recording(path), request, home, cancel=cancel).engagement
            assert engagement is not None  # None under observe only
            windows += engagement.windows
            abstained += engagement.abstained
            progress("analysing clips of noise", clip + 1, clips)
    return {"clips": clips, "windows": windows, "abstained": abstained / windows}


def coloured_noise(rng: np.random.Generator, slope: int) -> NDArray[np.float64]:
    """Make noise whose power falls with frequency^slope.

    Args:
        rng: Random numbers.
        slope: 0 white, 1 pink, 2 brown.

    Returns:
        ``CLIP_S`` seconds at 16 kHz, largest value 1.
    """
    spectrum = np.fft.rfft(rng.standard_normal(CLIP_S * SAMPLE_RATE_HZ))
    frequency = np.maximum(np.arange(len(spectrum)), 1)
    noise = np.fft.irfft(spectrum / frequency ** (slope / 2))
    return np.asarray(noise / np.abs(noise).max())


def _write(path: Path, samples: NDArray[np.float64]) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes((32767 * samples).astype("<i2").tobytes())
