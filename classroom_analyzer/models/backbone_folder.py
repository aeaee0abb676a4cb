"""Judges a folder in the Hugging Face layout before any library opens it.

The libraries that build networks follow what a folder's JSON files say: names of other files, pickles among them, and
numbers of layers without bound. So names and numbers are compared with the weights that are really there first.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.safe import tensor_shapes

__all__ = ["check_backbone_folder", "read_json_object", "stored_values"]

PICKLE_SUFFIXES = {".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle"}
MAX_JSON_BYTES = 4 * 1024 * 1024
MAX_LABELS = 100_000  # a dictionary of so many names is built
COUNTED = ("layer", "depth", "stage", "block")  # in the name of a number: so many parts are built
WEIGHTS_NAME = "transformers_weights"  # names a weight file other than the usual


def check_backbone_folder(folder: Path) -> None:
    """Refuse a folder that is not a Hugging Face model in safetensors, or asks for more than its weights hold.

    Raises:
        BadModelError: config.json is missing or damaged, the weights are not safetensors, other files are named as
            weights, or more layers are asked for than there are weights.
    """
    if not (folder / "config.json").is_file():
        raise BadModelError(folder, "config.json is missing; give a folder in the Hugging Face layout")
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        pickled = any(f.suffix in PICKLE_SUFFIXES for f in folder.iterdir())
        hint = "its weights are pickled and could run code; convert them to safetensors" if pickled else "no weights"
        raise BadModelError(folder, f"{hint}; model.safetensors is needed")
    tensors = sum(len(tensor_shapes(file)) for file in files)
    config = read_json_object(folder / "config.json")
    if (folder / "tokenizer_config.json").is_file():
        read_json_object(folder / "tokenizer_config.json")
    _check_names(folder, config, {file.name for file in files})
    _check_numbers(folder, config, tensors)


def stored_values(folder: Path) -> int:
    """Return how many numbers all weight files of a folder hold, by their headers."""
    return sum(math.prod(shape) for file in folder.glob("*.safetensors") for shape in tensor_shapes(file).values())


def read_json_object(path: Path) -> dict[str, Any]:
    """Read a JSON object of a model's folder.

    Raises:
        BadModelError: It is missing, damaged or too large.
    """
    try:
        if path.stat().st_size > MAX_JSON_BYTES:
            raise BadModelError(path.parent, f"its {path.name} is too large")
        values = json.loads(path.read_text(encoding="utf-8"))
    except BadModelError:
        raise
    except (OSError, ValueError, RecursionError) as error:
        raise BadModelError(path.parent, f"its {path.name} cannot be read") from error
    if not isinstance(values, dict):
        raise BadModelError(path.parent, f"its {path.name} is not a JSON object")
    return values


def _check_names(folder: Path, config: dict[str, Any], there: set[str]) -> None:
    """Weights are files of this folder and safetensors, whatever names them."""
    named = [config[WEIGHTS_NAME]] if WEIGHTS_NAME in config else []
    for path in folder.glob("*.index.json"):
        weight_map = read_json_object(path).get("weight_map")
        if not isinstance(weight_map, dict):
            raise BadModelError(folder, f"its {path.name} lists no weights")
        named += weight_map.values()
    for name in named:
        if name not in there:
            raise BadModelError(folder, f"it names {name!r} as weights, which is no safetensors file in it")


def _check_numbers(folder: Path, config: dict[str, Any], tensors: int) -> None:
    for key, number in _numbers("", config):
        limit = MAX_LABELS if key == "num_labels" else tensors if any(word in key for word in COUNTED) else None
        if limit is not None and number > limit:
            raise BadModelError(folder, f"its config.json asks for {key} {number}, its weights have {tensors} tensors")


def _numbers(key: str, value: object) -> Iterator[tuple[str, int]]:
    """Whole numbers in a configuration with the name they stand under."""
    if isinstance(value, dict):
        for inner, part in value.items():
            yield from _numbers(inner, part)
    elif isinstance(value, list):
        for part in value:
            yield from _numbers(key, part)
    elif isinstance(value, int):
        yield key, value
