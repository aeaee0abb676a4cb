"""Writes pictures of the window: ``python -m tests.gui.screenshots FOLDER`` (run from the repository root)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.domain.setup import SetupChoices
from classroom_analyzer.gui.application import make_application
from classroom_analyzer.gui.class_table import ClassTable
from classroom_analyzer.gui.live_dialog import LiveDialog
from classroom_analyzer.gui.main_window import MainWindow
from classroom_analyzer.gui.policy_dialog import PolicyDialog
from classroom_analyzer.gui.sentences import badge_text
from classroom_analyzer.gui.theme import Mode
from tests.gui.fakes import FakeLessons, FakeSession
from tests.gui.setup_fakes import DEVICES, fake_live

SIZES = {"1280x720": (1280, 720), "1920x1080": (1920, 1080)}


def settle(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def save(widget: QWidget, folder: Path, name: str, ms: int = 350) -> None:
    settle(ms)
    widget.grab().save(str(folder / f"{name}.png"))


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    application, theme = make_application(["screenshots"])
    live = fake_live()
    for mode in (Mode.LIGHT, Mode.DARK):
        theme.set_mode(mode)
        for size_name, size in SIZES.items():
            window = MainWindow(FakeLessons(), theme, live)
            window.resize(*size)
            window.show()
            tag = f"{mode}-{size_name}"
            save(window, folder, f"start-{tag}")
            window.start_page.show_busy("Opening lesson.mp4…")
            save(window, folder, f"busy-{tag}")
            window.start_page.show_busy("")
            early = FakeSession(t_s=75, live=False)
            window.show_session(early)
            save(window, folder, f"early-{tag}")
            early.finished = True
            settle(300)
            window.back_to_start()
            session = FakeSession(t_s=560, live=False)
            window.show_session(session)
            window.live_page.set_tiles_wanted(False)
            session.advance(20)
            settle(300)
            window.live_page.class_line.add_mark(200)
            window.stage.mark()
            save(window, folder, f"live-{tag}")
            window.live_page.set_tiles_wanted(True)
            window.toast.hide()
            save(window, folder, f"tiles-{tag}")
            table = ClassTable(session.dashboard().estimates, badge_text(()))
            table.show()
            save(table, folder, f"table-{mode}")
            table.close()
            session.finished = True
            save(window, folder, f"finished-{tag}")
            window.back_to_start()
            by_hand = FakeSession(t_s=560)
            window.show_session(by_hand)
            by_hand.advance(20)
            settle(300)
            QGuiApplication.clipboard().setText("Ana: hello\nBo: what page?")
            window.stage.paste_chat()
            save(window, folder, f"by-hand-{tag}")
            by_hand.finished = True
            settle(300)
            window.back_to_start()
            observed = FakeSession(Policy.OBSERVE, t_s=0)
            window.show_session(observed)
            for _ in range(700):
                observed.advance(1)
                window.live_page.show_dashboard(observed.dashboard())
            save(window, folder, f"observe-{tag}")
            observed.finished = True
            settle(300)
            window.close()
        dialog = PolicyDialog()
        dialog.show()
        save(dialog, folder, f"policy-{mode}")
        dialog.places[Place.EU_EDUCATION].setChecked(True)
        dialog.cards[Policy.OBSERVE].radio.setChecked(True)
        save(dialog, folder, f"policy-eu-{mode}")
        dialog.close()
        picker = LiveDialog(DEVICES, SetupChoices())
        picker.show()
        save(picker, folder, f"picker-{mode}")
        picker.close()
    application.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
