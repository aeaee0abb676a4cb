"""Tells which files were opened by anybody, as the kernel saw it (inotify; Linux only)."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

IN_OPEN = 0x00000020
_EVENT = struct.Struct("iIII")
_BUFFER_BYTES = 1 << 16


class OpenedFiles:
    """Collects the watched files that were opened since the watch began."""

    def __init__(self, descriptor: int, paths: dict[int, Path]) -> None:
        self._descriptor = descriptor
        self._paths = paths
        self._seen: set[Path] = set()

    def seen(self) -> set[Path]:
        """Return the watched files that were opened so far."""
        while True:
            try:
                events = os.read(self._descriptor, _BUFFER_BYTES)
            except BlockingIOError:
                return self._seen
            at = 0
            while at < len(events):
                watch, _mask, _cookie, name_bytes = _EVENT.unpack_from(events, at)
                self._seen.add(self._paths[watch])
                at += _EVENT.size + name_bytes


@contextmanager
def watch_opens(paths: list[Path]) -> Iterator[OpenedFiles]:
    """Watch files for being opened; every path must exist."""
    if not sys.platform.startswith("linux"):
        pytest.skip("opens are traced with inotify, which only Linux has")
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.inotify_init1(os.O_NONBLOCK)
    try:
        watches = {}
        for path in paths:
            watch = libc.inotify_add_watch(descriptor, os.fsencode(path), IN_OPEN)
            assert watch >= 0, f"{path} cannot be watched: {os.strerror(ctypes.get_errno())}"
            watches[watch] = path
        yield OpenedFiles(descriptor, watches)
    finally:
        os.close(descriptor)
