"""Reads the window of a call by Qt, in a process of its own. Qt is imported inside that process only.

X11, Windows and macOS let a program list windows and look at one. Wayland lets the person choose in a dialog of the
desktop instead, which hands the picture over by PipeWire; the list has one entry for that.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from classroom_analyzer.sources.call_window import CallWindow
from classroom_analyzer.sources.child_process import ChildLink, ChildProcess, quiet_libraries
from classroom_analyzer.sources.shared_pictures import ChannelHandle, PictureChannel
from classroom_analyzer.sources.supervisor import Gone, Opened

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtMultimedia import QMediaCaptureSession, QScreenCapture, QVideoFrame, QWindowCapture

__all__ = ["PORTAL_TITLE", "capture_window", "list_windows"]

PORTAL_TITLE = "(choose in the dialog of the desktop)"
LIST_WITHIN_S = 10.0
PICTURES_PER_S = 10
STILL_REPEAT_S = 0.5  # a window that does not change gives no new pictures; the newest is still what is shown
FIRST_WITHIN_S = 3.0
CHOOSE_WITHIN_S = 60.0  # Wayland: a person has to choose


def list_windows() -> tuple[str, ...]:
    """Titles of the windows that can be looked at now; none where there is no display.

    Takes about a second: Qt's media part is loaded in a process that ends again.
    """
    child = ChildProcess(send_titles, (), "list of windows")
    child.start()
    titles = child.receive(LIST_WITHIN_S)
    child.stop()
    return titles if isinstance(titles, tuple) else ()


def send_titles(link: ChildLink) -> None:
    """What that process runs."""
    if _has_portal():
        link.send((PORTAL_TITLE,))
        return
    if not _has_display():
        link.send(())
        return
    _application()
    from PySide6.QtMultimedia import QWindowCapture

    titles = [window.description() for window in QWindowCapture.capturableWindows() if window.isValid()]
    link.send(tuple(dict.fromkeys(title for title in titles if title)))


def capture_window(link: ChildLink, device: CallWindow, origin_ns: int, handle: ChannelHandle) -> None:
    """What a ``CameraChild`` runs: look at the window for as long as it is there.

    Raises:
        DeviceUnavailableError: There is no such window, or more than one.
    """
    application = _application()
    from PySide6.QtCore import QTimer
    from PySide6.QtMultimedia import QMediaCaptureSession, QVideoSink

    session, sink = QMediaCaptureSession(), QVideoSink()
    capture = _begin(device, session)
    session.setVideoSink(sink)
    looker = _Looker(link, device, origin_ns, handle)
    timer = QTimer()

    def look() -> None:
        if link.stopping or not looker.look(sink.videoFrame(), capture.errorString()):
            application.quit()

    timer.timeout.connect(look)
    timer.start(1000 // PICTURES_PER_S)
    capture.start()
    application.exec()
    timer.stop()
    capture.stop()


class _Looker:
    """Takes the newest picture of a window ten times a second."""

    def __init__(self, link: ChildLink, device: CallWindow, origin_ns: int, handle: ChannelHandle) -> None:
        from classroom_analyzer.sources.camera_child import PicturePump

        self._link = link
        self._name = device.name
        self._wait_s = CHOOSE_WITHIN_S if device.title == PORTAL_TITLE else FIRST_WITHIN_S
        self._pump = PicturePump(link, PictureChannel.attach(handle), origin_ns, may_be_still=True)
        self._began_s = self._put_s = time.monotonic()
        self._frame_time = -1
        self._image: NDArray[np.uint8] | None = None
        if device.title == PORTAL_TITLE:
            link.send(Opened("waits for a choice"))

    def look(self, frame: QVideoFrame, error: str) -> bool:
        """Hand on what is new; False when there will be nothing more."""
        now_s = time.monotonic()
        if error:
            self._link.send(Gone(f"{self._name} cannot be looked at any more ({error})"))
            return False
        if frame.isValid() and frame.startTime() != self._frame_time:
            self._frame_time = frame.startTime()
            self._show(frame)
        elif self._image is None:
            if now_s - self._began_s > self._wait_s:
                self._link.send(Gone(f"{self._name} gives no picture; it may be minimised"))
                return False
        elif now_s - self._put_s >= STILL_REPEAT_S:
            self._put()
        return True

    def _show(self, frame: QVideoFrame) -> None:
        import numpy as np
        from PySide6.QtGui import QImage

        image = frame.toImage().convertToFormat(QImage.Format.Format_BGR888)
        if image.isNull():
            return
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        is_first = self._image is None
        self._image = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()
        if is_first:
            self._link.send(Opened(size=(image.width(), image.height())))
        self._put()

    def _put(self) -> None:
        assert self._image is not None
        self._put_s = time.monotonic()
        self._pump.put(time.monotonic_ns(), self._image)


def _begin(device: CallWindow, session: QMediaCaptureSession) -> QWindowCapture | QScreenCapture:
    """Give the session what looks at the window.

    Raises:
        DeviceUnavailableError: There is no such window, or more than one.
    """
    from PySide6.QtMultimedia import QScreenCapture, QWindowCapture

    from classroom_analyzer.errors import DeviceUnavailableError

    if device.title == PORTAL_TITLE:
        chosen = QScreenCapture()
        session.setScreenCapture(chosen)
        return chosen
    windows = [window for window in QWindowCapture.capturableWindows() if window.isValid()]
    same = [window for window in windows if window.description() == device.title]
    begin = [window for window in windows if window.description().casefold().startswith(device.title.casefold())]
    meant = same or begin
    if len(meant) != 1:
        # Without the titles that there are: they may name people, and this sentence stands in the lesson folder.
        reason = "several windows have this title" if meant else "there is no such window; choose it anew"
        raise DeviceUnavailableError(device.name, reason)
    capture = QWindowCapture()
    capture.setWindow(meant[0])
    session.setWindowCapture(capture)
    return capture


def _application() -> QGuiApplication:
    """Qt without a window of its own."""
    quiet_libraries()
    if sys.platform == "linux" and not _has_portal():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ["XDG_SESSION_TYPE"] = "x11"  # Qt looks at windows of X11 only where this says so
    from PySide6.QtGui import QGuiApplication

    return QGuiApplication([])


def _has_display() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY"))


def _has_portal() -> bool:
    return sys.platform == "linux" and bool(os.environ.get("WAYLAND_DISPLAY"))
