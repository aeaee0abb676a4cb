"""A camera that sends JPEG pictures over HTTP: a stream of parts, or one picture per request.

Read here and not by FFmpeg, which waits for several pictures before it gives the first and gives up at garbage.
"""

from __future__ import annotations

import base64
import http.client
import re
import select
import socket
import ssl
import time
from collections import deque
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.media import MAX_PIXELS
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.jpeg import is_whole_jpeg, jpeg_size
from classroom_analyzer.sources.multipart import MAX_PART_BYTES, PartCutter
from classroom_analyzer.sources.opencv import cv2

__all__ = ["HttpPictures", "NoJpegStreamError", "public_address"]

OPEN_TIMEOUT_S = 3.0
READ_TIMEOUT_S = 2.0
CHUNK_BYTES = 1 << 16
REDIRECTS = 3
SNAPSHOTS_PER_S = 10
SECRET = re.compile(r"([?&](?:user|usr|login|pass|pwd|token|auth|key|secret)[^=&]*=)[^&#]*", re.IGNORECASE)


class NoJpegStreamError(Exception):
    """What answers there is something else; another reader may understand it."""


class HttpPictures:
    """An opened connection; pictures come newest first where they come faster than they are read.

    Args:
        address: ``http://`` or ``https://``, with user and password where the camera wants them.

    Raises:
        DeviceUnavailableError: Nothing answers there, or it refuses.
        NoJpegStreamError: It sends no JPEG pictures.
    """

    def __init__(self, address: str) -> None:
        self.broken = 0
        self.skipped = 0
        self.taken_ns = 0
        self._address = address
        self._snapshots = False
        self._next_snapshot_s = 0.0
        self._waiting: deque[bytes] = deque()
        self._cutter: PartCutter | None = None
        self._connect()

    def read(self) -> NDArray[np.uint8] | None:
        """Wait for the next whole picture; ``(height, width, 3) uint8 BGR``, None after 2 s without one."""
        until_s = time.monotonic() + READ_TIMEOUT_S
        while time.monotonic() < until_s:
            try:
                data = self._snapshot() if self._snapshots else self._part(until_s)
            except (OSError, http.client.HTTPException, DeviceUnavailableError, NoJpegStreamError):
                return None
            if data is None:
                return None
            image = self._decoded(data)
            if image is not None:
                return image
            self.broken += 1
        return None

    def close(self) -> None:
        """End the connection."""
        self._response.close()
        self._connection.close()
        self._socket.close()

    def _connect(self) -> None:
        """Ask for the address, following where it points to."""
        address = self._address
        for _ in range(REDIRECTS + 1):
            try:
                self._ask(urlsplit(address))
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise DeviceUnavailableError(
                    public_address(self._address), f"nothing answers there: {error}"
                ) from error
            target = self._response.getheader("Location")
            if not 300 <= self._response.status < 400 or target is None:
                break
            self.close()
            address = urljoin(address, target)
        self._understand()

    def _ask(self, parts: SplitResult) -> None:
        host = parts.hostname or ""
        if parts.scheme == "https":
            secure = ssl.create_default_context()
            self._connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                host, parts.port, timeout=OPEN_TIMEOUT_S, context=secure
            )
        else:
            self._connection = http.client.HTTPConnection(host, parts.port, timeout=OPEN_TIMEOUT_S)
        headers = {"Accept": "multipart/x-mixed-replace, image/jpeg, */*"}
        if parts.username is not None:
            secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            headers["Authorization"] = "Basic " + base64.b64encode(secret.encode()).decode()
        self._connection.connect()
        self._socket: socket.socket = self._connection.sock  # the connection forgets it once the answer is being read
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._connection.request("GET", path, headers=headers)
        self._response = self._connection.getresponse()
        self._socket.settimeout(READ_TIMEOUT_S)

    def _understand(self) -> None:
        status = self._response.status
        kind = self._response.headers.get_content_type()
        boundary = self._response.headers.get_param("boundary")
        if status == 200 and kind.startswith("multipart/") and isinstance(boundary, str):
            self._cutter = PartCutter(boundary.encode("latin-1", "replace"))
        elif status == 200 and kind == "image/jpeg":
            self._snapshots = True
        else:
            self.close()
            if status in (200, 401):  # 401: FFmpeg knows further ways to log in
                raise NoJpegStreamError(kind)
            raise DeviceUnavailableError(public_address(self._address), f"the camera answers with error {status}")

    def _part(self, until_s: float) -> bytes | None:
        """The newest whole part; None at the end of the stream or when the time is over."""
        assert self._cutter is not None
        while time.monotonic() < until_s:
            if self._waiting and not self._more_is_here():
                break
            data = self._response.read1(CHUNK_BYTES)
            if not data:
                break
            before = self._cutter.broken
            self._waiting.extend(self._cutter.push(data))
            self.broken += self._cutter.broken - before
        if not self._waiting:
            return None
        self.taken_ns = time.monotonic_ns()
        newest = self._waiting.pop()
        self.skipped += len(self._waiting)
        self._waiting.clear()
        return newest

    def _more_is_here(self) -> bool:
        return bool(select.select([self._socket], [], [], 0)[0])

    def _snapshot(self) -> bytes:
        """The picture of one request; the first one belongs to the opening."""
        if self._next_snapshot_s:
            self.close()
            time.sleep(max(0.0, self._next_snapshot_s - time.monotonic()))
            self._connect()
        self._next_snapshot_s = time.monotonic() + 1 / SNAPSHOTS_PER_S
        data = self._response.read(MAX_PART_BYTES)
        self.taken_ns = time.monotonic_ns()
        return data

    def _decoded(self, data: bytes) -> NDArray[np.uint8] | None:
        size = jpeg_size(data) if is_whole_jpeg(data) else None
        if size is None or not 0 < size[0] * size[1] <= MAX_PIXELS:
            return None
        try:
            image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        except cv2.error:
            return None
        return None if image is None else np.asarray(image, np.uint8)


def public_address(address: str) -> str:
    """The address without user and password, wherever a camera wants them."""
    address = SECRET.sub(r"\1...", address)
    try:
        parts = urlsplit(address)
    except ValueError:  # it is none; what may be a password in it is left out all the same
        return address.rpartition("@")[2]
    if "@" not in parts.netloc:
        return address
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
