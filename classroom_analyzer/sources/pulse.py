"""PulseAudio and PipeWire by their common client library: sources by name, and streams that never move to another one.

PortAudio sees a sound server as one device called ``pulse``, and lets the server put another microphone in the place
of one that was unplugged. Nothing here waits for the server: all is polled, so that a server that hangs is noticed.
Declarations follow the public headers ``pulse/def.h``, ``pulse/introspect.h`` and ``pulse/stream.h``.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.sound_input import Arrival

__all__ = ["PulseInput", "PulseSource", "list_pulse_sources"]

CONTEXT_READY, CONTEXT_FAILED = 4, 5
STREAM_READY, STREAM_FAILED = 2, 3
OPERATION_RUNNING = 0
NO_AUTOSPAWN = 0x0001
DONT_MOVE, ADJUST_LATENCY = 0x0200, 0x2000
FLOAT32_LE = 5
CHANNELS_MAX = 32
UNCHANGED = 0xFFFFFFFF  # "the server decides"
FRAGMENT_S = 0.02
POLL_S = 0.01
CONNECT_WITHIN_S = 2.0
CLIENT = b"Classroom Analyzer"


class _SampleSpec(ctypes.Structure):
    _fields_ = [("format", ctypes.c_int), ("rate", ctypes.c_uint32), ("channels", ctypes.c_uint8)]


class _ChannelMap(ctypes.Structure):
    _fields_ = [("channels", ctypes.c_uint8), ("map", ctypes.c_int * CHANNELS_MAX)]


class _Volume(ctypes.Structure):
    _fields_ = [("channels", ctypes.c_uint8), ("values", ctypes.c_uint32 * CHANNELS_MAX)]


class _SourceInfo(ctypes.Structure):
    _fields_ = [  # only the beginning is read
        ("name", ctypes.c_char_p),
        ("index", ctypes.c_uint32),
        ("description", ctypes.c_char_p),
        ("sample_spec", _SampleSpec),
        ("channel_map", _ChannelMap),
        ("owner_module", ctypes.c_uint32),
        ("volume", _Volume),
        ("mute", ctypes.c_int),
        ("monitor_of_sink", ctypes.c_uint32),
        ("monitor_of_sink_name", ctypes.c_char_p),
    ]


class _ServerInfo(ctypes.Structure):
    _fields_ = [
        ("user_name", ctypes.c_char_p),
        ("host_name", ctypes.c_char_p),
        ("server_version", ctypes.c_char_p),
        ("server_name", ctypes.c_char_p),
        ("sample_spec", _SampleSpec),
        ("default_sink_name", ctypes.c_char_p),
        ("default_source_name", ctypes.c_char_p),
    ]


class _BufferAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("maxlength", "tlength", "prebuf", "minreq", "fragsize")]


_SOURCE_CALLBACK = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(_SourceInfo), ctypes.c_int, ctypes.c_void_p)
_SERVER_CALLBACK = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(_ServerInfo), ctypes.c_void_p)


@dataclass(frozen=True, slots=True)
class PulseSource:
    """Something that can be recorded from.

    Attributes:
        key: Name inside the server, unique.
        label: As people know it.
        channels: How many.
        monitor_of: Key of the output whose sound it repeats, None for a microphone.
        is_default: Whether it is used when none is named.
        is_default_output: Whether it repeats the output that is used when none is named.
        muted: Whether it is switched off in the server.
    """

    key: str
    label: str
    channels: int
    monitor_of: str | None
    is_default: bool
    is_default_output: bool
    muted: bool

    def label_among(self, sources: tuple[PulseSource, ...]) -> str:
        """Its label, with its key where another source has the same."""
        alike = sum(source.label == self.label for source in sources)
        return self.label if alike == 1 else f"{self.label} [{self.key}]"


def list_pulse_sources() -> tuple[PulseSource, ...] | None:
    """Sources that are there now; None when there is no sound server of this kind.

    Raises:
        DeviceUnavailableError: There is one and it does not answer within 2 s.
    """
    try:
        with _connected() as server:
            return server.sources()
    except _NoServerError:
        return None


class _NoServerError(DeviceUnavailableError):
    """Nobody listens where a sound server would."""


class PulseInput:
    """An open stream of 16 kHz mono; a ``SoundInput``.

    Args:
        name: As the user knows it, for errors.
        key: Source; it is never replaced by another. None leaves the choice, and its changes, to the server.

    Raises:
        DeviceUnavailableError: No server answers, or it has no such source.
    """

    def __init__(self, name: str, key: str | None) -> None:
        self.gone = False
        self.rate_hz = SAMPLE_RATE_HZ
        self._connection = _connected()
        self._server = self._connection.__enter__()
        try:
            self._stream = self._server.record(key)
            if not self._server.wait(lambda: self._server.stream_state(self._stream) >= STREAM_READY):
                raise DeviceUnavailableError(name, "the sound server does not answer")
            if self._server.stream_state(self._stream) != STREAM_READY:
                raise DeviceUnavailableError(name, "it is not there, or it may not be used")
        except DeviceUnavailableError:
            self.close()
            raise

    def read(self) -> list[Arrival]:
        """What came since the last call, oldest first; returns at once."""
        pieces = self._server.readable(self._stream)
        now_ns = time.monotonic_ns()
        self.gone = self._server.stream_state(self._stream) != STREAM_READY
        if not pieces:
            return []
        return [Arrival(now_ns, self.rate_hz, np.frombuffer(b"".join(pieces), np.float32))]

    @property
    def overrun_samples(self) -> int:
        """None: the library keeps what was not fetched yet."""
        return 0

    def close(self) -> None:
        """End; may block while the server hangs."""
        self._connection.__exit__(None, None, None)


class _Server:
    """A connection, polled. Every call into the library is made with its main loop locked."""

    def __init__(self, library: Any, loop: int, context: int) -> None:
        self._library = library
        self._loop = loop
        self._context = context

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._library.pa_threaded_mainloop_lock(self._loop)
        try:
            yield
        finally:
            self._library.pa_threaded_mainloop_unlock(self._loop)

    def wait(self, is_done: Callable[[], bool]) -> bool:
        """Poll until it is done; False when it is not in time."""
        until_s = time.monotonic() + CONNECT_WITHIN_S
        while not is_done():
            if time.monotonic() > until_s:
                return False
            time.sleep(POLL_S)
        return True

    def context_state(self) -> int:
        with self._locked():
            return int(self._library.pa_context_get_state(self._context))

    def stream_state(self, stream: int) -> int:
        with self._locked():
            if self._library.pa_context_get_state(self._context) != CONTEXT_READY:
                return STREAM_FAILED
            return int(self._library.pa_stream_get_state(stream))

    def sources(self) -> tuple[PulseSource, ...]:
        """All sources.

        Raises:
            DeviceUnavailableError: The server does not answer.
        """
        default: list[str] = []
        default_output: list[str] = []
        found: list[PulseSource] = []

        def take_server(_context: int, info: Any, _data: int) -> None:
            if info:
                default.append(os.environ.get("PULSE_SOURCE") or _text(info.contents.default_source_name))
                default_output.append(_text(info.contents.default_sink_name))

        def take_source(_context: int, info: Any, end: int, _data: int) -> None:
            if end == 0 and info:
                source = info.contents
                key = _text(source.name)
                monitor_of = _text(source.monitor_of_sink_name) if source.monitor_of_sink_name else None
                label = _text(source.description) or key
                channels = int(source.sample_spec.channels)
                is_output = monitor_of in default_output
                found.append(
                    PulseSource(key, label, channels, monitor_of, key in default, is_output, bool(source.mute))
                )

        self._ask("pa_context_get_server_info", _SERVER_CALLBACK(take_server))
        self._ask("pa_context_get_source_info_list", _SOURCE_CALLBACK(take_source))
        return tuple(found)

    def _ask(self, function: str, callback: Any) -> None:
        with self._locked():
            operation = getattr(self._library, function)(self._context, callback, None)

        def is_done() -> bool:
            with self._locked():
                return bool(self._library.pa_operation_get_state(operation) != OPERATION_RUNNING)

        done = self.wait(is_done)
        with self._locked():
            self._library.pa_operation_cancel(operation)  # no call back into a function that is gone
            self._library.pa_operation_unref(operation)
        if not done:
            raise DeviceUnavailableError("the sound server", "it does not answer")

    def record(self, key: str | None) -> int:
        """Begin to record; the stream is ready or failed some time later."""
        spec = _SampleSpec(FLOAT32_LE, SAMPLE_RATE_HZ, 1)
        fragment_bytes = int(FRAGMENT_S * SAMPLE_RATE_HZ) * 4
        buffer = _BufferAttributes(UNCHANGED, UNCHANGED, UNCHANGED, UNCHANGED, fragment_bytes)
        flags = ADJUST_LATENCY | (DONT_MOVE if key is not None else 0)
        with self._locked():
            stream = self._library.pa_stream_new(self._context, CLIENT, ctypes.byref(spec), None)
            name = key.encode() if key is not None else None
            if not stream or self._library.pa_stream_connect_record(stream, name, ctypes.byref(buffer), flags) < 0:
                raise DeviceUnavailableError("the sound server", "it refuses to record")
        return int(stream)

    def readable(self, stream: int) -> list[bytes]:
        """All that came."""
        data, size = ctypes.c_void_p(), ctypes.c_size_t()
        pieces = []
        with self._locked():
            while self._library.pa_stream_peek(stream, ctypes.byref(data), ctypes.byref(size)) == 0 and size.value:
                if data.value:  # else a hole, which shows in the times of what follows
                    pieces.append(ctypes.string_at(data.value, size.value))
                self._library.pa_stream_drop(stream)
        return pieces


@contextmanager
def _connected() -> Iterator[_Server]:
    """Connect to the server of this session.

    Raises:
        DeviceUnavailableError: There is none, or it does not answer within 2 s.
    """
    library = _library()
    if library is None:
        raise _NoServerError("the sound server", "its client library libpulse is missing")
    loop = library.pa_threaded_mainloop_new()
    context = library.pa_context_new(library.pa_threaded_mainloop_get_api(loop), CLIENT)
    server = _Server(library, loop, context)
    library.pa_context_connect(context, None, NO_AUTOSPAWN, None)
    library.pa_threaded_mainloop_start(loop)
    try:
        if not server.wait(lambda: server.context_state() >= CONTEXT_READY):
            raise DeviceUnavailableError("the sound server", "it does not answer")
        if server.context_state() != CONTEXT_READY:
            raise _NoServerError("the sound server", "there is none")
        yield server
    finally:
        library.pa_threaded_mainloop_lock(loop)
        library.pa_context_disconnect(context)
        library.pa_threaded_mainloop_unlock(loop)
        library.pa_threaded_mainloop_stop(loop)
        library.pa_context_unref(context)
        library.pa_threaded_mainloop_free(loop)


@cache
def _library() -> Any:
    """The client library with its declarations; None where it is not installed."""
    if sys.platform != "linux":
        return None
    try:
        library = ctypes.CDLL("libpulse.so.0")
    except OSError:
        return None
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    declarations: dict[str, tuple[Any, tuple[Any, ...]]] = {
        "pa_threaded_mainloop_new": (pointer, ()),
        "pa_threaded_mainloop_get_api": (pointer, (pointer,)),
        "pa_threaded_mainloop_start": (number, (pointer,)),
        "pa_threaded_mainloop_stop": (None, (pointer,)),
        "pa_threaded_mainloop_free": (None, (pointer,)),
        "pa_threaded_mainloop_lock": (None, (pointer,)),
        "pa_threaded_mainloop_unlock": (None, (pointer,)),
        "pa_context_new": (pointer, (pointer, text)),
        "pa_context_connect": (number, (pointer, text, number, pointer)),
        "pa_context_get_state": (number, (pointer,)),
        "pa_context_disconnect": (None, (pointer,)),
        "pa_context_unref": (None, (pointer,)),
        "pa_context_get_server_info": (pointer, (pointer, _SERVER_CALLBACK, pointer)),
        "pa_context_get_source_info_list": (pointer, (pointer, _SOURCE_CALLBACK, pointer)),
        "pa_operation_get_state": (number, (pointer,)),
        "pa_operation_cancel": (None, (pointer,)),
        "pa_operation_unref": (None, (pointer,)),
        "pa_stream_new": (pointer, (pointer, text, pointer, pointer)),
        "pa_stream_connect_record": (number, (pointer, text, pointer, number)),
        "pa_stream_get_state": (number, (pointer,)),
        "pa_stream_peek": (number, (pointer, pointer, pointer)),
        "pa_stream_drop": (number, (pointer,)),
    }
    for name, (result, arguments) in declarations.items():
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    return library


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")
