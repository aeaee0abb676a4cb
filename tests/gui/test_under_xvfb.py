"""The program as a person starts it, on a display without hardware, by keyboard alone."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from classroom_analyzer.app.demo import demo_recording
from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.settings.schema import Settings, load_settings, save_settings
from classroom_analyzer.sources.media import MediaFile
from classroom_analyzer.storage.lesson_reader import LessonReader
from tests.rigs.desktop import DesktopRig, skip_without_display_tools, wait_true
from tests.rigs.mjpeg import MjpegRig

pytestmark = [
    pytest.mark.alone,
    pytest.mark.timeout(240),
    pytest.mark.skipif(sys.platform != "linux", reason="X11 is the display of Linux"),
]
TITLE, WIZARD, LIVE = "Classroom Analyzer", "Set up Classroom Analyzer", "Live lesson"
SLACK = 3.0  # whoever runs the check may be slow or busy
VISIBLE_WITHIN_S = 2.0 * SLACK
QUIT_WITHIN_S = 3.0 * SLACK
SLOW_S = 60.0  # what has no limit of its own: lists of devices, models


@pytest.fixture(scope="module")
def desktop() -> Iterator[DesktopRig]:
    skip_without_display_tools()
    with DesktopRig() as rig:
        yield rig


@pytest.fixture(scope="module")
def camera() -> Iterator[MjpegRig]:
    picture = next(iter(MediaFile(demo_recording().path).frames())).image
    with MjpegRig(rate_hz=10, picture=picture) as rig:
        yield rig


@pytest.fixture
def chosen(own_home: Path, camera: MjpegRig) -> Path:
    """A home in which everything was chosen before."""
    save_settings(own_home, Settings(policy=Policy.OBSERVE, place=Place.OTHER, camera=camera.url, language="en"))
    return own_home


@contextmanager
def started(desktop: DesktopRig) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", "classroom_analyzer"], env=desktop.environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


def hold(desktop: DesktopRig, camera: MjpegRig) -> None:
    """From the start page into a lesson; the camera was chosen before."""
    window, _ = desktop.wait_for(TITLE, SLOW_S)
    desktop.focus(window)
    desktop.press("ctrl+r")
    dialog, _ = desktop.wait_for(LIVE, SLOW_S)
    desktop.focus(dialog)
    # Backwards from the first field: Cancel, Look again, and the line that says that everyone was told.
    desktop.press("shift+Tab", "shift+Tab", "shift+Tab", "space", "Return")
    desktop.wait_gone(LIVE, 5)


def lesson_of(home: Path) -> Path:
    wait_true(lambda: any(home.glob("lessons/*.lesson/lesson.db")), SLOW_S, "a lesson begins")
    return next(home.glob("lessons/*.lesson"))


def status_of(lesson: Path) -> str:
    status: str = json.loads((lesson / "lesson.json").read_text())["status"]
    return status


def test_first_start_and_a_lesson_are_done_by_keyboard_and_leave_a_readable_lesson(desktop, camera, own_home):
    with started(desktop) as process:
        wizard, _ = desktop.wait_for(WIZARD, SLOW_S)
        desktop.focus(wizard)
        time.sleep(1)
        desktop.press("Return")  # language
        time.sleep(1)
        desktop.press("space", "Tab", "space", "Return")  # place and policy
        time.sleep(1)
        desktop.press("Up", "Up", "Tab")  # from "No picture" to the web address
        desktop.write(camera.url)
        for keys in (("Return",), ("Return",), ("Tab", "Return"), ("Return",), ("Tab", "Return")):
            time.sleep(1)
            desktop.press(*keys)  # picture, sound, storage, notice, self-test
        desktop.wait_gone(WIZARD, 5)
        settings = load_settings(own_home)
        assert (settings.policy, settings.place) == (Policy.OBSERVE, Place.EU_EDUCATION)
        assert settings.camera == camera.url
        hold(desktop, camera)
        lesson = lesson_of(own_home)
        time.sleep(5)
        window, _ = desktop.wait_for("– Classroom Analyzer", 5)
        desktop.focus(window)
        desktop.press("m", "ctrl+r")
        wait_true(lambda: len(desktop.windows(TITLE)) == 2, 5, "it asks before it stops")
        desktop.focus(next(each for each in desktop.windows(TITLE) if each != window))
        desktop.press("Return")
        wait_true(lambda: status_of(lesson) == "complete", SLOW_S, "the lesson is closed")
        desktop.focus(window)
        time.sleep(1)
        desktop.press("ctrl+q")
        assert process.wait(QUIT_WITHIN_S) == 0
    read = LessonReader.open(lesson)
    assert read.summary()["duration_s"] >= 3
    assert read.counters()["captured_vision"] >= 20
    assert len(read.markers()) == 1


def test_the_window_is_there_at_once(desktop, chosen):
    took = []
    for _ in range(3):
        with started(desktop) as process:
            window, seconds = desktop.wait_for(TITLE, SLOW_S)
            took.append(seconds)
            desktop.focus(window)
            time.sleep(1)
            desktop.press("ctrl+q")
            assert process.wait(QUIT_WITHIN_S) == 0
    assert min(took) < VISIBLE_WITHIN_S, took


def test_closing_while_a_lesson_opens_takes_less_than_three_seconds(desktop, camera, chosen):
    with started(desktop) as process:
        hold(desktop, camera)
        window, _ = desktop.wait_for(TITLE, 5)
        desktop.focus(window)
        desktop.press("ctrl+q")
        began = time.monotonic()
        process.wait(SLOW_S)
        assert time.monotonic() - began < QUIT_WITHIN_S


def test_closing_in_a_lesson_asks_once_and_takes_less_than_three_seconds(desktop, camera, chosen):
    with started(desktop) as process:
        hold(desktop, camera)
        lesson = lesson_of(chosen)
        time.sleep(3)
        window, _ = desktop.wait_for("– Classroom Analyzer", 5)
        desktop.focus(window)
        desktop.press("ctrl+q")
        wait_true(lambda: len(desktop.windows(TITLE)) == 2, 5, "it asks before it stops")
        desktop.focus(next(each for each in desktop.windows(TITLE) if each != window))
        desktop.press("Return")
        began = time.monotonic()
        assert process.wait(SLOW_S) == 0
        assert time.monotonic() - began < QUIT_WITHIN_S
    assert status_of(lesson) == "complete"
