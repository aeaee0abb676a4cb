"""What ``devices`` lists is what ``live`` takes."""

from __future__ import annotations

import json

import pytest

from classroom_analyzer.app import device_list
from classroom_analyzer.app.checks.probe import run_probe
from classroom_analyzer.cli.main import run
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources import devices
from classroom_analyzer.sources.camera_modes import CameraMode
from classroom_analyzer.sources.devices import CameraDevice, MicrophoneDevice, ScreenDevice
from tests.rigs.pulse import PulseRig, skip_without_pulseaudio

CAMERAS = (CameraDevice(0, "Logitech C920"), CameraDevice(2, "Old camera"))
MICROPHONES = (
    MicrophoneDevice("Desk", "PulseAudio", 1, True, "desk", True),
    MicrophoneDevice("Lamp", "ALSA", 2, False),
)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "list_cameras", lambda: CAMERAS)
    monkeypatch.setattr(devices, "list_microphones", lambda: MICROPHONES)
    monkeypatch.setattr(devices, "list_call_sounds", lambda: ())
    monkeypatch.setattr(devices, "list_screens", lambda: (ScreenDevice(1, 0, 0, 1920, 1080),))
    modes = {0: CameraMode(1920, 1080, 29.7)}
    monkeypatch.setattr(device_list, "_mode", modes.get)


def listed(*arguments: str) -> int:
    return run(
        ["devices", *arguments],
        open_demo=lambda: 0,
        open_session=lambda session: 0,
        list_windows=lambda: ("Lesson 7b – Call",),
    )


def test_devices_are_named_as_the_options_of_live_take_them(desk, capsys):
    assert listed() == 0
    told = capsys.readouterr()
    assert "  0  Logitech C920\n" in told.out
    assert "  Desk (default, muted)\n  Lamp\n" in told.out
    assert "  0,0,1920,1080\n" in told.out
    assert "  Lesson 7b – Call\n" in told.out
    assert "Sound of calls (--call-sound): none found" in told.out
    assert told.err.strip() == devices.call_sound_help()


def test_modes_are_measured_only_when_asked_for(desk, capsys):
    assert listed("--json") == 0
    assert all("mode" not in camera for camera in json.loads(capsys.readouterr().out)["cameras"])
    assert listed("--json", "--modes") == 0
    document = json.loads(capsys.readouterr().out)
    assert [camera["mode"] for camera in document["cameras"]] == [
        {"width_px": 1920, "height_px": 1080, "rate_hz": 29.7},
        None,
    ]
    assert listed("--modes") == 0
    assert "0  Logitech C920: 1920 x 1080, 30 a second\n  2  Old camera: gives no picture" in capsys.readouterr().out


def test_a_camera_that_cannot_be_opened_has_no_mode():
    assert device_list._mode(99) is None


def test_a_sound_system_that_fails_is_a_problem_and_the_rest_is_listed(desk, capsys, monkeypatch):
    def fail() -> None:
        raise DeviceUnavailableError("microphone", "the sound system does not answer")

    monkeypatch.setattr(devices, "list_microphones", fail)
    assert listed("--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["microphones"] == []
    assert "does not answer" in document["problems"][0]
    assert len(document["cameras"]) == 2


def test_a_sound_server_is_listed_and_found_by_doctor(capsys):
    skip_without_pulseaudio()
    with PulseRig():
        assert listed("--json") == 0
        found = {check.name: check for check in run_probe("sound")}
    document = json.loads(capsys.readouterr().out)
    assert len(document["microphones"]) == len(document["call_sounds"]) == 1
    assert document["microphones"][0]["is_default"] is True
    assert found["microphones"].names == (document["microphones"][0]["name"],)
    assert found["call_sound"].found == "1"
