"""A lesson that was recorded is analysed again from its own sealed recording."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.app.analyze import Recording, analyze, open_recording
from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.domain.summary import LessonSummary
from classroom_analyzer.errors import BadInputError, LessonDamagedError, VaultLockedError
from classroom_analyzer.settings.schema import Settings
from classroom_analyzer.storage.key_source import PASSPHRASE_VARIABLE, KeySource
from classroom_analyzer.storage.lesson_meta import read_meta
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.lesson_writer import LessonWriter
from classroom_analyzer.storage.recorder import MediaRecorder
from tests.app.conftest import ShortLesson

PICTURES_PER_S = 2.0  # half of the usual, for a quick test


def request(out: Path) -> LessonRequest:
    return dataclasses.replace(demo_request(Settings(), out), analysed_fps=PICTURES_PER_S)


def record_as_live(source: Recording, analysed: LessonSummary, out: Path) -> Path:
    """A lesson folder as a live lesson of ``source`` leaves it."""
    opened = open_recording(source)
    assert opened.chat is not None
    meta = dataclasses.replace(read_meta(Path(analysed.lesson)), source=None)
    writer = LessonWriter.create(out, "live", meta, KeySource.from_environment())
    recorder = MediaRecorder(writer, pictures=True, sound_tracks=1)
    items = sorted(
        [*opened.picture.frames(PICTURES_PER_S), *opened.sound.audio(0.1)],
        key=lambda item: (item.t_ns, hasattr(item, "samples")),
    )
    for item in items:
        if hasattr(item, "samples"):
            recorder.add_audio(item)
        else:
            recorder.add_frame(item)
        while recorder.waiting > 3:
            time.sleep(0.001)
    assert recorder.health().dropped == 0
    recorder.close()
    for message in opened.chat.messages:
        if message.t_ns < opened.duration_s * 1e9:
            writer.add_message(message)
    return writer.finish(dataclasses.replace(analysed, lesson=str(writer.folder)), complete=True)


@pytest.fixture(scope="module")
def both(short_lesson: ShortLesson, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, LessonSummary]:
    """The recorded lesson, and the summary of the analysis of its source."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PASSPHRASE_VARIABLE, "correct horse battery staple")
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        out = tmp_path_factory.mktemp("lessons")
        summary = analyze(short_lesson.recording, request(out), out / "home")
        return record_as_live(short_lesson.recording, summary, out), summary


def test_a_recorded_lesson_analysed_again_gives_the_estimates_of_its_source(
    both: tuple[Path, LessonSummary], tmp_path: Path, own_home: Path
):
    folder, source = both
    again = analyze(Recording(folder), request(tmp_path), own_home)
    before, after = (LessonReader.open(Path(one.lesson)) for one in (source, again))
    assert again.duration_s == source.duration_s
    a, b = before.estimates(), after.estimates()
    assert a["status"].to_list() == b["status"].to_list()
    difference = np.abs(a["engagement"].to_numpy() - b["engagement"].to_numpy())
    assert np.nanmax(difference) < 0.03
    assert np.nanmean(difference) < 0.01
    assert again.chat.messages == source.chat.messages
    assert again.seats.max == source.seats.max
    names = ("speech_share", "loudness", "silence.share", "face_presence", "chat_rate.messages")
    for name in names:
        was, now = (reader.indicators().filter(name=name)["value"].to_numpy() for reader in (before, after))
        np.testing.assert_allclose(was, now, rtol=0.02, atol=0.02, err_msg=name)


def test_one_segment_can_be_analysed_by_its_own_file(both: tuple[Path, LessonSummary]):
    folder, _ = both
    (segment,) = (folder / "media").iterdir()
    opened = open_recording(Recording(segment))
    assert opened.stem == folder.stem
    assert opened.picture.info.has_video
    assert opened.sound.info.has_audio


def test_without_the_key_nothing_is_shown_of_it(both: tuple[Path, LessonSummary], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "another one")
    with pytest.raises(VaultLockedError):
        open_recording(Recording(both[0]))


def test_a_lesson_without_a_recording_says_so(both: tuple[Path, LessonSummary]):
    with pytest.raises(BadInputError, match="recorded in this lesson"):
        open_recording(Recording(Path(both[1].lesson)))


def test_a_lesson_that_was_cut_off_is_recovered_first(both: tuple[Path, LessonSummary], tmp_path: Path):
    meta = read_meta(both[0])
    writer = LessonWriter.create(tmp_path, "cut", meta, KeySource.from_environment())
    with pytest.raises(LessonDamagedError, match="recover"):
        open_recording(Recording(writer.folder))
    writer.discard()
