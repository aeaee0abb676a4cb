"""Reads a whole transcript: cues, speakers, teacher, times; names become pseudonyms here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from classroom_analyzer.domain.chat import ChatProblem
from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.transcript import SpeakerRole, TranscriptImport, Utterance
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.sources.chat.decode import MAX_LINE_CHARS, MAX_LINES, read_text, split_lines
from classroom_analyzer.sources.chat.pseudonyms import Pseudonyms
from classroom_analyzer.sources.chat.shapes import recognise
from classroom_analyzer.sources.transcript.cues import Cue, cut_cues, has_cues, is_subviewer
from classroom_analyzer.sources.transcript.speakers import Said, has_voice_tags, said_in
from classroom_analyzer.sources.transcript.teacher import find_teacher
from classroom_analyzer.sources.transcript.utterances import join_captions

__all__ = ["read_transcript"]

KNOWN = "Zoom, Teams and other WebVTT files (.vtt), Google Meet files (.sbv)"


def read_transcript(
    path: Path | str,
    *,
    duration_s: float | None,
    teacher: str | None = None,
    pseudonyms: Pseudonyms | None = None,
) -> TranscriptImport:
    """Read a transcript file.

    Args:
        path: Zoom or Teams .vtt, Meet .sbv or any WebVTT.
        duration_s: Length of the recording, None when it is not known. What is said after its end is left out, each cue
            with its problem; a cue that goes on past the end is cut there.
        teacher: The teacher's name or its beginning; None: whoever speaks longest.
        pseudonyms: Where names get their pseudonyms, the chat's own so that a person has one; a fresh one when None.

    Raises:
        BadInputError: The file cannot be read, is no transcript, or nobody in it has the teacher's name.
    """
    path = Path(path)
    lines = split_lines(read_text(path))
    problems: list[ChatProblem] = []
    if len(lines) > MAX_LINES:
        left = len(lines) - MAX_LINES
        problems.append(ChatProblem(MAX_LINES + 1, f"only the first {MAX_LINES} lines are read, {left} are not"))
        lines = lines[:MAX_LINES]
    for index, line in enumerate(lines):
        if len(line) > MAX_LINE_CHARS:
            problems.append(ChatProblem(index + 1, f"longer than {MAX_LINE_CHARS} characters"))
            # The block goes on: a blank line here would part a cue from the rest of its text.
            lines[index] = "\ufffd"
    if not has_cues(lines):
        if recognise(lines) is not None:
            raise BadInputError(path, "this is a chat, not a transcript of what was said; give it with --chat")
        raise BadInputError(path, f"this transcript format is not known; what can be read: {KNOWN}")
    cues, unreadable = cut_cues(lines)
    cues = _inside(cues, duration_s, unreadable)
    said = said_in(cues)
    with_words = {one.line_number for one in said}
    problems += unreadable
    problems += [ChatProblem(c.line_number, "a cue without words") for c in cues if c.line_number not in with_words]
    if not said:
        raise BadInputError(path, "there is no cue with words in it; give the transcript of this lesson")
    said = join_captions(sorted(said, key=lambda one: one.start_s))
    names = pseudonyms if pseudonyms is not None else Pseudonyms()
    for one in said:
        if one.name is not None:
            names.of(one.name)  # numbered by first appearance, whoever is looked at first below
    teacher_name, rule = find_teacher(path, said, teacher, names)
    problems.sort(key=lambda problem: problem.line_number)
    utterances = tuple(_utterance(one, teacher_name, names) for one in said)
    return TranscriptImport(_shape(lines, cues, said), utterances, tuple(problems), rule)


def _inside(cues: list[Cue], duration_s: float | None, problems: list[ChatProblem]) -> list[Cue]:
    """Cut cues at the end of the recording; those behind it become problems."""
    if duration_s is None:
        return cues
    problems += [ChatProblem(c.line_number, "said after the recording ended") for c in cues if c.start_s >= duration_s]
    return [replace(c, end_s=min(c.end_s, duration_s)) for c in cues if c.start_s < duration_s]


def _utterance(said: Said, teacher: str | None, names: Pseudonyms) -> Utterance:
    speaker = None if said.name is None else names.of(said.name)
    if said.name is None or teacher is None:
        role = SpeakerRole.UNKNOWN
    else:
        role = SpeakerRole.TEACHER if said.name == teacher else SpeakerRole.STUDENT
    start_ns = to_ns(said.start_s)
    return Utterance(start_ns, max(to_ns(said.end_s), start_ns + 1), speaker, role, said.text)


def _shape(lines: list[str], cues: list[Cue], said: list[Said]) -> str:
    if has_voice_tags(cues):
        return "teams transcript"
    if is_subviewer(lines):
        return "meet transcript"
    return "zoom transcript" if any(one.name is not None for one in said) else "webvtt transcript"
