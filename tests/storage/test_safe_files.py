from __future__ import annotations

from pathlib import Path

import pytest

from classroom_analyzer.errors import OutputNotWritableError
from classroom_analyzer.storage.safe_files import replacing, write_text


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path):
    path = tmp_path / "a.txt"
    write_text(path, "old")

    def half() -> None:
        with replacing(path) as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_for_its_owner_only(tmp_path: Path):
    write_text(tmp_path / "a.txt", "x")
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputNotWritableError):
        write_text(tmp_path / "file" / "a.txt", "x")
