"""Turns settings into a text analyzer."""

from __future__ import annotations

from classroom_analyzer.perception.text.analyzer import TextAnalyzer
from classroom_analyzer.perception.text.encoder import TextEncoder

__all__ = ["build_text"]


def build_text(*, encoder: TextEncoder | None, question_marks_only: bool) -> TextAnalyzer:
    """Build the analyzer of one lesson.

    Args:
        encoder: Text encoder; None under ``observe``.
        question_marks_only: True under ``observe``.
    """
    return TextAnalyzer(encoder, question_marks_only=question_marks_only)
