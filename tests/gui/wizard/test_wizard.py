"""The wizard by keyboard alone, page by page, with made-up devices."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QLabel, QLineEdit

from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.domain.setup import (
    Devices,
    FacesSeen,
    KeepMedia,
    LiveChoice,
    PictureChoice,
    PictureKind,
    SelfTestResult,
    SetupChoices,
    SoundVerdict,
)
from classroom_analyzer.errors import BadModelError, DeviceUnavailableError, OutputNotWritableError
from classroom_analyzer.gui.permissions import Access, remedy, settings_address
from classroom_analyzer.gui.theme import Mode
from classroom_analyzer.gui.wizard.self_test_page import result_text
from classroom_analyzer.gui.wizard.wizard import Wizard
from tests.gui.setup_fakes import DEVICES, FakeSetup

LANGUAGE, POLICY, PICTURE, SOUND, STORAGE, NOTICE, SELF_TEST = range(7)
LIVE = LiveChoice(PictureChoice(PictureKind.CAMERA, "Built-in camera"), "")
ANSWERED = SetupChoices(place=Place.EDUCATION, policy=Policy.OBSERVE)


@pytest.fixture
def setup():
    return FakeSetup()


@pytest.fixture
def open_wizard(qtbot, theme, setup):
    made = []

    def make(choices: SetupChoices | None = None) -> Wizard:
        if choices is not None:
            setup.stored = choices
        wizard = Wizard(setup, theme)
        made.append(wizard)
        qtbot.addWidget(wizard)
        wizard.show()
        qtbot.waitExposed(wizard)
        wizard.activateWindow()
        QApplication.processEvents()
        return wizard

    yield make
    for wizard in made:
        if wizard.isVisible():
            wizard.reject()


@pytest.fixture
def wizard(open_wizard):
    return open_wizard()


def press(qtbot, *keys: Qt.Key) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        modifier = Qt.KeyboardModifier.ShiftModifier if key is Qt.Key.Key_Backtab else Qt.KeyboardModifier.NoModifier
        qtbot.keyClick(QApplication.focusWidget(), key, modifier)
        QApplication.processEvents()


def turn_to(qtbot, wizard: Wizard, index: int) -> None:
    """Go forward by the button until the page is shown."""
    while wizard.index < index:
        if wizard.index == POLICY and not wizard.page.complete:
            wizard.page.chooser.choose(Place.EDUCATION, Policy.OBSERVE)
        wizard.next_button.click()
    QApplication.processEvents()


def tab_to(qtbot, widget) -> None:
    """Press Tab until the widget has the keyboard."""
    for _ in range(40):
        if QApplication.focusWidget() is widget:
            return
        press(qtbot, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not reach {widget.accessibleName()}")


def test_the_whole_wizard_is_done_by_keyboard_alone_and_stores_at_the_end(qtbot, wizard, setup):
    stored = []
    wizard.stored.connect(lambda: stored.append(True))
    press(qtbot, Qt.Key.Key_Return)
    assert wizard.index == POLICY
    press(qtbot, Qt.Key.Key_Return)
    assert wizard.index == POLICY, "nothing is preselected, so Enter does not go on"
    assert not setup.pictures
    assert not setup.sounds
    press(qtbot, Qt.Key.Key_Space)
    assert wizard.page.chooser.place is Place.EU_EDUCATION
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Space)
    assert wizard.page.chooser.policy is Policy.OBSERVE
    press(qtbot, Qt.Key.Key_Return)
    assert wizard.index == PICTURE
    qtbot.waitUntil(lambda: len(setup.pictures) == 1)
    press(qtbot, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(setup.pictures) == 2)
    press(qtbot, Qt.Key.Key_Return)
    assert wizard.index == SOUND
    qtbot.waitUntil(lambda: len(setup.sounds) == 1)
    press(qtbot, Qt.Key.Key_Return)
    assert wizard.index == STORAGE
    tab_to(qtbot, wizard.page.keep[KeepMedia.OFF])
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert wizard.index == NOTICE
    press(qtbot, Qt.Key.Key_Down)
    assert "helps our teacher" in wizard.page.view.toPlainText()
    press(qtbot, Qt.Key.Key_Return)
    assert wizard.index == SELF_TEST
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "6 faces found." in wizard.page.said.text())
    press(qtbot, Qt.Key.Key_Return)
    assert stored == [True]
    assert not wizard.isVisible()
    [choices] = setup.stores
    assert (choices.place, choices.policy) == (Place.EU_EDUCATION, Policy.OBSERVE)
    assert choices.live.picture == PictureChoice(PictureKind.CAMERA, "Built-in camera")
    assert choices.live.microphone == ""
    assert choices.keep_media is KeepMedia.UNTIL_CHECKED


def test_back_always_works_and_keeps_what_was_answered(qtbot, wizard):
    turn_to(qtbot, wizard, SELF_TEST)
    for index in range(SELF_TEST - 1, -1, -1):
        wizard.back_button.click()
        assert wizard.index == index
    assert not wizard.back_button.isEnabled()
    wizard.next_button.click()
    assert (wizard.page.chooser.place, wizard.page.chooser.policy) == (Place.EDUCATION, Policy.OBSERVE)


@pytest.mark.parametrize("index", [LANGUAGE, SOUND, SELF_TEST])
def test_every_page_can_be_skipped_for_the_demo_lesson_and_nothing_is_stored(qtbot, wizard, setup, index):
    wanted = []
    wizard.demo_wanted.connect(lambda: wanted.append(True))
    turn_to(qtbot, wizard, index)
    tab_to(qtbot, wizard.skip_button)
    press(qtbot, Qt.Key.Key_Space)
    assert wanted == [True]
    assert not wizard.isVisible()
    assert setup.stores == []


def test_escape_leaves_and_stores_nothing(qtbot, wizard, setup):
    turn_to(qtbot, wizard, SOUND)
    press(qtbot, Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    assert setup.stores == []


def test_no_device_stays_open_when_a_page_or_the_wizard_is_left(qtbot, wizard, setup):
    turn_to(qtbot, wizard, PICTURE)
    qtbot.waitUntil(lambda: bool(setup.pictures))
    turn_to(qtbot, wizard, SOUND)
    qtbot.waitUntil(lambda: all(picture.stopped for picture in setup.pictures))
    qtbot.waitUntil(lambda: bool(setup.sounds))
    assert not setup.sounds[-1].stopped
    wizard.reject()
    qtbot.waitUntil(lambda: all(sound.stopped for sound in setup.sounds))
    qtbot.waitUntil(lambda: not [t for t in threading.enumerate() if t.name.startswith(("let-go", "window-job"))])


def test_when_it_runs_again_it_shows_what_was_chosen(qtbot, open_wizard):
    picture = PictureChoice(PictureKind.WINDOW, "Lesson 7b – Call")
    live = LiveChoice(picture, "Headset", "Speakers of the call", Path("/somewhere/chat.txt"), screen_faces_class=True)
    choices = replace(
        ANSWERED, live=live, keep_media=KeepMedia.DAYS, keep_days=12, theme="dark", lessons_folder=Path("/lessons")
    )
    wizard = open_wizard(choices)
    for _ in range(7):
        wizard.next_button.click()
        qtbot.wait(60)
    assert wizard.choices == choices


def test_a_device_that_is_not_connected_now_stays_chosen_and_is_named(qtbot, open_wizard, setup):
    live = LiveChoice(PictureChoice(PictureKind.CAMERA, "Old camera"), "Old microphone")
    wizard = open_wizard(replace(ANSWERED, live=live))
    turn_to(qtbot, wizard, PICTURE)
    qtbot.waitUntil(lambda: bool(setup.pictures))
    assert wizard.page.field.box.currentText() == "Old camera (not there now)"
    turn_to(qtbot, wizard, SOUND)
    qtbot.waitUntil(lambda: bool(setup.sounds))
    assert wizard.page.microphones.currentText() == "Old microphone (not there now)"
    assert wizard.page.microphones.choice == "Old microphone"


def test_no_picture_stays_no_picture_when_it_runs_again(qtbot, open_wizard, setup):
    wizard = open_wizard(ANSWERED)
    turn_to(qtbot, wizard, PICTURE)
    qtbot.wait(100)
    assert wizard.page.field.choice is None
    assert setup.pictures == []


def test_colours_change_at_once(qtbot, wizard, theme):
    wizard.page.themes["dark"].click()
    assert theme.mode is Mode.DARK


def test_language_changes_at_once_and_what_was_chosen_stays(qtbot, theme, setup):
    asked = []
    wizard = Wizard(setup, theme, asked.append)
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.page.themes["dark"].click()
    before = wizard.page
    wizard.page.languages["zh_CN"].click()
    qtbot.waitUntil(lambda: wizard.page is not before)
    assert asked == ["zh_CN"]
    assert wizard.page.languages["zh_CN"].isChecked()
    assert wizard.page.themes["dark"].isChecked()
    wizard.reject()


def test_engagement_is_refused_in_the_eu_here_too(qtbot, wizard):
    turn_to(qtbot, wizard, POLICY)
    chooser = wizard.page.chooser
    chooser.places[Place.EDUCATION].setChecked(True)
    chooser.cards[Policy.ENGAGEMENT].radio.setChecked(True)
    assert wizard.next_button.isEnabled()
    chooser.places[Place.EU_EDUCATION].setChecked(True)
    assert not wizard.next_button.isEnabled()


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (FacesSeen(0, 0, 640, 480), "No face found yet."),
        (FacesSeen(5, 5, 640, 480), "5 faces found, all large enough."),
        (FacesSeen(12, 9, 1280, 720), "12 faces found, 9 of them large enough"),
        (FacesSeen(12, 2, 640, 360), "12 faces found, only 2 of them large enough."),
    ],
)
def test_the_preview_says_how_many_faces_are_large_enough(qtbot, wizard, setup, seen, words):
    turn_to(qtbot, wizard, PICTURE)
    qtbot.waitUntil(lambda: bool(setup.pictures))
    setup.pictures[-1].faces = seen
    qtbot.waitUntil(lambda: wizard.page.faces.text().startswith(words))
    assert f"{seen.width_px} x {seen.height_px}" in wizard.page.faces.text()


def test_a_camera_that_does_not_open_says_why_and_can_be_tried_again(qtbot, wizard, setup):
    setup.picture_state, setup.picture_detail = SourceState.RETRY, "Another program uses <b>it</b>."
    turn_to(qtbot, wizard, PICTURE)
    trouble = wizard.page.trouble
    qtbot.waitUntil(trouble.isVisible)
    assert trouble.text == "Another program uses <b>it</b>."
    setup.picture_state, setup.picture_detail = SourceState.OK, ""
    trouble.again_button.click()
    qtbot.waitUntil(lambda: len(setup.pictures) == 2 and not trouble.isVisible())


def test_blocked_devices_show_the_exact_place_and_try_again(qtbot, wizard, setup):
    setup.there = replace(DEVICES, camera_blocked=True, cameras=(), microphones=(), microphone_blocked=True)
    turn_to(qtbot, wizard, PICTURE)
    qtbot.waitUntil(wizard.page.trouble.isVisible)
    assert wizard.page.trouble.text == remedy(Access.CAMERA)
    turn_to(qtbot, wizard, SOUND)
    qtbot.waitUntil(wizard.page.trouble.isVisible)
    assert wizard.page.trouble.text == remedy(Access.MICROPHONE)
    setup.there = DEVICES
    tab_to(qtbot, wizard.page.trouble.again_button)
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not wizard.page.trouble.isVisible())


@pytest.mark.parametrize("access", list(Access))
def test_the_way_to_the_permission_is_named_on_each_system(access):
    assert "System Settings > Privacy & Security" in remedy(access, "darwin")
    assert "Settings > Privacy & security" in remedy(access, "win32")
    assert "usermod" in remedy(access, "linux")
    assert settings_address(access, "darwin").startswith("x-apple.systempreferences:")
    assert settings_address(access, "win32").startswith("ms-settings:")
    assert settings_address(access, "linux") == ""


def test_a_web_address_and_a_part_of_the_screen_can_be_typed(qtbot, wizard, setup):
    turn_to(qtbot, wizard, PICTURE)
    qtbot.waitUntil(lambda: bool(setup.pictures))
    field = wizard.page.field
    field.box.setCurrentIndex(field.box.findText("Camera at a web address…"))
    assert field.choice is None
    assert "http://" in wizard.page.faces.text()
    field.address.setFocus()
    qtbot.keyClicks(field.address, "rtsp://cam.local/1")
    press(qtbot, Qt.Key.Key_Tab)
    assert setup.pictures[-1].choice == PictureChoice(PictureKind.CAMERA, "rtsp://cam.local/1")
    field.box.setCurrentIndex(field.box.findText("Part of the screen…"))
    assert field.choice == PictureChoice(PictureKind.SCREEN, "0,0,1920,1080")
    field.address.setText("1, 2, 3")
    assert field.choice is None
    field.address.setText("1, 2, 30, 40")
    assert field.choice.region == (1, 2, 30, 40)


def test_the_level_meter_moves_and_tells_silence_from_no_sound(qtbot, wizard, setup):
    turn_to(qtbot, wizard, SOUND)
    qtbot.waitUntil(lambda: wizard.page.level.text() == "The level is good.")
    setup.sounds[-1].level = -120.0
    wizard.page.meter.restart()
    qtbot.waitUntil(lambda: "muted" in wizard.page.level.text())
    setup.sounds[-1].level = None
    qtbot.waitUntil(lambda: wizard.page.level.text() == "No sound arrives.", timeout=3000)
    assert wizard.page.meter.accessibleDescription() == "No sound arrives."


def test_the_call_sound_has_a_meter_of_its_own(qtbot, wizard, setup):
    turn_to(qtbot, wizard, SOUND)
    qtbot.waitUntil(lambda: bool(setup.sounds))
    assert not wizard.page.call_meter.isVisible()
    wizard.page.call_sounds.setCurrentIndex(0)
    assert wizard.page.call_meter.isVisible()
    assert [sound.call_sound for sound in setup.sounds] == [False, True]


def test_the_teachers_voice_is_taught_in_twenty_seconds_and_can_be_left_out_again(qtbot, wizard, setup):
    turn_to(qtbot, wizard, SOUND)
    qtbot.waitUntil(lambda: bool(setup.sounds))
    voice = wizard.page.voice
    voice.button.click()
    assert setup.sounds[-1].kept == 20
    qtbot.waitUntil(lambda: setup.kept_voices == 1, timeout=4000)
    assert "knows your voice" in voice.said.text()
    assert wizard.page.made(wizard.choices).live.teacher_voice == Path("/home/teacher/voice.enc")
    voice.forget_button.click()
    assert wizard.page.made(wizard.choices).live.teacher_voice is None


def test_without_a_key_no_recording_can_be_kept_and_it_says_so(qtbot, wizard, setup):
    setup.has_key = False
    turn_to(qtbot, wizard, STORAGE)
    assert not wizard.page.keep[KeepMedia.DAYS].isEnabled()
    assert any("cannot be encrypted" in each.text() for each in wizard.page.findChildren(QLabel) if each.isVisible())


def test_a_download_begins_only_by_the_button_that_names_the_host(qtbot, wizard, setup):
    turn_to(qtbot, wizard, STORAGE)
    row = wizard.page.packs.rows["pack:yunet"]
    assert row.download_button.text() == "Download 0.3 MB from models.example"
    assert setup.installed == []
    row.download_button.click()
    qtbot.waitUntil(lambda: setup.installed == [("pack:yunet", None)])
    qtbot.waitUntil(lambda: wizard.page.packs.rows["pack:yunet"].state.isVisible())


def test_a_pack_that_is_refused_says_why(qtbot, wizard, setup):
    turn_to(qtbot, wizard, STORAGE)
    setup.failure = BadModelError("x.onnx", "it is not the file that pack:yunet must be")
    wizard.page.packs.install("pack:yunet", Path("x.onnx"))
    qtbot.waitUntil(wizard.page.packs.said.isVisible)
    assert "is not the file" in wizard.page.packs.said.text()


def test_the_notice_is_there_for_both_in_both_languages_and_becomes_a_pdf(qtbot, wizard, tmp_path):
    turn_to(qtbot, wizard, NOTICE)
    texts = set()
    for audience in range(2):
        for language in range(2):
            wizard.page.audiences.setCurrentIndex(audience)
            wizard.page.languages.setCurrentIndex(language)
            texts.add(wizard.page.view.toPlainText())
    assert len(texts) == 4
    wizard.page.save_pdf(tmp_path / "notice.pdf")
    assert (tmp_path / "notice.pdf").read_bytes().startswith(b"%PDF")
    wizard.page.copy_button.click()
    assert "______" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (
            SelfTestResult(6, SoundVerdict.GOOD, 8.2, True),
            "6 faces found. The sound is good. About 8 pictures a second are analysed on this computer.",
        ),
        (SelfTestResult(0, SoundVerdict.SILENT, 3.9, False), "No face found. Only silence arrived"),
        (SelfTestResult(None, SoundVerdict.QUIET, None, False), "The sound is very quiet"),
        (SelfTestResult(3, None, 0.4, False, "it <b>hangs</b>"), "3 faces found. About 0.4 pictures"),
    ],
)
def test_the_self_test_is_told_in_plain_words(qapp, result, words):
    text = result_text(result)
    assert text.startswith(words)
    assert ("estimate comes" in text) == result.estimates
    assert text.endswith("it <b>hangs</b>") == bool(result.problem)


def test_the_self_test_can_be_cancelled_and_says_what_failed(qtbot, open_wizard, setup):
    wizard = open_wizard(replace(ANSWERED, live=LIVE))
    setup.hold_test = True
    turn_to(qtbot, wizard, SELF_TEST)
    page = wizard.page
    page.start_button.click()
    qtbot.waitUntil(lambda: bool(setup.tests) and page.bar.value() == 400)
    page.cancel_button.click()
    qtbot.waitUntil(page.start_button.isVisible)
    assert setup.tests[0].cancelled
    setup.hold_test = False
    setup.test_result = DeviceUnavailableError("Camera", "it is in use")
    page.start_button.click()
    qtbot.waitUntil(lambda: "it is in use" in page.said.text())


def test_leaving_in_the_middle_of_the_self_test_ends_it(qtbot, open_wizard, setup):
    wizard = open_wizard(replace(ANSWERED, live=LIVE))
    setup.hold_test = True
    turn_to(qtbot, wizard, SELF_TEST)
    wizard.page.start_button.click()
    qtbot.waitUntil(lambda: bool(setup.tests))
    wizard.reject()
    assert setup.tests[0].cancelled


def test_choices_that_cannot_be_stored_keep_the_wizard_open_and_say_why(qtbot, wizard, setup):
    turn_to(qtbot, wizard, SELF_TEST)
    setup.failure = OutputNotWritableError("/home", "the disk is full")
    wizard.next_button.click()
    assert wizard.isVisible()
    assert any("the disk is full" in each.text() for each in wizard.findChildren(QLabel) if each.isVisible())


def test_every_control_has_a_name_is_reached_by_tab_and_is_large_enough(qtbot, wizard):
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)
    for index in range(7):
        turn_to(qtbot, wizard, index)
        qtbot.wait(60)
        controls = [
            c
            for kind in kinds
            for c in wizard.findChildren(kind)
            if c.isVisible() and c.isEnabled() and not c.objectName().startswith("qt_")
        ]
        assert controls
        for control in controls:
            assert control.accessibleName(), control
            assert control.height() >= 32, control.accessibleName()
        reached = set()
        for _ in range(20):
            reached.add(QApplication.focusWidget())
            press(qtbot, Qt.Key.Key_Tab)
        for control in controls:
            in_group = isinstance(control, QAbstractButton) and control.group() is not None
            assert in_group or control in reached, control.accessibleName()


@pytest.mark.parametrize("size", [(640, 360), (880, 640)])
def test_no_text_is_cut_and_nothing_overlaps(qtbot, wizard, size):
    wizard.resize(*size)
    for index in range(7):
        turn_to(qtbot, wizard, index)
        qtbot.wait(60)
        for each in wizard.page.findChildren(QLabel):
            if not each.isVisible() or not each.text():
                continue
            if each.wordWrap():
                assert each.height() >= each.heightForWidth(each.width()), each.text()
            left = each.mapTo(wizard.page, QPoint(0, 0)).x()
            assert left >= 0
            assert left + each.width() <= wizard.page.width(), each.text()
        assert wizard.page.width() <= wizard.width()


def test_without_any_device_the_wizard_still_ends(qtbot, wizard, setup):
    setup.there = Devices(problem="PortAudio is missing.", call_sound_problem="Install <b>BlackHole</b>.")
    turn_to(qtbot, wizard, SOUND)
    qtbot.waitUntil(wizard.page.trouble.isVisible)
    assert wizard.page.trouble.text == "PortAudio is missing."
    assert wizard.page.call_help.text() == "Install <b>BlackHole</b>."
    turn_to(qtbot, wizard, SELF_TEST)
    assert not wizard.page.start_button.isEnabled()
    wizard.next_button.click()
    assert len(setup.stores) == 1
    assert not setup.stores[0].live.can_start
