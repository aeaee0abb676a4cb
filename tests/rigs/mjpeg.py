"""A network camera without hardware: an HTTP server that sends JPEG pictures one after the other.

Each picture carries its number and the time it was sent in bars along the top, so that a test can tell which one it
got and how old it is.
"""

from __future__ import annotations

import itertools
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.perception.opencv import cv2

WIDTH_PX, HEIGHT_PX = 320, 240
NUMBER_BITS, TIME_BITS = 16, 32
BAR_HEIGHT_PX = 16
BOUNDARY = "picture"
SLOW_S = 1.5
HUGE_BYTES = 40 << 20


def draw_number(number: int, picture: NDArray[np.uint8] | None = None) -> NDArray[np.uint8]:
    """A picture that carries ``number`` and the present time; ``picture`` below the bars where one is given."""
    image = np.full((HEIGHT_PX, WIDTH_PX, 3), 90, np.uint8) if picture is None else picture.copy()
    _draw_bars(image[:BAR_HEIGHT_PX], number, NUMBER_BITS)
    _draw_bars(image[BAR_HEIGHT_PX : 2 * BAR_HEIGHT_PX], now_ms(), TIME_BITS)
    return image


def read_number(image: NDArray[np.uint8]) -> int:
    """The number that a picture carries."""
    return _read_bars(image[:BAR_HEIGHT_PX], NUMBER_BITS)


def read_age_ms(image: NDArray[np.uint8]) -> int:
    """How long ago a picture was drawn; the server runs on this machine, whose monotonic clock all processes share."""
    return (now_ms() - _read_bars(image[BAR_HEIGHT_PX : 2 * BAR_HEIGHT_PX], TIME_BITS)) % 2**TIME_BITS


def now_ms() -> int:
    """The monotonic clock as pictures carry it."""
    return time.monotonic_ns() // 1_000_000 % 2**TIME_BITS


def _draw_bars(strip: NDArray[np.uint8], value: int, bits: int) -> None:
    width = strip.shape[1] // bits
    for bit in range(bits):
        strip[:, bit * width : (bit + 1) * width] = 255 if value >> bit & 1 else 0


def _read_bars(strip: NDArray[np.uint8], bits: int) -> int:
    width = strip.shape[1] // bits
    bars = strip[4:-4, : width * bits].mean(axis=(0, 2)).reshape(bits, width)[:, 2:-2].mean(axis=1)
    return sum(1 << bit for bit in range(bits) if bars[bit] > 127)


class MjpegRig:
    """Context manager; ``mode`` may be changed while it runs.

    Below their bars all pictures are ``picture`` where one is given.

    ``normal`` sends pictures; ``stall`` keeps connections open and sends nothing; ``close`` ends connections at once;
    ``repeat`` sends the newest picture again and again, byte by byte the same; ``noisy`` a still with the noise of a
    sensor; ``garbage`` and ``huge`` send parts that
    are no pictures and parts that are far too large; ``slow`` takes 1.5 s to send one picture.
    ``close_port`` and ``open_port`` take the whole server away and bring it back at the same address.
    """

    def __init__(self, rate_hz: float = 20.0, mode: str = "normal", picture: NDArray[np.uint8] | None = None) -> None:
        self.mode = mode
        self.picture = picture
        self.rate_hz = rate_hz
        self.sent = 0
        self.connections = 0
        self._newest = b""
        self._over = threading.Event()
        self._port = 0
        self._listen()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/camera.mjpg"

    @property
    def plain_url(self) -> str:
        """Tells nothing by its ending."""
        return f"http://127.0.0.1:{self._port}/video?id=1"

    @property
    def snapshot_url(self) -> str:
        """Sends one picture per request."""
        return f"http://127.0.0.1:{self._port}/shot.jpg"

    def __enter__(self) -> MjpegRig:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close_port()

    def close_port(self) -> None:
        """Go away: connections end and new ones are refused."""
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def open_port(self) -> None:
        """Come back at the same address."""
        self._listen()
        self._thread.start()

    def _listen(self) -> None:
        rig = self
        self._over = threading.Event()
        over = self._over

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                rig._serve(self, over)

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            allow_reuse_address = True

            def handle_error(self, request: object, client_address: object) -> None:
                pass  # the camera's user went away

        self._server = Server(("127.0.0.1", self._port), Handler)
        self._port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def _serve(self, request: BaseHTTPRequestHandler, over: threading.Event) -> None:
        self.connections += 1
        if self.mode == "close":
            request.close_connection = True
            return
        request.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            if request.path.endswith(".jpg"):
                self._send_one(request)
                return
            request.send_response(200)
            request.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
            request.end_headers()
            for turn in itertools.count():
                if over.is_set() or self.mode == "close":
                    break
                self._send(request, turn)
                over.wait(1 / self.rate_hz)
        except OSError:
            pass  # the camera's user went away

    def _send(self, request: BaseHTTPRequestHandler, turn: int) -> None:
        mode = self.mode
        if mode == "normal":
            request.wfile.write(_part(self._next()))
        elif mode == "repeat":
            request.wfile.write(_part(self._newest or self._next()))
        elif mode == "noisy":
            request.wfile.write(_part(self._noisy(turn)))
        elif mode == "garbage":
            request.wfile.write(_garbage(turn))
        elif mode == "huge":
            for piece in _huge(turn):
                request.wfile.write(piece)
        elif mode == "slow":
            part = _part(self._next())
            step = len(part) // 10 + 1
            for at in range(0, len(part), step):
                request.wfile.write(part[at : at + step])
                time.sleep(SLOW_S / 10)
        request.wfile.flush()

    def _send_one(self, request: BaseHTTPRequestHandler) -> None:
        jpeg = self._next()
        request.send_response(200)
        request.send_header("Content-Type", "image/jpeg")
        request.send_header("Content-Length", str(len(jpeg)))
        request.end_headers()
        request.wfile.write(jpeg)

    def _noisy(self, turn: int) -> bytes:
        still = cv2.imdecode(np.frombuffer(self._newest or self._next(), np.uint8), cv2.IMREAD_COLOR)
        noise = np.random.default_rng(turn).integers(-3, 4, still.shape)
        return cv2.imencode(".jpg", np.clip(still + noise, 0, 255).astype(np.uint8))[1].tobytes()

    def _next(self) -> bytes:
        good, jpeg = cv2.imencode(".jpg", draw_number(self.sent, self.picture), [cv2.IMWRITE_JPEG_QUALITY, 90])
        assert good
        self.sent += 1
        self._newest = jpeg.tobytes()
        return self._newest


def _part(body: bytes, length: int | None = None) -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {length if length is not None else len(body)}"
    return head.encode() + b"\r\n\r\n" + body + b"\r\n"


def _jpeg(width_px: int, height_px: int) -> bytes:
    good, jpeg = cv2.imencode(".jpg", np.full((height_px, width_px, 3), 90, np.uint8))
    assert good
    return bytes(jpeg.tobytes())


def _garbage(turn: int) -> bytes:
    """What cameras send that are out of order, one kind after the other."""
    noise = np.random.default_rng(turn).bytes(5000)
    whole = _jpeg(64, 48)
    half = whole[: len(whole) // 2]
    kinds = (
        _part(noise),
        _part(half),
        _part(b"\xff\xd8\xff" + noise + b"\xff\xd9"),  # a picture at both ends only
        _part(whole, length=10),
        _part(half, length=100_000),
        _part(half + noise, length=0),
        noise,
        f"--{BOUNDARY}\r\nContent-Length: many\r\n\r\n".encode() + noise,
        f"--{BOUNDARY}\r\n".encode() + b"x" * 20_000,
        _part(b""),
    )
    return kinds[turn % len(kinds)]


def _huge(turn: int) -> list[bytes]:
    """Too large by its header, by its length or in earnest."""
    if turn % 3 == 0:
        whole = bytearray(_jpeg(64, 48))
        at = whole.index(b"\xff\xc0") + 5
        whole[at : at + 4] = b"\xff\xf0\xff\xf0"  # 65,520 x 65,520
        return [_part(bytes(whole))]
    if turn % 3 == 1:
        return [_part(b"\xff\xd8\xff" + b"x" * 1000, length=10**12)]
    return [_part(b"", length=HUGE_BYTES), *([bytes(1 << 20)] * (HUGE_BYTES >> 20))]


def wait_until(condition, within_s: float) -> float:
    """Wait for a condition; return how long it took, seconds. Fails when it does not come true."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < within_s, f"not within {within_s} s"
        time.sleep(0.02)
    return time.monotonic() - began
