"""Takes out of diagnostics whatever could name a person, a file or a place on this machine.

What is kept of the log is what has a known form: time, level and module of each entry, and of a traceback the frames
in this program and its packages and the class of the error. What was said is dropped: it may quote anything.
"""

from __future__ import annotations

import getpass
import re
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["log_outline", "without_names"]

LEAST_NAME = 3
_ENTRY = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ (WARNING|ERROR|CRITICAL) (classroom_analyzer[\w.]*): ")
_FRAME = re.compile(
    r'^  File ".*?((?:classroom_analyzer|site-packages)[/\\][\w./\\-]+\.py)", line (\d+), in (\w+|<\w+>)$'
)
_ERROR = re.compile(r"^((?:\w+\.)*[A-Z]\w*(?:Error|Exception|Warning|Interrupt|Exit))(?::|$)")
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_PATH = re.compile(r"(?<![\w.])(?:~|[A-Za-z]:)?(?:[/\\][^\s/\\:;,\"'()]+)+")


def log_outline(lines: Iterable[str]) -> Iterator[str]:
    """Give the outline of a log.

    Args:
        lines: As they stand in the file, without their ends.

    Yields:
        Only what has a known form.
    """
    for line in lines:
        if entry := _ENTRY.match(line):
            yield " ".join(entry.groups())
        elif frame := _FRAME.match(line):
            path, number, function = frame.groups()
            yield f"  {path}:{number} {function}"
        elif error := _ERROR.match(line):
            yield f"  {error.group(1)}"


def without_names(text: str, folders: Iterable[Path] = ()) -> str:
    """Replace addresses, paths, and the names of the user and of the machine.

    Args:
        text: What is to leave the machine.
        folders: Known folders, replaced even where they hold blanks.
    """
    known = sorted({str(folder) for folder in (*folders, Path.home(), Path.cwd())} - {"/"}, key=len, reverse=True)
    for folder in known:
        text = text.replace(folder, "<folder>")
    text = _PATH.sub("<path>", _ADDRESS.sub("<address>", text))
    for name, stands_for in ((_user(), "<user>"), (socket.gethostname(), "<machine>")):
        if len(name) >= LEAST_NAME:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", stands_for, text, flags=re.IGNORECASE)
    return text


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        return ""
