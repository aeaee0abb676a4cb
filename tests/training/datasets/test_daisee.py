from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.datasets.daisee import list_daisee, read_daisee
from tests.training.datasets.clip_samples import write_daisee


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return write_daisee(tmp_path / "DAiSEE")


def test_every_clip_has_its_file_subject_split_and_four_levels(copy: Path) -> None:
    clips = read_daisee(copy)
    assert Counter(clip.split for clip in clips) == {"train": 4, "validation": 2, "test": 2}
    first = clips[0]
    assert first.path == copy / "DataSet" / "Train" / "110001" / "1100011002" / "1100011002.avi"
    assert first.subject == "110001"
    assert first.labels == {"boredom": 0, "engagement": 2, "confusion": 1, "frustration": 0}


@pytest.mark.parametrize("given", ["", "DAiSEE", "DAiSEE/DataSet"])
def test_the_folder_around_and_the_folder_within_are_found_too(copy: Path, given: str) -> None:
    assert len(read_daisee(copy.parent / given)) == 8


def test_a_listed_clip_without_file_is_left_out_and_counted(copy: Path) -> None:
    (copy / "DataSet" / "Train" / "110002" / "1100021001" / "1100021001.avi").unlink()
    listed = list_daisee(copy)
    assert len(listed.clips) == 7
    assert listed.left_out == {"listed, but no file": 1}


def test_an_id_without_suffix_and_a_file_of_another_type_fit_together(copy: Path) -> None:
    clip = copy / "DataSet" / "Train" / "110002" / "1100021001" / "1100021001.avi"
    clip.rename(clip.with_suffix(".mp4"))
    table = copy / "Labels" / "TrainLabels.csv"
    table.write_text("\ufeff" + table.read_text(encoding="utf-8").replace(".avi", ""), encoding="utf-8")
    assert clip.with_suffix(".mp4") in {c.path for c in read_daisee(copy)}


def test_where_only_all_labels_is_there_the_folder_gives_the_split(copy: Path) -> None:
    tables = [copy / "Labels" / f"{split}Labels.csv" for split in ("Train", "Validation", "Test")]
    lines = [line for table in tables for line in table.read_text(encoding="utf-8").splitlines()[1:]]
    header = tables[0].read_text(encoding="utf-8").splitlines()[0]
    for table in tables:
        table.unlink()
    (copy / "Labels" / "AllLabels.csv").write_text("\n".join([header, *lines]), encoding="utf-8")
    assert Counter(clip.split for clip in read_daisee(copy)) == {"train": 4, "validation": 2, "test": 2}


def test_a_clip_listed_in_two_parts_counts_once(copy: Path) -> None:
    with (copy / "Labels" / "TestLabels.csv").open("a", encoding="utf-8") as stream:
        stream.write("1100011002.avi,0,0,0,0\n")
    listed = list_daisee(copy)
    assert listed.left_out == {"listed twice": 1}
    assert [c.split for c in listed.clips if c.path.stem == "1100011002"] == ["train"]


def test_an_absent_data_set_says_what_to_get_and_how_to_lay_it_out(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"not DAiSEE; ask its authors .* DataSet/Train/SUBJECT/CLIP/CLIP\.avi"):
        read_daisee(tmp_path)


def test_labels_without_any_clip_say_so(copy: Path) -> None:
    for clip in copy.rglob("*.avi"):
        clip.unlink()
    with pytest.raises(BadInputError, match="none of the clips"):
        read_daisee(copy)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [("1100011002.avi,0,4,0,0", "line 2: engagement is '4'"), ("1100011002.avi,0", "line 2 has 2 cells")],
)
def test_a_label_that_is_no_level_names_its_line(copy: Path, line: str, complaint: str) -> None:
    (copy / "Labels" / "TrainLabels.csv").write_text(
        f"ClipID,Boredom,Engagement,Confusion,Frustration\n{line}\n", encoding="utf-8"
    )
    with pytest.raises(BadInputError, match=complaint):
        read_daisee(copy)


def test_a_table_with_other_columns_is_refused(copy: Path) -> None:
    (copy / "Labels" / "TrainLabels.csv").write_text("Clip,Level\n1,2\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="names no column clipid, boredom"):
        read_daisee(copy)
