"""Puts the small strip in the place of a lesson's window, and back; made when it is first asked for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from classroom_analyzer.gui.compact_strip import CompactStrip
from classroom_analyzer.gui.theme import Theme

__all__ = ["StripWindow"]


class StripWindow(QObject):
    """The strip of one lesson page.

    Attributes:
        strip: None before it is first shown, and after ``close``.

    Signals:
        with_me_pressed: The class is with the teacher.
        lost_pressed: The class is lost.
        undo_pressed: Take the newest press back.
        left: The teacher wants the whole window.
    """

    with_me_pressed = Signal()
    lost_pressed = Signal()
    undo_pressed = Signal()
    left = Signal()

    def __init__(self, theme: Theme, page: QWidget) -> None:
        """Wait for the first wish.

        Args:
            theme: Of the window.
            page: Owner; its window makes room while the strip is shown, and lends the strip its keys.
        """
        super().__init__(page)
        self._theme = theme
        self._page = page
        self.strip: CompactStrip | None = None

    @property
    def shown(self) -> bool:
        """Whether the strip is on the screen."""
        return self.strip is not None and self.strip.isVisible()

    @property
    def line_visible(self) -> bool:
        """Whether the class line can be seen in it."""
        return self.strip is not None and self.strip.line_visible

    def set_shown(self, on: bool) -> None:
        """Show the strip and put the window out of the way, or the other way round."""
        window, strip = self._page.window(), self._made()
        if on:
            strip.show()
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMinimized)
        else:
            strip.hide()
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.activateWindow()

    def say(self, text: str, *, undo: bool) -> None:
        """Answer a press where the strip is shown."""
        if self.strip is None or not self.shown:
            return
        if undo:
            self.strip.show_pressed(text)
        else:
            self.strip.show_said(text)

    def close(self) -> None:
        """Take the strip away for good."""
        if self.strip is not None:
            self.strip.close()
            self.strip.deleteLater()
            self.strip = None

    def _made(self) -> CompactStrip:
        if self.strip is None:
            self.strip = CompactStrip(self._theme)
            self.strip.addActions(self._page.window().actions())  # the window's keys hold in the strip too
            self.strip.with_me_pressed.connect(self.with_me_pressed)
            self.strip.lost_pressed.connect(self.lost_pressed)
            self.strip.undo_pressed.connect(self.undo_pressed)
            self.strip.left.connect(self.left)
            self._page.destroyed.connect(self.strip.deleteLater)
        return self.strip
