"""What a running lesson needs of its sources, whatever stands behind them."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.media import AudioBlock

__all__ = ["ChatSource", "LivePictures", "LiveSound", "NamedDevice", "PictureDevice"]


class NamedDevice(Protocol):
    """What a child process is to open; it can be pickled as long as it was not opened."""

    @property
    def name(self) -> str:
        """As the user knows it."""
        ...


class PictureDevice(NamedDevice, Protocol):
    """A device that gives one picture after the other. One thread opens, reads and closes it."""

    @property
    def ended(self) -> bool:
        """Whether there will be no more pictures: a file that was played to its end."""
        ...

    @property
    def may_be_still(self) -> bool:
        """Whether identical pictures are normal: a screen or a file, but no camera, which has noise."""
        ...

    @property
    def taken_ns(self) -> int:
        """When the newest picture was taken, ``time.monotonic_ns``."""
        ...

    @property
    def skipped(self) -> int:
        """Pictures that came and were passed over for newer ones."""
        ...

    def open(self) -> None:
        """Open it.

        Raises:
            DeviceUnavailableError: It cannot be opened.
        """
        ...

    def read(self) -> NDArray[np.uint8] | None:
        """Wait for the next picture, about 2 s at most.

        Returns:
            ``(height, width, 3) uint8 BGR``, or None when there is none: the device has to be opened anew.
        """
        ...

    def close(self) -> None:
        """Let go of it; allowed at any time."""
        ...


class LivePictures(Protocol):
    """Pictures that come in by themselves; everything here returns at once and may be called from any thread."""

    @property
    def name(self) -> str:
        """As the user knows it."""
        ...

    @property
    def state(self) -> SourceState:
        """How it is doing now."""
        ...

    @property
    def grabbed(self) -> int:
        """Pictures that came so far."""
        ...

    @property
    def detail(self) -> str:
        """What is wrong, empty when all is well."""
        ...

    @property
    def retry_in_s(self) -> float | None:
        """Seconds until it is opened again, while it waits for that."""
        ...

    def start(self) -> None:
        """Begin."""
        ...

    def stop(self) -> bool:
        """End within 3 s; False when the device hangs and was left behind."""
        ...


class LiveSound(Protocol):
    """Sound that comes in by itself; nothing is dropped."""

    @property
    def name(self) -> str:
        """As the user knows it."""
        ...

    @property
    def state(self) -> SourceState:
        """How it is doing now."""
        ...

    @property
    def dropped(self) -> int:
        """Samples lost because nobody fetched them in time; 0 in a sound lesson."""
        ...

    @property
    def detail(self) -> str:
        """What is wrong, empty when all is well."""
        ...

    @property
    def retry_in_s(self) -> float | None:
        """Seconds until it is opened again, while it waits for that."""
        ...

    def start(self) -> None:
        """Begin."""
        ...

    def poll(self) -> tuple[AudioBlock, ...]:
        """All sound since the last call, oldest first, never overlapping."""
        ...

    def stop(self) -> bool:
        """End within 3 s; False when the device hangs and was left behind."""
        ...


class ChatSource(Protocol):
    """Chat lines that come in by themselves."""

    @property
    def connected(self) -> bool:
        """Whether the chat can be read now; a connected chat may be silent."""
        ...

    @property
    def detail(self) -> str:
        """What a person can do when it is not connected, empty when all is well."""
        ...

    def poll(self) -> tuple[ChatMessage, ...]:
        """Public messages that were not given yet, oldest first; of a flood one portion per call."""
        ...
