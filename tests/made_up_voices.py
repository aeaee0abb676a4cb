"""Voices that nobody has: a buzz through changing formants, with syllables. For tests that need no real speech."""

from __future__ import annotations

import numpy as np

RATE = 16_000
VOWELS = ((700, 1200, 2600), (300, 2300, 3000), (350, 800, 2400), (550, 1800, 2500), (450, 1000, 2400))  # Hz
SYLLABLES_HZ = 4


def made_up_voice(pitch_hz: float, tract: float, seconds: float, seed: int = 0) -> np.ndarray:
    """Speak so long: ``(n,) float64`` of unit RMS.

    Args:
        pitch_hz: Mean pitch.
        tract: Stretches the formants: below 1 for a long vocal tract, above 1 for a short one.
        seconds: Length.
        seed: Of the vowels and the melody.
    """
    rng = np.random.default_rng(seed)
    syllable = RATE // SYLLABLES_HZ
    parts = []
    phase = 0.0
    for _ in range(int(np.ceil(seconds * SYLLABLES_HZ))):
        formants = tract * np.array(VOWELS[rng.integers(len(VOWELS))])
        hz = pitch_hz * 2 ** rng.normal(0, 0.08)
        t = np.arange(syllable) / RATE
        wave = np.zeros(syllable)
        for k in range(1, int(4500 / hz)):
            gain = np.exp(-(((hz * k - formants) / 150) ** 2)).sum() + 0.03
            wave += gain * np.sin(k * (2 * np.pi * hz * t + phase) + k * k)
        phase += 2 * np.pi * hz * syllable / RATE
        parts.append(wave / np.sqrt(np.mean(wave**2)) * np.sin(np.pi * t * SYLLABLES_HZ) ** 2)
    sound = np.concatenate(parts)[: int(seconds * RATE)]
    return sound / np.sqrt(np.mean(sound**2))


def frames_of(sound: np.ndarray) -> np.ndarray:
    """Cut into ``(n, 512) float32`` frames."""
    whole = len(sound) // 512 * 512
    return sound[:whole].astype(np.float32).reshape(-1, 512)
