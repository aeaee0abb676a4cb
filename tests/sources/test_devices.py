from __future__ import annotations

import os
import sys

import pytest

from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources import devices, pulse
from classroom_analyzer.sources.camera import Camera
from classroom_analyzer.sources.devices import (
    CameraDevice,
    MicrophoneDevice,
    call_sound_help,
    camera_help,
    list_call_sounds,
    list_cameras,
    list_microphones,
    microphone_help,
)
from classroom_analyzer.sources.pulse import PulseSource
from classroom_analyzer.sources.sound_input import picked


@pytest.mark.skipif(sys.platform != "linux", reason="Linux lists cameras in a folder")
def test_cameras_are_listed_by_name_without_their_metadata_nodes(tmp_path):
    for node, index, name in [("video10", "0", "Board camera"), ("video0", "0", "C920"), ("video1", "1", "C920")]:
        folder = tmp_path / node
        folder.mkdir()
        (folder / "index").write_text(index + "\n")
        (folder / "name").write_text(name + "\n")
    (tmp_path / "video7").mkdir()  # taken away while it was looked at
    assert list_cameras(tmp_path) == (CameraDevice(0, "C920"), CameraDevice(10, "Board camera"))


@pytest.mark.skipif(sys.platform != "linux", reason="Linux lists cameras in a folder")
def test_a_machine_without_cameras_has_none(tmp_path):
    assert list_cameras(tmp_path / "none") == ()


@pytest.mark.skipif(sys.platform != "linux", reason="Linux has a group for cameras")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may open everything")
def test_a_camera_that_this_account_may_not_use_is_explained(tmp_path):
    (tmp_path / "video0").touch(mode=0)
    assert "usermod -aG video" in camera_help(0, tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux shows cameras as files")
def test_a_camera_that_is_not_plugged_in_or_in_use_is_explained(tmp_path):
    assert "plugged in" in camera_help(0, tmp_path)
    (tmp_path / "video0").touch()
    assert "another program" in camera_help(0, tmp_path)


@pytest.mark.parametrize("system", ["darwin", "win32", "linux"])
def test_each_system_says_what_keeps_a_device_away(monkeypatch, system):
    monkeypatch.setattr(sys, "platform", system)
    place = {"darwin": "System Settings > Privacy & Security", "win32": "Settings > Privacy & security"}.get(system)
    if place is not None:
        assert place in camera_help(0)
        assert place in microphone_help()
    assert {"darwin": "BlackHole", "win32": "Stereo Mix", "linux": "PipeWire"}[system] in call_sound_help()


def test_a_camera_is_found_by_name_wherever_it_was_plugged_in_and_never_another(monkeypatch):
    monkeypatch.setattr("classroom_analyzer.sources.camera.list_cameras", lambda: there)
    there = (CameraDevice(0, "C920"), CameraDevice(2, "Board"))
    assert Camera("C920")._device_number() == 0
    there = (CameraDevice(0, "Board"), CameraDevice(4, "C920"))
    assert Camera("C920")._device_number() == 4
    for others in ((CameraDevice(0, "Board"),), (CameraDevice(0, "C920"), CameraDevice(2, "C920"))):
        there = others
        with pytest.raises(DeviceUnavailableError):
            Camera("C920")._device_number()


def source(key: str, label: str, **others) -> PulseSource:
    values = {"channels": 1, "monitor_of": None, "is_default": False, "is_default_output": False, "muted": False}
    return PulseSource(key, label, **(values | others))


def test_two_microphones_of_one_name_are_told_apart_by_their_keys(monkeypatch):
    there = (source("usb-1", "C920"), source("usb-2", "C920"), source("pci", "Built-in", is_default=True, muted=True))
    monkeypatch.setattr(pulse, "list_pulse_sources", lambda: there)
    assert [m.name for m in list_microphones()] == ["C920 [usb-1]", "C920 [usb-2]", "Built-in"]
    assert [m.muted for m in list_microphones()] == [False, False, True]
    assert list_call_sounds() == ()


def test_what_is_played_is_no_microphone_and_no_microphone_is_sound_of_a_call(monkeypatch):
    there = (source("mic", "Microphone"), source("out.monitor", "Monitor of Speakers", monitor_of="out"))
    monkeypatch.setattr(pulse, "list_pulse_sources", lambda: there)
    assert [m.name for m in list_microphones()] == ["Microphone"]
    assert [m.name for m in list_call_sounds()] == ["Monitor of Speakers"]


def test_without_a_sound_server_inputs_are_listed_in_a_process_of_their_own(monkeypatch):
    pytest.importorskip("sounddevice", exc_type=OSError)
    monkeypatch.setattr(pulse, "list_pulse_sources", lambda: None)
    assert all(isinstance(m, MicrophoneDevice) for m in list_microphones())


def test_a_sound_system_that_hangs_while_it_is_listed_is_given_up(monkeypatch):
    monkeypatch.setattr(pulse, "list_pulse_sources", lambda: None)
    monkeypatch.setattr(devices, "LIST_WITHIN_S", 0.01)
    with pytest.raises(DeviceUnavailableError, match="does not answer"):
        list_microphones()


def test_windows_offers_what_it_plays_only_where_the_library_does(monkeypatch):
    there = (MicrophoneDevice("Mic", "Windows WASAPI", 1, True), MicrophoneDevice("Out [Loopback]", "", 2, False))
    monkeypatch.setattr(pulse, "list_pulse_sources", lambda: None)
    monkeypatch.setattr(devices, "_portaudio_inputs", lambda: there)
    assert [m.name for m in list_microphones()] == ["Mic"]
    assert [m.name for m in list_call_sounds()] == ["Out [Loopback]"]


@pytest.mark.parametrize(("wanted", "expected"), [("Mic", "Mic"), ("usb", "USB mic"), ("Microphone b", "Microphone B")])
def test_a_name_means_the_same_or_the_only_one_that_begins_so(wanted, expected):
    assert picked(wanted, ["Mic", "Microphone A", "Microphone B", "USB mic"]) == expected


@pytest.mark.parametrize("wanted", ["micro", "none", "Twin"])
def test_a_name_that_fits_several_or_none_is_refused(wanted):
    with pytest.raises(DeviceUnavailableError) as caught:
        picked(wanted, ["Microphone A", "Microphone B", "Twin", "Twin"])
    assert caught.value.others == ("Microphone A", "Microphone B", "Twin")
