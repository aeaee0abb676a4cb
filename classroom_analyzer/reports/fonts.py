"""Finds a font of this system for the language of a report; none is shipped."""

from __future__ import annotations

from functools import cache

from classroom_analyzer.models.translations import ENGLISH
from classroom_analyzer.reports.speech import language, say

__all__ = ["chart_fonts", "font_note"]

# Common on Linux, Windows and macOS, in this order of looks.
_CHINESE = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC", "Hiragino Sans GB",
    "Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback", "SimHei", "SimSun",
    "Noto Sans CJK JP", "Noto Serif CJK SC", "Heiti TC", "Arial Unicode MS",
)  # fmt: skip
_LATIN = "DejaVu Sans"  # comes with matplotlib


@cache
def _chinese_font() -> str | None:
    from matplotlib import font_manager

    there = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in _CHINESE if name in there), None)


def chart_fonts() -> list[str]:
    """Return the fonts that charts are measured with, best first."""
    chinese = None if language() == ENGLISH else _chinese_font()
    return [_LATIN] if chinese is None else [chinese, _LATIN]


def font_note() -> str | None:
    """Return a sentence when no font of this system can write the language; None when all is well."""
    if language() == ENGLISH or _chinese_font() is not None:
        return None
    return say("No font with Chinese signs was found on this computer; where this page shows boxes, install one.")
