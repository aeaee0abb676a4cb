"""Turns settings into a text analyzer."""

from __future__ import annotations

from pathlib import Path

from classroom_analyzer.perception.text.analyzer import TextAnalyzer
from classroom_analyzer.perception.text.encoder import TextEncoder
from classroom_analyzer.perception.text.on_task import load_on_task

__all__ = ["build_text"]


def build_text(*, encoder: TextEncoder | None, question_marks_only: bool, on_task: Path | None = None) -> TextAnalyzer:
    """Build the analyzer of one lesson.

    Args:
        encoder: Text encoder; None under ``observe``.
        question_marks_only: True under ``observe``.
        on_task: Weights of the on-task head; given only with MiniLM, on whose embeddings it was trained, and never
            under ``observe``.

    Raises:
        BadModelError: The head must not be used.
    """
    head = None if on_task is None else load_on_task(on_task)
    return TextAnalyzer(encoder, question_marks_only=question_marks_only, on_task=head)
