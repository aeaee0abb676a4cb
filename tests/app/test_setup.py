"""What the wizard chooses outlives it, and what belongs to one lesson does not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from classroom_analyzer.app.choices import live_request, live_sources
from classroom_analyzer.app.lesson import create_writer
from classroom_analyzer.app.request import LessonRequest, ModelChoice
from classroom_analyzer.app.setup import DesktopSetup
from classroom_analyzer.domain.policy import Place, Policy, PolicyGrant
from classroom_analyzer.domain.setup import KeepMedia, LiveChoice, PictureChoice, PictureKind, SetupChoices
from classroom_analyzer.errors import PolicyRefusedError
from classroom_analyzer.settings.schema import Settings, load_settings, save_settings

LIVE = LiveChoice(
    PictureChoice(PictureKind.SCREEN, "0,10,640,480"),
    "",
    "Speakers",
    Path("/c/chat.txt"),
    class_name="7b",
    class_size=26,
    teacher_voice=Path("/v/teacher.voice"),
    screen_faces_class=True,
)
CHOICES = SetupChoices("zh_CN", "dark", Place.OTHER, Policy.ENGAGEMENT, LIVE, Path("/lessons"), KeepMedia.DAYS, 12)


@pytest.fixture
def setup(own_home):
    return DesktopSetup(own_home, lambda: ("A window",))


@pytest.mark.parametrize(
    "choices",
    [
        SetupChoices(),
        CHOICES,
        replace(CHOICES, keep_media=KeepMedia.UNTIL_CHECKED, keep_days=7),
        replace(CHOICES, live=replace(LIVE, picture=PictureChoice(PictureKind.WINDOW, "screen: a: b"))),
        replace(CHOICES, live=replace(LIVE, picture=PictureChoice(PictureKind.CAMERA, "rtsp://cam.local/1"))),
    ],
)
def test_choices_come_back_as_they_were_stored(setup, choices):
    setup.store(choices)
    assert setup.choices() == choices


def test_storing_leaves_other_settings_alone(setup, own_home):
    save_settings(own_home, Settings(text_scale=150, analysed_fps=2.0))
    setup.store(CHOICES)
    assert (load_settings(own_home).text_scale, load_settings(own_home).analysed_fps) == (150, 2.0)


def test_a_policy_that_the_place_forbids_is_not_stored(setup):
    with pytest.raises(PolicyRefusedError):
        setup.store(replace(CHOICES, place=Place.EU_EDUCATION))
    assert setup.choices() == SetupChoices()


def test_of_a_lesson_only_devices_files_and_class_are_remembered(setup):
    setup.remember(replace(LIVE, record=True, calibration=True, attested=True, excluded_seats=frozenset({3})))
    assert setup.choices().live == LIVE


def test_a_choice_becomes_the_lesson_that_was_asked_for(tmp_path):
    request = LessonRequest(
        PolicyGrant(Policy.OBSERVE, "stored choice"), ModelChoice.from_settings(Settings()), tmp_path, 4.0
    )
    asked = replace(LIVE, record=True, attested=True, excluded_seats=frozenset({3, 7}), attendance=Path("/a.csv"))
    sources = live_sources(asked)
    assert (sources.camera, sources.screen, sources.window) == (None, (0, 10, 640, 480), None)
    assert (sources.microphone, sources.call_sound, sources.chat) == ("", "Speakers", Path("/c/chat.txt"))
    assert sources.record
    assert sources.chat_by_hand
    assert sources.attendance == Path("/a.csv")
    made = live_request(asked, request)
    assert (made.class_name, made.class_size, made.excluded_seats) == ("7b", 26, frozenset({3, 7}))
    assert made.attested
    assert made.teacher_voice == "/v/teacher.voice"


def test_notices_are_there_for_both_in_both_languages_and_in_english_elsewhere(setup):
    texts = {
        setup.notice(audience, language).text for audience in ("adults", "children") for language in ("en", "zh_CN")
    }
    assert len(texts) == 4
    assert setup.notice("adults", "fr").language == "en"


def test_packs_name_size_licence_and_host_and_are_not_there_at_first(setup):
    for pack in setup.packs():
        assert pack.host
        assert pack.licence
        assert pack.size_bytes > 0
        assert not pack.installed


def test_room_is_that_of_the_disk_the_folder_will_be_on(setup, tmp_path):
    assert setup.free_bytes(tmp_path / "not" / "yet") == pytest.approx(setup.free_bytes(tmp_path), rel=0.01)


def test_an_attestation_goes_to_the_audit_log(own_home, tmp_path):
    class Facts:
        models = ()
        device = "cpu"

    request = LessonRequest(
        PolicyGrant(Policy.ENGAGEMENT, "stored choice", Place.OTHER), ModelChoice.from_settings(Settings()), tmp_path,
        4.0, attested=True,
    )  # fmt: skip
    writer = create_writer(request, Facts(), stem="x", clock_origin="now", source=None)
    try:
        with closing(sqlite3.connect(writer.folder / "lesson.db")) as connection:
            text = str(connection.execute("SELECT * FROM audit").fetchall())
    finally:
        writer.discard()
    assert "attested" in text
    assert "consent" in text
