"""The program's own log: warnings and faults, for the owner of the machine only, never more than half a megabyte."""

from __future__ import annotations

import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

__all__ = ["LOG_FORMAT", "LOG_NAME", "keep_log"]

LOG_NAME = "classroom-analyzer.log"
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
MOST_BYTES = 256_000
OLD_FILES = 1


class _OwnFile(RotatingFileHandler):
    """Makes its folder and file when there is something to say, readable by their owner only."""

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return open(handle, "a", encoding=self.encoding, errors=self.errors)


def keep_log(home: Path) -> None:
    """Write warnings and faults of this process to ``logs/`` from now on.

    Args:
        home: Folder of all state.
    """
    handler = _OwnFile(
        home / "logs" / LOG_NAME, maxBytes=MOST_BYTES, backupCount=OLD_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter(LOG_FORMAT))
    handler.setLevel(logging.WARNING)
    logging.getLogger("classroom_analyzer").addHandler(handler)
