"""Speech networks in the Hugging Face layout as encoders of sound: wav2vec 2.0, HuBERT, WavLM, Whisper's encoder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.audio.encoder import SoundCode
from classroom_analyzer.perception.backbones import Backbone, Warn, preprocessor_settings
from classroom_analyzer.perception.offline_transformers import transformers

__all__ = ["SOUND_KINDS", "SoundBackbone"]

SOUND_KINDS = frozenset({"wav2vec2", "hubert", "wavlm", "whisper"})
CPU_BATCH_S, DEVICE_BATCH_S = 30, 480  # seconds of sound at once, padding included
WHISPER_CHUNK_SAMPLES = 30 * SAMPLE_RATE_HZ  # Whisper's encoder takes 30 s, whatever there is to hear
WHISPER_STEPS_PER_S = 50


class SoundBackbone:
    """Mean over time of a speech network's last layer. Implements ``SoundEncoder``.

    A batch gives each stretch the vector that it has alone. Networks whose first layer is normalised over time (the
    base sizes of wav2vec 2.0 and HuBERT) would hear the padding of shorter stretches, so with them, and with WavLM,
    only stretches of one length share a batch; with the others the shorter ones are padded and masked.

    Args:
        folder: wav2vec 2.0, HuBERT, WavLM or Whisper (its encoder; each stretch costs it 30 s of sound).
        device: Torch device.
        warn: As for ``Backbone``.

    Raises:
        BadModelError: The folder must not be used, or wants another sampling rate than 16 kHz.
    """

    def __init__(self, folder: Path, device: str, warn: Warn | None = None) -> None:
        self._backbone = Backbone(folder, SOUND_KINDS, device, warn)
        settings = preprocessor_settings(folder)
        if settings.get("sampling_rate", SAMPLE_RATE_HZ) != SAMPLE_RATE_HZ:
            raise BadModelError(folder, "it wants another sampling rate than 16 kHz; give a model for 16 kHz")
        self._normalise = bool(settings.get("do_normalize", True))
        config = self._backbone.model.config
        self._whisper: Any = None
        if self._backbone.kind == "whisper":
            self._whisper = transformers().WhisperFeatureExtractor(feature_size=config.num_mel_bins)
            self._may_pad = True
        else:
            # WavLM in transformers hands torch two kinds of masks, which torch means to refuse.
            padded_well = self._backbone.kind != "wavlm" and not getattr(config, "add_adapter", False)
            self._may_pad = padded_well and config.feat_extract_norm == "layer"

    def encode(self, samples: NDArray[np.float32]) -> SoundCode:
        """Encode about a second of sound, ``(n,) float32`` at 16 kHz."""
        return SoundCode(self.encode_many([samples])[0], None)

    def encode_many(self, stretches: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        """Encode many stretches, some at a time, so that any number fits into memory.

        Args:
            stretches: At least one; each ``(n,) float32`` at 16 kHz, its own n.

        Returns:
            ``(len(stretches), d) float32`` in their order; each within 1e-5 of what it gets alone on the CPU.
        """
        on_cpu = self._backbone.device.type == "cpu"
        whisper = self._whisper is not None
        lengths = [WHISPER_CHUNK_SAMPLES if whisper else len(stretch) for stretch in stretches]
        budget = (CPU_BATCH_S if on_cpu else DEVICE_BATCH_S) * SAMPLE_RATE_HZ
        batches = list(_batches(lengths, budget, mixed=self._may_pad))
        forward = self._hear_mels if whisper else self._hear
        parts = [forward([stretches[row] for row in rows]) for rows in batches]
        order = np.argsort(np.concatenate(batches))
        return np.asarray(torch.cat(parts).numpy(), np.float32)[order]

    def _hear(self, stretches: Sequence[NDArray[np.float32]]) -> Tensor:
        """Vectors ``(k, d)`` of stretches that may share a batch."""
        sounds = [self._scaled(stretch) for stretch in stretches]
        samples = torch.tensor([len(sound) for sound in sounds])
        padded = torch.nn.utils.rnn.pad_sequence(sounds, batch_first=True)
        alike = bool((samples == samples[0]).all())
        heard = (torch.arange(padded.shape[1]) < samples[:, None]).long()

        def job(model: Any, device: torch.device, dtype: torch.dtype) -> Tensor:
            # Without padding the mask is left out: networks of the base sizes were trained without one.
            mask = {} if alike else {"attention_mask": heard.to(device)}
            hidden: Tensor = model(padded.to(device, dtype), **mask).last_hidden_state.float()
            if alike:
                return hidden.mean(dim=1).cpu()
            return _mean_of_first(hidden, model._get_feat_extract_output_lengths(samples).to(device)).cpu()

        return self._backbone.run(job)

    def _scaled(self, stretch: NDArray[np.float32]) -> Tensor:
        sound = torch.from_numpy(np.array(stretch, np.float32))
        return (sound - sound.mean()) / torch.sqrt(sound.var(correction=0) + 1e-7) if self._normalise else sound

    def _hear_mels(self, stretches: Sequence[NDArray[np.float32]]) -> Tensor:
        """As ``_hear``, by Whisper: every stretch is 30 s long to it, and only what was there is averaged."""
        mels = self._whisper(list(stretches), sampling_rate=SAMPLE_RATE_HZ, return_tensors="pt").input_features
        seconds = [min(len(stretch), WHISPER_CHUNK_SAMPLES) / SAMPLE_RATE_HZ for stretch in stretches]
        steps = torch.tensor([max(round(length_s * WHISPER_STEPS_PER_S), 1) for length_s in seconds])

        def job(model: Any, device: torch.device, dtype: torch.dtype) -> Tensor:
            hidden: Tensor = model.get_encoder()(mels.to(device, dtype)).last_hidden_state.float()
            return _mean_of_first(hidden, steps.to(device)).cpu()

        return self._backbone.run(job)


def _mean_of_first(hidden: Tensor, steps: Tensor) -> Tensor:
    """Mean ``(k, d)`` over each row's first steps: ``hidden`` is ``(k, t, d)``, ``steps`` ``(k,)``."""
    heard = torch.arange(hidden.shape[1], device=hidden.device) < steps[:, None]
    return (hidden * heard.unsqueeze(-1)).sum(dim=1) / steps[:, None]


def _batches(lengths: Sequence[int], budget: int, *, mixed: bool) -> Iterator[list[int]]:
    """Put stretches of about equal length together, at most ``budget`` samples with their padding, or one stretch.

    Args:
        lengths: Samples of each.
        budget: Samples.
        mixed: Whether stretches of different length may share a batch.
    """
    batch: list[int] = []
    for row in np.argsort(lengths, kind="stable").tolist():
        full = (len(batch) + 1) * lengths[row] > budget
        if batch and (full or (not mixed and lengths[row] != lengths[batch[0]])):
            yield batch
            batch = []
        batch.append(row)
    yield batch
