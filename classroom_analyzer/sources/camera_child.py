"""A camera, a part of the screen or a call window in a child process that can be killed; pictures by shared memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.sources.camera import Camera
from classroom_analyzer.sources.child_process import ChildLink, ChildProcess, quiet_libraries
from classroom_analyzer.sources.frozen import FrozenWatch
from classroom_analyzer.sources.protocol import NamedDevice, PictureDevice
from classroom_analyzer.sources.shared_pictures import ChannelHandle, PictureChannel
from classroom_analyzer.sources.supervisor import Ended, Gone, Opened, Supervisor
from classroom_analyzer.sources.watch import SourceWatch

__all__ = ["CameraChild", "PicturePump", "capture_pictures"]

FRAMES_TO_BE_BACK = 3
TELL_EVERY_NS = 500_000_000
FROZEN_WORDS = "the picture is frozen: it has not changed at all for 2 s, so nothing is read from it"

Device = TypeVar("Device", bound=NamedDevice)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a child says about its pictures.

    Attributes:
        frozen: Whether the camera repeats one picture.
        skipped: Pictures that came and were passed over for newer ones, so far in this child.
    """

    frozen: bool
    skipped: int


class CameraChild:
    """A running source of pictures; ``LivePictures``.

    Every picture goes to ``channel.preview``, those that are due to ``channel.due`` while the picture is not frozen.

    Args:
        device: What to open, not opened yet; the child opens it anew after each loss.
        origin_ns: ``time.monotonic_ns()`` at zero of the lesson clock.
        channel: Where the pictures go; owned by the caller.
        rate_hz: Pictures due for analysis per second.
        entry: What runs in the child: ``entry(link, device, origin_ns, handle)``, as ``capture_pictures``.
    """

    def __init__(
        self,
        device: Device,
        origin_ns: int,
        channel: PictureChannel,
        *,
        rate_hz: float,
        entry: Callable[[ChildLink, Device, int, ChannelHandle], None] | None = None,
    ) -> None:
        channel.set_rate(rate_hz)
        self._channel = channel
        self._preview = channel.preview.reader()
        self._first = self._counted = channel.preview.put_count
        self._told = _Told(frozen=False, skipped=0)
        self._skipped_before = 0  # by children that are gone

        def make_child() -> ChildProcess:
            opened = self._supervisor.opened
            if isinstance(device, Camera) and opened is not None:
                device.size_hint = opened.size
            self._skipped_before = self.skipped
            self._told = _Told(frozen=False, skipped=0)
            arguments = (device, origin_ns, channel.handle)
            return ChildProcess(entry if entry is not None else capture_pictures, arguments, f"capture {device.name}")

        watch = SourceWatch(time.monotonic_ns, FRAMES_TO_BE_BACK)
        self._supervisor = Supervisor(device.name, make_child, self._take, self._count_new, watch)

    @property
    def name(self) -> str:
        """As the user knows it."""
        return self._supervisor.name

    @property
    def state(self) -> SourceState:
        """How it is doing now."""
        return self._supervisor.state

    @property
    def detail(self) -> str:
        """What is wrong, empty when all is well."""
        if self.frozen and self.state is SourceState.OK:
            return FROZEN_WORDS
        return self._supervisor.detail

    @property
    def retry_in_s(self) -> float | None:
        """Seconds until it is opened again, while it waits for that."""
        return self._supervisor.retry_in_s

    @property
    def frozen(self) -> bool:
        """Whether the camera repeats one picture."""
        return self._told.frozen

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height of its pictures, once it is open."""
        return self._supervisor.opened.size if self._supervisor.opened is not None else None

    @property
    def grabbed(self) -> int:
        """Whole pictures that came."""
        return self._channel.preview.put_count - self._first + self.skipped

    @property
    def skipped(self) -> int:
        """Of these, those that were passed over at once because newer ones had come already."""
        return self._skipped_before + self._told.skipped

    @property
    def dropped(self) -> int:
        """As ``skipped``; pictures that were due and not analysed are counted by the reader of ``channel.due``."""
        return self.skipped

    @property
    def pid(self) -> int | None:
        """Process number of the present child."""
        return self._supervisor.pid

    def start(self) -> None:
        """Open the device and begin, in the background."""
        self._supervisor.start()

    def wait_open(self, within_s: float) -> bool:
        """Wait for the first opening; False when it is not over in time.

        Raises:
            DeviceUnavailableError: The device cannot be opened.
        """
        return self._supervisor.wait_open(within_s)

    def take(self) -> VideoFrame | None:
        """The newest picture that was not taken here yet, whether due or not."""
        return self._preview.take()

    def stop(self) -> bool:
        """End within 3 s; a child that hangs is killed."""
        return self._supervisor.stop()

    def _take(self, message: object) -> None:
        if isinstance(message, _Told):
            self._told = message

    def _count_new(self) -> int:
        put_count = self._channel.preview.put_count
        new, self._counted = put_count - self._counted, put_count
        return new


class PicturePump:
    """In the child: stamps pictures, keeps frozen ones from the analysis, and tells the parent about both.

    Args:
        link: To the parent.
        channel: Where the pictures go.
        origin_ns: ``time.monotonic_ns()`` at zero of the lesson clock.
        may_be_still: Whether identical pictures are normal.
    """

    def __init__(self, link: ChildLink, channel: PictureChannel, origin_ns: int, *, may_be_still: bool) -> None:
        self._link = link
        self._channel = channel
        self._origin_ns = origin_ns
        self._frozen = None if may_be_still else FrozenWatch()
        self._last_ns = -1
        self._told = _Told(frozen=False, skipped=0)
        self._told_ns = 0

    def put(self, taken_ns: int, image: NDArray[np.uint8], skipped: int = 0) -> None:
        """Hand on a picture.

        Args:
            taken_ns: When it was taken, ``time.monotonic_ns``.
            image: ``(height, width, 3) uint8 BGR``; it must not change any more.
            skipped: Pictures that the device passed over so far.
        """
        t_ns = max(0, taken_ns - self._origin_ns, self._last_ns + 1)
        self._last_ns = t_ns
        is_frozen = self._frozen is not None and self._frozen.is_frozen(t_ns, image)
        self._channel.put(VideoFrame(t_ns, image), analyse=not is_frozen)
        self._tell(replace(self._told, frozen=is_frozen, skipped=skipped), t_ns)

    def _tell(self, now: _Told, t_ns: int) -> None:
        if now.frozen != self._told.frozen or (now != self._told and t_ns - self._told_ns >= TELL_EVERY_NS):
            self._link.send(now)
            self._told = now
            self._told_ns = t_ns

    def finish(self, skipped: int) -> None:
        """Tell the last counts."""
        self._link.send(replace(self._told, skipped=skipped))


def capture_pictures(link: ChildLink, device: PictureDevice, origin_ns: int, handle: ChannelHandle) -> None:
    """What the child runs: open the device once and hand on its pictures for as long as they come."""
    quiet_libraries()
    channel = PictureChannel.attach(handle)
    device.open()
    pump = PicturePump(link, channel, origin_ns, may_be_still=device.may_be_still)
    is_first = True
    while not link.stopping:
        image = device.read()
        if image is None:
            break
        if is_first:
            link.send(Opened(size=(image.shape[1], image.shape[0])))
            is_first = False
        pump.put(device.taken_ns, image, device.skipped)
    pump.finish(device.skipped)
    if device.ended:
        link.send(Ended())
    elif not link.stopping:
        link.send(Gone(f"{device.name} gives no more pictures; it is opened again and again"))
    device.close()
