"""One voice against all others: mixtures of Gaussians adapted to a speaker (Reynolds, Quatieri and Dunn 2000).

A background model stands for any voice. The model of one voice is the background with its means moved towards 20 s of
that voice. What it says of a stretch of speech is the mean log-likelihood ratio of the two, per 10 ms. Pitch has half
the weight. A model lives in memory for one lesson; nothing of it is ever written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.safe import load_card, load_tensors
from classroom_analyzer.perception.audio.voice_features import PITCH_BINS, SPECTRAL_DIMENSIONS, VoiceFeatures

__all__ = ["VoiceBackground", "VoiceModel", "load_voice_background", "pitch_histogram"]

Floats = NDArray[np.float64]

RELEVANCE = 4.0  # frames of the voice that weigh as much as the background, per component
PITCH_RELEVANCE = 10.0
PITCH_WEIGHT = 0.5  # chosen on meeting voices; men and women, adults and children part by it, two alike do not
LEAST_PITCHES = 5
SMOOTHING = (0.05, 0.25, 0.4, 0.25, 0.05)  # of pitch histograms, over five semitones


@dataclass(frozen=True, slots=True, eq=False)
class VoiceBackground:
    """What any voice sounds like.

    Attributes:
        weight: ``(k,) float64`` of the components, sums to 1.
        mean: ``(k, 38) float64``.
        variance: ``(k, 38) float64``, diagonal.
        pitch: ``(b,) float64`` probability of each semitone bin.
    """

    weight: Floats
    mean: Floats
    variance: Floats
    pitch: Floats

    def log_parts(self, rows: Floats, mean: Floats | None = None) -> Floats:
        """Log of weight times density of each component: ``(n, k)``; ``mean`` stands in for the own means."""
        centre = self.mean if mean is None else mean
        inverse = 1 / self.variance
        square = (rows**2) @ inverse.T - 2 * rows @ (centre * inverse).T + (centre**2 * inverse).sum(axis=1)
        log_norm = np.log(2 * np.pi * self.variance).sum(axis=1)
        return np.asarray(np.log(self.weight) - 0.5 * (log_norm + square), np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class VoiceModel:
    """One enrolled voice.

    Attributes:
        background: What it is told from.
        mean: ``(k, 38) float64`` adapted means.
        pitch: ``(b,) float64`` adapted pitch histogram.
    """

    background: VoiceBackground
    mean: Floats
    pitch: Floats

    @classmethod
    def adapted(cls, background: VoiceBackground, stretches: Sequence[VoiceFeatures]) -> VoiceModel:
        """Move the background towards a voice (maximum a posteriori, means only)."""
        rows = np.concatenate([s.spectral for s in stretches])
        parts = background.log_parts(rows)
        share = np.exp(parts - _log_sum(parts)[:, None])
        count = share.sum(axis=0)
        seen = (share.T @ rows) / np.maximum(count, 1e-9)[:, None]
        own = (count / (count + RELEVANCE))[:, None]
        bins = np.concatenate([s.pitch_bins for s in stretches])
        return cls(background, own * seen + (1 - own) * background.mean, pitch_histogram(bins, background.pitch))

    def score(self, stretch: VoiceFeatures) -> float:
        """Mean log-likelihood ratio of this voice against any voice; above 0 for it, about -2 to 8."""
        spectral = _log_sum(self.background.log_parts(stretch.spectral, self.mean))
        spectral -= _log_sum(self.background.log_parts(stretch.spectral))
        bins = stretch.pitch_bins
        if len(bins) < LEAST_PITCHES:
            return float(spectral.mean())
        return float(spectral.mean() + PITCH_WEIGHT * np.log(self.pitch[bins] / self.background.pitch[bins]).mean())


def pitch_histogram(bins: NDArray[np.int64], prior: Floats | None = None) -> Floats:
    """Probability of each semitone bin, smoothed; drawn towards ``prior`` where there are few."""
    counts = np.bincount(bins, minlength=PITCH_BINS).astype(np.float64)
    counts = np.convolve(counts, SMOOTHING, mode="same")
    if prior is None:
        return np.asarray((counts + 1) / (counts + 1).sum(), np.float64)
    return np.asarray((counts + PITCH_RELEVANCE * prior) / (counts.sum() + PITCH_RELEVANCE), np.float64)


def load_voice_background(path: Path) -> VoiceBackground:
    """Load ``voice-background.safetensors``; its card lies beside it.

    Raises:
        BadModelError: Weights or card are missing, damaged or of another kind.
    """
    load_card(path)
    tensors = load_tensors(path)
    try:
        weight, mean, variance, pitch = (
            np.asarray(tensors[name], np.float64) for name in ("weight", "mean", "variance", "pitch")
        )
    except KeyError as error:
        raise BadModelError(path, f"it holds no {error.args[0]}; install it again") from error
    shape = (len(weight), SPECTRAL_DIMENSIONS)
    fits = mean.shape == shape and variance.shape == shape and pitch.shape == (PITCH_BINS,)
    if not fits or min(weight.min(), variance.min(), pitch.min()) <= 0:
        raise BadModelError(path, "its arrays are not those of a voice background; install it again")
    return VoiceBackground(weight, mean, variance, pitch)


def _log_sum(parts: Floats) -> Floats:
    highest = parts.max(axis=1, keepdims=True)
    return np.asarray((highest + np.log(np.exp(parts - highest).sum(axis=1, keepdims=True)))[:, 0], np.float64)
