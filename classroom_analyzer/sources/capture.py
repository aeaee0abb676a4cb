"""Runs a camera in a thread of its own: stamps pictures at grab, keeps the newest, opens a lost camera anew.

Whoever uses it sees ``protocol.LivePictures`` only, so that a child process can take the thread's place.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.latest import LatestSlot
from classroom_analyzer.sources.protocol import PictureDevice
from classroom_analyzer.sources.watch import Backoff, SourceWatch

__all__ = ["CameraThread"]

STOP_WITHIN_S = 3.0
FRAMES_TO_BE_BACK = 3


class CameraThread:
    """A running camera; ``LivePictures``.

    Args:
        camera: Device; only the thread touches it.
        clock: Lesson clock, monotonic, ns.
        sink: Where the newest picture goes.
    """

    def __init__(self, camera: PictureDevice, clock: Callable[[], int], sink: LatestSlot[VideoFrame]) -> None:
        self._camera = camera
        self._clock = clock
        self._sink = sink
        self._watch = SourceWatch(clock, FRAMES_TO_BE_BACK)
        self._detail = ""
        self._stop = Event()
        self._thread = Thread(target=self._run, name=f"capture {camera.name}", daemon=True)

    @property
    def name(self) -> str:
        """As the user knows it."""
        return self._camera.name

    @property
    def state(self) -> SourceState:
        """How the camera is doing now."""
        return self._watch.state

    @property
    def dropped(self) -> int:
        """Pictures replaced before anybody took them."""
        return self._sink.dropped

    @property
    def detail(self) -> str:
        """What is wrong, empty when all is well."""
        return "" if self.state is SourceState.OK else self._detail

    def start(self) -> None:
        """Open the camera and begin, in the background."""
        self._watch.started()
        self._thread.start()

    def take(self) -> VideoFrame | None:
        """The newest picture that was not taken yet."""
        return self._sink.take()

    def stop(self) -> bool:
        """End the thread; False when the camera hangs inside its library, its daemon thread is then left behind."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(STOP_WITHIN_S)
        self._watch.finished(SourceState.OFF)
        return not self._thread.is_alive()

    def _run(self) -> None:
        backoff = Backoff()
        while not self._stop.is_set():
            try:
                self._camera.open()
                self._read_on(backoff)
            except DeviceUnavailableError as error:
                self._detail = str(error)
            finally:
                self._camera.close()
            if self._camera.ended:
                self._watch.finished(SourceState.ENDED)
                return
            self._watch.reopening()
            self._stop.wait(backoff.wait_s())

    def _read_on(self, backoff: Backoff) -> None:
        """Hand on pictures until none comes or a stop is asked for."""
        last_ns = -1
        while not self._stop.is_set():
            image = self._camera.read()
            if image is None:
                self._detail = f"{self.name} gives no more pictures; it is opened again and again"
                return
            t_ns = max(self._clock(), last_ns + 1)
            last_ns = t_ns
            self._sink.put(VideoFrame(t_ns, image))
            self._watch.arrived()
            backoff.reset()
