from __future__ import annotations

from pathlib import Path

import pytest

from classroom_analyzer.cli.main import run

STUDY = ("--ethics", "E-1", "--legal-basis", "public task")


def train(tmp_path: Path, *options: str) -> int:
    asked = ["train", "affect", "--data", f"daisee:{tmp_path}", "--out", str(tmp_path / "out"), *options]
    return run(asked, open_demo=lambda: 1, open_session=lambda _: 1)


@pytest.mark.parametrize(
    "options",
    [
        (),
        STUDY,
        ("--policy", "engagement", "--place", "other", *STUDY),
        ("--policy", "research"),
        ("--policy", "research", "--ethics", "E-1"),
        ("--policy", "research", "--place", "eu-education", "--legal-basis", "public task"),
    ],
)
def test_affect_is_trained_for_approved_studies_only(
    tmp_path: Path, own_home: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    assert train(tmp_path, *options) == 2
    said = capsys.readouterr().err.strip()
    assert len(said.splitlines()) == 1
    assert "stud" in said
    assert not (own_home / "cache").exists()
    assert not (tmp_path / "out").exists()


def test_a_study_is_told_where_features_of_faces_lie_and_what_is_wrong_with_its_data(
    tmp_path: Path, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(tmp_path, "--policy", "research", *STUDY) == 3
    said = capsys.readouterr().err
    assert str(own_home / "cache" / "features") in said
    assert "--no-cache" in said
    assert "it is not DAiSEE" in said


def test_without_a_cache_nothing_is_said_of_one(
    tmp_path: Path, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(tmp_path, "--policy", "research", "--no-cache", *STUDY) == 3
    assert "personal data" not in capsys.readouterr().err
    assert not (own_home / "cache").exists()
