"""Sound modes of a classroom (Owens and others 2017, DART) and stretches of voice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["SoundMode", "SpeechTurn"]


class SoundMode(StrEnum):
    """Who can be heard, without words and without identity."""

    NONE = "none"
    SINGLE = "single"
    MULTIPLE = "multiple"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SpeechTurn:
    """One unbroken stretch of voice.

    Attributes:
        start_ns: First voiced sample, lesson clock.
        end_ns: First silent sample after it; later than ``start_ns``.
    """

    start_ns: int
    end_ns: int
