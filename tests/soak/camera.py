"""A network camera in a process of its own: a drawn class at 15 pictures a second, each with its number as bars.

``python -m tests.soak.camera`` says its port on the first line. ``/camera.mjpg`` sends pictures; ``/end`` ends the
sending and answers how many were sent over each connection.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.app.bench.frames import LOOP_FRAMES, drawn_loop
from classroom_analyzer.perception.opencv import cv2

PEOPLE = 12
RATE_HZ = 15.0
HOLD = 4  # pictures for which nobody moves: the loop takes four seconds
BITS = 16
BAR_PX, BAR_HEIGHT_PX = 80, 12
BOUNDARY = "picture"


class Camera:
    """Draws, numbers and sends."""

    def __init__(self) -> None:
        self._loop = drawn_loop(PEOPLE, LOOP_FRAMES, lambda: None)
        self.over = threading.Event()
        self.sent: list[int] = []

    def picture(self, number: int) -> bytes:
        """JPEG of one picture."""
        image: NDArray[np.uint8] = self._loop[number // HOLD % len(self._loop)].copy()
        for bit in range(BITS):
            image[:BAR_HEIGHT_PX, bit * BAR_PX : (bit + 1) * BAR_PX] = 255 if number >> bit & 1 else 0
        good, jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 85])
        assert good
        return jpeg.tobytes()

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        """Send pictures over one connection, each at its time."""
        connection = len(self.sent)
        self.sent.append(0)
        request.send_response(200)
        request.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
        request.end_headers()
        began = time.monotonic()
        for number in count():
            if self.over.wait(max(0.0, began + number / RATE_HZ - time.monotonic())):
                break
            jpeg = self.picture(number)
            head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
            request.wfile.write(head.encode() + jpeg + b"\r\n")
            self.sent[connection] += 1
        self.over.wait()
        request.wfile.write(f"--{BOUNDARY}\r\n".encode())  # some readers see the end of a picture by the next head
        time.sleep(60)  # the connection stays until its other end goes away


def main() -> None:
    """Serve until this process is ended."""
    camera = Camera()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                if self.path == "/end":
                    camera.over.set()
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(json.dumps(camera.sent).encode())
                else:
                    camera.serve(self)
            except OSError:
                pass  # the other end went away

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
