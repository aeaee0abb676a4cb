"""Where all state lives: ``CLASSROOM_ANALYZER_HOME``, else the platform's data folder."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["HOME_VARIABLE", "home"]

HOME_VARIABLE = "CLASSROOM_ANALYZER_HOME"


def home() -> Path:
    """Return the folder that holds settings, models, lessons and logs; it may not exist yet."""
    given = os.environ.get(HOME_VARIABLE)
    if given:
        return Path(given).expanduser()
    from platformdirs import user_data_path

    return user_data_path("classroom-analyzer", appauthor=False)
