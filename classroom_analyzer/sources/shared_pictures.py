"""The newest picture across processes, through shared memory and without locks that a killed process could hold.

One process puts, any number take. Each buffer carries a mark that is written before and after its pixels, so that a
reader knows whether what it copied was overwritten meanwhile.
"""

from __future__ import annotations

import math
import os
import sys
from dataclasses import dataclass
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.media import VideoFrame

__all__ = ["ChannelHandle", "PictureChannel", "PictureReader", "PicturesHandle", "SharedPictures"]

CHANNELS = 3
WORD_BYTES = 8
PUT_COUNT, GAP_NS, COMMON_WORDS = 0, 1, 2
MARK, T_NS, HEIGHT, WIDTH, BUFFER_WORDS = 0, 1, 2, 3, 4  # of one buffer
PIXELS_AT = 4096  # bytes; behind all words
BEING_WRITTEN = -1
TRIES = 20  # a reader that is overtaken so often gives up until it is asked again
SHM_FOLDER = Path("/dev/shm")  # Linux; a container's may be small, and writing beyond its end kills the process
SHM_SHARE = 4  # at most this part of its free room is taken
SMALLEST_PIXELS = 320 * 240


@dataclass(frozen=True, slots=True)
class PicturesHandle:
    """What another process needs to see the same pictures.

    Attributes:
        name: Of the shared memory.
        max_pixels: Room of each buffer.
        buffers: How many.
    """

    name: str
    max_pixels: int
    buffers: int


class SharedPictures:
    """Pictures in shared memory; the newest wins. Use ``create`` or ``attach``.

    Only one thread of one process puts at a time; a process that was killed while it put can be replaced.
    """

    def __init__(self, memory: SharedMemory, handle: PicturesHandle, *, owner: bool) -> None:
        self._memory: SharedMemory | None = memory
        self._handle = handle
        self._owner = owner
        words = COMMON_WORDS + BUFFER_WORDS * handle.buffers
        self._words = np.ndarray((words,), np.int64, memory.buf)
        self._pixels = np.ndarray((handle.buffers, handle.max_pixels * CHANNELS), np.uint8, memory.buf, PIXELS_AT)
        self._fence_lock = Lock()

    @classmethod
    def create(cls, max_pixels: int = 3840 * 2160, buffers: int = 3) -> SharedPictures:
        """Make the memory; ``close`` gives it back to the system.

        Args:
            max_pixels: Larger pictures are scaled down. Fewer where the system has little shared memory.
            buffers: At least 2, so that the newest stays whole while the next is written.
        """
        if buffers < 2:
            raise ValueError("a picture needs one buffer and the next one another")
        room = _free_shared_bytes()
        if room is not None:
            max_pixels = min(max_pixels, max(SMALLEST_PIXELS, room // (SHM_SHARE * buffers * CHANNELS)))
        memory = SharedMemory(create=True, size=PIXELS_AT + buffers * max_pixels * CHANNELS)
        return cls(memory, PicturesHandle(memory.name, max_pixels, buffers), owner=True)

    @classmethod
    def attach(cls, handle: PicturesHandle) -> SharedPictures:
        """See the pictures of another process.

        Raises:
            FileNotFoundError: The owner closed them.
        """
        if sys.version_info >= (3, 13):
            memory = SharedMemory(handle.name, track=False)
        else:  # a spawned child shares its parent's tracker, where a second registration changes nothing
            memory = SharedMemory(handle.name)
        return cls(memory, handle, owner=False)

    @property
    def handle(self) -> PicturesHandle:
        """For ``attach`` in another process."""
        return self._handle

    @property
    def put_count(self) -> int:
        """Pictures that were put so far, by all writers."""
        return int(self._words[PUT_COUNT])

    @property
    def gap_ns(self) -> int:
        """How far apart pictures shall be at least; who puts them keeps to it."""
        return int(self._words[GAP_NS])

    @gap_ns.setter
    def gap_ns(self, gap_ns: int) -> None:
        self._words[GAP_NS] = gap_ns

    def put(self, frame: VideoFrame) -> None:
        """Offer a picture; pictures larger than the room are scaled down."""
        image = self._fitted(frame.image)
        height, width = image.shape[:2]
        number = self.put_count + 1
        buffer = number % self._handle.buffers
        words = self._buffer_words(buffer)
        words[MARK] = BEING_WRITTEN
        self._fence()
        words[T_NS], words[HEIGHT], words[WIDTH] = frame.t_ns, height, width
        self._pixels[buffer, : image.size].reshape(image.shape)[:] = image
        self._fence()
        words[MARK] = number
        self._fence()
        self._words[PUT_COUNT] = number

    def reader(self) -> PictureReader:
        """A new reader; it starts with the newest picture there is."""
        return PictureReader(self)

    def close(self) -> None:
        """Let go of the memory; the owner also gives it back to the system. Nothing may be put or taken after."""
        memory, self._memory = self._memory, None
        if memory is None:
            return
        del self._words, self._pixels
        memory.close()
        if self._owner:
            memory.unlink()

    def copy(self, number: int) -> VideoFrame | None:
        """A copy of one picture; None when it was overwritten before or meanwhile."""
        buffer = number % self._handle.buffers
        words = self._buffer_words(buffer)
        if words[MARK] != number:
            return None
        self._fence()
        t_ns, height, width = int(words[T_NS]), int(words[HEIGHT]), int(words[WIDTH])
        size = height * width * CHANNELS
        if size > self._pixels.shape[1]:  # the words were being written
            return None
        image = self._pixels[buffer, :size].reshape(height, width, CHANNELS).copy()
        self._fence()
        return VideoFrame(t_ns, image) if words[MARK] == number else None

    def _buffer_words(self, buffer: int) -> NDArray[np.int64]:
        first = COMMON_WORDS + buffer * BUFFER_WORDS
        return self._words[first : first + BUFFER_WORDS]

    def _fitted(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        height, width = image.shape[:2]
        if height * width <= self._handle.max_pixels:
            return image
        from classroom_analyzer.sources.opencv import cv2

        factor = math.sqrt(self._handle.max_pixels / (height * width))
        # A long thin picture keeps at least one pixel across, and then has to be cut to the room lengthwise.
        width_px = max(1, min(int(width * factor), self._handle.max_pixels))
        height_px = max(1, min(int(height * factor), self._handle.max_pixels // width_px))
        return np.asarray(cv2.resize(image, (width_px, height_px), interpolation=cv2.INTER_AREA), np.uint8)

    def _fence(self) -> None:
        """Keep the processor from moving memory accesses across this line (ARM does)."""
        for _ in range(2):
            with self._fence_lock:
                pass


class PictureReader:
    """Takes pictures of one ``SharedPictures``, each at most once."""

    def __init__(self, pictures: SharedPictures) -> None:
        self._pictures = pictures
        self._last = max(0, pictures.put_count - 1)
        self._missed = 0

    @property
    def dropped(self) -> int:
        """Pictures that were replaced before this reader took them, since it was made."""
        return self._missed + max(0, self._pictures.put_count - self._last - 1)

    def take(self) -> VideoFrame | None:
        """An own copy of the newest picture that this reader did not take yet; None without one."""
        for _ in range(TRIES):
            number = self._pictures.put_count
            if number <= self._last:
                return None
            frame = self._pictures.copy(number)
            if frame is not None:
                self._missed += number - self._last - 1
                self._last = number
                return frame
        return None


@dataclass(frozen=True, slots=True)
class ChannelHandle:
    """What another process needs to see the same channel."""

    preview: PicturesHandle
    due: PicturesHandle


class PictureChannel:
    """A camera's pictures: every one for the preview, and at a rate those that are due for analysis.

    Attributes:
        preview: Every picture.
        due: The pictures that are due; what is replaced there before it was taken counts as dropped.
    """

    def __init__(self, preview: SharedPictures, due: SharedPictures) -> None:
        self.preview = preview
        self.due = due
        self._next_due_ns = 0
        self._gap_ns = 0

    @classmethod
    def create(cls, rate_hz: float, max_pixels: int = 3840 * 2160) -> PictureChannel:
        """Make the memory.

        Args:
            rate_hz: Pictures due per second.
            max_pixels: Larger pictures are scaled down.
        """
        channel = cls(SharedPictures.create(max_pixels), SharedPictures.create(max_pixels))
        channel.set_rate(rate_hz)
        return channel

    @classmethod
    def attach(cls, handle: ChannelHandle) -> PictureChannel:
        """See the channel of another process."""
        return cls(SharedPictures.attach(handle.preview), SharedPictures.attach(handle.due))

    @property
    def handle(self) -> ChannelHandle:
        """For ``attach`` in another process."""
        return ChannelHandle(self.preview.handle, self.due.handle)

    def set_rate(self, rate_hz: float) -> None:
        """Change the rate of the due pictures, from any process that has the channel."""
        self.due.gap_ns = round(NS_PER_S / rate_hz)

    def put(self, frame: VideoFrame, *, analyse: bool = True) -> None:
        """Offer a picture; pictures come in time order.

        Args:
            frame: The picture.
            analyse: False keeps it from the analysis.
        """
        self.preview.put(frame)
        if analyse and self._is_due(frame.t_ns):
            self.due.put(frame)

    def close(self) -> None:
        """Let go of the memory."""
        self.preview.close()
        self.due.close()

    def _is_due(self, t_ns: int) -> bool:
        if self.due.gap_ns != self._gap_ns:  # another rate: due times start over
            self._gap_ns = self.due.gap_ns
            self._next_due_ns = min(self._next_due_ns, t_ns + self._gap_ns)
        if t_ns < self._next_due_ns:
            return False
        self._next_due_ns += self._gap_ns
        if self._next_due_ns <= t_ns:  # a slow camera or a pause
            self._next_due_ns = t_ns + self._gap_ns
        return True


def _free_shared_bytes() -> int | None:
    """Room for shared memory where the system limits it apart from memory; None elsewhere."""
    if not SHM_FOLDER.is_dir():
        return None
    room = os.statvfs(SHM_FOLDER)
    return room.f_bavail * room.f_frsize
