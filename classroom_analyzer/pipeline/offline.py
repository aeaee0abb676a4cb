"""Runs a recorded lesson through the engine as fast as the machine can; drops nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.media import AudioBlock, VideoFrame
from classroom_analyzer.domain.progress import CancelToken, Progress
from classroom_analyzer.domain.summary import LessonSummary
from classroom_analyzer.domain.transcript import Utterance
from classroom_analyzer.errors import StoppedByUserError
from classroom_analyzer.pipeline.engine import LessonEngine

__all__ = ["run_recording"]

SOUND_AHEAD_S = 0.5  # whether a frame is speech shows up to 0.3 s later; a live lesson closes its seconds late for that


class _Timed(Protocol):
    @property
    def t_ns(self) -> int: ...


T = TypeVar("T", bound=_Timed)


def run_recording(
    engine: LessonEngine,
    *,
    duration_s: float,
    frames: Iterable[VideoFrame],
    audio: Iterable[AudioBlock],
    call_audio: Iterable[AudioBlock] = (),
    messages: Sequence[ChatMessage],
    utterances: Sequence[Utterance] = (),
    progress: Progress,
    cancel: CancelToken,
) -> LessonSummary:
    """Analyse a recording from start to end.

    Args:
        engine: A fresh engine.
        duration_s: Length of the recording.
        frames: Pictures in time order, at the rate that is to be analysed.
        audio: Sound in time order.
        call_audio: The call's own sound in time order, where it is apart.
        messages: Chat in time order.
        utterances: What was said, by start, where a transcript has it.
        progress: Reports seconds of lesson.
        cancel: Looked at before each picture and each second.

    Returns:
        The summary of the complete lesson.

    Raises:
        StoppedByUserError: A stop was asked for; the lesson folder is readable and marked incomplete.
    """
    started = time.perf_counter()
    pictures, sound, call, chat = _Until(frames), _Until(audio), _Until(call_audio), _Until(messages)
    words = _Until(utterances)
    closed_s = 0
    with engine:
        try:
            for t_s in range(1, int(duration_s) + 1):
                _feed(engine, t_s, pictures, sound, call, chat, words, cancel)
                engine.close_second(t_s)
                closed_s = t_s
                progress("analysing the lesson", t_s, duration_s)
            # What lies in the last, incomplete second still counts as seen and as sent.
            _feed(engine, int(duration_s) + 1, pictures, sound, call, chat, words, cancel)
        except StoppedByUserError as stopped:
            engine.finish(closed_s, complete=False, processing_s=time.perf_counter() - started)
            kept = f"the first {closed_s} s are kept, marked incomplete, in {engine.writer.folder}"
            raise StoppedByUserError(kept) from stopped
        finally:
            for stream in (pictures, sound, call):
                stream.close()
        return engine.finish(duration_s, complete=True, processing_s=time.perf_counter() - started)


def _feed(
    engine: LessonEngine,
    t_s: int,
    pictures: _Until[VideoFrame],
    sound: _Until[AudioBlock],
    call: _Until[AudioBlock],
    chat: _Until[ChatMessage],
    words: _Until[Utterance],
    cancel: CancelToken,
) -> None:
    cancel.raise_if_cancelled()
    for block in sound.before(to_ns(t_s + SOUND_AHEAD_S)):
        engine.on_audio(block)
    for block in call.before(to_ns(t_s + SOUND_AHEAD_S)):
        engine.on_call_audio(block)
    for frame in pictures.before(to_ns(t_s)):
        cancel.raise_if_cancelled()
        engine.on_frame(frame)
    for message in chat.before(to_ns(t_s)):
        engine.on_message(message)
    for utterance in words.before(to_ns(t_s)):
        engine.on_utterance(utterance)


class _Until(Generic[T]):
    """Reads a time-ordered stream up to a time, keeping the first item that lies later."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items = iter(items)
        self._next: T | None = None

    def before(self, end_ns: int) -> Iterator[T]:
        """Yield the items with ``t_ns < end_ns``."""
        while True:
            item = self._next if self._next is not None else next(self._items, None)
            if item is None or item.t_ns >= end_ns:
                self._next = item
                return
            self._next = None
            yield item

    def close(self) -> None:
        """Release the file behind the stream."""
        close = getattr(self._items, "close", None)
        if close is not None:
            close()
