"""Trials before a lesson, from devices that are real here."""

from __future__ import annotations

import multiprocessing
import tempfile
import threading
import time
import wave
from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.app import preflight
from classroom_analyzer.app.demo import demo_recording
from classroom_analyzer.app.preflight import FaceCounter, SoundPreview, level_dbfs, sound_verdict
from classroom_analyzer.app.setup import DesktopSetup
from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock, VideoFrame
from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.domain.setup import (
    LiveChoice,
    PictureChoice,
    PictureKind,
    SelfTestResult,
    SetupChoices,
    SoundVerdict,
)
from classroom_analyzer.errors import DeviceUnavailableError, StoppedByUserError, UsageError
from classroom_analyzer.perception.opencv import cv2
from classroom_analyzer.sources.media import MediaFile
from tests.rigs.mjpeg import MjpegRig, wait_until
from tests.rigs.pulse import PulseRig, skip_without_pulseaudio


@pytest.fixture
def setup(own_home: Path) -> DesktopSetup:
    return DesktopSetup(own_home)


@pytest.fixture
def picture() -> np.ndarray:
    """Twelve drawn people."""
    return next(iter(MediaFile(demo_recording().path).frames())).image


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders go in this test."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def camera_of(rig: MjpegRig) -> PictureChoice:
    return PictureChoice(PictureKind.CAMERA, rig.url)


def nothing_runs() -> bool:
    return not multiprocessing.active_children() and not [
        t for t in threading.enumerate() if t.name.startswith(("faces of", "capture", "microphone", "lesson"))
    ]


def tone(level: float, seconds: float = 1.0) -> np.ndarray:
    t = np.arange(int(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    return (level * np.sin(2 * np.pi * 220 * t)).astype(np.float32)


def test_a_level_is_told_in_decibels_below_full_scale():
    assert level_dbfs(tone(1.0)) == pytest.approx(-3.01, abs=0.05)
    assert level_dbfs(tone(0.01)) == pytest.approx(-43.01, abs=0.05)
    assert level_dbfs(np.zeros(10, np.float32)) == -120.0


@pytest.mark.parametrize(
    ("samples", "verdict"),
    [
        (np.zeros(0, np.float32), SoundVerdict.NONE),
        (np.zeros(SAMPLE_RATE_HZ, np.float32), SoundVerdict.SILENT),
        (tone(0.002), SoundVerdict.QUIET),
        (tone(0.05), SoundVerdict.GOOD),
        (np.concatenate([np.zeros(3 * SAMPLE_RATE_HZ, np.float32), tone(0.05)]), SoundVerdict.GOOD),
        (np.clip(tone(3.0), -1, 1), SoundVerdict.LOUD),
    ],
)
def test_the_loudest_half_second_decides_how_the_sound_is(samples, verdict):
    assert sound_verdict(samples) is verdict


def test_faces_are_counted_and_small_ones_told_apart(own_home, picture):
    counter = FaceCounter(own_home, "auto")
    near = counter.count(VideoFrame(0, picture))
    assert (near.found, near.width_px, near.height_px) == (12, picture.shape[1], picture.shape[0])
    assert near.large_enough == 12
    far = counter.count(VideoFrame(1, cv2.resize(picture, None, fx=0.2, fy=0.2, interpolation=cv2.INTER_AREA)))
    assert far.found > 0
    assert far.large_enough == 0


def test_a_camera_on_trial_shows_pictures_and_faces_and_leaves_nothing_behind(setup, picture):
    with MjpegRig(rate_hz=10, picture=picture) as rig:
        trial = setup.open_picture(camera_of(rig))
        try:
            wait_until(lambda: trial.faces is not None, within_s=20)
            assert trial.faces.found == 12
            wait_until(lambda: trial.picture() is not None, within_s=5)
            assert trial.state is SourceState.OK
            assert trial.detail == ""
        finally:
            began_s = time.monotonic()
            trial.stop()
        assert time.monotonic() - began_s < 3
    assert nothing_runs()


def test_a_camera_that_is_not_there_says_why(setup):
    trial = setup.open_picture(PictureChoice(PictureKind.CAMERA, "No such camera"))
    try:
        wait_until(lambda: "No such camera" in trial.detail, within_s=15)
        assert trial.picture() is None
    finally:
        trial.stop()
    assert nothing_runs()


def test_a_microphone_on_trial_shows_its_level_and_keeps_a_sample_of_the_voice_sealed(setup, own_home, tmp_path):
    skip_without_pulseaudio()
    sound = tmp_path / "tone.wav"
    with wave.open(str(sound), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes((tone(0.1, 20) * 32767).astype(np.int16).tobytes())
    with PulseRig() as pulse:
        player = pulse.play(sound)
        trial = setup.open_sound("")
        try:
            wait_until(lambda: (trial.level_dbfs() or -120) == pytest.approx(-23, abs=2), within_s=15)
            trial.keep(1.0)
            wait_until(lambda: trial.level_dbfs() is not None and trial.kept_s == 1.0, within_s=5)
            path = setup.keep_voice(trial)
        finally:
            trial.stop()
            player.terminate()
            player.wait()
    assert nothing_runs()
    assert path.is_relative_to(own_home)
    assert path.stat().st_mode & 0o077 == 0


class FakeSound:
    """A ``LiveSound`` that has one second of a tone."""

    name = "fake"
    state = SourceState.OK
    detail = ""
    dropped = 0
    retry_in_s = None

    def __init__(self) -> None:
        self._left = [AudioBlock(0, tone(0.2))]

    def start(self) -> None:
        pass

    def poll(self) -> tuple[AudioBlock, ...]:
        return tuple(self._left.pop() for _ in range(len(self._left)))

    def stop(self) -> bool:
        return True


def test_only_what_is_heard_after_keep_is_kept(setup):
    trial = SoundPreview(FakeSound())
    trial.keep(1.0)
    assert trial.kept_s == 0
    assert not len(trial.kept)
    trial._sound._left = [AudioBlock(0, tone(0.2))]
    assert trial.level_dbfs() == pytest.approx(-17, abs=0.1)
    assert trial.kept_s == 1.0


def test_without_a_key_no_voice_is_kept_and_it_says_so(setup, monkeypatch, own_home):
    monkeypatch.delenv("CLASSROOM_ANALYZER_PASSPHRASE")
    assert not setup.keeps_private()
    with pytest.raises(UsageError, match="no key"):
        setup.keep_voice(SoundPreview(FakeSound()))
    assert not (own_home / "voice").exists()


def choices_for(live: LiveChoice, policy: Policy = Policy.OBSERVE) -> SetupChoices:
    return SetupChoices(place=Place.OTHER, policy=policy, live=live)


def test_the_self_test_counts_faces_and_speed_and_leaves_nothing_behind(setup, own_home, picture, scratch, monkeypatch):
    monkeypatch.setattr(preflight.SelfTest, "duration_s", 4.0)
    with MjpegRig(rate_hz=15, picture=picture) as rig:
        run = setup.self_test(choices_for(LiveChoice(camera_of(rig))))
        result = run.wait()
    assert isinstance(result, SelfTestResult)
    assert (result.faces, result.sound, result.problem) == (12, None, "")
    assert result.pictures_per_s is not None
    assert 0 < result.pictures_per_s <= 15
    assert not result.estimates
    assert list(scratch.iterdir()) == []
    assert not (own_home / "lessons").exists()
    wait_until(nothing_runs, within_s=3)


def test_the_self_test_can_be_cancelled_while_models_load(setup, picture, scratch):
    with MjpegRig(rate_hz=10, picture=picture) as rig:
        run = setup.self_test(choices_for(LiveChoice(camera_of(rig))))
        threading.Timer(0.3, run.cancel).start()
        began_s = time.monotonic()
        with pytest.raises(StoppedByUserError):
            run.wait()
        assert time.monotonic() - began_s < 5
    assert list(scratch.iterdir()) == []
    wait_until(nothing_runs, within_s=3)


def test_a_self_test_with_a_wrong_camera_says_so(setup, scratch):
    run = setup.self_test(choices_for(LiveChoice(PictureChoice(PictureKind.CAMERA, "No such camera"))))
    with pytest.raises(DeviceUnavailableError, match="No such camera"):
        run.wait()
    assert list(scratch.iterdir()) == []


def test_nothing_is_tried_before_a_policy_was_chosen(setup):
    with pytest.raises(UsageError):
        setup.self_test(SetupChoices())


def test_with_nothing_chosen_there_is_nothing_to_test(setup):
    with pytest.raises(UsageError):
        setup.self_test(choices_for(LiveChoice())).wait()
