"""Text on its way to a widget: always plain, controls made visible, times as a teacher reads them."""

from __future__ import annotations

import html
import unicodedata
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

__all__ = ["clock_text", "escaped_tooltip", "plain", "visible_text"]

TextWidget = TypeVar("TextWidget", QLabel, QMessageBox)

LONGEST_LINE = 4096  # characters of untrusted text that are shown
_KEPT_FORMATS = "\u200d"  # joins emoji; harmless


def plain(widget: TextWidget) -> TextWidget:
    """Set the text format to plain, because labels and message boxes guess rich text by default."""
    widget.setTextFormat(Qt.TextFormat.PlainText)
    return widget


def escaped_tooltip(widget: QWidget, text: str) -> None:
    """Give a tooltip whose text stays literal and wraps; tooltips guess rich text and cannot be told not to."""
    widget.setToolTip(f"<qt>{html.escape(text)}</qt>" if text else "")


def visible_text(untrusted: str) -> str:
    """Return text in which control and direction-changing characters show as their code, cut at 4096 characters."""
    shown = "".join(
        f"\\u{ord(c):04x}" if unicodedata.category(c) in ("Cc", "Cf") and c not in _KEPT_FORMATS else c
        for c in untrusted[:LONGEST_LINE].replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    )
    return shown + ("…" if len(untrusted) > LONGEST_LINE else "")


def clock_text(t_s: float) -> str:
    """Return a lesson time as ``m:ss``, from one hour on as ``h:mm:ss``."""
    minutes, seconds = divmod(max(0, int(t_s)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
