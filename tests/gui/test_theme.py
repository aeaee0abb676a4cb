from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from classroom_analyzer.gui.theme import DARK, LIGHT


def luminance(name: str) -> float:
    """Relative luminance of WCAG 2."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(name).getRgbF()[:3]]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_by_four_and_a_half(tokens):
    for text in (tokens.text, tokens.muted):
        for back in (tokens.window, tokens.surface, tokens.raised):
            assert contrast(text, back) >= 4.5, (text, back)
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent_hover) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_stand_out_by_three(tokens):
    lines = (tokens.class_line, tokens.video, tokens.audio, tokens.chat, tokens.teacher, tokens.lamp, tokens.warning)
    assert all(contrast(line, tokens.surface) >= 3.0 for line in lines)
