"""The window of a call as a source of pictures.

Who can read windows says so at the start of the program: Qt can, and lives in a room above this one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.child_process import ChildLink
from classroom_analyzer.sources.shared_pictures import ChannelHandle

__all__ = ["CallWindow", "WindowReader", "use_window_reader", "window_reader"]


@dataclass(frozen=True, slots=True)
class CallWindow:
    """A window; a ``NamedDevice``.

    Attributes:
        title: Its whole title, or the beginning of one title only.
    """

    title: str

    @property
    def name(self) -> str:
        """Without its title, which may name people: names of sources stand in the lesson folder."""
        return "call window"


@dataclass(frozen=True, slots=True)
class WindowReader:
    """Something that reads windows.

    Attributes:
        capture: What a ``CameraChild`` runs for a ``CallWindow``; a function of a module, so that it can be pickled.
        titles: Lists the windows that are there now.
    """

    capture: Callable[[ChildLink, CallWindow, int, ChannelHandle], None]
    titles: Callable[[], tuple[str, ...]]


_readers: list[WindowReader] = []


def use_window_reader(reader: WindowReader) -> None:
    """Say who reads windows in this process; called once, at the start."""
    _readers[:] = [reader]


def window_reader() -> WindowReader:
    """Who reads windows.

    Raises:
        DeviceUnavailableError: Nobody does.
    """
    if not _readers:
        raise DeviceUnavailableError("a window", "this part of the program cannot read windows; use a screen region")
    return _readers[0]
