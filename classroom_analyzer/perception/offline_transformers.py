"""The one place that imports transformers: told before its import never to use the network.

Every other module asks ``transformers()`` for it, so no import order can open a connection.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from classroom_analyzer.errors import BadModelError

__all__ = ["refusing", "transformers"]

OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}

FOLDER_ERRORS = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    ImportError,
    RuntimeError,
    MemoryError,
)


def transformers() -> Any:
    """Return the transformers package, offline and quiet."""
    os.environ.update(OFFLINE)
    package = import_module("transformers")
    package.utils.logging.set_verbosity(logging.ERROR)
    package.utils.logging.disable_progress_bar()
    return package


@contextmanager
def refusing(folder: Path, reason: str) -> Iterator[None]:
    """Turn whatever transformers raises over a folder that makes no sense into a ``BadModelError``.

    There is no common class. ImportError is among them: a configuration may ask for packages that are not there, for
    example for quantised weights or for code of an attention kernel. Its tokenizers raise the bare ``Exception``.

    Args:
        folder: What is loaded inside the block.
        reason: What is wrong with it then.

    Raises:
        BadModelError: Anything of that kind was raised in the block.
    """
    from huggingface_hub.errors import StrictDataclassError
    from safetensors import SafetensorError

    try:
        yield
    except BadModelError:
        raise
    except Exception as error:
        if type(error) is Exception or isinstance(error, (*FOLDER_ERRORS, StrictDataclassError, SafetensorError)):
            raise BadModelError(folder, reason) from error
        raise
