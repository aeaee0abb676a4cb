"""How the wizard sits in the window."""

from __future__ import annotations

import pytest

from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.domain.setup import LiveChoice, PictureChoice, PictureKind, SetupChoices
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.gui.live_dialog import LiveDialog
from classroom_analyzer.gui.main_window import MainWindow
from classroom_analyzer.gui.theme import Mode
from classroom_analyzer.gui.wizard.wizard import Wizard
from tests.gui.fakes import FakeLessons, FakeSession
from tests.gui.setup_fakes import FakeSetup, fake_live

CHOSEN = SetupChoices(
    place=Place.OTHER,
    policy=Policy.ENGAGEMENT,
    live=LiveChoice(PictureChoice(PictureKind.CAMERA, "Built-in camera"), ""),
)


@pytest.fixture
def setup():
    return FakeSetup(CHOSEN)


@pytest.fixture
def session():
    return FakeSession()


@pytest.fixture
def window(qtbot, theme, setup, session):
    made = MainWindow(FakeLessons(), theme, fake_live(lambda choice: session, setup=setup))
    qtbot.addWidget(made)
    made.show()
    yield made
    session.finished = True
    made.close()


def test_the_wizard_runs_again_from_the_help_menu(qtbot, window):
    window.actions_.entry("help.setup").action.trigger()
    wizard = window.findChild(Wizard)
    assert wizard.isVisible()
    wizard.reject()


def test_skipping_plays_the_demo_lesson(qtbot, window):
    window.setup.show_wizard()
    window.findChild(Wizard).skip_button.click()
    qtbot.waitUntil(lambda: window.live_page is not None)


def test_colours_of_a_wizard_that_was_left_do_not_stay(qtbot, window, theme):
    window.setup.show_wizard()
    wizard = window.findChild(Wizard)
    wizard.page.themes["dark"].click()
    assert theme.mode is Mode.DARK
    wizard.reject()
    assert theme.mode is Mode.SYSTEM


def test_settings_that_cannot_be_read_are_told_and_nothing_opens(qtbot, window, setup, monkeypatch):
    def broken():
        raise BadInputError("settings.toml", "it is damaged")

    monkeypatch.setattr(setup, "choices", broken)
    window.setup.show_wizard()
    assert window.findChild(Wizard) is None
    assert "it is damaged" in window.start_page.banner.text()


def test_a_calibration_lesson_hides_the_line_and_the_choice_is_remembered(qtbot, window, setup):
    window.openers.choose_live()
    qtbot.waitUntil(lambda: window.findChild(LiveDialog) is not None)
    dialog = window.findChild(LiveDialog)
    dialog.calibration.setChecked(True)
    dialog.class_name.setText("7b")
    dialog.attested.setChecked(True)
    dialog.start_button.click()
    qtbot.waitUntil(lambda: window.live_page is not None)
    assert window.live_page._view.calibration
    assert [choice.class_name for choice in setup.remembered] == ["7b"]


def test_a_screen_that_faces_the_class_begins_with_what_students_may_see(qtbot, window):
    window.openers.choose_live()
    qtbot.waitUntil(lambda: window.findChild(LiveDialog) is not None)
    dialog = window.findChild(LiveDialog)
    dialog.screen_faces_class.setChecked(True)
    dialog.attested.setChecked(True)
    dialog.start_button.click()
    qtbot.waitUntil(lambda: window.live_page is not None)
    assert window.live_page.student_visible
