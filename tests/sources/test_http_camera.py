"""Cameras over HTTP: pictures at once, newest first, whatever comes in between."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.camera import Camera
from classroom_analyzer.sources.http_camera import HttpPictures, NoJpegStreamError, public_address
from tests.rigs.mjpeg import MjpegRig, read_age_ms, read_number


@pytest.fixture
def answers():
    """A server that gives one answer: status, headers, body."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers)
            status, headers, body = server.answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.asked = asked
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("kind", ["url", "plain_url", "snapshot_url"])
def test_each_picture_is_read_soon_after_it_was_sent_whatever_the_address_looks_like(kind):
    with MjpegRig(rate_hz=25) as rig:
        camera = Camera(getattr(rig, kind))
        camera.open()
        numbers = []
        for _ in range(10):
            image = camera.read()
            assert read_age_ms(image) < 200
            numbers.append(read_number(image))
        camera.close()
    assert numbers == list(range(10))
    assert not camera.may_be_still


def test_a_slow_reader_gets_the_newest_picture_and_the_others_are_counted():
    with MjpegRig(rate_hz=40) as rig:
        camera = HttpPictures(rig.url)
        camera.read()
        time.sleep(0.5)
        image = camera.read()
        assert read_age_ms(image) < 100
        assert camera.skipped == read_number(image) - 1
        camera.close()


@pytest.mark.parametrize("mode", ["garbage", "huge"])
def test_parts_that_are_no_pictures_are_passed_over(mode):
    with MjpegRig(rate_hz=40, mode=mode) as rig:
        camera = HttpPictures(rig.url)
        assert camera.read() is None
        rig.mode = "normal"
        found = [camera.read() for _ in range(3)]
        camera.close()
    assert [read_number(image) for image in found] == [0, 1, 2]
    assert camera.broken > 3


def test_a_camera_that_asks_for_user_and_password_gets_them_and_no_message_shows_them(answers):
    answers.answer = (404, {}, b"")
    address = f"http://teacher:p%40ss@127.0.0.1:{answers.server_address[1]}/video"
    with pytest.raises(DeviceUnavailableError) as caught:
        HttpPictures(address)
    assert answers.asked[0]["Authorization"] == "Basic dGVhY2hlcjpwQHNz"
    assert "p%40ss" not in str(caught.value)
    assert "teacher" not in Camera(address).name
    assert public_address("http://a.b/c") == "http://a.b/c"


def test_a_camera_that_moved_is_followed_but_not_in_circles(answers):
    with MjpegRig() as rig:
        answers.answer = (302, {"Location": rig.url}, b"")
        camera = HttpPictures(f"http://127.0.0.1:{answers.server_address[1]}/old")
        assert camera.read() is not None
        camera.close()
    answers.answer = (302, {"Location": "/again"}, b"")
    with pytest.raises(DeviceUnavailableError, match="302"):
        HttpPictures(f"http://127.0.0.1:{answers.server_address[1]}/old")
    assert len(answers.asked) <= 6


def test_what_sends_no_jpeg_pictures_is_left_to_another_reader(answers):
    answers.answer = (200, {"Content-Type": "text/html"}, b"<html>a camera's start page</html>")
    with pytest.raises(NoJpegStreamError):
        HttpPictures(f"http://127.0.0.1:{answers.server_address[1]}/")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://u:p@host/x", "http://host/x"),
        ("http://host/x?user=ann&pwd=hush&channel=1", "http://host/x?user=...&pwd=...&channel=1"),
        ("http://host/x?Password=hush#end", "http://host/x?Password=...#end"),
        ("http://u:p@[::1/x", "[::1/x"),
        ("C:\\lessons\\a.mkv", "C:\\lessons\\a.mkv"),
    ],
)
def test_no_password_of_an_address_is_shown_wherever_it_stands(address, shown):
    assert public_address(address) == shown


def test_what_is_no_address_is_a_camera_that_is_not_there():
    with pytest.raises(DeviceUnavailableError, match="nothing answers there"):
        HttpPictures("http://[::1/x")


def test_nobody_there_is_said_at_once():
    began_s = time.monotonic()
    with pytest.raises(DeviceUnavailableError, match="nothing answers"):
        HttpPictures("http://127.0.0.1:9/video")
    assert time.monotonic() - began_s < 4
