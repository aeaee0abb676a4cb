"""Pictures of every page for the documents: ``python -m tests.gui.screenshots FOLDER`` from the repository root.

Each is made light and dark, in English and Chinese; ``--text-scale 200`` and ``--size 1920x1080`` give others.
"""

from __future__ import annotations

import argparse
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from classroom_analyzer.domain.faces import Box, SeatSighting
from classroom_analyzer.domain.live import DeviceHealth, Preview, SourceState
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.domain.setup import LiveChoice, PictureChoice, PictureKind, SetupChoices
from classroom_analyzer.gui.application import make_application
from classroom_analyzer.gui.live_dialog import LiveDialog
from classroom_analyzer.gui.main_window import MainWindow
from classroom_analyzer.gui.preferences import Preferences
from classroom_analyzer.gui.recovery_dialog import RecoveryDialog
from classroom_analyzer.gui.theme import Mode, Theme
from classroom_analyzer.gui.wizard.wizard import Wizard
from classroom_analyzer.settings.schema import Page
from classroom_analyzer.sources.drawn_class import HeadState, class_places, draw_class, invent_people
from tests.gui.fakes import SEATS, FakeLessons, FakeSession
from tests.gui.setup_fakes import DEVICES, FakeRecovery, FakeSetup, fake_live

SETTLE_MS = 350
COLOURS = 32
LANGUAGES = {"en": "en", "zh_CN": "zh"}
MODES = (Mode.LIGHT, Mode.DARK)
ANSWERED = SetupChoices(
    place=Place.EDUCATION,
    policy=Policy.ENGAGEMENT,
    live=LiveChoice(PictureChoice(PictureKind.CAMERA, "Built-in camera"), "", class_name="7b", class_size=SEATS),
)


class DrawnSession(FakeSession):
    """The made-up lesson, with people drawn into its picture."""

    def __init__(self, policy: Policy = Policy.ENGAGEMENT, *, t_s: int = 560, live: bool = True) -> None:
        super().__init__(policy, t_s=t_s, live=live)
        self.lesson = Path("/lessons/2026-03-02 geometry.lesson")
        self._picture = draw_class(invent_people(SEATS, 5), [HeadState() for _ in range(SEATS)])

    def preview(self) -> Preview | None:
        shown = super().preview()
        places = class_places(SEATS)
        return None if shown is None else replace(shown, seats=tuple(_sighting(n, p) for n, p in enumerate(places, 1)))

    def dashboard(self):
        board = super().dashboard()
        names = {Modality.VISION: "Logitech C920"}
        devices = tuple(replace(d, name=names.get(d.modality, d.name)) for d in board.devices)
        return replace(board, devices=tuple(self.mend(d) for d in devices))

    def mend(self, device: DeviceHealth) -> DeviceHealth:
        return replace(device, state=SourceState.OK, detail="") if device.modality is Modality.TEXT else device


class CutOffSession(DrawnSession):
    """Its camera was pulled out."""

    def mend(self, device: DeviceHealth) -> DeviceHealth:
        if device.modality is not Modality.VISION:
            return super().mend(device)
        return replace(device, state=SourceState.RETRY, detail="no such camera is plugged in", retry_in_s=4.0)


def _sighting(number: int, place) -> SeatSighting:
    half = place.size_px * 0.75
    x, y = place.centre
    return SeatSighting(number, Box(x - half, y - half, 2 * half, 2 * half), None, None, None)


def settle(ms: int = SETTLE_MS) -> None:
    """Let the window do what is due."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


class Album:
    """Writes pictures of few colours, so that they stay small."""

    def __init__(self, folder: Path, tag: str) -> None:
        self._folder = folder
        self._tag = tag

    def take(self, widget: QWidget, name: str, ms: int = SETTLE_MS) -> None:
        settle(ms)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        widget.grab().toImage().save(buffer, "PNG")

        image = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
        small = image.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        small.save(self._folder / f"{name}-{self._tag}.png", optimize=True)


@contextmanager
def shown(dialog: QDialog) -> Iterator[QDialog]:
    """Show a dialog for a while."""
    dialog.show()
    yield dialog
    dialog.close()
    dialog.deleteLater()


def open_dialog() -> QWidget:
    """The dialog that the window opened last."""
    settle()
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    return dialogs[-1]


def lesson_pages(window: MainWindow, album: Album) -> None:
    """Everything that a lesson shows."""
    session = DrawnSession()
    window.show_session(session)
    page = window.live_page
    settle()
    page.set_tiles_wanted(False)
    for _ in range(20):
        session.advance(1)
        page.show_dashboard(session.dashboard())
    page.with_me()
    album.take(window, "live")
    page.set_tiles_wanted(True)
    settle(6000)  # until the message has gone
    page.ask_why(session.t_s - 60)
    album.take(window, "live-why")
    page.close_why()
    page.begin_note()
    album.take(window, "live-note")
    page.note_line.hide()
    page.set_tiles_wanted(False)
    page.set_projector_safe(True)
    album.take(window, "live-projector")
    page.set_projector_safe(False)
    page.set_student_visible(True)
    album.take(window, "live-students")
    page.set_student_visible(False)
    page.set_strip_shown(True)
    album.take(page.strip, "live-strip")
    page.set_strip_shown(False)
    session.pause()
    album.take(window, "live-paused")
    session.resume()
    table = page.table()
    table.show()
    album.take(table, "live-table")
    table.close()
    session.finished = True
    album.take(window, "live-ended", 700)
    window.back_to_start()
    for other, name in ((CutOffSession(), "live-trouble"), (DrawnSession(Policy.OBSERVE, t_s=0), "live-observe")):
        window.show_session(other)
        for _ in range(60 if name == "live-trouble" else 700):
            other.advance(1)
            window.live_page.show_dashboard(other.dashboard())
        album.take(window, name)
        other.finished = True
        settle(700)
        window.back_to_start()


def wizard_pages(theme: Theme, album: Album) -> None:
    """The seven pages of the first start."""
    with shown(Wizard(FakeSetup(ANSWERED), theme)) as wizard:
        for index in range(len(wizard.pages)):
            if index == len(wizard.pages) - 1:
                wizard.page.start_button.click()
            album.take(wizard, f"wizard-{index + 1}", 1000)
            wizard.next_button.click()


def dialogs(window: MainWindow, album: Album) -> None:
    """What opens over the window."""
    with shown(LiveDialog(DEVICES, ANSWERED)) as dialog:
        album.take(dialog, "live-dialog")
    recovery = FakeRecovery()
    with shown(RecoveryDialog(recovery, recovery.unfinished())) as dialog:
        album.take(dialog, "recovery")
    window.show_palette()
    palette = open_dialog()
    album.take(palette, "palette")
    palette.close()
    window.show_keys()
    keys = open_dialog()
    album.take(keys, "keys")
    keys.close()


def main(folder: Path, size: tuple[int, int], text_scale: int) -> None:
    """Make all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    application, theme = make_application(["screenshots"])
    for language, short in LANGUAGES.items():
        for mode in MODES:
            album = Album(folder, f"{short}-{mode.value}")
            preferences = Preferences()
            preferences.set("language", language)
            preferences.set("theme", mode.value)
            preferences.set("text_scale", text_scale)
            setup = FakeSetup(ANSWERED)
            window = MainWindow(FakeLessons(), theme, fake_live(setup=setup), preferences)
            window.resize(*size)
            window.show()
            album.take(window, "start")
            for page in Page:
                window.show_settings(page)
                album.take(window, f"settings-{page.value}")
            window.leave_settings()
            dialogs(window, album)
            wizard_pages(theme, album)
            lesson_pages(window, album)
            window.close()
            window.deleteLater()
            settle()
    application.quit()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--text-scale", type=int, default=100)
    asked = parser.parse_args()
    width, height = (int(part) for part in asked.size.split("x"))
    main(asked.folder, (width, height), asked.text_scale)
