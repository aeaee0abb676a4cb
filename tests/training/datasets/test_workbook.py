from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.datasets import workbook
from classroom_analyzer.training.datasets.workbook import read_first_sheet
from tests.training.datasets.clip_samples import write_workbook

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def test_empty_cells_keep_their_place(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", [("", "chunk", "label"), ("0", "a & b", "")])
    assert read_first_sheet(tmp_path / "a.xlsx") == [["", "chunk", "label"], ["0", "a & b"]]


def test_numbers_and_inline_text_are_read(tmp_path: Path) -> None:
    row = '<row><c r="A1"><v>3</v></c><c r="B1" t="inlineStr"><is><t>x</t></is></c></row>'
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", SHEET.format(row))
    assert read_first_sheet(tmp_path / "a.xlsx") == [["3", "x"]]


def test_a_sheet_that_unpacks_to_far_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_PART_BYTES", 10_000)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", SHEET.format(" " * 20_000))
    with pytest.raises(BadInputError, match="too large"):
        read_first_sheet(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    "row",
    ['<row><c r="A1" t="s"><v>7</v></c></row>', '<row><c r="ZZZ1"><v>1</v></c></row>', "<row>"],
    ids=["a text that is not there", "a column far out", "broken XML"],
)
def test_a_sheet_that_makes_no_sense_is_refused(tmp_path: Path, row: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", SHEET.format(row))
    with pytest.raises(BadInputError, match="cannot be read as a workbook"):
        read_first_sheet(tmp_path / "a.xlsx")
