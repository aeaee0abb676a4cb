"""Recordings: true times, sound on the same clock, and one clear refusal for what cannot be used."""

from __future__ import annotations

import itertools
import time

import av
import numpy as np
import pytest

from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.sources.media import MediaFile, probe
from tests.sources.recordings import cut, tone, write_recording

UNEVEN_MS = [0, 40, 200, 210, 1000, 1040, 2500, 2540, 3000]
EVEN_MS = list(range(0, 20_000, 100))


def grey_of(image) -> int:
    return round(float(image[:, -10:].mean()))


def level_of(blocks, from_s: float, to_s: float) -> float:
    """RMS between two times; samples that are not there do not count."""
    heard = [
        block.samples[(t >= from_s) & (t < to_s)]
        for block in blocks
        for t in [block.t_ns / 1e9 + np.arange(len(block.samples)) / SAMPLE_RATE_HZ]
    ]
    return float(np.sqrt(np.mean(np.concatenate(heard) ** 2)))


@pytest.mark.parametrize("name", ["a.mkv", "a.mp4"])
def test_pictures_keep_the_files_own_uneven_times(tmp_path, name):
    media = MediaFile(write_recording(tmp_path / name, times_ms=UNEVEN_MS))
    frames = list(media.frames())
    assert [round(f.t_ns / 1e6) for f in frames] == UNEVEN_MS
    assert frames[0].image.shape == (48, 64, 3)
    assert frames[0].image.dtype == np.uint8
    assert [grey_of(f.image) for f in frames] == pytest.approx([20 * n for n in range(len(UNEVEN_MS))], abs=4)
    assert (media.info.width_px, media.info.height_px, media.info.has_audio) == (64, 48, False)
    assert media.problems == {}


def test_a_rate_limit_gives_the_pictures_that_are_due(tmp_path):
    media = MediaFile(write_recording(tmp_path / "a.mkv", times_ms=UNEVEN_MS))
    assert [round(f.t_ns / 1e6) for f in media.frames(max_rate_hz=4)] == [0, 1000, 2500, 3000]


def test_picture_and_sound_share_one_zero(tmp_path):
    path = write_recording(tmp_path / "a.mkv", times_ms=[500, 600, 700, 1900], sounds=[(0.0, tone(2.0))])
    media = MediaFile(path)
    assert [f.t_ns / 1e9 for f in media.frames()] == [0.5, 0.6, 0.7, 1.9]
    blocks = list(media.audio())
    assert blocks[0].t_ns == 0
    later = write_recording(tmp_path / "b.mkv", times_ms=[1000, 1100, 2000], sounds=[(1.3, tone(1.0))])
    media = MediaFile(later)
    assert next(media.frames()).t_ns == 0
    assert next(media.audio()).t_ns == pytest.approx(0.3e9, abs=2e6)


def test_a_file_whose_clock_starts_late_is_not_taken_for_cut_off(tmp_path):
    times_ms = [1_000_000 + ms for ms in EVEN_MS]
    media = MediaFile(write_recording(tmp_path / "a.mkv", times_ms=times_ms, sounds=[(1000.5, tone(10.0))]))
    assert media.info.duration_s == pytest.approx(20.0, abs=0.15)
    assert next(media.frames()).t_ns == 0
    assert next(media.audio()).t_ns == 500_000_000


def test_sound_is_16_khz_mono_in_even_blocks_and_channels_are_averaged(tmp_path):
    left, right = tone(2.0, 48_000, level=0.8), np.zeros(96_000, np.float32)
    path = write_recording(tmp_path / "a.mkv", sounds=[(0.0, np.stack([left, right]))], rate_hz=48_000)
    media = MediaFile(path)
    blocks = list(media.audio(0.5))
    assert [len(b.samples) for b in blocks] == [8000] * 4
    assert [b.t_ns for b in blocks] == [0, 500_000_000, 1_000_000_000, 1_500_000_000]
    assert blocks[0].samples.dtype == np.float32
    assert level_of(blocks, 0.2, 1.8) == pytest.approx(0.4 / np.sqrt(2), rel=0.02)
    assert not media.info.has_video


def test_a_hole_in_the_sound_is_a_jump_in_time_not_silence(tmp_path):
    path = write_recording(tmp_path / "a.mkv", times_ms=EVEN_MS[:50], sounds=[(0.0, tone(1.0)), (3.0, tone(1.0))])
    blocks = list(MediaFile(path).audio())
    gaps = [(a.end_ns / 1e9, b.t_ns / 1e9) for a, b in itertools.pairwise(blocks) if a.end_ns != b.t_ns]
    assert gaps == [(pytest.approx(1.0, abs=0.01), pytest.approx(3.0, abs=0.01))]
    assert sum(len(b.samples) for b in blocks) == pytest.approx(2 * SAMPLE_RATE_HZ, abs=200)


def test_samples_that_are_not_numbers_become_silence_and_are_counted(tmp_path):
    sound = tone(1.0)
    sound[100:200] = np.nan
    sound[300] = np.inf
    media = MediaFile(write_recording(tmp_path / "a.wav", sounds=[(0.0, sound)]))
    samples = np.concatenate([b.samples for b in media.audio()])
    assert np.isfinite(samples).all()
    assert media.problems == {"sound samples that were not numbers": 101}


def test_a_turned_phone_gives_upright_pictures(tmp_path):
    path = write_recording(tmp_path / "a.mp4", times_ms=EVEN_MS[:10])
    raw = bytearray(path.read_bytes())
    at = raw.index(b"tkhd") + 44
    matrix = [0, 0x10000, 0, -0x10000, 0, 0, 48 * 0x10000, 0, 0x40000000]  # a quarter turn clockwise
    raw[at : at + 36] = b"".join(value.to_bytes(4, "big", signed=True) for value in matrix)
    path.write_bytes(raw)
    media = MediaFile(path)
    image = next(media.frames()).image
    assert (media.info.width_px, media.info.height_px) == (48, 64)
    assert image.shape == (64, 48, 3)
    assert image[:15].mean() > 200  # the white third was on the left
    assert image[30:].mean() < 50


def test_cover_art_is_no_picture_track(tmp_path):
    path = tmp_path / "song.mp4"
    with av.open(str(path), "w") as container:
        audio = container.add_stream("aac", rate=16_000, layout="mono")
        cover = container.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 64, 48, "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        picture = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="bgr24").reformat(
            format="yuvj420p"
        )
        container.mux(cover.encode(picture))
        frame = av.AudioFrame.from_ndarray(tone(2.0)[np.newaxis], format="fltp", layout="mono")
        frame.sample_rate = 16_000
        container.mux(audio.encode(frame))
        container.mux(audio.encode(None))
    info = probe(path)
    assert info.has_audio
    assert not info.has_video


def test_asking_for_a_track_that_is_not_there_is_refused_and_says_the_option(tmp_path):
    silent = MediaFile(write_recording(tmp_path / "a.mkv", times_ms=EVEN_MS[:10]))
    with pytest.raises(BadInputError, match="--no-audio"):
        silent.audio()
    blind = MediaFile(write_recording(tmp_path / "a.wav", sounds=[(0.0, tone(1.0))]))
    with pytest.raises(BadInputError, match="--no-vision"):
        blind.frames()


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("missing.mp4", lambda path: None, "no such file"),
        ("folder.mp4", lambda path: path.mkdir(), "folder"),
        ("empty.mp4", lambda path: path.touch(), "empty"),
        ("text.mp4", lambda path: path.write_text("Hello, this is a letter.\n" * 50), "not a recording"),
        ("text.txt", lambda path: path.write_text("Hello, this is a letter.\n" * 50), "not a recording"),
        ("noise.mkv", lambda path: path.write_bytes(np.random.default_rng(1).bytes(50_000)), "not a recording"),
        (
            "list.m3u8",
            lambda path: path.write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n"),
            "not a recording",
        ),
        ("page.png", lambda path: _write_png(path), "not a recording"),
    ],
)
def test_what_is_no_recording_is_refused_in_one_sentence(tmp_path, name, make, says):
    path = tmp_path / name
    make(path)
    with pytest.raises(BadInputError, match=says) as caught:
        probe(path)
    assert "\n" not in str(caught.value)


def _write_png(path) -> None:
    with av.open(str(path), "w", format="image2", options={"update": "1"}) as container:
        stream = container.add_stream("png", rate=1)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "rgb24"
        container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")))


@pytest.mark.parametrize(
    ("name", "options", "codec"),
    [
        ("a.mkv", {}, "pcm_f32le"),
        ("a.mkv", {}, "aac"),
        ("fast.mp4", {"movflags": "faststart"}, "aac"),
        ("late.mp4", {}, "aac"),
    ],
)
def test_a_recording_that_is_cut_off_is_refused_up_front(tmp_path, name, options, codec):
    path = write_recording(
        tmp_path / name, times_ms=EVEN_MS, sounds=[(0.0, tone(20.0))], options=options, audio_codec=codec
    )
    assert probe(path).duration_s == pytest.approx(20.0, abs=0.15)
    with pytest.raises(BadInputError, match=r"cut off|its end is missing"):
        probe(cut(path, 0.5))


def test_a_recorder_that_was_killed_leaves_a_file_that_is_read_to_its_end(tmp_path):
    path = write_recording(
        tmp_path / "a.mkv",
        times_ms=EVEN_MS,
        sounds=[(0.0, tone(20.0))],
        options={"live": "1", "cluster_time_limit": "1000", "flush_packets": "1"},
    )
    media = MediaFile(cut(path, 0.5))
    assert 8.0 < media.info.duration_s < 12.0
    assert list(media.frames())[-1].t_ns / 1e9 == pytest.approx(media.info.duration_s, abs=0.3)


def test_damage_in_the_middle_is_skipped_and_counted(tmp_path):
    path = write_recording(tmp_path / "a.mkv", times_ms=EVEN_MS, sounds=[(0.0, tone(20.0))], audio_codec="aac")
    raw = bytearray(path.read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 1500] = bytes(1500)
    path.write_bytes(raw)
    media = MediaFile(path)
    times = [f.t_ns for f in media.frames()]
    assert all(a < b for a, b in itertools.pairwise(times))
    assert times[-1] > 19e9
    assert len(times) > 100
    assert sum(len(b.samples) for b in media.audio()) > 15 * SAMPLE_RATE_HZ
    assert sum(media.problems.values()) > 0


def test_any_damaged_start_ends_in_a_typed_refusal_or_in_frames(tmp_path):
    path = write_recording(tmp_path / "a.mkv", times_ms=EVEN_MS[:30], sounds=[(0.0, tone(3.0))], audio_codec="aac")
    raw = path.read_bytes()
    generator = np.random.default_rng(7)
    for number in range(40):
        damaged = bytearray(raw)
        for at in generator.integers(0, min(4096, len(raw)), 20):
            damaged[at] = generator.integers(0, 256)
        bad = tmp_path / f"bad{number}.mkv"
        bad.write_bytes(damaged)
        began_s = time.monotonic()
        try:
            media = MediaFile(bad)
            if media.info.has_video:
                list(media.frames())
            if media.info.has_audio:
                list(media.audio())
        except BadInputError:
            pass
        assert time.monotonic() - began_s < 5.0


@pytest.mark.parametrize(
    ("name", "duration_s", "has_audio"),
    [
        ("lessons/inperson/lesson.mkv", 60.0, True),
        ("lessons/gallery/lesson.mkv", 60.0, True),
        ("lessons/webcam/lesson.mp4", 45.0, True),
        ("video/classroom.gif", 2.99, False),
        ("video/face_noface.mov", 6.4, True),
        ("video/grid/bbaf2n.mpg", 2.98, True),
        ("video/no_face.mp4", 3.95, True),
    ],
)
def test_real_files_are_probed_quickly_and_read_to_their_end(shared_data, name, duration_s, has_audio):
    began_s = time.process_time()
    media = MediaFile(shared_data / name)
    assert time.process_time() - began_s < 0.5
    assert media.info.duration_s == pytest.approx(duration_s, abs=0.02)
    assert (media.info.has_video, media.info.has_audio) == (True, has_audio)
    if duration_s < 10:
        times = [f.t_ns / 1e9 for f in media.frames()]
        assert duration_s - times[-1] < 0.15
    if has_audio:
        assert list(media.audio())[-1].end_ns / 1e9 == pytest.approx(duration_s, abs=0.1)
    assert media.problems == {}


def test_a_separate_sound_file_is_read_by_the_same_class(shared_data):
    media = MediaFile(shared_data / "audio" / "jfk.flac")
    assert not media.info.has_video
    assert media.info.duration_s == pytest.approx(11.0, abs=0.01)
    assert sum(len(b.samples) for b in media.audio()) == pytest.approx(11 * SAMPLE_RATE_HZ, abs=10)


def test_a_rate_limit_is_a_mean_rate_whatever_the_frame_times(shared_data):
    times_s = [f.t_ns / 1e9 for f in MediaFile(shared_data / "lessons/inperson/lesson.mkv").frames(max_rate_hz=4.0)]
    per_second = [sum(k <= t < k + 1 for t in times_s) for k in range(60)]
    assert set(per_second) == {4}


def test_a_sound_encoders_delay_is_no_part_of_the_lesson(shared_data):
    media = MediaFile(shared_data / "lessons/inperson/lesson.mkv")
    assert media.info.duration_s == pytest.approx(60.0, abs=1e-3)
    assert next(iter(media.frames())).t_ns == 0
    assert next(iter(media.audio())).t_ns == 0
