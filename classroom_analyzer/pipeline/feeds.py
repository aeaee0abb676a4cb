"""What the live driver reads from: devices, and recordings played as if they were live.

Pictures go through shared memory, where the newest wins; sound and chat are never dropped.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING, Generic, TypeVar

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.live import DeviceHealth, SourceState
from classroom_analyzer.domain.media import AudioBlock, VideoFrame
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.transcript import Utterance
from classroom_analyzer.pipeline.clock import LessonClock
from classroom_analyzer.sources.protocol import ChatSource, LivePictures, LiveSound
from classroom_analyzer.sources.shared_pictures import PictureChannel

if TYPE_CHECKING:
    from classroom_analyzer.sources.chat.endpoint import ChatEndpoint
    from classroom_analyzer.sources.chat.inbox import ChatInbox

__all__ = ["LiveFeeds", "PlayedChat", "PlayedPictures", "PlayedSound", "PlayedTranscript"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LiveFeeds:
    """Where a live lesson comes from; None for what is off.

    Attributes:
        pictures: Running camera that puts its pictures into ``channel``.
        channel: Its pictures; the lesson closes it.
        sound: Running microphone.
        call_sound: Running input of the call's own sound, where it comes apart.
        words: A recording's transcript.
        chat: Chat that comes in.
        chat_name: As the user knows it; empty where nobody named a source, so that only pasted and typed lines come.
        inbox: Where people paste and type lines; it is ``chat`` then. None where they cannot.
        endpoint: Where programs hand lines in.
    """

    pictures: LivePictures | None = None
    channel: PictureChannel | None = None
    sound: LiveSound | None = None
    chat: ChatSource | None = None
    chat_name: str = ""
    inbox: ChatInbox | None = None
    endpoint: ChatEndpoint | None = None
    call_sound: LiveSound | None = None
    words: PlayedTranscript | None = None

    def start(self) -> None:
        """Begin all."""
        for source in (self.pictures, self.sound, self.call_sound, self.endpoint):
            if source is not None:
                source.start()

    def stop(self) -> None:
        """End all side by side; a device that hangs is left behind after 3 s."""
        sources = (self.pictures, self.sound, self.call_sound, self.endpoint)
        stops = [Thread(target=source.stop, name=f"stop {source.name}") for source in sources if source is not None]
        for stop in stops:
            stop.start()
        for stop in stops:
            stop.join()

    def health(self, dropped_pictures: int) -> tuple[DeviceHealth, ...]:
        """How each is doing.

        Args:
            dropped_pictures: Pictures that were due and could not be analysed in time.
        """
        found = []
        if self.pictures is not None:
            camera = self.pictures
            found.append(
                DeviceHealth(
                    Modality.VISION, camera.name, camera.state, dropped_pictures, camera.detail, camera.retry_in_s
                )
            )
        for sound in (self.sound, self.call_sound):
            if sound is not None:
                found.append(
                    DeviceHealth(Modality.AUDIO, sound.name, sound.state, sound.dropped, sound.detail, sound.retry_in_s)
                )
        if self.chat is not None and self.chat_name:
            state = SourceState.OK if self.chat.connected else SourceState.LOST
            found.append(DeviceHealth(Modality.TEXT, self.chat_name, state, 0, self.chat.detail))
        return tuple(found)


class _Player(Generic[T]):
    """A thread that hands on the items of a recording when the lesson clock reaches them."""

    detail = ""
    retry_in_s: float | None = None

    def __init__(
        self,
        items: Iterable[T],
        due_ns: Callable[[T], int],
        deliver: Callable[[T], None],
        clock: LessonClock,
        name: str,
    ) -> None:
        self.name = name
        self._items = items
        self._due_ns = due_ns
        self._deliver = deliver
        self._clock = clock
        self._stop = Event()
        self._thread = Thread(target=self._run, name=f"play {name}", daemon=True)

    @property
    def state(self) -> SourceState:
        """OK while it plays, ENDED after."""
        return SourceState.OK if self._thread.is_alive() else SourceState.ENDED

    @property
    def dropped(self) -> int:
        """What came and was lost; nothing is."""
        return 0

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> bool:
        """End at once."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        return True

    def _run(self) -> None:
        for item in self._items:
            wait_s = (self._due_ns(item) - self._clock.now_ns()) / NS_PER_S
            if self._stop.wait(max(0.0, wait_s)):
                break
            self._deliver(item)
        close = getattr(self._items, "close", None)  # a generator holds its file open
        if close is not None:
            close()


class PlayedPictures(_Player[VideoFrame]):
    """A recording's pictures at their own pace; ``LivePictures``.

    Args:
        frames: In time order.
        channel: Where they go.
        clock: Of the lesson.
        name: As the user knows it.
    """

    def __init__(self, frames: Iterable[VideoFrame], channel: PictureChannel, clock: LessonClock, name: str) -> None:
        super().__init__(frames, lambda frame: frame.t_ns, channel.put, clock, name)
        self._channel = channel

    @property
    def grabbed(self) -> int:
        """Pictures that came."""
        return self._channel.preview.put_count


class PlayedSound(_Player[AudioBlock]):
    """A recording's sound; a block arrives when its last sample has been played. ``LiveSound``.

    Args:
        blocks: In time order.
        clock: Of the lesson.
        name: As the user knows it.
    """

    def __init__(self, blocks: Iterable[AudioBlock], clock: LessonClock, name: str) -> None:
        self._arrived: deque[AudioBlock] = deque()
        super().__init__(blocks, lambda block: block.end_ns, self._arrived.append, clock, name)

    def poll(self) -> tuple[AudioBlock, ...]:
        """All that came since the last call, oldest first."""
        return tuple(self._arrived.popleft() for _ in range(len(self._arrived)))


class PlayedChat:
    """A recording's chat; a line arrives when the clock reaches it. ``ChatSource``.

    Args:
        messages: In time order.
        clock: Of the lesson.
    """

    def __init__(self, messages: Iterable[ChatMessage], clock: LessonClock) -> None:
        self.connected = True
        self.detail = ""
        self._waiting = deque(messages)
        self._clock = clock

    def poll(self) -> tuple[ChatMessage, ...]:
        """All lines that are due and were not taken yet."""
        now_ns = self._clock.now_ns()
        due = []
        while self._waiting and self._waiting[0].t_ns <= now_ns:
            due.append(self._waiting.popleft())
        return tuple(due)


class PlayedTranscript:
    """A recording's transcript; what is said arrives when the clock reaches its begin.

    Args:
        utterances: By start.
        clock: Of the lesson.
    """

    def __init__(self, utterances: Iterable[Utterance], clock: LessonClock) -> None:
        self._waiting = deque(utterances)
        self._clock = clock

    def poll(self) -> tuple[Utterance, ...]:
        """All that is due and was not taken yet."""
        now_ns = self._clock.now_ns()
        due = []
        while self._waiting and self._waiting[0].start_ns <= now_ns:
            due.append(self._waiting.popleft())
        return tuple(due)
