"""The one place that imports sounddevice: lists inputs by name and opens them. Used in child processes only."""

from __future__ import annotations

import sys
import time
from collections import deque
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.devices import PREFERRED_HOSTS, MicrophoneDevice, microphone_help
from classroom_analyzer.sources.sound_input import Arrival, picked

try:
    import sounddevice
except OSError as error:  # the wheel has no PortAudio for this system
    reason = "the library PortAudio is missing; install libportaudio2"
    raise DeviceUnavailableError("microphone", reason) from error

__all__ = ["PortAudioInput", "inputs"]

CALLBACKS_PER_S = 50
RING_S = 30  # sound that may wait to be fetched
LATENCY_S = 0.05


def inputs() -> tuple[MicrophoneDevice, ...]:
    """Inputs of the system's newest sound interface, as they were when this process first asked."""
    return tuple(device for _, device in _numbered())


class PortAudioInput:
    """An open input; a ``SoundInput``. The library's callback only copies.

    Args:
        name: As listed, or the start of one name only; None for the system's choice.

    Raises:
        DeviceUnavailableError: No or more than one input has that name, or it cannot be opened.
    """

    def __init__(self, name: str | None) -> None:
        self.gone = False
        self.overrun_samples = 0
        self._ring: deque[Arrival] = deque()
        self._ring_samples = 0
        self._lock = Lock()
        try:
            self._stream = self._opened(_number_of(name))
        except sounddevice.PortAudioError as error:
            reason = f"{error}; {microphone_help()}"
            raise DeviceUnavailableError(name or "default microphone", reason) from error

    def read(self) -> list[Arrival]:
        """What came since the last call, oldest first; returns at once."""
        with self._lock:
            arrived = list(self._ring)
            self._ring.clear()
            self._ring_samples = 0
        return arrived

    def close(self) -> None:
        """End; may block while the sound system hangs."""
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)

    def _opened(self, number: int | None) -> Any:
        """Open and start the device at 16 kHz, or at its own rate where it refuses that."""
        own_rate_hz = int(sounddevice.query_devices(number, "input")["default_samplerate"])
        for rate_hz in (SAMPLE_RATE_HZ, own_rate_hz):
            try:
                sounddevice.check_input_settings(number, channels=1, dtype="float32", samplerate=rate_hz)
            except sounddevice.PortAudioError:
                if rate_hz == own_rate_hz:
                    raise
            else:
                break
        stream = sounddevice.InputStream(
            device=number,
            samplerate=rate_hz,
            channels=1,
            dtype="float32",
            blocksize=rate_hz // CALLBACKS_PER_S,
            latency=LATENCY_S,
            callback=lambda samples, count, times, status: self._arrived(samples, rate_hz),
            finished_callback=self._finished,
        )
        stream.start()
        return stream

    def _arrived(self, samples: NDArray[np.float32], rate_hz: int) -> None:
        """Called in the sound library's own thread: copy and return."""
        copied = samples[:, 0].copy()
        with self._lock:
            self._ring.append(Arrival(time.monotonic_ns(), rate_hz, copied))
            self._ring_samples += len(copied)
            while self._ring_samples > RING_S * rate_hz:
                oldest = self._ring.popleft().samples
                self._ring_samples -= len(oldest)
                self.overrun_samples += len(oldest)

    def _finished(self) -> None:
        """Called when the device was taken away: no exception and no status tell of it."""
        self.gone = True


def _numbered() -> list[tuple[int, MicrophoneDevice]]:
    """Inputs with PortAudio's number of each; the number is good in this process only."""
    hosts = [host["name"] for host in sounddevice.query_hostapis()]
    preferred = next((name for name in PREFERRED_HOSTS if name in hosts), hosts[0] if hosts else "")
    default_number = sounddevice.default.device[0]
    if hosts and sys.platform == "win32":
        default_number = sounddevice.query_hostapis(hosts.index(preferred))["default_input_device"]
    return [
        (
            int(device["index"]),
            MicrophoneDevice(
                device["name"], preferred, device["max_input_channels"], device["index"] == default_number
            ),
        )
        for device in sounddevice.query_devices()
        if device["max_input_channels"] > 0 and hosts[device["hostapi"]] == preferred
    ]


def _number_of(wanted: str | None) -> int | None:
    """PortAudio's number of an input; None for the system's choice.

    Raises:
        DeviceUnavailableError: No or more than one input has that name.
    """
    numbered = _numbered()
    if not numbered:
        raise DeviceUnavailableError(wanted or "microphone", f"there is no microphone; {microphone_help()}")
    if wanted is None:
        return next((number for number, device in numbered if device.is_default), None)
    name = picked(wanted, [device.name for _, device in numbered])
    return next(number for number, device in numbered if device.name == name)
