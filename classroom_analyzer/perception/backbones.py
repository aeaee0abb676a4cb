"""Pretrained networks in the Hugging Face layout, and the BERT family as an encoder of text.

Files only: safetensors, no code from the folder, no network. A folder whose weights do not fill its architecture is
refused, because the rest would be random. On CUDA they run in half precision; when memory runs out there they move to
the CPU once, with a notice. Without an autoencoder trained on their features they have no novelty. Faces and sound:
``face_backbone``, ``sound_backbone``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.backbone_folder import check_backbone_folder, read_json_object, stored_values
from classroom_analyzer.perception.autoencoders import DenseAutoencoder, TrainedAutoencoder
from classroom_analyzer.perception.network_clock import network_call
from classroom_analyzer.perception.offline_transformers import refusing, transformers
from classroom_analyzer.perception.text.encoder import TextCodes

__all__ = [
    "TEXT_KINDS",
    "Backbone",
    "TextBackbone",
    "load_network",
    "preprocessor_settings",
    "scaled_embeddings",
]

TEXT_KINDS = frozenset(
    {"bert", "roberta", "xlm-roberta", "camembert", "distilbert", "albert", "electra", "mpnet", "deberta", "deberta-v2"}
)

# Parts that checkpoints of other tasks leave out and that no output read here passes through.
UNUSED_PARTS = ("pooler.", "masked_spec_embed", "decoder.")

SPARE_VALUES = 10_000_000  # a head that a checkpoint of another task lacks; what is missing is judged afterwards

MAX_TOKENS = 128
MAX_LETTERS = 2000  # more of a long line is not even split into tokens
# Tokens of a batch, padding included: what a core keeps in its cache (128: 308 messages a second, 256: 414, 512: 383).
CPU_BATCH_TOKENS, DEVICE_BATCH_TOKENS = 256, 8192
# Batches at a time, each on one torch thread. They never wait for each other, as two threads inside one batch do.
CPU_BATCHES_AT_ONCE = 2

T = TypeVar("T")
Warn = Callable[[str], None]


class Backbone:
    """A pretrained network on a device.

    Args:
        folder: Hugging Face layout: config.json and safetensors.
        kinds: Values of ``model_type`` that fit the purpose.
        device: Torch device.
        warn: Told in one sentence when the network has to move to the CPU.
        auto_class: Class of transformers that builds it: with or without the head of a task.

    Raises:
        BadModelError: The folder is pickled, incomplete, damaged or of another kind.
    """

    def __init__(
        self,
        folder: Path,
        kinds: frozenset[str],
        device: str,
        warn: Warn | None = None,
        auto_class: str = "AutoModel",
    ) -> None:
        self.folder = folder
        self._warn = warn or logging.getLogger(__name__).warning
        self.model = load_network(folder, kinds, auto_class)
        self.kind = str(self.model.config.model_type)
        self._move(torch.device(device))

    def run(self, job: Callable[[Any, torch.device, torch.dtype], T]) -> T:
        """Run the network.

        Args:
            job: Takes network, device and float type of its inputs; called again when the device's memory runs out.
        """
        try:
            with torch.inference_mode(), network_call():
                return job(self.model, self.device, self.dtype)
        except torch.OutOfMemoryError:
            if self.device.type == "cpu":
                raise
        self._warn(f"the memory of {self.device} is too small for {self.folder.name}; it goes on on the CPU")
        self._move(torch.device("cpu"))
        with torch.inference_mode(), network_call():
            return job(self.model, self.device, self.dtype)

    def _move(self, device: torch.device) -> None:
        self.device = device
        self.dtype = torch.float16 if device.type == "cuda" else torch.float32
        self.model = self.model.to(device=device, dtype=self.dtype)


class TextBackbone:
    """Mean of the last layer's tokens, scaled to unit length (Reimers & Gurevych 2019). Implements ``TextEncoder``.

    Args:
        folder: BERT family, with its tokenizer.
        device: Torch device.
        autoencoder: Trained on this very network's embeddings; the codes are then its codes.
        warn: As for ``Backbone``.

    Raises:
        BadModelError: The folder must not be used.
    """

    def __init__(
        self,
        folder: Path,
        device: str,
        autoencoder: TrainedAutoencoder[DenseAutoencoder] | None = None,
        warn: Warn | None = None,
    ) -> None:
        self._backbone = Backbone(folder, TEXT_KINDS, device, warn)
        self._autoencoder = autoencoder
        with refusing(folder, "its tokenizer files are missing or damaged"):
            self._tokenizer = transformers().AutoTokenizer.from_pretrained(
                folder, local_files_only=True, trust_remote_code=False
            )

    def encode(self, texts: list[str]) -> TextCodes:
        """Encode messages, cut after 128 tokens or 2,000 letters."""
        vectors = self.embed(texts)
        if self._autoencoder is None:
            return TextCodes(vectors, None, vectors)
        return TextCodes(*self._autoencoder.encode(scaled_embeddings(vectors)), vectors)

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed texts: ``(n, d) float32`` of unit length, d = 384 for MiniLM. Equal texts are read once."""
        # Half a character (a lone surrogate, as JSON can bring it) is no text to a tokenizer.
        texts = [text[:MAX_LETTERS].encode(errors="replace").decode() for text in texts]
        distinct = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        tokens = self._tokenizer(list(distinct), truncation=True, max_length=MAX_TOKENS)
        on_cpu = self._backbone.device.type == "cpu"
        lengths = [len(ids) for ids in tokens["input_ids"]]
        batches = list(_batches(lengths, CPU_BATCH_TOKENS if on_cpu else DEVICE_BATCH_TOKENS))

        def one(rows: list[int]) -> Tensor:
            picked = {name: [values[row] for row in rows] for name, values in tokens.items()}
            return self._forward(self._tokenizer.pad(picked, return_tensors="pt"))

        if on_cpu and len(batches) > 1:
            with ThreadPoolExecutor(CPU_BATCHES_AT_ONCE) as pool, network_call():
                parts = list(pool.map(one, batches))
        else:
            parts = [one(rows) for rows in batches]
        order = np.argsort(np.concatenate(batches))
        vectors = np.asarray(torch.cat(parts).numpy(), np.float32)[order]
        return vectors[[distinct[text] for text in texts]]

    def _forward(self, tokens: Any) -> Tensor:
        def job(model: Any, device: torch.device, dtype: torch.dtype) -> Tensor:
            inputs = {name: value.to(device) for name, value in tokens.items()}
            hidden = model(**inputs).last_hidden_state.float()
            mask = inputs["attention_mask"].unsqueeze(-1).float()
            mean = (hidden * mask).sum(dim=1) / mask.sum(dim=1).clamp_min(1)
            return torch.nn.functional.normalize(mean, dim=1).cpu()

        return self._backbone.run(job)


def scaled_embeddings(vectors: NDArray[np.float32]) -> Tensor:
    """Unit vectors ``(n, d)`` to values of about unit spread, as the text autoencoder takes them."""
    return torch.from_numpy(vectors * np.float32(np.sqrt(vectors.shape[1])))


def load_network(folder: Path, kinds: frozenset[str], auto_class: str = "AutoModel") -> Any:
    """Load a network in float32 on the CPU, in evaluation mode.

    Args:
        folder: Hugging Face layout: config.json and safetensors.
        kinds: Values of ``model_type`` that fit the purpose.
        auto_class: Class of transformers that builds it: with or without the head of a task.

    Returns:
        The network, a ``torch.nn.Module``.

    Raises:
        BadModelError: The folder is pickled, incomplete, damaged or of another kind.
    """
    check_backbone_folder(folder)
    kind = str(read_json_object(folder / "config.json").get("model_type"))
    if kind not in kinds:
        raise BadModelError(folder, f"it is a {kind!r} network, needed is one of: {', '.join(sorted(kinds))}")
    with refusing(folder, "its weights cannot be read or do not fit its config.json"):
        _check_size(folder, auto_class)
        model, found = getattr(transformers(), auto_class).from_pretrained(
            folder,
            local_files_only=True,
            use_safetensors=True,
            trust_remote_code=False,
            output_loading_info=True,
            dtype=torch.float32,
        )
    missing = [
        name
        for name in found["missing_keys"]
        # The mask of training stands under the network's own prefix where a head is on top of it.
        if not name.removeprefix("encoder.").startswith(UNUSED_PARTS) and not name.endswith(".masked_spec_embed")
    ]
    if missing or found["mismatched_keys"]:
        raise BadModelError(folder, f"its weights are incomplete ({len(missing)} tensors are missing or misshapen)")
    if not all(bool(torch.isfinite(weight).all()) for weight in model.state_dict().values()):
        raise BadModelError(folder, "its weights hold values that are not numbers")
    model.eval()
    return model


def preprocessor_settings(folder: Path) -> dict[str, Any]:
    """What preprocessor_config.json says; empty without one.

    Raises:
        BadModelError: It is damaged.
    """
    path = folder / "preprocessor_config.json"
    return read_json_object(path) if path.is_file() else {}


def _check_size(folder: Path, auto_class: str) -> None:
    """Refuse a configuration that asks for far more than the weights hold, before memory is asked for."""
    config = transformers().AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    with torch.device("meta"):  # shapes only
        outline = getattr(transformers(), auto_class).from_config(config, trust_remote_code=False)
    asked, held = sum(weight.numel() for weight in outline.parameters()), stored_values(folder)
    if asked > 2 * held + SPARE_VALUES:
        raise BadModelError(folder, f"its config.json asks for {asked:,} weights and its files hold {held:,}")


def _batches(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Put texts of about equal length together, at most ``budget`` tokens with their padding, or one text."""
    batch: list[int] = []
    for row in np.argsort(lengths, kind="stable").tolist():
        if batch and (len(batch) + 1) * lengths[row] > budget:
            yield batch
            batch = []
        batch.append(row)
    yield batch
