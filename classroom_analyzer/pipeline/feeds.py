"""What the live driver reads from, and recordings played as if they were live.

A feed runs in threads of its own between ``start`` and ``stop``. Pictures: the newest wins, what was due for
analysis and replaced is counted as dropped. Sound and chat: nothing is dropped.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from threading import Event, Lock, Thread
from typing import Generic, Protocol, TypeVar

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.live import DeviceHealth, SourceState
from classroom_analyzer.domain.media import AudioBlock, VideoFrame
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.pipeline.clock import LessonClock

__all__ = ["AudioFeed", "ChatFeed", "LatestSlot", "PlayedAudio", "PlayedChat", "PlayedVideo", "VideoFeed"]

T = TypeVar("T")


class LatestSlot(Generic[T]):
    """Holds the newest value; what nobody fetched is replaced and counted."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._value: T | None = None
        self.dropped = 0

    def put(self, value: T) -> None:
        """Offer a value, replacing one that was not fetched."""
        with self._lock:
            self.dropped += self._value is not None
            self._value = value

    def take(self) -> T | None:
        """Fetch the newest value once."""
        with self._lock:
            value, self._value = self._value, None
            return value


class _Feed(Protocol):
    def start(self, clock: LessonClock) -> None: ...

    def stop(self) -> None: ...

    def health(self) -> DeviceHealth: ...


class VideoFeed(_Feed, Protocol):
    """Pictures of a live lesson."""

    def take_due(self) -> VideoFrame | None:
        """Return the newest picture that is due for analysis, once."""
        ...

    def take_preview(self) -> VideoFrame | None:
        """Return the newest picture, once."""
        ...


class AudioFeed(_Feed, Protocol):
    """Sound of a live lesson."""

    def drain(self) -> Sequence[AudioBlock]:
        """Return all sound that came since the last call, oldest first."""
        ...


class ChatFeed(_Feed, Protocol):
    """Chat of a live lesson."""

    def drain(self) -> Sequence[ChatMessage]:
        """Return all lines that came since the last call, oldest first."""
        ...


class _Player(Generic[T]):
    """A thread that hands on the items of a recording when the lesson clock reaches them."""

    def __init__(self, items: Iterable[T], due_ns: Callable[[T], int], deliver: Callable[[T], None], name: str) -> None:
        self._items = items
        self._due_ns = due_ns
        self._deliver = deliver
        self._stop = Event()
        self._thread: Thread | None = None
        self._name = name

    def start(self, clock: LessonClock) -> None:
        self._thread = Thread(target=self._run, args=(clock,), name=self._name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    @property
    def ended(self) -> bool:
        return self._thread is not None and not self._thread.is_alive()

    def _run(self, clock: LessonClock) -> None:
        for item in self._items:
            if self._stop.wait(max(0.0, (self._due_ns(item) - clock.now_ns()) / NS_PER_S)):
                return
            self._deliver(item)


class PlayedVideo:
    """A recording's pictures at their own pace.

    Args:
        frames: In time order.
        analysed_fps: Pictures due for analysis per second.
        name: As the user knows it.
    """

    def __init__(self, frames: Iterable[VideoFrame], analysed_fps: float, name: str) -> None:
        self._name = name
        self._gap_ns = round(NS_PER_S / analysed_fps)
        self._next_due_ns = 0
        self._due: LatestSlot[VideoFrame] = LatestSlot()
        self._preview: LatestSlot[VideoFrame] = LatestSlot()
        self._player: _Player[VideoFrame] = _Player(frames, lambda f: f.t_ns, self._deliver, "played pictures")
        self.start, self.stop = self._player.start, self._player.stop
        self.take_due, self.take_preview = self._due.take, self._preview.take

    def health(self) -> DeviceHealth:
        """How the playing goes."""
        state = SourceState.ENDED if self._player.ended else SourceState.OK
        return DeviceHealth(Modality.VISION, self._name, state, self._due.dropped)

    def _deliver(self, frame: VideoFrame) -> None:
        self._preview.put(frame)
        if frame.t_ns >= self._next_due_ns:
            self._next_due_ns = frame.t_ns + self._gap_ns
            self._due.put(frame)


class _PlayedStream(Generic[T]):
    """Sound or chat of a recording at its own pace."""

    def __init__(self, modality: Modality, items: Iterable[T], due_ns: Callable[[T], int], name: str) -> None:
        self._modality = modality
        self._name = name
        self._arrived: deque[T] = deque()
        self._player: _Player[T] = _Player(items, due_ns, self._arrived.append, f"played {modality.value}")
        self.start, self.stop = self._player.start, self._player.stop

    def health(self) -> DeviceHealth:
        """How the playing goes."""
        state = SourceState.ENDED if self._player.ended else SourceState.OK
        return DeviceHealth(self._modality, self._name, state, 0)

    def drain(self) -> list[T]:
        """Return what came since the last call, oldest first."""
        return [self._arrived.popleft() for _ in range(len(self._arrived))]


class PlayedAudio(_PlayedStream[AudioBlock]):
    """A recording's sound; a block arrives when its last sample has been played."""

    def __init__(self, blocks: Iterable[AudioBlock], name: str) -> None:
        super().__init__(Modality.AUDIO, blocks, lambda b: b.end_ns, name)


class PlayedChat(_PlayedStream[ChatMessage]):
    """A recording's chat."""

    def __init__(self, messages: Iterable[ChatMessage], name: str) -> None:
        super().__init__(Modality.TEXT, messages, lambda m: m.t_ns, name)
