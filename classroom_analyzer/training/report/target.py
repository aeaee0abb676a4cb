"""Where an evaluation report goes; light, so that a folder is refused before anything is loaded or measured."""

from __future__ import annotations

from pathlib import Path

from classroom_analyzer.errors import OutputNotWritableError

__all__ = ["JSON_NAME", "PAGE_NAME", "SUMMARY_NAME", "check_target"]

PAGE_NAME = "report.html"
JSON_NAME = "report.json"
SUMMARY_NAME = "report.md"


def check_target(folder: Path) -> None:
    """Refuse a folder that holds a report already.

    Raises:
        OutputNotWritableError: There is one.
    """
    if any((folder / name).exists() for name in (PAGE_NAME, SUMMARY_NAME, JSON_NAME)):
        raise OutputNotWritableError(folder, "there is a report in it already, and reports are never overwritten")
