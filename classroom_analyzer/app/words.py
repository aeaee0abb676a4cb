"""The words of a lesson: who reads them, who hears them, and what to tell the user of a transcript."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from classroom_analyzer.domain.transcript import TranscriptImport
from classroom_analyzer.models.store import ModelFiles

if TYPE_CHECKING:
    from classroom_analyzer.perception.audio.timeline import VoiceTimeline
    from classroom_analyzer.perception.text.talk import TalkAnalyzer
    from classroom_analyzer.pipeline.transcribing import Transcription

__all__ = ["MINILM", "build_talk", "build_transcription", "cover_transcript", "transcript_warnings"]

MINILM = "bundled:minilm"
UPTAKE, QUESTION = "bundled:uptake", "bundled:question"

Resolve = Callable[[str, str], ModelFiles]


def build_talk(resolve: Resolve, device: str, voice: VoiceTimeline | None, *, judges: bool) -> TalkAnalyzer:
    """Build what reads a lesson's words.

    Args:
        resolve: Finds and notes a model by spec and role.
        device: Torch device.
        voice: When there was a voice; None without sound.
        judges: Whether wording may be judged: encoders and heads stay closed under ``observe``.

    Raises:
        ModelMissingError: A model is not on this machine.
        BadModelError: A model must not be used.
    """
    from classroom_analyzer.perception.text.talk import TalkAnalyzer

    if not judges:
        return TalkAnalyzer(voice, marks_only=True)
    from classroom_analyzer.perception.encoders import build_text_encoder
    from classroom_analyzer.perception.text.question_head import load_question_head
    from classroom_analyzer.perception.text.uptake import load_uptake

    # Not the chat's own encoder: that one may be at work on another thread.
    encoder = build_text_encoder(MINILM, resolve(MINILM, "text encoder").path, device)
    return TalkAnalyzer(
        voice,
        encoder=encoder,
        uptake=load_uptake(resolve(UPTAKE, "uptake").path),
        question=load_question_head(resolve(QUESTION, "questions without marks").path),
    )


def build_transcription(
    resolve: Resolve, spec: str, device: str, warn: Callable[[str], None], *, paced: bool
) -> Transcription:
    """Build what hears a lesson's words.

    Args:
        resolve: As for ``build_talk``.
        spec: Whisper, or a network with a CTC head, of the user's own.
        device: Torch device.
        warn: Told in one sentence what the user should know of it.
        paced: Whether the lesson runs by the clock.

    Raises:
        ModelMissingError: The model is not on this machine.
        BadModelError: It must not be used.
    """
    from classroom_analyzer.perception.audio.transcriber import load_recogniser
    from classroom_analyzer.pipeline.transcribing import Transcription

    recogniser = load_recogniser(resolve(spec, "speech recognition").path, device, warn)
    warn(f"words were heard by {spec}; how often it mishears was not measured")
    return Transcription(recogniser, paced=paced)


def cover_transcript(talk: TalkAnalyzer | None, transcript: TranscriptImport | None) -> None:
    """Say which time a transcript speaks of, from its first word to its last, and whether it has marks anywhere."""
    if talk is None or transcript is None or not transcript.utterances:
        return
    from classroom_analyzer.perception.text.sentences import is_punctuated

    spoken = transcript.utterances
    if any(is_punctuated(utterance.text) for utterance in spoken):
        talk.expect_marks()
    talk.cover(spoken[0].start_ns, max(utterance.end_ns for utterance in spoken))


def transcript_warnings(transcript: TranscriptImport | None) -> tuple[str, ...]:
    """Return what the user should know of a transcript."""
    if transcript is None:
        return ()
    found = [transcript.teacher_rule]
    if transcript.problems:
        first = transcript.problems[0]
        found.append(
            f"{len(transcript.problems)} parts of the transcript were not used (first: line {first.line_number}, "
            f"{first.reason}); {len(transcript.utterances)} utterances were"
        )
    return tuple(found)
