"""Opens the camera and the microphones of a live lesson, each in a process of its own."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from classroom_analyzer.app.live_sources import LiveSources
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.pipeline.clock import LessonClock
from classroom_analyzer.pipeline.feeds import LiveFeeds
from classroom_analyzer.sources.shared_pictures import PictureChannel

if TYPE_CHECKING:
    from classroom_analyzer.sources.camera_child import CameraChild
    from classroom_analyzer.sources.protocol import PictureDevice

__all__ = ["LiveDevices"]

OPEN_WITHIN_S = 15.0
WAIT_STEP_S = 0.1
TRIAL_RATE_HZ = 1.0


class LiveDevices:
    """The devices of one lesson.

    Args:
        sources: Where the lesson comes from.
        available: Modalities that it has and that are switched on.
    """

    def __init__(self, sources: LiveSources, available: frozenset[Modality]) -> None:
        self._sources = sources
        self._sees = Modality.VISION in available
        self._hears = Modality.AUDIO in available

    def check(self, cancel: CancelToken) -> None:
        """Open all devices once, so that a wrong name is an error at once.

        Raises:
            DeviceUnavailableError: One of them is not there or does not answer.
            StoppedByUserError: A stop was asked for.
        """
        from classroom_analyzer.sources.camera_child import CameraChild
        from classroom_analyzer.sources.microphone_child import MicrophoneChild

        with ExitStack() as after:
            channel = None
            if self._sees:
                channel = PictureChannel.create(TRIAL_RATE_HZ)
                after.callback(channel.close)
            feeds = self.feeds(LessonClock(), channel, TRIAL_RATE_HZ)
            after.callback(feeds.stop)
            feeds.start()
            for device in (feeds.pictures, feeds.sound, feeds.call_sound):
                if isinstance(device, CameraChild | MicrophoneChild):
                    give_up_s = time.monotonic() + OPEN_WITHIN_S
                    while not device.wait_open(WAIT_STEP_S) and time.monotonic() < give_up_s:
                        cancel.raise_if_cancelled()

    def feeds(self, clock: LessonClock, channel: PictureChannel | None, rate_hz: float | None) -> LiveFeeds:
        """Return the devices, not started yet.

        Args:
            clock: Of the lesson; its zero is the zero of all stamps.
            channel: Where pictures go.
            rate_hz: Pictures per second that are of use to the analysis.
        """
        pictures = sound = call_sound = None
        if self._sees and channel is not None and rate_hz is not None:
            pictures = self._camera(clock, channel, rate_hz)
        if self._hears:
            from classroom_analyzer.sources.microphone_child import MicrophoneChild

            sound = MicrophoneChild(self._sources.microphone or None, clock.origin_ns)
            if self._sources.call_sound is not None:
                call_sound = MicrophoneChild(self._sources.call_sound, clock.origin_ns, call_sound=True)
        return LiveFeeds(pictures, channel, sound, call_sound=call_sound)

    def _camera(self, clock: LessonClock, channel: PictureChannel, rate_hz: float) -> CameraChild:
        from classroom_analyzer.sources.call_window import CallWindow, window_reader
        from classroom_analyzer.sources.camera_child import CameraChild

        if self._sources.window is None:
            return CameraChild(self._picture_device(), clock.origin_ns, channel, rate_hz=rate_hz)
        window, entry = CallWindow(self._sources.window), window_reader().capture
        return CameraChild(window, clock.origin_ns, channel, rate_hz=rate_hz, entry=entry)

    def _picture_device(self) -> PictureDevice:
        if self._sources.screen is not None:
            from classroom_analyzer.sources.screen import ScreenRegion

            return ScreenRegion(*self._sources.screen)
        from classroom_analyzer.sources.camera import Camera

        return Camera(self._sources.camera or 0)
