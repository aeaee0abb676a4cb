"""Refuses a path that cannot be read before any parser or library looks at it."""

from __future__ import annotations

from pathlib import Path

from classroom_analyzer.errors import BadInputError

__all__ = ["check_is_file"]


def check_is_file(path: Path) -> None:
    """Check that there is something to read.

    Raises:
        BadInputError: The path is missing, a folder, empty or unreadable.
    """
    try:
        if path.is_dir():
            raise BadInputError(path, "this is a folder; name one file in it")
        if path.stat().st_size == 0:
            raise BadInputError(path, "the file is empty; copy or export it again")
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise BadInputError(path, "there is no such file; check the name and the folder") from None
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror}); check its name and permissions"
        raise BadInputError(path, reason) from error
