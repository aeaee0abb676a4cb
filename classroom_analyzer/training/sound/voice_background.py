"""Trains the background of ``perception/audio/voice_model`` on labelled meetings: what any voice sounds like."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.vq import kmeans2

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.perception.audio.frames import FRAME_SAMPLES
from classroom_analyzer.perception.audio.voice_features import PITCH_BINS, VoiceFeatures, voice_features
from classroom_analyzer.perception.audio.voice_model import VoiceBackground, pitch_histogram
from classroom_analyzer.training.media_data import TrainingFile, trainable_files
from classroom_analyzer.training.sound.mixtures import SceneMaker, Voice
from classroom_analyzer.training.sound.rttm import read_rttm
from classroom_analyzer.training.sound.solo_voices import labelled_voices
from classroom_analyzer.training.weight_files import write_weights

__all__ = ["BACKGROUND_NAME", "fit_background", "train_voice_background"]

BACKGROUND_NAME = "voice-background.safetensors"
COMPONENTS = 64
ROUNDS = 15
ROOMS_PER_VOICE = 4
LEAST_VOICE_S = 1.0
VARIANCE_FLOOR = 0.05  # of the whole variance
UNIFORM_PITCH = 0.3  # children's pitches are missing among adults in meetings

LIMITS = (
    "Adults in meetings; children's voices and classrooms are not among them.",
    "It stands for any voice and holds no single one; a teacher's own model is made in memory and never written.",
)


def fit_background(voices: Sequence[Voice], seed: int, cancel: CancelToken | None = None) -> VoiceBackground:
    """Fit a mixture of Gaussians by expectation maximisation to voices in several drawn rooms each.

    Args:
        voices: Single voices.
        seed: Of rooms and start.
        cancel: Looked at in every round.
    """
    features: list[VoiceFeatures] = []
    for index, voice in enumerate(voices):
        maker = SceneMaker([voice], seed + index)
        features += [voice_features(_frames(maker.voice_in_room(voice, maker.room()))) for _ in range(ROOMS_PER_VOICE)]
    rows = np.concatenate([f.spectral for f in features])
    pitch = pitch_histogram(np.concatenate([f.pitch_bins for f in features]))
    pitch = (1 - UNIFORM_PITCH) * pitch + UNIFORM_PITCH / PITCH_BINS
    mean, label = kmeans2(rows, COMPONENTS, minit="++", rng=seed)
    whole = rows.var(axis=0)
    weight = np.maximum(np.bincount(label, minlength=COMPONENTS), 1) / len(rows)
    background = VoiceBackground(weight / weight.sum(), mean, np.tile(whole, (COMPONENTS, 1)), pitch)
    for _ in range(ROUNDS):
        if cancel is not None:
            cancel.raise_if_cancelled()
        parts = background.log_parts(rows)
        share = np.exp(parts - parts.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        count = share.sum(axis=0) + 1e-6
        mean = share.T @ rows / count[:, None]
        variance = np.maximum(share.T @ rows**2 / count[:, None] - mean**2, VARIANCE_FLOOR * whole)
        background = VoiceBackground(count / count.sum(), mean, variance, pitch)
    return background


def train_voice_background(
    data: Path, out: Path, *, seed: int = 0, progress: Progress = silent, cancel: CancelToken | None = None
) -> dict[str, Any]:
    """Train on the labelled recordings that MANIFEST.tsv allows to train on and write weights and card.

    Raises:
        BadInputError: There are none.
        OutputNotWritableError: The result cannot be written.
        StoppedByUserError: ``cancel`` was set.
    """
    files = trainable_files(data)
    labels = next((f for f in files if f.path.suffix == ".rttm"), None)
    sounds = [f for f in files if f.path.suffix == ".flac"]
    if labels is None or not sounds:
        raise BadInputError(data, "its MANIFEST.tsv marks no recordings with speaker labels for training")
    progress("reading voices", 0, None)
    voices = labelled_voices([f.path for f in sounds], read_rttm(labels.path), least_s=LEAST_VOICE_S)
    progress("fitting the background", 0, None)
    background = fit_background(voices, seed, cancel)
    card = _card(sounds, labels, voices, seed)
    tensors = {
        "weight": background.weight.astype(np.float32),
        "mean": background.mean.astype(np.float32),
        "variance": background.variance.astype(np.float32),
        "pitch": background.pitch.astype(np.float32),
    }
    write_weights(out / BACKGROUND_NAME, tensors, card)
    return card


def _card(sounds: Sequence[TrainingFile], labels: TrainingFile, voices: Sequence[Voice], seed: int) -> dict[str, Any]:
    return {
        "name": "voice-background",
        "version": "0.1.0",
        "date": datetime.now(UTC).date().isoformat(),
        "policy_needed": "engagement",
        "purpose": "tells an enrolled teacher's voice from any other voice; class figures only",
        "out_of_scope": ["identification", "telling students apart", "any use outside one lesson"],
        "inputs": "19 mel-frequency cepstral coefficients and slopes every 10 ms; pitch in semitones",
        "licence": "Apache-2.0",
        "contact": "the Classroom Analyzer team",
        "training_sets": [
            {"source": sounds[0].source, "licence": sounds[0].licence, "files": [f.name for f in (*sounds, labels)]}
        ],
        "attribution": "AMI Meeting Corpus (Carletta and others, 2005), licence as commonly stated: CC BY 4.0.",
        "speakers": len(voices),
        "speech_s": round(sum(len(v.samples) for v in voices) / 16_000, 1),
        "evaluation": "docs/results/sound.md: each enrolled voice is scored with a background trained without it",
        "limits": list(LIMITS),
        "seed": seed,
        "command": f"classroom-analyzer train voice --data DATA --out OUT --seed {seed}",
    }


def _frames(sound: NDArray[np.float64]) -> NDArray[np.float32]:
    whole = len(sound) // FRAME_SAMPLES * FRAME_SAMPLES
    return sound[:whole].astype(np.float32).reshape(-1, FRAME_SAMPLES)
