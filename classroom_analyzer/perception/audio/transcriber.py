"""Speech recognition by a network of the user's own: Whisper, or wav2vec 2.0, HuBERT and WavLM with a CTC head.

Whisper: Radford and others 2023; the language is left to the model. CTC: Graves and others 2006; the likeliest letter
of each step, joined. No such network travels with the program, so how well it hears is not measured here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.backbone_folder import read_json_object
from classroom_analyzer.perception.backbones import Backbone, preprocessor_settings
from classroom_analyzer.perception.offline_transformers import refusing, transformers

__all__ = ["CTC_KINDS", "SEQ2SEQ_KINDS", "CtcRecogniser", "WhisperRecogniser", "load_recogniser"]

SEQ2SEQ_KINDS = frozenset({"whisper"})
CTC_KINDS = frozenset({"wav2vec2", "hubert", "wavlm"})
SHORTEST_SAMPLES = SAMPLE_RATE_HZ // 4  # a shorter piece is less than one step of some networks

Warn = Callable[[str], None]


class WhisperRecogniser:
    """Whisper, one segment of at most 30 s at a time.

    Args:
        folder: Hugging Face layout with its tokenizer.
        device: Torch device.
        warn: Told in one sentence when the network has to move to the CPU.

    Raises:
        BadModelError: The folder must not be used.
    """

    def __init__(self, folder: Path, device: str, warn: Warn | None = None) -> None:
        self._backbone = Backbone(folder, SEQ2SEQ_KINDS, device, warn, auto_class="AutoModelForSpeechSeq2Seq")
        self._tokenizer = _loaded(folder, "AutoTokenizer", "its tokenizer files")
        bins = self._backbone.model.config.num_mel_bins
        self._features = transformers().WhisperFeatureExtractor(feature_size=bins)

    def recognise(self, samples: NDArray[np.float32]) -> str:
        """Return the words of ``(n,) float32`` speech at 16 kHz; empty when there are none."""
        mels = self._features(samples, sampling_rate=SAMPLE_RATE_HZ, return_tensors="pt").input_features

        def job(model: Any, device: torch.device, dtype: torch.dtype) -> Tensor:
            tokens: Tensor = model.generate(input_features=mels.to(device, dtype))
            return tokens.cpu()

        return _words(self._tokenizer.decode(self._backbone.run(job)[0], skip_special_tokens=True))


class CtcRecogniser:
    """A network that says a letter, or none, for every 20 ms or so; it writes no question marks as a rule.

    Args:
        folder: Hugging Face layout with vocab.json.
        device: Torch device.
        warn: As for ``WhisperRecogniser``.

    Raises:
        BadModelError: The folder must not be used, or wants another sampling rate than 16 kHz.
    """

    def __init__(self, folder: Path, device: str, warn: Warn | None = None) -> None:
        self._backbone = Backbone(folder, CTC_KINDS, device, warn, auto_class="AutoModelForCTC")
        # This class and no other joins the letters of neighbouring steps.
        self._tokenizer = _loaded(folder, "Wav2Vec2CTCTokenizer", "its tokenizer files")
        settings = preprocessor_settings(folder)
        if settings.get("sampling_rate", SAMPLE_RATE_HZ) != SAMPLE_RATE_HZ:
            raise BadModelError(folder, "it wants another sampling rate than 16 kHz; give a model for 16 kHz")
        self._normalise = bool(settings.get("do_normalize", True))

    def recognise(self, samples: NDArray[np.float32]) -> str:
        """Return the words of ``(n,) float32`` speech at 16 kHz; empty when there are none."""
        padded = np.pad(samples, (0, max(SHORTEST_SAMPLES - len(samples), 0)))
        if self._normalise:
            padded = (padded - padded.mean()) / np.sqrt(padded.var() + 1e-7)
        sound = torch.from_numpy(padded.astype(np.float32))

        def job(model: Any, device: torch.device, dtype: torch.dtype) -> Tensor:
            letters: Tensor = model(sound.to(device, dtype).unsqueeze(0)).logits.argmax(dim=-1)
            return letters[0].cpu()

        return _words(self._tokenizer.decode(self._backbone.run(job), skip_special_tokens=True))


def load_recogniser(folder: Path, device: str, warn: Warn | None = None) -> WhisperRecogniser | CtcRecogniser:
    """Load what the folder holds.

    Args:
        folder: Verified model folder.
        device: Torch device.
        warn: As for ``WhisperRecogniser``.

    Raises:
        BadModelError: The folder holds no speech recogniser that can be used.
    """
    kind = str(read_json_object(folder / "config.json").get("model_type"))
    if kind in SEQ2SEQ_KINDS:
        return WhisperRecogniser(folder, device, warn)
    if kind in CTC_KINDS:
        return CtcRecogniser(folder, device, warn)
    known = ", ".join(sorted(SEQ2SEQ_KINDS | CTC_KINDS))
    raise BadModelError(folder, f"it is a {kind!r} network, needed to recognise speech is one of: {known}")


def _loaded(folder: Path, class_name: str, what: str) -> Any:
    with refusing(folder, f"{what} are missing or damaged"):
        return getattr(transformers(), class_name).from_pretrained(
            folder, local_files_only=True, trust_remote_code=False
        )


def _words(text: str) -> str:
    return " ".join(text.replace("\ufffd", " ").split())
