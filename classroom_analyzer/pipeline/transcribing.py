"""Turns speech into utterances behind the speech gate, without ever holding up a live lesson.

One worker recognises. A recording waits for it piece by piece, and nothing is left out. In a live lesson pieces wait
for the worker, up to a minute of speech; then the oldest are dropped and counted, as late words help nobody. A piece
whose recognition fails is counted alike. Time whose words are known, or that had no voice, is reported as covered;
dropped and missing sound is not.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.transcript import SpeakerRole, Utterance
from classroom_analyzer.perception.audio.frames import FRAME_NS
from classroom_analyzer.perception.audio.segments import Segment, TurnCutter

__all__ = ["Recogniser", "RoleOf", "Transcribed", "Transcription"]

WAITING_S = 60.0
ROLE_DELAY_NS = 5 * NS_PER_S  # whoever tells voices apart wants to hear a little more first
DRAIN_S = 10.0  # how long the end of a live lesson waits for words

RoleOf = Callable[[int, int], SpeakerRole]
_Span = tuple[int, int]


class Recogniser(Protocol):
    """Hears words; ``perception.audio.transcriber`` has them."""

    def recognise(self, samples: NDArray[np.float32]) -> str:
        """Return the words of ``(n,) float32`` speech at 16 kHz, at most 28 s; empty when there are none."""
        ...


@dataclass(frozen=True, slots=True)
class Transcribed:
    """What became known since the last call.

    Attributes:
        utterances: By start.
        covered: Stretches ``(from_ns, to_ns)`` in which everything said is known by now.
    """

    utterances: tuple[Utterance, ...]
    covered: tuple[_Span, ...]


class Transcription:
    """Speech recognition of one lesson. A ``VoiceListener``; one thread calls it.

    Args:
        recogniser: Called by one thread at a time.
        paced: Whether the lesson runs by the clock, so that late work is dropped.
        role_of: Says whose voice a stretch was; asked 5 s after its end, or at the end of the lesson.

    Attributes:
        dropped_s: Speech whose words are missing.
        role_of: As given; its owner may set it before the first sound.
    """

    def __init__(self, recogniser: Recogniser, *, paced: bool, role_of: RoleOf | None = None) -> None:
        self.dropped_s = 0.0
        self._recogniser = recogniser
        self.role_of = role_of or _nobody
        self._cutter = TurnCutter()
        self._paced = paced
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="words")
        self._running: tuple[Segment, Future[str]] | None = None
        self._waiting: deque[Segment] = deque()
        self._done: list[tuple[Segment, str]] = []
        self._holes: list[_Span] = []
        self._covered_ns: int | None = None
        self._heard_ns = 0
        self._fresh = True

    def push(self, start_ns: int, frames: NDArray[np.float32], voiced: NDArray[np.bool_]) -> None:
        """Take a stretch of sound."""
        if self._fresh:
            self._covered_ns = start_ns if self._covered_ns is None else self._covered_ns
            if start_ns > self._heard_ns:
                self._holes.append((self._heard_ns, start_ns))
            self._fresh = False
        self._add(self._cutter.push(start_ns, frames, voiced))
        self._heard_ns = start_ns + len(frames) * FRAME_NS

    def gap(self) -> None:
        """Sound was missing here."""
        self._add(self._cutter.close())
        self._fresh = True

    def take(self) -> Transcribed:
        """Give what became known; called about once a second."""
        self._proceed()
        return self._take(self._heard_ns if self.role_of is _nobody else self._heard_ns - ROLE_DELAY_NS)

    def finish(self) -> Transcribed:
        """Give the rest at the end of the lesson; a live lesson waits for it for at most 10 s."""
        self._add(self._cutter.close())
        ends_s = time.monotonic() + DRAIN_S
        while self._running is not None and (left_s := ends_s - time.monotonic()) > 0:
            wait([self._running[1]], left_s)
            self._proceed()
        for segment in [*([self._running[0]] if self._running is not None else []), *self._waiting]:
            self._drop(segment)
        self._running = None
        self._waiting.clear()
        self.close()
        return self._take(self._heard_ns)

    def close(self) -> None:
        """Stop the worker; what it has not done is not done. May be called again."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _take(self, until_ns: int) -> Transcribed:
        ready = [(s, text) for s, text in self._done if s.end_ns <= until_ns]
        self._done = self._done[len(ready) :]  # pieces come in order
        utterances = tuple(
            Utterance(s.start_ns, s.end_ns, None, self.role_of(s.start_ns, s.end_ns), text) for s, text in ready if text
        )
        return Transcribed(utterances, tuple(self._newly_covered()))

    def _add(self, segments: list[Segment]) -> None:
        self._waiting.extend(segments)
        self._proceed()
        while not self._paced and self._running is not None:
            wait([self._running[1]])
            self._proceed()
        while sum(s.length_s for s in self._waiting) > WAITING_S:
            self._drop(self._waiting.popleft())

    def _proceed(self) -> None:
        """Take a finished piece from the worker and hand it the next."""
        if self._running is not None and self._running[1].done():
            segment, future = self._running
            self._running = None
            if future.exception() is None:
                self._done.append((segment, future.result()))
            else:
                self._drop(segment)
        if self._running is None and self._waiting:
            segment = self._waiting.popleft()
            self._running = (segment, self._worker.submit(self._recogniser.recognise, segment.samples))

    def _drop(self, segment: Segment) -> None:
        self.dropped_s += segment.length_s
        self._holes.append((segment.start_ns, segment.end_ns))

    def _newly_covered(self) -> Iterator[_Span]:
        if self._covered_ns is None or self._cutter.settled_ns is None:
            return
        unknown = [s.start_ns for s in (*self._waiting, *(done for done, _ in self._done))]
        if self._running is not None:
            unknown.append(self._running[0].start_ns)
        until_ns = min([self._cutter.settled_ns, *unknown])
        from_ns = self._covered_ns
        if until_ns <= from_ns:
            return
        for start_ns, end_ns in sorted(self._holes):
            if start_ns < until_ns and end_ns > from_ns:
                if start_ns > from_ns:
                    yield from_ns, start_ns
                from_ns = max(from_ns, min(end_ns, until_ns))
        if until_ns > from_ns:
            yield from_ns, until_ns
        self._covered_ns = until_ns
        self._holes = [hole for hole in self._holes if hole[1] > until_ns]


def _nobody(start_ns: int, end_ns: int) -> SpeakerRole:
    return SpeakerRole.UNKNOWN
