"""The one place that imports transformers: told before its import never to use the network.

Every other module asks ``transformers()`` for it, so no import order can open a connection.
"""

from __future__ import annotations

import logging
import os
from importlib import import_module
from typing import Any

__all__ = ["transformers"]

OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}


def transformers() -> Any:
    """Return the transformers package, offline and quiet."""
    os.environ.update(OFFLINE)
    package = import_module("transformers")
    package.utils.logging.set_verbosity(logging.ERROR)
    package.utils.logging.disable_progress_bar()
    return package
