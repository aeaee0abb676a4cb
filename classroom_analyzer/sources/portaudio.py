"""The one place that imports sounddevice: lists microphones anew and opens input streams."""

from __future__ import annotations

from threading import Lock

from classroom_analyzer.errors import DeviceUnavailableError

try:
    import sounddevice
except OSError as error:  # the wheel has no PortAudio for this system
    reason = "the library PortAudio is missing; install libportaudio2"
    raise DeviceUnavailableError("microphone", reason) from error

__all__ = ["PortAudioLease", "sounddevice"]


class PortAudioLease:
    """Keeps PortAudio from being initialised anew while a stream is open.

    PortAudio's list of devices is frozen at its initialisation; who lists devices wants it fresh.
    """

    _lock = Lock()
    _streams = 0

    @classmethod
    def take(cls) -> None:
        """A stream is about to be opened; devices are listed anew when it is the first."""
        with cls._lock:
            cls._renew()
            cls._streams += 1

    @classmethod
    def release(cls) -> None:
        """A stream was closed."""
        with cls._lock:
            cls._streams -= 1

    @classmethod
    def fresh(cls) -> None:
        """List devices anew, unless a stream is open."""
        with cls._lock:
            cls._renew()

    @classmethod
    def _renew(cls) -> None:
        if cls._streams == 0:
            # The library has no public call for it.
            sounddevice._terminate()
            sounddevice._initialize()
