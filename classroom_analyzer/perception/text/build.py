"""Turns settings into a text analyzer."""

from __future__ import annotations

from pathlib import Path

from classroom_analyzer.perception.text.analyzer import TextAnalyzer
from classroom_analyzer.perception.text.confusion import load_confusion
from classroom_analyzer.perception.text.encoder import TextEncoder
from classroom_analyzer.perception.text.on_task import load_on_task
from classroom_analyzer.perception.text.recall import RememberingEncoder

__all__ = ["build_text"]


def build_text(
    *,
    encoder: TextEncoder | None,
    question_marks_only: bool,
    on_task: Path | None = None,
    confusion: Path | None = None,
    paced: bool = False,
) -> TextAnalyzer:
    """Build the analyzer of one lesson.

    Args:
        encoder: Text encoder; None under ``observe``.
        question_marks_only: True under ``observe``.
        on_task: Weights of the on-task head; given only with MiniLM, on whose embeddings it was trained, and never
            under ``observe``.
        confusion: Weights of the confusion head; as ``on_task``, and only under ``research``.
        paced: Whether the lesson runs by the clock.

    Raises:
        BadModelError: A head must not be used.
    """
    return TextAnalyzer(
        None if encoder is None else RememberingEncoder(encoder),
        question_marks_only=question_marks_only,
        on_task=None if on_task is None else load_on_task(on_task),
        confusion=None if confusion is None else load_confusion(confusion),
        paced=paced,
    )
