from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from classroom_analyzer.domain.live import DeviceHealth, RecordingHealth, RecordingState, SourceState
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.gui.device_bar import DeviceBar
from classroom_analyzer.gui.flow import FlowLayout
from classroom_analyzer.gui.live_troubles import troubles
from classroom_analyzer.gui.sentences import device_word
from tests.gui.fakes import FakeSession


@pytest.fixture
def bar(qtbot, theme):
    made = DeviceBar(theme)
    qtbot.addWidget(made)
    made.resize(1280, 60)
    made.show()
    return made


@pytest.mark.parametrize(
    ("state", "detail", "retry_in_s", "word"),
    [
        (SourceState.OK, "", None, "OK"),
        (SourceState.OK, "the picture is frozen", None, "Frozen"),
        (SourceState.OK, "Muted: no sound at all", None, "Muted"),
        (SourceState.STALE, "", None, "Late"),
        (SourceState.LOST, "unplugged", None, "Lost"),
        (SourceState.RETRY, "unplugged", 3.2, "Lost (retry in 4 s)"),
        (SourceState.RETRY, "unplugged", None, "Lost (retry)"),
    ],
)
def test_each_state_has_its_word(state, detail, retry_in_s, word):
    assert device_word(DeviceHealth(Modality.AUDIO, "x", state, 0, detail, retry_in_s)) == word


def test_the_lamp_says_that_the_lesson_runs_and_keeping_video_is_told_apart(bar):
    board = FakeSession(t_s=10).dashboard()
    bar.show_dashboard(board)
    assert (bar.lamp_text(), bar.keeping_text(), bar.disk_text()) == ("Lesson runs", "", "")
    kept = RecordingHealth(RecordingState.ON, free_bytes=8_000_000_000, left_s=1500.0)
    bar.show_dashboard(replace(board, recording=kept))
    assert (bar.lamp_text(), bar.keeping_text(), bar.disk_text()) == (
        "Lesson runs", "Keeping video", "Disk: 25 min left",
    )  # fmt: skip
    stopped = RecordingHealth(RecordingState.STOPPED, "the disk is full", 400_000_000, disk_low=True)
    bar.show_dashboard(replace(board, recording=stopped))
    assert bar.keeping_text() == "Video stopped"
    assert bar.disk_text() == "Low. Disk: 0.4 GB left"


def test_a_pause_shows_in_lamp_and_button(bar):
    board = FakeSession(t_s=10).dashboard()
    bar.show_dashboard(replace(board, paused=True))
    assert (bar.lamp_text(), bar.pause_button.text()) == ("Paused", "Go on")
    bar.show_dashboard(board)
    assert (bar.lamp_text(), bar.pause_button.text()) == ("Lesson runs", "Pause")


def test_two_sources_of_one_kind_go_by_their_names(bar):
    board = FakeSession(t_s=10).dashboard()
    call = DeviceHealth(Modality.AUDIO, "Sound of the call", SourceState.OK, 0)
    bar.show_dashboard(replace(board, devices=(*board.devices, call)))
    assert bar.device_texts()[1:] == ["Built-in microphone: OK", "Chat: Late", "Sound of the call: OK"]


def test_every_button_can_be_hit_and_has_a_name(bar):
    for button in bar.findChildren(QPushButton):
        assert button.accessibleName()
        assert button.sizeHint().height() >= 32


def test_a_narrow_bar_takes_more_lines_and_cuts_nothing(qtbot, bar):
    bar.show_dashboard(FakeSession(t_s=10).dashboard())
    wide = bar.heightForWidth(1600)
    assert bar.heightForWidth(700) > wide
    bar.resize(700, bar.heightForWidth(700))
    qtbot.wait(1)
    for button in bar.buttons():
        assert bar.rect().contains(button.geometry().translated(button.parentWidget().pos()))


def test_the_last_of_a_line_stand_at_its_right_end(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, spacing_px=4, right=1)
    flow.setContentsMargins(0, 0, 0, 0)
    first, last = QPushButton("a"), QPushButton("b")
    flow.addWidget(first)
    flow.addWidget(last)
    holder.resize(600, 60)
    holder.show()
    assert first.x() == 0
    assert last.geometry().right() == 599


def test_what_went_wrong_says_what_goes_on():
    session = FakeSession(t_s=10)
    session.camera, session.camera_detail = SourceState.RETRY, "another program is using it"
    (trouble,) = troubles(session.dashboard())
    assert trouble.headline == "Logitech <b>C920</b> gives nothing any more."
    assert trouble.text == "Another program is using it. It is opened again by itself. The other sources go on."
    session.paused = True
    assert troubles(session.dashboard()) == []


def test_a_low_disk_tells_room_as_time():
    session = FakeSession(t_s=10)
    session.recording = RecordingHealth(RecordingState.ON, "", 1_800_000_000, 840.0, disk_low=True)
    (trouble,) = troubles(session.dashboard())
    assert trouble.text == "1.8 GB free. Video: 14 min left. Free some space."


def test_sentences_end_with_one_stop_in_every_language(monkeypatch):
    monkeypatch.setattr("classroom_analyzer.gui.live_troubles.translate", lambda _, text: text.replace(".", "。"))
    session = FakeSession(t_s=10)
    session.camera, session.camera_detail = SourceState.RETRY, "another program is using it"
    (trouble,) = troubles(session.dashboard())
    assert trouble.text == "Another program is using it. It is opened again by itself。 The other sources go on。"
