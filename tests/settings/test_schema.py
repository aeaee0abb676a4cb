from __future__ import annotations

from pathlib import Path

import pytest

from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.settings.schema import Settings, load_settings, save_settings


def test_a_fresh_home_has_no_policy(tmp_path: Path):
    assert load_settings(tmp_path).policy is None


def test_what_is_saved_is_read_again(tmp_path: Path):
    chosen = Settings(
        policy=Policy.ENGAGEMENT, place=Place.OTHER, lessons_folder=Path('/le"ssons\\x'), analysed_fps=2.5
    )
    save_settings(tmp_path, chosen)
    assert load_settings(tmp_path) == chosen


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("policy = 'everything'", "policy"),
        ("analysed_fps = 0", "analysed_fps"),
        ("group_minimum_export = 3", "group_minimum_export"),
        ("colour = 'blue'", "colour"),
        ("policy = ", "cannot be read"),
        ("format_version = 2", "newer version"),
    ],
)
def test_a_damaged_setting_is_named_and_never_guessed(tmp_path: Path, text: str, word: str):
    (tmp_path / "settings.toml").write_text(text)
    with pytest.raises(BadInputError, match=word):
        load_settings(tmp_path)
