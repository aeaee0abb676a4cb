"""What the analysis hands to the ledger, second by second: plain values that may cross from one process to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from classroom_analyzer.domain.estimates import ClassEstimate, SeatEstimate
from classroom_analyzer.domain.faces import Box, FrameAnalysis
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.readings import AudioSecond, Reading, TextSecond, VisionSecond
from classroom_analyzer.domain.totals import ChatTotals, SoundTotals, TalkTotals, TranscriptTotals
from classroom_analyzer.domain.transcript import Utterance

__all__ = ["ClosedSecond", "Ending", "Seen", "Standing", "joined"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the analysis added up so far; None for what is off.

    Attributes:
        sound: The room's sound.
        voice: Teacher and students by voice.
        chat: The chat.
        words: What was said.
        recognised: Whether the words are a recogniser's.
        dropped_speech_s: Speech that got no words because recognition was too slow.
        voice_heard: Whether any voice was heard.
        notices: What people should know of the models and of how the chat was read.
    """

    sound: SoundTotals | None = None
    voice: TalkTotals | None = None
    chat: ChatTotals | None = None
    words: TranscriptTotals | None = None
    recognised: bool = False
    dropped_speech_s: float = 0.0
    voice_heard: bool = False
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosedSecond:
    """All that one second of the lesson gave.

    Attributes:
        estimate: On the class's own scale where there is a calibration.
        readings: Class rows of all parts, each name once.
        utterances: What a recogniser heard since the second before.
        standing: Totals up to this second.
    """

    t_s: int
    vision: VisionSecond | None
    audio: AudioSecond | None
    text: TextSecond | None
    phase: Phase
    estimate: ClassEstimate | None
    seats: tuple[SeatEstimate, ...]
    readings: tuple[Reading, ...]
    utterances: tuple[Utterance, ...] = ()
    standing: Standing = Standing()


@dataclass(frozen=True, slots=True)
class Ending:
    """What was left when the lesson ended.

    Attributes:
        rest: Seats of the last, incomplete second; it has no window of its own.
        utterances: The recogniser's last words.
        standing: Totals of the lesson.
    """

    rest: VisionSecond | None
    utterances: tuple[Utterance, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Seen:
    """What the newest analysed picture showed, and how many pictures came so far.

    Attributes:
        analysis: Its seats.
        places: Newest box and area of every seat that has a place, by number, picture pixels.
        excluded: Seats that were masked in it.
        gallery_hidden: Whether a call showed something else than its gallery.
        taken: Pictures that were due and taken.
        analysed: Pictures of those that were looked at.
    """

    analysis: FrameAnalysis = field(default_factory=lambda: FrameAnalysis(0, ()))
    places: Mapping[int, tuple[Box, Box]] = field(default_factory=dict)
    excluded: frozenset[int] = frozenset()
    gallery_hidden: bool = False
    taken: int = 0
    analysed: int = 0


def joined(before: Standing, now: Standing) -> Standing:
    """Totals of an analysis that was begun anew within the lesson, those of its predecessor included.

    People who wrote before and after count once only where nobody can tell them apart: the larger number stands.
    """
    return replace(
        now,
        sound=_sound(before.sound, now.sound),
        voice=_voice(before.voice, now.voice),
        chat=_chat(before.chat, now.chat),
        words=_words(before.words, now.words),
        dropped_speech_s=before.dropped_speech_s + now.dropped_speech_s,
        voice_heard=before.voice_heard or now.voice_heard,
        notices=(*before.notices, *(n for n in now.notices if n not in before.notices)),
    )


def _sound(one: SoundTotals | None, other: SoundTotals | None) -> SoundTotals | None:
    if one is None or other is None:
        return one or other
    return SoundTotals(
        one.heard_s + other.heard_s,
        one.speech_s + other.speech_s,
        one.single_s + other.single_s,
        one.multiple_s + other.multiple_s,
        one.silence_s + other.silence_s,
    )


def _voice(one: TalkTotals | None, other: TalkTotals | None) -> TalkTotals | None:
    if one is None or other is None:
        return one or other
    return TalkTotals(one.teacher_s + other.teacher_s, one.student_s + other.student_s, one.unknown_s + other.unknown_s)


def _chat(one: ChatTotals | None, other: ChatTotals | None) -> ChatTotals | None:
    if one is None or other is None:
        return one or other
    judged = [t for t in (one, other) if t.on_task_share is not None]
    weight = sum(t.on_task_judged for t in judged)
    return ChatTotals(
        messages=one.messages + other.messages,
        participants=max(one.participants, other.participants),
        questions=one.questions + other.questions,
        on_task_share=sum((t.on_task_share or 0.0) * t.on_task_judged for t in judged) / weight if weight else None,
        on_task_judged=one.on_task_judged + other.on_task_judged,
        connected_s=one.connected_s + other.connected_s,
    )


def _words(one: TranscriptTotals | None, other: TranscriptTotals | None) -> TranscriptTotals | None:
    if one is None or other is None:
        return one or other
    return TranscriptTotals(
        covered_s=one.covered_s + other.covered_s,
        utterances=one.utterances + other.utterances,
        teacher_s=one.teacher_s + other.teacher_s,
        student_s=one.student_s + other.student_s,
        unknown_s=one.unknown_s + other.unknown_s,
        teacher_questions=_sum(one.teacher_questions, other.teacher_questions),
        student_questions=_sum(one.student_questions, other.student_questions),
        # Medians of two stretches do not add up; that of the stretch with more words stands.
        wait_time_median_s=max((one, other), key=lambda t: t.covered_s).wait_time_median_s,
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
