"""Zoom chats in four shapes: three generations of saved chats (A, C, D) and the cloud recording's (B).

    A  00:12:01<TAB> From  Ana Silva : text
    B  00:21:35<TAB>Ana Silva:<TAB>text
    C  00:12:01<TAB> From  Ana Silva  to  Everyone : text
    D  00:12:01 From  Ana Silva  to  Everyone:
       <TAB>text on the next lines

A name never holds `` : ``, which keeps message text from being read as a recipient. A line that fits no shape
continues the message before it. Lines are taken apart by plain searches in linear time: one regular expression for
the whole line would need cubic time on a line of blanks, and the file is untrusted.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from classroom_analyzer.domain.chat import ChatProblem
from classroom_analyzer.sources.chat.lines import Clock, Parsed, RawMessage, Stamp, clean_name, clean_text, is_public
from classroom_analyzer.sources.chat.stamps import clock_seconds

__all__ = ["ZoomChat"]

SHAPE_NAMES = {
    "A": "zoom saved chat (A)",
    "B": "zoom cloud chat (B)",
    "C": "zoom saved chat (C)",
    "D": "zoom saved chat (D)",
    "d": "zoom saved chat (D, single-spaced)",
}
TIME = re.compile(r"([0-9]{2}:[0-9]{2}:[0-9]{2})([\t ]+)")
FROM = re.compile(r"From\s+(?=\S)")
BLANKS = re.compile(r"\s+")
TO = re.compile(r"to\s+(?=\S)")
NAME_END = re.compile(r"\s:\s")
PRIVATE_TAGS = ("(privately)", "(direct message)")


@dataclass(frozen=True, slots=True)
class _Opening:
    """The line that starts a message."""

    shape: str
    time: str
    sender: str
    recipient: str | None
    text: str


class ZoomChat:
    """The four shapes; which one a line has is decided line by line, as programs mix A and C."""

    description = "Zoom chats (.txt)"

    def parser(self, lines: list[str]) -> ZoomParser | None:
        """Return a parser when any line starts a message."""
        if any(_opening(line, single_spaced=False) for line in lines):
            return ZoomParser(single_spaced=False)
        if any(_opening(line, single_spaced=True) for line in lines):
            return ZoomParser(single_spaced=True)
        return None


class ZoomParser:
    """Joins opening lines with the lines that continue them.

    Args:
        single_spaced: Nothing in the file has the double blanks around ``to``; take single ones.
    """

    def __init__(self, *, single_spaced: bool) -> None:
        self._single_spaced = single_spaced
        self._seen: Counter[str] = Counter()
        self._opening: _Opening | None = None
        self._line_number = 0
        self._texts: list[str] = []

    @property
    def shape(self) -> str:
        """The shape that most messages have."""
        return SHAPE_NAMES[self._seen.most_common(1)[0][0]] if self._seen else "zoom chat"

    def feed(self, line_number: int, line: str) -> list[Parsed]:
        """Take the next line."""
        opening = _opening(line, single_spaced=self._single_spaced)
        if opening is None:
            return self._continue(line_number, line)
        done = self.finish()
        if clock_seconds(opening.time) is None:
            return [*done, ChatProblem(line_number, f"{opening.time} is no time of day")]
        self._seen[opening.shape] += 1
        self._opening = opening
        self._line_number = line_number
        self._texts = [opening.text] if opening.text else []
        return done

    def finish(self, *, final: bool = True) -> list[Parsed]:
        """Give the message that waits for more lines."""
        opening = self._opening
        if opening is None or (not final and not self._texts):
            return []
        self._opening = None
        name, text = clean_name(opening.sender), clean_text("\n".join(self._texts))
        private = not is_public(opening.recipient)
        if not name or (not text and not private):
            return [ChatProblem(self._line_number, "a message without " + ("text" if name else "a name"))]
        stamp = Stamp(clock_seconds(opening.time) or 0.0, Clock.UNSTATED)
        return [RawMessage(self._line_number, stamp, name, text, private)]

    def _continue(self, line_number: int, line: str) -> list[Parsed]:
        if self._opening is None:
            return [ChatProblem(line_number, "belongs to no message that could be read")] if line.strip() else []
        if self._opening.shape in "Dd":
            line = line.removeprefix("\t")
        if self._texts or line.strip():
            self._texts.append(line)
        return []


def _opening(line: str, *, single_spaced: bool) -> _Opening | None:
    """Read a line that starts a message; None when it starts none. Order of trial: D, C, A, B."""
    time = TIME.match(line)
    if time is None:
        return None
    start = FROM.match(line, time.end())
    if start is not None:
        return _saved(time[1], line[start.end() :], single_spaced=single_spaced)
    if time[2] == "\t":
        name, mark, text = line[time.end() :].partition(":\t")
        if mark and name:
            return _Opening("B", time[1], name, None, text)
    return None


def _saved(time: str, rest: str, *, single_spaced: bool) -> _Opening | None:
    """Read what stands behind ``From`` in shapes A, C and D."""
    name_end = NAME_END.search(rest)
    trimmed = rest.rstrip()
    if trimmed.endswith(":") and (name_end is None or name_end.end() >= len(trimmed)):
        ends = _split_single(trimmed[:-1].rstrip()) if single_spaced else _split_double(trimmed[:-1].rstrip())
        if ends is not None:
            return _Opening("d" if single_spaced else "D", time, *ends, "")
    if name_end is None or single_spaced:
        return None
    head, text = rest[: name_end.start()].rstrip(), rest[name_end.end() :]
    ends = _split_double(head)
    if ends is not None:
        return _Opening("C", time, *ends, text)
    ends = _split_tagged(head)
    if ends is not None:
        return _Opening("A", time, *ends, text)
    return _Opening("A", time, head, None, text) if head else None


def _splits(head: str, min_blanks: int) -> list[tuple[str, str]]:
    """All ways to take ``SENDER to RECIPIENT`` apart, left to right."""
    found = []
    for gap in BLANKS.finditer(head):
        word = TO.match(head, gap.end())
        if gap.start() > 0 and gap.end() - gap.start() >= min_blanks and word is not None:
            found.append((head[: gap.start()], head[word.end() :]))
    return found


def _split_double(head: str) -> tuple[str, str] | None:
    return next(iter(_splits(head, min_blanks=2)), None)


def _split_tagged(head: str) -> tuple[str, str] | None:
    """Split at the last ``to`` when a recipient stands behind it; "Road to Fame" is a name."""
    splits = _splits(head, min_blanks=1)
    if splits and (is_public(splits[-1][1]) or splits[-1][1].casefold().endswith(PRIVATE_TAGS)):
        return splits[-1]
    return None


def _split_single(head: str) -> tuple[str, str] | None:
    return _split_tagged(head) or next(iter(_splits(head, min_blanks=1)), None)
