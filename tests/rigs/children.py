"""What child processes do in tests; a child imports these functions by name."""

from __future__ import annotations

import ctypes
import os
import signal
import time
import zlib

import numpy as np

from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.child_process import ChildLink
from classroom_analyzer.sources.shared_pictures import ChannelHandle, PictureChannel, PicturesHandle, SharedPictures
from classroom_analyzer.sources.supervisor import Gone, Opened


def echo(link: ChildLink, prefix: str) -> None:
    """Give every message back."""
    link.send(f"{prefix} is up")
    while not link.stopping:
        message = link.receive(0.1)
        if message is not None:
            link.send((prefix, message))


def hang(link: ChildLink) -> None:
    """Never look at the parent's wishes, as a library that blocks."""
    link.send("hanging")
    time.sleep(600)


def freeze(link: ChildLink) -> None:
    """Stop beating too: nothing of Python runs any more."""
    link.send("freezing")
    ctypes.PyDLL(None).sleep(600)  # keeps the interpreter's lock


def crash(link: ChildLink) -> None:
    """Die as a library that touches foreign memory does."""
    os.kill(os.getpid(), signal.SIGSEGV)


def fail(link: ChildLink, kind: str) -> None:
    """Raise."""
    if kind == "known":
        raise DeviceUnavailableError("C920", "another program is using it", ("Other",))

    class Local(Exception):  # cannot be pickled
        pass

    raise Local("of this function only")


def ignore_interrupt(link: ChildLink) -> None:
    """Send oneself what Ctrl-C sends, and tell whether one lives on."""
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.1)
    link.send("alive")
    link.wait_stop(60)


def tell_niceness(link: ChildLink) -> None:
    """Tell how far the process steps back."""
    link.send(os.nice(0))


def checked_picture(number: int, side_px: int) -> VideoFrame:
    """A picture of noise whose first row holds the checksum of all others."""
    image = np.random.default_rng(number).integers(0, 256, (side_px, side_px, 3), np.uint8)
    image[0, 0] = np.frombuffer(zlib.crc32(image[1:].tobytes()).to_bytes(4, "little")[:3], np.uint8)
    return VideoFrame(number, image)


def is_whole(frame: VideoFrame) -> bool:
    """Whether the checksum fits."""
    expected = zlib.crc32(frame.image[1:].tobytes()).to_bytes(4, "little")[:3]
    return frame.image[0, 0].tobytes() == expected


def hammer(link: ChildLink, handle: PicturesHandle, sides_px: tuple[int, ...], seconds: float) -> None:
    """Put pictures without a pause."""
    pictures = SharedPictures.attach(handle)
    made = [checked_picture(n, side) for n, side in enumerate(sides_px)]
    link.send("putting")
    until_s = time.monotonic() + seconds
    while time.monotonic() < until_s and not link.stopping:
        for frame in made:
            pictures.put(frame)
    link.send(pictures.put_count)


def put_due(link: ChildLink, handle: ChannelHandle, times_ms: list[int]) -> None:
    """Put one small picture at each of these times."""
    channel = PictureChannel.attach(handle)
    for t_ms in times_ms:
        channel.put(VideoFrame(t_ms * 1_000_000, np.full((2, 2, 3), t_ms % 256, np.uint8)))


def have_grandchild(program: str, pid_file: str) -> None:
    """Run as a process of its own: start a child, say its number, wait to be killed."""
    from pathlib import Path

    from classroom_analyzer.sources.child_process import ChildProcess

    child = ChildProcess({"echo": echo, "hang": hang}[program], ("x",) if program == "echo" else (), "grandchild")
    child.start()
    child.receive(30)
    Path(pid_file).write_text(str(child.pid))
    time.sleep(600)


def crash_as_device(link: ChildLink, device: object, origin_ns: int, handle: ChannelHandle) -> None:
    """In place of a camera's process."""
    crash(link)


def say_and_go(link: ChildLink) -> None:
    """A device that gives its last in the moment in which it goes."""
    link.send(Opened())
    link.send(Gone("it went"))
    link.send("last data")


def open_and_wait(link: ChildLink) -> None:
    """A device that is open and gives nothing."""
    link.send(Opened())
    link.wait_stop(60)
