"""One inbox for all ways into the chat of a live lesson: a growing file, pasted text, typed lines, the endpoint.

Names become pseudonyms and private lines are dropped here, before anything else sees them. A line happens when it
arrives: written times only serve to know pasted lines again.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from enum import Enum
from threading import Lock

from classroom_analyzer.domain.chat import TEACHER, ChatMessage, ChatProblem, ChatTaken
from classroom_analyzer.sources.chat.decode import MAX_LINE_CHARS, MAX_LINES, split_lines
from classroom_analyzer.sources.chat.ledger import ChatLedger, LedgerLine
from classroom_analyzer.sources.chat.lines import LineParser, Parsed, RawMessage, clean_text
from classroom_analyzer.sources.chat.plain import PlainParser
from classroom_analyzer.sources.chat.pseudonyms import Pseudonyms
from classroom_analyzer.sources.chat.shapes import is_transcript, recognise
from classroom_analyzer.sources.chat.tail import ChatTail

__all__ = ["AT_ONCE", "MAX_WAITING", "ChatInbox", "Way"]

AT_ONCE = 1000  # messages given per poll, so that a flood does not keep the lesson from its seconds
MAX_WAITING = 20_000  # the endpoint makes its clients wait above this


class Way(Enum):
    """How lines came."""

    FILE = "file"
    PASTE = "paste"
    ENDPOINT = "endpoint"


class ChatInbox:
    """Joins the ways; ``ChatSource``. ``poll`` belongs to the lesson's thread, all else may be called from any.

    Two locks, so that neither ``poll`` nor a typed line waits while a huge paste is compared with what is known: one is
    held while lines are taken in, the other only while messages are put in line or out of it.

    Args:
        clock: Lesson clock, ns.
        tail: The growing file, None without one.
        pseudonyms: Where names get their pseudonyms; a fresh one when None.
    """

    def __init__(
        self, clock: Callable[[], int], *, tail: ChatTail | None = None, pseudonyms: Pseudonyms | None = None
    ) -> None:
        self._clock = clock
        self._tail = tail
        self._pseudonyms = pseudonyms if pseudonyms is not None else Pseudonyms()
        self._ledger = ChatLedger()
        self._waiting: deque[ChatMessage] = deque()
        self._delivering = Lock()  # pseudonyms in the order of the lines, the ledger, the tail
        self._lock = Lock()  # what waits and what is counted
        self._account = ChatTaken()
        self._first_problem: ChatProblem | None = None
        self._closed = False
        self._starts = 0
        self._seen_again: Counter[tuple[int, float]] = Counter()
        self._endpoint_open: Callable[[], bool] = lambda: False

    @property
    def connected(self) -> bool:
        """Whether a source is there whose silence means that nobody writes; pasted text is no such source."""
        return (self._tail is not None and self._tail.connected) or self._endpoint_open()

    @property
    def detail(self) -> str:
        """What a person can do when it is not connected, or how much could not be read; empty when all is well."""
        if self.connected:
            unreadable = self.account.unreadable
            return f"{unreadable} lines could not be read" if unreadable else ""
        return self._tail.detail if self._tail is not None else "nothing has connected to the chat port yet"

    @property
    def waiting(self) -> int:
        """Messages that came and were not polled yet."""
        return len(self._waiting)

    @property
    def account(self) -> ChatTaken:
        """All that came so far; lines of a file whose format is not known count as unreadable."""
        with self._lock:
            unknown = self._tail.unrecognised if self._tail is not None else 0
            return self._account + ChatTaken(unreadable=unknown)

    @property
    def closed(self) -> bool:
        """Whether nothing is taken any more."""
        return self._closed

    def watch_endpoint(self, is_open: Callable[[], bool]) -> None:
        """Let the endpoint say whether a program is connected to it."""
        self._endpoint_open = is_open

    def warnings(self) -> tuple[str, ...]:
        """What the summary should say about lines that are not in it, or in it once."""
        account = self.account
        found = []
        if account.private:
            found.append(f"{account.private} private chat messages were left out")
        if account.unreadable:
            first = self._first_problem
            why = f"first: line {first.line_number}, {first.reason}" if first else "their format is not known"
            found.append(f"{account.unreadable} chat lines could not be read ({why}); {account.taken} messages were")
        if account.merged:
            found.append(
                f"{account.merged} chat messages came twice (pasted, or the file was written anew) and count once"
            )
        return tuple(found)

    def add_pasted(self, text: str) -> ChatTaken:
        """Take pasted text in any known format, else lines ``Name: text``."""
        lines = split_lines(text.removeprefix("\ufeff"))
        if is_transcript(lines):
            filled = sum(bool(line.strip()) for line in lines)
            return self.deliver([ChatProblem(1, "this is a transcript, not a chat")] * filled, Way.PASTE)
        parser: LineParser = recognise(lines[:MAX_LINES]) or PlainParser()
        parsed: list[Parsed] = []
        for number, line in enumerate(lines[:MAX_LINES], start=1):
            if len(line) > MAX_LINE_CHARS:
                parsed.append(ChatProblem(number, f"longer than {MAX_LINE_CHARS} characters"))
                line = ""
            parsed += parser.feed(number, line)
        parsed += parser.finish()
        left = lines[MAX_LINES:]
        parsed += [ChatProblem(MAX_LINES + 1, f"only the first {MAX_LINES} lines are read")] * len(left)
        return self.deliver(parsed, Way.PASTE)

    def add_typed(self, text: str) -> ChatTaken:
        """Take a line that the teacher typed."""
        line = clean_text(text)
        if not line:
            return ChatTaken()
        with self._lock:
            if self._closed:
                return ChatTaken()
            self._waiting.append(ChatMessage(self._clock(), TEACHER, line))
            self._account += ChatTaken(taken=1)
        return ChatTaken(taken=1)

    def deliver(self, parsed: Sequence[Parsed], way: Way) -> ChatTaken:
        """Take lines that were read from any source, in their order; nothing once it is closed."""
        with self._delivering:
            return ChatTaken() if self._closed else self._deliver(parsed, way)

    def _deliver(self, parsed: Sequence[Parsed], way: Way) -> ChatTaken:
        public = [item for item in parsed if isinstance(item, RawMessage) and not item.private]
        problems = [item for item in parsed if isinstance(item, ChatProblem)]
        participants = [self._pseudonyms.of(message.name) for message in public]
        ledger = [
            LedgerLine.of(who, m.text, None if m.stamp is None else m.stamp.s, pasted=way is Way.PASTE)
            for who, m in zip(participants, public, strict=True)
        ]
        known = self._known(ledger, way)
        t_ns = self._clock()
        messages = [
            ChatMessage(t_ns, who, message.text)
            for who, message, seen in zip(participants, public, known, strict=True)
            if not seen
        ]
        result = ChatTaken(
            taken=len(messages),
            merged=sum(known),
            private=len(parsed) - len(public) - len(problems),
            unreadable=len(problems),
        )
        with self._lock:
            if self._closed:  # by now
                return ChatTaken()
            self._waiting.extend(messages)
            self._account += result
            if problems and self._first_problem is None:
                self._first_problem = problems[0]
        return result

    def _known(self, lines: list[LedgerLine], way: Way) -> list[bool]:
        if way is Way.PASTE:
            return self._ledger.take_pasted(lines)
        if way is Way.FILE and self._tail is not None and self._tail.starts:
            if self._tail.starts != self._starts:
                self._starts = self._tail.starts
                self._seen_again = Counter()
            return self._ledger.take_again(lines, self._seen_again)
        return self._ledger.take(lines)

    def poll(self) -> tuple[ChatMessage, ...]:
        """Look for new lines; give at most ``AT_ONCE`` messages, oldest first."""
        if self._tail is not None and len(self._waiting) < MAX_WAITING and self._delivering.acquire(blocking=False):
            try:
                if found := self._tail.read_new():
                    self._deliver(found, Way.FILE)
            finally:
                self._delivering.release()
        with self._lock:
            return tuple(self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting))))

    def close(self) -> tuple[ChatMessage, ...]:
        """Take nothing more; give all that is left, also what a growing file still held."""
        if self._tail is not None and (found := self._tail.finish()):
            self.deliver(found, Way.FILE)
        with self._lock:
            self._closed = True
            rest, self._waiting = tuple(self._waiting), deque()
        return rest
