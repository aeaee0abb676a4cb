"""What the analysis of a lesson adds up: plain figures that cross from the process of the models to the app's."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LEAST_KNOWN", "ChatTotals", "SoundTotals", "TalkTotals", "TranscriptTotals"]

LEAST_KNOWN = 0.7  # of the voice must be known to be somebody's, for shares of it to be told


@dataclass(frozen=True, slots=True)
class SoundTotals:
    """A lesson's sound so far, in seconds of usable sound.

    Attributes:
        heard_s: Heard at all.
        speech_s: With a voice.
        single_s: In windows of one voice at a time.
        multiple_s: In windows of many voices.
        silence_s: In silences of at least 2 s.
    """

    heard_s: float = 0.0
    speech_s: float = 0.0
    single_s: float = 0.0
    multiple_s: float = 0.0
    silence_s: float = 0.0


@dataclass(frozen=True, slots=True)
class TalkTotals:
    """A lesson's voice so far, in seconds; both at once counts for both."""

    teacher_s: float = 0.0
    student_s: float = 0.0
    unknown_s: float = 0.0

    @property
    def teacher_share(self) -> float | None:
        """T / (T + S); None when too much of the voice is nobody's."""
        known_s = self.teacher_s + self.student_s
        if not known_s or known_s < LEAST_KNOWN * (known_s + self.unknown_s):
            return None
        return self.teacher_s / known_s


@dataclass(frozen=True, slots=True)
class ChatTotals:
    """A lesson's chat so far.

    Attributes:
        messages: Sent, without those that the teacher typed into the app; all below are of these.
        participants: Who sent one.
        questions: Messages that ask.
        on_task_share: Mean probability of the judged messages to be on task; None below 5 of them.
        on_task_judged: Messages in English that the head judged.
        connected_s: Seconds in which the chat could be read; with none of them the counts say nothing.
    """

    messages: int
    participants: int
    questions: int
    on_task_share: float | None = None
    on_task_judged: int = 0
    connected_s: int = 0


@dataclass(frozen=True, slots=True)
class TranscriptTotals:
    """A lesson's speech so far.

    Attributes:
        covered_s: Time whose words are known.
        utterances: Their number.
        teacher_s: Speech of the teacher.
        student_s: Speech of students; several at once count once.
        unknown_s: Speech of nobody known.
        teacher_questions: Questions the teacher asked; None where it cannot be told.
        student_questions: Questions students asked; None likewise.
        wait_time_median_s: From the end of a teacher's question to the next speech; None without any.
    """

    covered_s: float
    utterances: int
    teacher_s: float
    student_s: float
    unknown_s: float
    teacher_questions: int | None
    student_questions: int | None
    wait_time_median_s: float | None

    @property
    def teacher_share(self) -> float | None:
        """T / (T + S); None when too much of the speech is nobody's."""
        known_s = self.teacher_s + self.student_s
        if not known_s or known_s < LEAST_KNOWN * (known_s + self.unknown_s):
            return None
        return self.teacher_s / known_s
