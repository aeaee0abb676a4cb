"""Questions in speech: an utterance may hold several sentences, and only its last one is followed by a wait."""

from __future__ import annotations

import re

from classroom_analyzer.perception.text.questions import is_question

__all__ = ["count_questions", "ends_with_question", "is_punctuated"]

_END = re.compile(r"(?<=[.!?…。？！؟।])[\"'”’»)\]]*\s*(?=\S)")
_MARK = re.compile(r"[!?…。？！؟।]|\.(?!\w)")  # the point of "3.5" ends nothing


def count_questions(text: str, *, marks_only: bool = False) -> int:
    """Number of sentences that ask something; ``marks_only`` as for ``is_question``."""
    return sum(is_question(sentence, marks_only=marks_only) for sentence in _sentences(text))


def ends_with_question(text: str, *, marks_only: bool = False) -> bool:
    """Whether the last sentence asks something."""
    sentences = _sentences(text)
    return bool(sentences) and is_question(sentences[-1], marks_only=marks_only)


def is_punctuated(text: str) -> bool:
    """Whether whoever wrote it down writes the ends of sentences."""
    return _MARK.search(text) is not None


def _sentences(text: str) -> list[str]:
    return [part for part in _END.split(text) if any(char.isalnum() for char in part)]
