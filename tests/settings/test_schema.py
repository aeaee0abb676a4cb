from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.settings.schema import (
    FORMAT_VERSION,
    Page,
    Settings,
    load_settings,
    parse_settings,
    save_settings,
    settings_text,
)

# As the first version wrote it, byte for byte.
OF_VERSION_1 = """format_version = 1
policy = "engagement"
place = "other"
lessons_folder = "/home/t/lessons"
analysed_fps = 2.5
group_minimum_live = 5
group_minimum_export = 12
theme = "dark"
face_detector = "auto"
face_landmarks = "none"
face_encoder = "bundled:face-autoencoder"
audio_encoder = "bundled:sound-autoencoder"
text_encoder = "bundled:minilm"
fusion = "bundled:fusion"
"""


def test_a_fresh_home_has_no_policy(tmp_path: Path):
    assert load_settings(tmp_path).policy is None


def test_what_is_saved_is_read_again(tmp_path: Path):
    chosen = Settings(
        policy=Policy.ENGAGEMENT, place=Place.OTHER, lessons_folder=Path('/le"ssons\\x'), analysed_fps=2.5,
        language="zh_CN", nudges=True, markers=("举手", ""), shortcuts={"lesson.mark": ("M", "PgDown"), "view.x": ()},
    )  # fmt: skip
    save_settings(tmp_path, chosen)
    assert load_settings(tmp_path) == chosen


@given(st.text(st.characters(exclude_categories=("Cs",))), st.text(st.characters(exclude_categories=("Cs",))))
def test_any_text_survives_being_written(value: str, key: str):
    chosen = Settings(camera=value, markers=(value,), shortcuts={key: (value,)})
    assert parse_settings(Path("x"), settings_text(chosen)) == chosen


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("policy = 'everything'", "policy"),
        ("analysed_fps = 0", "analysed_fps"),
        ("group_minimum_export = 3", "group_minimum_export"),
        ("colour = 'blue'", "colour"),
        ("keep_media_days = 31", "keep_media_days"),
        ("text_scale = 90", "text_scale"),
        ("policy = ", "cannot be read"),
        (f"format_version = {FORMAT_VERSION + 1}", "newer version"),
        ("format_version = 'one'", "format_version"),
    ],
)
def test_a_damaged_setting_is_named_and_never_guessed(tmp_path: Path, text: str, word: str):
    (tmp_path / "settings.toml").write_text(text)
    with pytest.raises(BadInputError, match=word):
        load_settings(tmp_path)


def test_settings_of_the_first_version_are_read_and_written_as_the_present_one(tmp_path: Path):
    (tmp_path / "settings.toml").write_text(OF_VERSION_1)
    settings = load_settings(tmp_path)
    assert (settings.policy, settings.place) == (Policy.ENGAGEMENT, Place.OTHER)
    assert (settings.theme, settings.analysed_fps, settings.group_minimum_export) == ("dark", 2.5, 12)
    assert (settings.face_landmarks, settings.keep_media_days, settings.language) == ("none", 0, "system")
    save_settings(tmp_path, settings)
    assert f"format_version = {FORMAT_VERSION}\n" in (tmp_path / "settings.toml").read_text()
    assert load_settings(tmp_path) == settings


@pytest.mark.parametrize("name", [n for n in Settings.model_fields if n != "format_version"])
def test_each_setting_says_its_page_its_name_one_sentence_and_when_it_takes_effect(name: str):
    field = Settings.model_fields[name]
    extra = field.json_schema_extra
    assert isinstance(extra, dict)
    assert Page(str(extra["page"]))
    assert extra["applies"] in ("at once", "next lesson")
    assert field.title
    assert field.description
    assert field.description.endswith(".")
    assert ". " not in field.description
