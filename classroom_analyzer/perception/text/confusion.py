"""How likely a message says that its writer is confused; under ``research`` only. numpy only.

Trained on forum comments (GoEmotions), not on classroom language. It says what raters read out of words, and whether
that tells a state of mind is disputed. Only a class figure is made of it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.safe import load_card, load_tensors
from classroom_analyzer.perception.text.on_task import OnTaskHead

__all__ = ["load_confusion"]


def load_confusion(path: Path) -> OnTaskHead:
    """Load the bundled head; it is of the same kind as the on-task head.

    Args:
        path: ``confusion.safetensors``; its card lies beside it.

    Raises:
        BadModelError: Weights or card are missing, damaged or of another kind.
    """
    load_card(path)
    tensors = load_tensors(path)
    try:
        form, bias = np.asarray(tensors["comment"], np.float32), tensors["bias"]
    except KeyError as error:
        raise BadModelError(path, f"it holds no {error.args[0]}; install it again") from error
    if form.ndim != 2 or form.shape[0] != form.shape[1] or bias.shape != (1,):
        raise BadModelError(path, "its arrays have other shapes than those of a confusion head; install it again")
    return OnTaskHead([form], float(bias[0]))
