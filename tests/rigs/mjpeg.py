"""A network camera without hardware: an HTTP server that sends JPEG pictures one after the other.

Each picture carries its number in 16 bars along the top, so that a test can tell which one it got.
"""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.perception.opencv import cv2

WIDTH_PX, HEIGHT_PX = 320, 240
BITS = 16
BAR_PX = WIDTH_PX // BITS
BOUNDARY = "picture"


def draw_number(number: int) -> NDArray[np.uint8]:
    """A picture that carries ``number``."""
    image = np.full((HEIGHT_PX, WIDTH_PX, 3), 90, np.uint8)
    for bit in range(BITS):
        image[:40, bit * BAR_PX : (bit + 1) * BAR_PX] = 255 if number >> bit & 1 else 0
    return image


def read_number(image: NDArray[np.uint8]) -> int:
    """The number that a picture carries."""
    bars = image[10:30].mean(axis=(0, 2)).reshape(BITS, BAR_PX).mean(axis=1)
    return sum(1 << bit for bit in range(BITS) if bars[bit] > 127)


class MjpegRig:
    """Context manager; ``mode`` may be changed while it runs.

    Pictures carry their numbers, or are all ``picture`` where one is given.

    ``normal`` sends pictures; ``stall`` keeps connections open and sends nothing; ``close`` ends connections at once.
    """

    def __init__(self, rate_hz: float = 20.0, mode: str = "normal", picture: NDArray[np.uint8] | None = None) -> None:
        self.mode = mode
        self.picture = picture
        self.rate_hz = rate_hz
        self.sent = 0
        self.connections = 0
        self._over = threading.Event()
        rig = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                rig._serve(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/camera.mjpg"

    def __enter__(self) -> MjpegRig:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _serve(self, request: BaseHTTPRequestHandler) -> None:
        self.connections += 1
        if self.mode == "close":
            request.close_connection = True
            return
        try:
            request.send_response(200)
            request.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
            request.end_headers()
            while not self._over.is_set() and self.mode != "close":
                if self.mode == "normal":
                    self._send(request)
                self._over.wait(1 / self.rate_hz)
        except OSError:
            pass  # the camera's user went away

    def _send(self, request: BaseHTTPRequestHandler) -> None:
        picture = draw_number(self.sent) if self.picture is None else self.picture
        good, jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 90])
        assert good
        head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
        request.wfile.write(head.encode() + jpeg.tobytes() + b"\r\n")
        request.wfile.flush()
        self.sent += 1


def wait_until(condition, within_s: float) -> float:
    """Wait for a condition; return how long it took, seconds. Fails when it does not come true."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < within_s, f"not within {within_s} s"
        time.sleep(0.02)
    return time.monotonic() - began
