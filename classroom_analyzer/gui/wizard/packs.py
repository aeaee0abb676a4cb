"""Models that can be added, with size and licence; a download begins by a button that names its host."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton, QVBoxLayout, QWidget

from classroom_analyzer.domain.setup import PackInfo
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.background import Background
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.flow import FlowLayout
from classroom_analyzer.gui.job_progress import JobProgress, ProgressPanel
from classroom_analyzer.gui.lessons import Setup
from classroom_analyzer.gui.text import visible_text
from classroom_analyzer.gui.theme import SPACE_PX, Role

__all__ = ["Packs", "role_text"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences


def role_text(role: str) -> str:
    """What a pack adds, for people."""
    return {
        "face detector": translate("packs", "Finds faces faster"),
        "face landmarks": translate("packs", "Adds eyes, gaze and mouth of near faces"),
    }.get(role, role)


class _Pack(QFrame):
    """One pack and its buttons."""

    def __init__(self, pack: PackInfo) -> None:
        super().__init__()
        self.setObjectName("choice")
        size_mb = f"{pack.size_bytes / 1e6:.1f}"
        name = role_text(pack.role)
        about = self.tr("{origin}, licence {licence}, {size} MB").format(
            origin=pack.origin, licence=pack.licence, size=size_mb
        )
        self.state = label(self.tr("Installed") if pack.installed else "", Role.HEADING)
        self.file_button = QPushButton(self.tr("Install from a file…"))
        self.file_button.setAccessibleName(self.tr("Install from a file: {name}").format(name=name))
        self.download_button = QPushButton(
            self.tr("Download {size} MB from {host}").format(size=size_mb, host=pack.host)
        )
        self.download_button.setAccessibleName(f"{self.download_button.text()}: {name}")
        row = FlowLayout(spacing_px=SPACE_PX)
        for widget in (self.state, self.file_button, self.download_button):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_PX, SPACE_PX, SPACE_PX, SPACE_PX)
        column.setSpacing(SPACE_PX // 2)
        column.addWidget(label(name, Role.BODY, wrap=True))
        column.addWidget(label(visible_text(about), Role.CAPTION, wrap=True))
        column.addLayout(row)
        # Only now: what is shown before it has a parent is a window of its own.
        self.state.setVisible(pack.installed)
        self.file_button.setVisible(not pack.installed)
        self.download_button.setVisible(not pack.installed)


class Packs(QWidget):
    """All packs, and one installation at a time.

    Attributes:
        said: What became of the newest installation.
        panel: How far it is.
    """

    def __init__(self, setup: Setup) -> None:
        super().__init__()
        self._setup = setup
        self._background = Background(self)
        self._job: JobProgress | None = None
        self.rows: dict[str, _Pack] = {}
        self.setAccessibleName(self.tr("Packs"))
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_PX)
        self.panel = ProgressPanel()
        self.said = label("", Role.BODY, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_PX)
        column.addWidget(label(self.tr("Packs (optional)"), Role.HEADING))
        column.addWidget(
            label(self.tr("All works without them. Each is checked before it is used."), Role.CAPTION, wrap=True)
        )
        column.addLayout(self._list)
        column.addWidget(self.panel)
        column.addWidget(self.said)
        self.said.hide()

    def refresh(self) -> None:
        """List them anew."""
        for row in self.rows.values():
            self._list.removeWidget(row)
            row.deleteLater()
        self.rows = {}
        for pack in self._setup.packs():
            row = _Pack(pack)
            row.file_button.clicked.connect(lambda _=False, spec=pack.spec: self._ask_file(spec))
            row.download_button.clicked.connect(lambda _=False, spec=pack.spec: self.install(spec, None))
            self._list.addWidget(row)
            self.rows[pack.spec] = row

    def install(self, spec: str, source: Path | None) -> None:
        """Install a pack from a file, or from its host."""
        job = JobProgress()
        started = self._background.run(
            lambda: self._setup.install_pack(spec, source, job, job.token), lambda _: self._done(), self._failed
        )
        if started:
            self._job = job
            self.said.hide()
            self.panel.follow(job)

    def cancel(self) -> None:
        """Give up an installation that runs."""
        if self._job is not None:
            self._job.token.cancel()

    def shut(self) -> None:
        """Give up for good."""
        self.cancel()
        self.panel.clear()
        self._background.abandon()

    def _ask_file(self, spec: str) -> None:
        dialog = QFileDialog(self, self.tr("Choose the file of the pack"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.install(spec, Path(name)))
        dialog.open()

    def _done(self) -> None:
        self._end(self.tr("Installed. It is used from the next lesson on."))
        self.refresh()

    def _failed(self, error: ClassroomAnalyzerError) -> None:
        self._end(visible_text(str(error)))

    def _end(self, text: str) -> None:
        self._job = None
        self.panel.clear()
        self.said.setText(text)
        self.said.show()
