from __future__ import annotations

from pathlib import Path

import pytest

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.datasets.engagenet import list_engagenet
from classroom_analyzer.training.datasets.workbook import read_first_sheet
from tests.training.datasets.clip_samples import ENGAGENET_LABELS, write_workbook


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Train and Validation with workbooks, Test with CSV, as handed out; one clip per label and part."""
    root = tmp_path / "EngageNet"
    for number, part in enumerate(("Train", "Validation", "Test")):
        (root / part).mkdir(parents=True)
        lines = [("", "chunk", "label")]
        for i, label in enumerate(ENGAGENET_LABELS):
            name = f"subject_{number * 10 + i % 2}_ab12cd_vid_0_{i}.mp4"
            (root / part / name).touch()
            lines.append((str(i), name, label))
        stem = f"{part.lower()}_engagement_labels"
        if part == "Test":
            (root / f"{stem}.csv").write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
        else:
            write_workbook(root / f"{stem}.xlsx", lines)
    return root


def test_labels_become_levels_and_clips_without_a_person_are_left_out_and_counted(copy: Path) -> None:
    listed = list_engagenet(copy)
    assert [clip.labels["engagement"] for clip in listed.clips] == [3, 2, 1, 0] * 3
    assert listed.left_out == {"subject not present": 3}
    first = listed.clips[0]
    assert (first.subject, first.split) == ("0", "train")
    assert first.path == copy / "Train" / "subject_0_ab12cd_vid_0_0.mp4"


def test_a_table_saved_as_csv_in_a_folder_of_labels_is_read_too(copy: Path) -> None:
    (copy / "labels").mkdir()
    for table in copy.glob("*_labels.xlsx"):
        text = "\n".join(",".join(line) for line in read_first_sheet(table))
        saved = copy / "labels" / table.with_suffix(".csv").name.replace("train_", "Training_")
        saved.write_text(text.replace("Barely-engaged", "Barely Engaged").replace(".mp4", ""), encoding="utf-8")
        table.unlink()
    listed = list_engagenet(copy)
    assert [clip.labels["engagement"] for clip in listed.clips] == [3, 2, 1, 0] * 3


def test_an_unknown_label_names_its_line(copy: Path) -> None:
    table = copy / "test_engagement_labels.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Barely-engaged", "Bored"), encoding="utf-8")
    with pytest.raises(BadInputError, match="line 4: 'Bored' is none"):
        list_engagenet(copy)


def test_an_absent_data_set_says_what_to_get_and_how_to_lay_it_out(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"not EngageNet; ask its authors .* train_engagement_labels\.xlsx"):
        list_engagenet(tmp_path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"chunk,label\n"])
def test_a_damaged_workbook_is_refused(copy: Path, content: bytes) -> None:
    (copy / "train_engagement_labels.xlsx").write_bytes(content)
    with pytest.raises(BadInputError, match="cannot be read as a workbook"):
        list_engagenet(copy)
