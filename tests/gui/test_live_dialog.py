"""What a live lesson is asked to be, before it begins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QLabel, QLineEdit

from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.domain.setup import (
    Devices,
    KeepMedia,
    LiveChoice,
    PictureChoice,
    PictureKind,
    SetupChoices,
)
from classroom_analyzer.gui.live_dialog import LiveDialog
from tests.gui.setup_fakes import DEVICES

CAMERA = PictureChoice(PictureKind.CAMERA, "Built-in camera")
CHOSEN = SetupChoices(place=Place.EDUCATION, policy=Policy.ENGAGEMENT, live=LiveChoice(CAMERA, ""))


@pytest.fixture
def make(qtbot, theme):
    def make(choices: SetupChoices = CHOSEN, devices: Devices = DEVICES, look_again=None) -> LiveDialog:
        dialog = LiveDialog(devices, choices, look_again)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        dialog.activateWindow()
        QApplication.processEvents()
        return dialog

    return make


def test_it_begins_with_what_was_chosen_last_but_recording_and_attestation_are_asked_anew(make):
    live = replace(
        CHOSEN.live, call_sound="Speakers of the call", chat=Path("/c/chat.txt"), class_name="7b", class_size=26,
        record=True, teacher_voice=Path("/v/me.wav"), screen_faces_class=True, attested=True,
    )  # fmt: skip
    dialog = make(replace(CHOSEN, live=live))
    assert dialog.choice == replace(live, record=False, attested=False)


def test_it_starts_only_when_the_teacher_says_that_everyone_was_told(make):
    dialog = make()
    assert not dialog.start_button.isEnabled()
    dialog.attested.setChecked(True)
    assert dialog.start_button.isEnabled()
    assert dialog.choice.attested


def test_the_attestation_is_that_of_the_policy(make):
    assert "agreed to an estimate" in make().attested.text()
    assert "was told" in make(replace(CHOSEN, policy=Policy.OBSERVE)).attested.text()


def test_it_needs_a_picture_a_microphone_or_a_chat_file(make):
    dialog = make(replace(CHOSEN, live=LiveChoice()), Devices())
    dialog.attested.setChecked(True)
    assert not dialog.start_button.isEnabled()
    dialog.chat.set_path(Path("/somewhere/chat.txt"))
    dialog.chat.changed.emit()
    assert dialog.start_button.isEnabled()
    assert dialog.choice == LiveChoice(chat=Path("/somewhere/chat.txt"), attested=True)


def test_record_is_off_until_ticked_and_says_how_long_it_is_kept(make):
    dialog = make()
    assert "until I have checked the lesson, 7 days" in dialog.record.text()
    assert not dialog.choice.record
    dialog.record.setChecked(True)
    assert dialog.choice.record
    assert "for 12 days" in make(replace(CHOSEN, keep_media=KeepMedia.DAYS, keep_days=12)).record.text()


@pytest.mark.parametrize(
    ("typed", "seats"), [("", []), ("3, 7", [3, 7]), ("3 7;12,", [3, 7, 12]), ("0", None), ("a", None), ("-1", None)]
)
def test_masked_seats_are_typed_as_numbers(make, typed, seats):
    dialog = make()
    dialog.attested.setChecked(True)
    dialog.masked.setText(typed)
    assert dialog.start_button.isEnabled() == (seats is not None)
    assert dialog.choice.excluded_seats == frozenset(seats or [])


def test_the_name_of_the_class_is_made_clean(make):
    dialog = make()
    dialog.class_name.setText(" 7b\u202e\u0000  maths ")
    assert dialog.choice.class_name == "7b maths"
    dialog.class_name.setText("   ")
    assert dialog.choice.class_name is None
    dialog.class_name.setText("\u202e")
    dialog.attested.setChecked(True)
    assert not dialog.start_button.isEnabled()


def test_a_calibration_lesson_hides_the_line_and_is_not_offered_where_there_is_none(make):
    dialog = make()
    dialog.calibration.setChecked(True)
    assert dialog.choice.calibration
    observed = make(replace(CHOSEN, policy=Policy.OBSERVE))
    observed._more_button.click()
    assert not observed.calibration.isVisible()


def test_looking_again_keeps_what_is_chosen(make):
    asked = []
    dialog = make(look_again=asked.append)
    dialog.refresh_button.click()
    asked[0](replace(DEVICES, cameras=("New camera",)))
    assert dialog.picture.choice == CAMERA
    assert dialog.picture.box.findText("New camera") >= 0


def test_it_is_filled_and_started_by_keyboard_alone(qtbot, make):
    dialog = make()
    accepted = []
    dialog.accepted.connect(lambda: accepted.append(dialog.choice))
    for _ in range(30):
        if QApplication.focusWidget() is dialog.attested.box:
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [choice.picture for choice in accepted] == [CAMERA]


@pytest.mark.parametrize("size", [(640, 360), (720, 640)])
def test_every_control_is_named_large_enough_and_whole(qtbot, make, size):
    dialog = make()
    dialog.resize(*size)
    dialog._more_button.setChecked(True)
    qtbot.wait(50)
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)
    for control in (c for kind in kinds for c in dialog.findChildren(kind) if c.isVisible()):
        if not control.objectName().startswith("qt_"):
            assert control.accessibleName(), control
            assert control.height() >= 32, control.accessibleName()
    for each in (c for c in dialog.findChildren(QLabel) if c.isVisible() and c.text()):
        if each.wordWrap():
            assert each.height() >= each.heightForWidth(each.width()), each.text()
        assert each.mapTo(dialog, QPoint(0, 0)).x() + each.width() <= dialog.width(), each.text()
