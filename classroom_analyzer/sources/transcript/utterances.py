"""Joins captions to utterances: captions are cut by screen width, people speak in sentences.

A caption goes on in the next one when the same person says it, within the pause that does not end a turn, and the
sentence has not ended. It stops at a sentence's end so that a question keeps its own end, from which wait time counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from classroom_analyzer.sources.transcript.speakers import Said

__all__ = ["join_captions"]

TURN_GAP_S = 0.8  # VALIDITY.md ``turns``: shorter gaps do not end a turn
LONGEST_S = 30.0  # a recogniser that writes no full stops must not make one utterance of a lesson
SENTENCE_ENDS = tuple(".?!…。？！؟۔।")
CLOSERS = "\"'”’»)]"


def join_captions(said: Iterable[Said]) -> list[Said]:
    """Join what goes on.

    Args:
        said: By start.

    Returns:
        By start; each later than the one before it or overlapping it.
    """
    joined: list[Said] = []
    for now in said:
        before = joined[-1] if joined else None
        if before is not None and _goes_on(before, now):
            joined[-1] = replace(before, end_s=max(before.end_s, now.end_s), text=f"{before.text} {now.text}")
        else:
            joined.append(now)
    return joined


def _goes_on(before: Said, now: Said) -> bool:
    return (
        before.name == now.name
        and now.start_s - before.end_s < TURN_GAP_S
        and now.end_s - before.start_s <= LONGEST_S
        and not before.text.rstrip(CLOSERS).endswith(SENTENCE_ENDS)
    )
