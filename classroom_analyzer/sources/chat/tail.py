"""Follows a chat file that grows during a live lesson."""

from __future__ import annotations

import codecs
from pathlib import Path

from classroom_analyzer.domain.chat import ChatProblem
from classroom_analyzer.sources.chat.decode import LINE_END, MAX_LINE_CHARS, encoding_of
from classroom_analyzer.sources.chat.lines import LineParser, Parsed
from classroom_analyzer.sources.chat.read import TRANSCRIPT_AS_CHAT
from classroom_analyzer.sources.chat.shapes import is_transcript, recognise

__all__ = ["ChatTail"]

READ_AT_ONCE = 2**18  # bytes; about a tenth of a second of work
TRIED_LINES = 1000  # among so many a chat shows its format


class ChatTail:
    """Gives what is new in a file, private messages and lines that cannot be read too.

    A message that more lines may continue is held back until a look finds nothing new. The file may appear late, and
    may be started over.

    Args:
        path: The file.
    """

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)
        self._starts = 0
        self._readable = False
        self._offset = 0
        self._decoder: codecs.IncrementalDecoder | None = None
        self._rest = ""
        self._line_number = 0
        self._unrecognised: list[str] = []
        self._parser: LineParser | None = None

    @property
    def starts(self) -> int:
        """How often the file was started over: its lines may then be those of before."""
        return self._starts

    @property
    def shape(self) -> str | None:
        """Name of the format, None as long as it is not known."""
        return None if self._parser is None else self._parser.shape

    @property
    def connected(self) -> bool:
        """Whether the file could be read at the last look, and its format is known or it holds nothing yet."""
        nothing_yet = self._line_number == 0 and not any(line.strip() for line in self._unrecognised)
        return self._readable and (self._parser is not None or nothing_yet)

    @property
    def detail(self) -> str:
        """What a person can do when it is not connected, empty when all is well."""
        if not self._readable:
            return "waiting for the file to appear"
        if self.connected:
            return ""
        return TRANSCRIPT_AS_CHAT if is_transcript(self._unrecognised) else "its format is not known (yet)"

    @property
    def unrecognised(self) -> int:
        """Lines that hold something and wait for the format to become known."""
        return sum(bool(line.strip()) for line in self._unrecognised)

    def read_new(self) -> list[Parsed]:
        """Look for new lines; nothing also while the file is not there or its format is not known.

        Returns:
            Messages, private ones too, with their written times, and lines that could not be read, in file order.
        """
        new = self._read_new()
        if new is None:
            return []
        parsed = self._parse(self._complete_lines(new))
        if self._parser is not None and not new:
            parsed += self._parser.finish(final=False)
        return parsed

    def finish(self) -> list[Parsed]:
        """Give all that is left at the end of the lesson, a last line without a line end too."""
        parsed: list[Parsed] = []
        offset = -1
        while self._offset != offset:
            offset = self._offset
            parsed += self.read_new()
        if self._rest.strip():
            parsed += self._parse([self._rest.removesuffix("\r")])
            self._rest = ""
        return parsed + (self._parser.finish() if self._parser is not None else [])

    def _give_up(self) -> list[Parsed]:
        """Take so many lines of no known format for unreadable; those that follow are looked at afresh."""
        numbers = range(self._line_number + 1, self._line_number + len(self._unrecognised) + 1)
        filled = [n for n, line in zip(numbers, self._unrecognised, strict=True) if line.strip()]
        self._line_number = numbers.stop - 1
        self._unrecognised = []
        return [ChatProblem(number, "its format is not known") for number in filled]

    def _start_over(self) -> None:
        """The file was emptied or replaced by a shorter one."""
        self._starts += 1
        self._offset = 0
        self._decoder = None
        self._rest = ""
        self._line_number = 0
        self._unrecognised = []
        self._parser = None

    def _read_new(self) -> str | None:
        """New text, empty when there is none; None when the file cannot be read."""
        try:
            if self._path.stat().st_size < self._offset:
                self._start_over()
            with self._path.open("rb") as file:
                file.seek(self._offset)
                raw = file.read(READ_AT_ONCE)
        except OSError:
            self._readable = False
            return None
        self._readable = True
        if self._decoder is None:
            if not raw:
                return ""
            self._decoder = codecs.getincrementaldecoder(encoding_of(raw[:3]))(errors="replace")
        self._offset += len(raw)
        return self._decoder.decode(raw)

    def _complete_lines(self, new: str) -> list[str]:
        """Lines whose end has been written."""
        text = self._rest + new
        held = "\r" if text.endswith("\r") else ""  # its LF may still come
        *lines, rest = LINE_END.split(text[: len(text) - len(held)])
        # One character over the cap tells that a line is too long; the rest of it need not be kept.
        self._rest = rest[: MAX_LINE_CHARS + 1] + held
        return [line[: MAX_LINE_CHARS + 1] for line in lines]

    def _parse(self, lines: list[str]) -> list[Parsed]:
        """Read whole lines; they wait while the format is not known."""
        if self._parser is None and lines:
            self._unrecognised += lines
            self._parser = None if is_transcript(self._unrecognised) else recognise(self._unrecognised)
            if self._parser is None:
                return self._give_up() if len(self._unrecognised) > TRIED_LINES else []
            lines, self._unrecognised = self._unrecognised, []
        parsed: list[Parsed] = []
        if self._parser is None:
            return parsed
        for line in lines:
            self._line_number += 1
            if len(line) > MAX_LINE_CHARS:
                parsed.append(ChatProblem(self._line_number, f"longer than {MAX_LINE_CHARS} characters"))
                line = ""
            parsed += self._parser.feed(self._line_number, line)
        return parsed
