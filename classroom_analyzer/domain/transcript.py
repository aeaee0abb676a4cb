"""What was said, on the lesson clock, already under pseudonyms; from a transcript or from speech recognition."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from classroom_analyzer.domain.chat import ChatProblem

__all__ = ["SpeakerRole", "TranscriptImport", "Utterance"]


class SpeakerRole(StrEnum):
    """Whose voice it is, as far as it is known."""

    TEACHER = "teacher"
    STUDENT = "student"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One stretch of speech in words.

    Attributes:
        start_ns: Begin, lesson clock.
        end_ns: End; later than ``start_ns``. Utterances of different people may overlap.
        speaker: Pseudonym as in the chat, ``P01`` and so on; None when nobody is named.
        role: Teacher, student or unknown.
        text: As recognised or written, untrusted plain text.
    """

    start_ns: int
    end_ns: int
    speaker: str | None
    role: SpeakerRole
    text: str

    @property
    def t_ns(self) -> int:
        """When it began: what puts it in order with pictures, sound and chat."""
        return self.start_ns


@dataclass(frozen=True, slots=True)
class TranscriptImport:
    """What a transcript file gave.

    Attributes:
        shape: Name of the format, for example ``zoom transcript``.
        utterances: By start.
        problems: Cues and lines that could not be read; kept and counted, never dropped silently.
        teacher_rule: How the teacher was told from the students, one sentence for people.
    """

    shape: str
    utterances: tuple[Utterance, ...]
    problems: tuple[ChatProblem, ...]
    teacher_rule: str
