"""Who says a cue: voice tags as Teams writes them, a name before the first ``: `` as Zoom and Meet do.

A colon stands in ordinary sentences too ("The answer is: five"). What stands before it is a name when most cues of the
file have such a beginning, or when the same one comes back; else it is text.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from classroom_analyzer.sources.chat.lines import clean_name, clean_text
from classroom_analyzer.sources.transcript.cues import Cue

__all__ = ["Said", "has_voice_tags", "said_in"]

VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>", re.IGNORECASE)
TAG = re.compile(r"</?[^<>]{0,200}>")
MAX_NAME_CHARS = 60
NO_NAME = re.compile(r"[?!<>]")  # these stand in sentences, not in names
MARK = ": "
MOST = 0.5
SHORTEST_S = 0.001


@dataclass(frozen=True, slots=True)
class Said:
    """What one person says in one cue; holds a real name and lives in memory only.

    Attributes:
        line_number: Of the cue's times.
        start_s: From the start of the recording.
        end_s: Later than ``start_s``.
        name: Speaker as written, None when the file does not say.
        text: Plain text, never empty.
    """

    line_number: int
    start_s: float
    end_s: float
    name: str | None
    text: str


def has_voice_tags(cues: Sequence[Cue]) -> bool:
    """Whether any cue names its speaker by a tag."""
    return any(VOICE.search(line) for cue in cues for line in cue.lines)


def said_in(cues: Sequence[Cue]) -> list[Said]:
    """Split cues by speaker and take tags off; a cue without words gives nothing."""
    heads = Counter(head for cue in cues if (head := _head(_joined(cue))) is not None)
    all_named = sum(heads.values()) > MOST * len(cues)
    said: list[Said] = []
    for cue in cues:
        text = _joined(cue)
        if VOICE.search(text):
            said += _by_tags(cue, text)
            continue
        head = _head(text)
        name = head if head is not None and (all_named or heads[head] > 1) else None
        words = _plain(text if name is None else text[text.index(MARK) + len(MARK) :])
        said += _timed(cue, [(name, words)])
    return said


def _joined(cue: Cue) -> str:
    return " ".join(line.strip() for line in cue.lines)


def _head(text: str) -> str | None:
    """What stands before the first ``: ``, where it may be a name."""
    head, mark, _ = text.partition(MARK)
    name = clean_name(html.unescape(head))
    return name if mark and name and len(name) <= MAX_NAME_CHARS and not NO_NAME.search(name) else None


def _by_tags(cue: Cue, text: str) -> list[Said]:
    """Parts of a cue by voice tag; what stands before the first tag is nobody's."""
    marks = list(VOICE.finditer(text))
    parts: list[tuple[str | None, str]] = [(None, _plain(text[: marks[0].start()]))]
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        name = clean_name(html.unescape(mark[1]))
        parts.append((name or None, _plain(text[mark.end() : following.start() if following is not None else None])))
    return _timed(cue, parts)


def _timed(cue: Cue, parts: Sequence[tuple[str | None, str]]) -> list[Said]:
    """Share the cue's time out by length of text: the file has no finer times."""
    spoken = [(name, words) for name, words in parts if words]
    length_s = max(cue.end_s - cue.start_s, SHORTEST_S)
    total = sum(len(words) for _, words in spoken)
    said, before = [], 0
    for name, words in spoken:
        start_s = cue.start_s + length_s * before / total
        before += len(words)
        said.append(Said(cue.line_number, start_s, cue.start_s + length_s * before / total, name, words))
    return said


def _plain(text: str) -> str:
    return " ".join(clean_text(html.unescape(TAG.sub("", text))).split())
