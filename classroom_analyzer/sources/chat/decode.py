"""From bytes to lines: finds the encoding, accepts all line ends, holds the caps on untrusted files."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.sources.files import check_is_file

__all__ = ["MAX_LINES", "MAX_LINE_CHARS", "encoding_of", "read_text", "split_lines"]

MAX_BYTES = 64 * 2**20
MAX_LINES = 200_000
MAX_LINE_CHARS = 16_384

# The only line ends that chat programs write; other Unicode breaks may stand inside a message.
LINE_END = re.compile(r"\r\n|\n|\r")


def encoding_of(head: bytes) -> str:
    """Encoding by the byte order mark; UTF-8 without one.

    Args:
        head: The first bytes of a file, at least 3 where there are as many.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig"


def read_text(path: Path) -> str:
    """Read a whole text file; bytes that do not fit the encoding become U+FFFD.

    Raises:
        BadInputError: Missing, empty, a folder, or larger than 64 MB.
    """
    check_is_file(path)
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror}); check its name and permissions"
        raise BadInputError(path, reason) from error
    if len(raw) > MAX_BYTES:
        raise BadInputError(path, "it is larger than 64 MB, too large for a chat; choose the chat of one lesson")
    return raw.decode(encoding_of(raw[:3]), errors="replace")


def split_lines(text: str) -> list[str]:
    """Split at CR LF, LF or CR. A line end at the very end starts no further line."""
    lines = LINE_END.split(text)
    if lines and not lines[-1]:
        lines.pop()
    return lines
