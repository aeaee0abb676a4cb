from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.live import RecordingState
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock, VideoFrame
from classroom_analyzer.storage import disk_guard, recorder
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_writer import LessonWriter
from classroom_analyzer.storage.media_reader import SealedSegment, open_recording
from classroom_analyzer.storage.recorder import MediaRecorder
from tests.storage.lessons import make_meta

SOUND = np.random.default_rng(1).uniform(-0.5, 0.5, SAMPLE_RATE_HZ * 60).astype(np.float32)


@pytest.fixture
def writer(tmp_path: Path, key_source: KeySource) -> Iterator[LessonWriter]:
    writer = LessonWriter.create(tmp_path / "out", "physics", make_meta(), key_source)
    yield writer
    writer.discard()


def picture(t_s: float, width: int = 64, height: int = 48) -> VideoFrame:
    """A picture whose grey tells its time."""
    return VideoFrame(to_ns(t_s), np.full((height, width, 3), round(t_s * 10) % 200 + 20, np.uint8))


def sound(t_s: float, length_s: float = 0.1) -> AudioBlock:
    first = round(t_s * SAMPLE_RATE_HZ)
    return AudioBlock(to_ns(t_s), SOUND[first : first + round(length_s * SAMPLE_RATE_HZ)])


def feed(recorder: MediaRecorder, from_s: float, to_s: float, *, pictures: bool = True, tracks: int = 1) -> None:
    """Hand over 10 pictures a second and their sound, no faster than they are encoded."""
    for k in range(round(from_s * 10), round(to_s * 10)):
        if pictures:
            recorder.add_frame(picture(k / 10))
        for track in range(tracks):
            recorder.add_audio(sound(k / 10), track)
        deadline = time.monotonic() + 5
        while recorder.waiting > 1 + tracks and time.monotonic() < deadline:
            time.sleep(0.001)


def picture_times(segment: SealedSegment) -> list[float]:
    with av.open(segment.open(), "r", format="matroska") as container:
        return [round(frame.time, 3) for frame in container.decode(video=0) if frame.time is not None]


def heard(segment: SealedSegment, track: int = 0) -> list[tuple[float, np.ndarray]]:
    with av.open(segment.open(), "r", format="matroska") as container:
        frames = list(container.decode(audio=track))
    return [(frame.time or 0.0, frame.to_ndarray()[0] / 32768) for frame in frames]


def test_what_was_recorded_comes_back_on_the_lesson_clock(writer: LessonWriter, key_source: KeySource):
    recorder = MediaRecorder(writer, pictures=True, sound_tracks=2)
    feed(recorder, 40.0, 43.0, tracks=2)
    assert recorder.health().state is RecordingState.ON
    recorder.close()
    (segment,) = open_recording(writer.folder, key_source)
    assert picture_times(segment) == [round(40 + k / 10, 3) for k in range(30)]
    for track in (0, 1):
        frames = heard(segment, track)
        assert frames[0][0] == pytest.approx(40.0)
        samples = np.concatenate([samples for _, samples in frames])
        assert np.abs(samples - SOUND[40 * SAMPLE_RATE_HZ :][: len(samples)]).max() < 1 / 32768


def test_sound_is_kept_to_the_bit_of_sixteen(writer: LessonWriter, key_source: KeySource):
    recorder = MediaRecorder(writer, pictures=False, sound_tracks=1)
    feed(recorder, 0.0, 4.0, pictures=False)
    recorder.close()
    (segment,) = open_recording(writer.folder, key_source)
    samples = np.concatenate([samples for _, samples in heard(segment)])
    assert len(samples) == 4 * SAMPLE_RATE_HZ
    assert np.abs(samples - SOUND[: len(samples)]).max() <= 0.5 / 32768 + 1e-7


def test_a_hole_in_the_sound_stays_a_hole(writer: LessonWriter, key_source: KeySource):
    recorder = MediaRecorder(writer, pictures=True, sound_tracks=1)
    feed(recorder, 0.0, 1.0)
    for k in range(10, 30):
        recorder.add_frame(picture(k / 10))
        time.sleep(0.01)
    feed(recorder, 3.0, 4.0)
    recorder.close()
    times = [t for segment in open_recording(writer.folder, key_source) for t, _ in heard(segment)]
    steps = np.diff(times)
    assert steps.max() == pytest.approx(2.0, abs=0.15)
    assert (steps > 0.15).sum() == 1


def test_nothing_of_picture_or_sound_is_on_the_disk_in_clear(writer: LessonWriter, key_source: KeySource):
    recorder = MediaRecorder(writer, pictures=True, sound_tracks=1)
    feed(recorder, 0.0, 2.0)
    recorder.close()
    (path,) = (writer.folder / "media").iterdir()
    assert path.name == "segment-000.mkv.enc"
    content = path.read_bytes()
    for clear in (b"matroska", b"V_MPEG4", b"A_FLAC", b"fLaC"):
        assert clear not in content
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("why", ["size", "pause", "gap"])
def test_a_new_segment_begins_after_a_pause_a_gap_and_another_picture_size(
    writer: LessonWriter, key_source: KeySource, why: str
):
    recorder = MediaRecorder(writer, pictures=True, sound_tracks=1)
    feed(recorder, 0.0, 1.0)
    if why == "pause":
        recorder.pause()
        time.sleep(0.2)
    start_s = 8.0 if why == "gap" else 1.0
    for k in range(10):
        recorder.add_frame(picture(start_s + k / 10, width=32 if why == "size" else 64))
        recorder.add_audio(sound(start_s + k / 10))
        time.sleep(0.02)
    recorder.close()
    segments = open_recording(writer.folder, key_source)
    assert [segment.number for segment in segments] == [0, 1]
    assert picture_times(segments[1])[0] == pytest.approx(start_s)


def test_without_a_key_nothing_is_recorded_and_it_is_said(tmp_path: Path):
    writer = LessonWriter.create(tmp_path / "out", "physics", make_meta(), None)
    recorder = MediaRecorder(writer, pictures=True, sound_tracks=1)
    recorder.add_frame(picture(0.0))
    recorder.add_audio(sound(0.0))
    recorder.close()
    health = recorder.health()
    assert health.state is RecordingState.STOPPED
    assert "no key" in health.detail
    assert any("not recorded" in warning for warning in writer.warnings)
    assert not (writer.folder / "media").exists()
    writer.discard()


def test_when_the_disk_runs_low_the_recording_ends_with_a_reason_and_is_readable(
    writer: LessonWriter, key_source: KeySource, monkeypatch: pytest.MonkeyPatch
):
    free = [5_000_000_000]
    monkeypatch.setattr(recorder, "LOOK_S", 0.05)
    guard = writer.guard_disk()
    monkeypatch.setattr(guard, "_free_bytes", lambda _: free[0])
    recording = MediaRecorder(writer, pictures=True, sound_tracks=1)
    feed(recording, 0.0, 2.0)
    assert not recording.health().disk_low
    assert recording.health().left_s is not None
    free[0] = disk_guard.MEDIA_STOP_BYTES - 1
    deadline = time.monotonic() + 5
    while recording.health().state is RecordingState.ON and time.monotonic() < deadline:
        time.sleep(0.02)
    recording.add_frame(picture(3.0))
    recording.close()
    health = recording.health()
    assert health.state is RecordingState.STOPPED
    assert "MB are left" in health.detail
    assert health.disk_low
    (segment,) = open_recording(writer.folder, key_source)
    assert picture_times(segment)[-1] == pytest.approx(1.9)


def test_a_failing_disk_ends_the_recording_and_what_was_sealed_stays_readable(
    writer: LessonWriter, key_source: KeySource, monkeypatch: pytest.MonkeyPatch
):
    from classroom_analyzer.storage import media_records

    real_write, budget = media_records.os.write, [60_000]

    def short_write(handle: int, data: bytes) -> int:
        if budget[0] <= 0:
            raise OSError(28, "No space left on device")
        written = real_write(handle, data[: budget[0]])
        budget[0] -= written
        return written

    monkeypatch.setattr(media_records.os, "write", short_write)
    recording = MediaRecorder(writer, pictures=True, sound_tracks=1)
    feed(recording, 0.0, 6.0)
    recording.close()
    monkeypatch.setattr(media_records.os, "write", real_write)
    health = recording.health()
    assert health.state is RecordingState.STOPPED
    assert "No space left" in health.detail
    (segment,) = open_recording(writer.folder, key_source)
    assert len(picture_times(segment)) > 5
    assert not segment.damaged


@pytest.mark.parametrize("what", ["write", "look"])
def test_a_disk_that_is_pulled_out_ends_the_recording_and_never_leaves_the_lamp_on(
    writer: LessonWriter, monkeypatch: pytest.MonkeyPatch, what: str
):
    from classroom_analyzer.storage import media_records

    def gone(*_: object) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(recorder, "LOOK_S", 0.05)
    recording = MediaRecorder(writer, pictures=True, sound_tracks=1)
    feed(recording, 0.0, 1.0)
    with monkeypatch.context() as patch:
        if what == "write":
            patch.setattr(media_records.os, "write", gone)
            patch.setattr(media_records.os, "ftruncate", gone)
        else:
            patch.setattr(writer.guard_disk(), "_free_bytes", gone)
        feed(recording, 1.0, 2.0)
        deadline = time.monotonic() + 5
        while recording.health().state is RecordingState.ON and time.monotonic() < deadline:
            time.sleep(0.02)
        health = recording.health()
        recording.close()
    assert health.state is RecordingState.STOPPED
    assert "Input/output error" in health.detail


def test_at_most_fifteen_pictures_a_second_are_kept(writer: LessonWriter, key_source: KeySource):
    recording = MediaRecorder(writer, pictures=True, sound_tracks=0)
    for k in range(90):
        recording.add_frame(picture(k / 30))
        while recording.waiting > 1:  # an encoder that is late is another matter
            time.sleep(0.003)
    recording.close()
    assert recording.health().dropped == 0
    (segment,) = open_recording(writer.folder, key_source)
    assert 43 <= len(picture_times(segment)) <= 46


def test_pictures_that_come_too_fast_are_dropped_and_counted_and_nobody_waits(
    writer: LessonWriter, key_source: KeySource
):
    recording = MediaRecorder(writer, pictures=True, sound_tracks=0)
    frames = [VideoFrame(to_ns(k / 10), np.full((720, 1280, 3), k, np.uint8)) for k in range(60)]
    started = time.monotonic()
    for frame in frames:
        recording.add_frame(frame)
    assert time.monotonic() - started < 0.5
    recording.close()
    (segment,) = open_recording(writer.folder, key_source)
    assert recording.health().dropped > 0
    assert len(picture_times(segment)) + recording.health().dropped == 60


def test_a_record_that_was_changed_costs_itself_alone(writer: LessonWriter, key_source: KeySource):
    recording = MediaRecorder(writer, pictures=True, sound_tracks=1)
    feed(recording, 0.0, 6.0)
    recording.close()
    (path,) = (writer.folder / "media").iterdir()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    (segment,) = open_recording(writer.folder, key_source)
    times = picture_times(segment)
    assert len(segment.damaged) == 1
    assert len(times) >= 38
    assert times[-1] == pytest.approx(5.9)


def test_closing_leaves_no_thread(writer: LessonWriter):
    before = threading.active_count()
    recording = MediaRecorder(writer, pictures=True, sound_tracks=1)
    feed(recording, 0.0, 1.0)
    started = time.monotonic()
    recording.close()
    recording.close()
    assert time.monotonic() - started < 2.0
    assert threading.active_count() == before
