from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.progress import CancelToken, silent
from classroom_analyzer.errors import BadInputError, StoppedByUserError
from classroom_analyzer.training.datasets import clip_features
from classroom_analyzer.training.datasets.clip_features import ClipReader, gather_clips
from classroom_analyzer.training.datasets.clips import Clip, ClipList
from classroom_analyzer.training.datasets.daisee import list_daisee
from classroom_analyzer.training.datasets.open import open_data_set
from tests.training.datasets.clip_files import write_clip
from tests.training.datasets.clip_samples import write_daisee

CLIPS = {"Train": ("1100011002", "1100021003"), "Validation": ("2100011001",), "Test": ("5000441000",)}


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Without sound, since the voice detector takes most of the time."""
    return write_clip(tmp_path_factory.mktemp("clips") / "clip.avi", 2)


@pytest.fixture
def reader(tmp_path: Path) -> ClipReader:
    return ClipReader.in_home(tmp_path / "home")


@pytest.fixture
def copy(tmp_path: Path, clip: Path) -> Path:
    return write_daisee(tmp_path / "DAiSEE", CLIPS, clip.read_bytes())


def test_a_real_clip_gives_windows_of_its_face_and_a_hum_is_no_evidence(tmp_path: Path, reader: ClipReader) -> None:
    windows = reader.windows(write_clip(tmp_path / "hum.avi", 3, sound=True), reader.settings())
    vision, audio = windows[Modality.VISION], windows[Modality.AUDIO]
    assert vision.valid[0].tolist() == [False] * 7 + [True] * 3
    assert not audio.valid.any()  # as in a lesson: nobody was heard
    named = dict(zip(WINDOWS[Modality.VISION].names, vision.values[0, -1].tolist(), strict=True))
    assert named["face_presence"] == 1.0
    assert named["class_seats"] == 1.0


def test_a_silent_clip_has_no_sound(tmp_path: Path, reader: ClipReader) -> None:
    windows = reader.windows(write_clip(tmp_path / "silent.mp4", 2), reader.settings())
    assert not windows[Modality.AUDIO].valid.any()
    assert windows[Modality.VISION].valid.any()


def test_what_was_measured_is_kept_and_never_measured_again(
    clip: Path, reader: ClipReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reader.windows(clip, reader.settings())
    monkeypatch.setattr(clip_features, "build_vision", None)
    again = reader.windows(clip, reader.settings())
    for modality in first:
        np.testing.assert_array_equal(first[modality].values, again[modality].values)
    with pytest.raises(TypeError):
        reader.windows(clip, "other settings")


def test_a_damaged_file_in_the_cache_is_made_again(clip: Path, reader: ClipReader) -> None:
    first = reader.windows(clip, reader.settings())
    (kept,) = reader.cache.iterdir()
    kept.write_bytes(kept.read_bytes()[:100])
    again = reader.windows(clip, reader.settings())
    np.testing.assert_array_equal(first[Modality.VISION].values, again[Modality.VISION].values)


def test_a_clip_that_cannot_be_read_is_left_out_and_counted(copy: Path, reader: ClipReader) -> None:
    (copy / "DataSet" / "Train" / "110001" / "1100011002" / "1100011002.avi").write_bytes(b"RIFF broken")
    gathered, left_out = gather_clips(copy, list_daisee(copy), reader, silent, CancelToken())
    assert len(gathered.rows) == 3
    assert left_out == {"cannot be read": 1}


def test_a_stopped_job_keeps_what_it_measured(copy: Path, reader: ClipReader) -> None:
    cancel = CancelToken()

    def stop(step: str, completed: float, total: float | None) -> None:
        if completed == 1:
            cancel.cancel()

    with pytest.raises(StoppedByUserError, match="1 of 4 clips are kept; the next run goes on from there"):
        gather_clips(copy, list_daisee(copy), reader, stop, cancel)
    assert len(list(reader.cache.iterdir())) == 1


def test_not_one_readable_clip_is_an_error(tmp_path: Path, reader: ClipReader) -> None:
    listed = ClipList((Clip(tmp_path / "gone.avi", "1", "train", {"engagement": 1}),), {})
    with pytest.raises(BadInputError, match="not one of its clips"):
        gather_clips(tmp_path, listed, reader, silent, CancelToken())


def test_daisee_opens_by_its_spec_and_by_its_folder(copy: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    one, other = open_data_set(f"daisee:{copy}", home), open_data_set(str(copy), home)
    for data in (one, other):
        assert data.name == "daisee"
        assert [len(rows) for rows in data.sets.values()] == [1, 1, 1, 1]
        assert data.test.level.tolist() == [0]
        assert data.card["split"] == "as published; calibration taken from the training subjects"
        assert all(rows.batch.valid[Modality.VISION].any() for rows in data.sets.values())
