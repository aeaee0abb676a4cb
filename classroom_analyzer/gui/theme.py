"""Colours and type of the window: one set of tokens for light and one for dark, read by style sheet and plots alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.models import assets

__all__ = ["DARK", "LIGHT", "LINE_STYLES", "SPACE_PX", "TARGET_PX", "Mode", "Role", "Theme", "Tokens", "set_role"]

SPACE_PX = 8  # all distances are multiples or halves of it
TARGET_PX = 34  # height of everything that can be pressed; at least 32


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as ``#RRGGBB``; text has at least 4.5:1 on ``surface`` and ``window``, lines at least 3:1."""

    dark: bool
    window: str
    surface: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    lamp: str
    warning: str
    class_line: str
    video: str
    audio: str
    chat: str
    teacher: str

    def modality(self, modality: Modality) -> str:
        """Line colour of a modality."""
        return {Modality.VISION: self.video, Modality.AUDIO: self.audio, Modality.TEXT: self.chat}[modality]


LIGHT = Tokens(
    dark=False, window="#F3F4F6", surface="#FFFFFF", raised="#F3F4F6", border="#D9DCE1", text="#1A1A1A",
    muted="#565E68", accent="#0067A3", accent_hover="#005587", on_accent="#FFFFFF", lamp="#B3261E",
    warning="#8A4B00", class_line="#1A1A1A", video="#0072B2", audio="#C85200", chat="#009E73", teacher="#6A2C70",
)  # fmt: skip
DARK = Tokens(
    dark=True, window="#141416", surface="#1E1E1E", raised="#2A2B2E", border="#3A3C41", text="#F2F2F2",
    muted="#A8AFB9", accent="#56B4E9", accent_hover="#7CC5EE", on_accent="#10202B", lamp="#FF8A7A",
    warning="#F0B45A", class_line="#F2F2F2", video="#56B4E9", audio="#E69F00", chat="#009E73", teacher="#CC79A7",
)  # fmt: skip

# A second cue beside colour.
LINE_STYLES: dict[Modality, Qt.PenStyle] = {
    Modality.VISION: Qt.PenStyle.SolidLine,
    Modality.AUDIO: Qt.PenStyle.DashLine,
    Modality.TEXT: Qt.PenStyle.DotLine,
}


class Mode(StrEnum):
    """Which set of tokens is used."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Role(StrEnum):
    """Place of a text in the type hierarchy."""

    TITLE = "title"
    HEADING = "heading"
    FIGURE = "figure"
    BODY = "body"
    MUTED = "muted"
    CAPTION = "caption"


_SCALE: dict[Role, tuple[float, QFont.Weight]] = {
    Role.TITLE: (1.7, QFont.Weight.DemiBold),
    Role.HEADING: (1.05, QFont.Weight.DemiBold),
    Role.FIGURE: (1.5, QFont.Weight.DemiBold),
    Role.BODY: (1.0, QFont.Weight.Normal),
    Role.MUTED: (1.0, QFont.Weight.Normal),
    Role.CAPTION: (0.9, QFont.Weight.Normal),
}


def set_role(widget: QWidget, role: Role) -> None:
    """Give a widget the type and text colour of a role; sizes follow the application font, so text scales."""
    scale, weight = _SCALE[role]
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setWeight(weight)
    widget.setFont(font)
    widget.setProperty("role", role.value)


class Theme(QObject):
    """Keeps the application in light or dark and tells painted widgets when that changes.

    Attributes:
        tokens: Colours in force.
        reduced_motion: Whether changes are shown at once instead of moving.

    Signals:
        changed: Colours or text size are others: measure and paint again.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._mode = Mode.SYSTEM
        self._plain_font = QFont(application.font())
        self.reduced_motion = False
        self.tokens = LIGHT
        application.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def mode(self) -> Mode:
        """What was chosen."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Use light, dark or what the system says, at once."""
        self._mode = mode
        hints = self._application.styleHints()
        if mode is Mode.SYSTEM:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if mode is Mode.DARK else Qt.ColorScheme.Light)
        self._apply()

    def set_text_scale(self, percent: int) -> None:
        """Show all text larger, at once.

        Args:
            percent: Of the size that the application began with, 100 to 200.
        """
        font = QFont(self._plain_font)
        font.setPointSizeF(self._plain_font.pointSizeF() * percent / 100)
        if font == self._application.font():
            return
        self._application.setFont(font)
        self._apply()  # polishes everything again, which gives widgets the fonts that they began with
        for widget in self._application.allWidgets():
            role = widget.property("role")
            if role in list(Role):
                set_role(widget, Role(role))
        self.changed.emit()

    def _apply(self) -> None:
        dark = self._mode is Mode.DARK
        if self._mode is Mode.SYSTEM:
            dark = self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        self.tokens = DARK if dark else LIGHT
        self._application.setPalette(_palette(self.tokens))
        self._application.setStyleSheet(_style_sheet(self.tokens))
        self.changed.emit()


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.window,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.Base: tokens.surface,
        QPalette.ColorRole.AlternateBase: tokens.raised,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.Button: tokens.surface,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.PlaceholderText: tokens.muted,
        QPalette.ColorRole.ToolTipBase: tokens.raised,
        QPalette.ColorRole.ToolTipText: tokens.text,
        QPalette.ColorRole.Highlight: tokens.accent,
        QPalette.ColorRole.HighlightedText: tokens.on_accent,
        QPalette.ColorRole.Link: tokens.accent,
        QPalette.ColorRole.Mid: tokens.border,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.muted))
    return palette


def _style_sheet(tokens: Tokens) -> str:
    shade = "dark" if tokens.dark else "light"
    check, up, down = (assets.path("icons", f"{name}-{shade}.svg").as_posix() for name in ("check", "up", "down"))
    return f"""
    QLabel {{ background: transparent; color: {tokens.text}; }}
    QLabel[role="muted"], QLabel[role="caption"] {{ color: {tokens.muted}; }}
    QLabel:disabled {{ color: {tokens.muted}; }}
    QFrame#card {{ background: {tokens.surface}; border: 1px solid {tokens.border}; border-radius: 8px; }}
    QFrame#tile {{ background: {tokens.raised}; border: 1px solid transparent; border-radius: 6px; }}
    QFrame#bar {{ background: {tokens.surface}; border: none; border-top: 1px solid {tokens.border}; }}
    QFrame#banner {{ background: {tokens.surface}; border: 2px solid {tokens.accent}; border-radius: 8px; }}
    QFrame#choice {{ background: {tokens.surface}; border: 1px solid {tokens.border}; border-radius: 8px; }}
    QFrame#choice[chosen="true"] {{ border: 2px solid {tokens.accent}; }}
    QFrame#choice:disabled {{ background: {tokens.window}; }}
    QLabel#badge {{ color: {tokens.muted}; border: 1px solid {tokens.border}; border-radius: 10px; padding: 2px 10px; }}
    QLabel#toast {{ background: {tokens.text}; color: {tokens.surface}; border-radius: 8px; padding: 7px 18px; }}
    QLabel#hover {{ background: {tokens.raised}; border: 1px solid {tokens.border}; border-radius: 6px;
        padding: 6px 10px; }}
    QPushButton {{ background: {tokens.surface}; color: {tokens.text}; border: 1px solid {tokens.border};
        border-radius: 6px; padding: 0 14px; min-height: {TARGET_PX - 4}px; }}
    QPushButton:hover {{ background: {tokens.raised}; border-color: {tokens.muted}; }}
    QPushButton:pressed {{ background: {tokens.border}; }}
    QPushButton:focus {{ border: 2px solid {tokens.accent}; padding: 0 13px; }}
    QPushButton:disabled {{ color: {tokens.muted}; background: {tokens.window}; }}
    QPushButton[primary="true"] {{ background: {tokens.accent}; color: {tokens.on_accent};
        border-color: {tokens.accent}; font-weight: 600; }}
    QPushButton[primary="true"]:hover {{ background: {tokens.accent_hover}; }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {tokens.text}; padding: 0 13px; }}
    QPushButton[primary="true"]:disabled {{ background: {tokens.border}; color: {tokens.muted};
        border-color: {tokens.border}; }}
    QPushButton#start {{ border-radius: 10px; min-height: 80px; }}
    QRadioButton {{ min-height: {TARGET_PX - 2}px; spacing: 8px; color: {tokens.text}; border: 2px solid transparent;
        border-radius: 6px; padding: 0 4px; background: transparent; }}
    QRadioButton:focus {{ border-color: {tokens.accent}; }}
    QRadioButton:disabled {{ color: {tokens.muted}; }}
    QRadioButton::indicator {{ width: 14px; height: 14px; border: 2px solid {tokens.muted}; border-radius: 9px;
        background: {tokens.surface}; }}
    QRadioButton::indicator:checked {{ width: 8px; height: 8px; border: 5px solid {tokens.accent}; }}
    QRadioButton::indicator:disabled {{ border-color: {tokens.border}; background: {tokens.window}; }}
    QMenuBar {{ background: {tokens.surface}; border-bottom: 1px solid {tokens.border}; }}
    QMenuBar::item {{ padding: 8px 12px; background: transparent; }}
    QMenuBar::item:selected {{ background: {tokens.raised}; }}
    QMenu {{ background: {tokens.surface}; border: 1px solid {tokens.border}; padding: 4px; }}
    QMenu::item {{ padding: 8px 28px 8px 28px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {tokens.accent}; color: {tokens.on_accent}; }}
    QMenu::item:disabled {{ color: {tokens.muted}; }}
    QMenu::separator {{ height: 1px; background: {tokens.border}; margin: 4px 8px; }}
    QListView {{ background: transparent; border: 2px solid transparent; border-radius: 6px; }}
    QListView:focus {{ border-color: {tokens.accent}; }}
    QListView::item {{ padding: 6px 8px; border-radius: 4px; }}
    QListView::item:selected {{ background: {tokens.accent}; color: {tokens.on_accent}; }}
    QTreeView {{ background: {tokens.surface}; border: 2px solid {tokens.border}; border-radius: 6px; }}
    QTreeView:focus {{ border-color: {tokens.accent}; }}
    QTreeView::item {{ padding: 5px 4px; }}
    QTreeView::item:selected {{ background: {tokens.accent}; color: {tokens.on_accent}; }}
    QHeaderView::section {{ background: {tokens.raised}; color: {tokens.muted}; border: none; padding: 5px 6px; }}
    QLineEdit {{ background: {tokens.surface}; color: {tokens.text}; border: 1px solid {tokens.muted};
        border-radius: 6px; padding: 0 6px; }}
    QLineEdit:focus {{ border: 2px solid {tokens.accent}; padding: 0 5px; }}
    QAbstractSpinBox {{ background: {tokens.surface}; color: {tokens.text}; border: 1px solid {tokens.muted};
        border-radius: 6px; padding: 0 26px 0 6px; }}
    QAbstractSpinBox:focus {{ border: 2px solid {tokens.accent}; padding: 0 25px 0 5px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ subcontrol-origin: border; width: 24px;
        border: none; }}
    QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
    QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
    QAbstractSpinBox::up-arrow {{ image: url("{up}"); width: 12px; height: 12px; }}
    QAbstractSpinBox::down-arrow {{ image: url("{down}"); width: 12px; height: 12px; }}
    QAbstractSpinBox QLineEdit {{ border: none; padding: 0 4px; }}
    QCheckBox {{ min-height: {TARGET_PX - 4}px; spacing: 8px; border: 2px solid transparent; border-radius: 6px;
        padding: 0 4px; }}
    QCheckBox:focus {{ border-color: {tokens.accent}; }}
    QCheckBox:disabled {{ color: {tokens.muted}; }}
    QCheckBox::indicator {{ width: 16px; height: 16px; border: 2px solid {tokens.muted}; border-radius: 4px;
        background: {tokens.surface}; }}
    QCheckBox::indicator:checked {{ border-color: {tokens.accent}; background: {tokens.accent};
        image: url("{check}"); }}
    QCheckBox::indicator:disabled {{ border-color: {tokens.border}; background: {tokens.window}; }}
    QTableView {{ background: {tokens.surface}; gridline-color: {tokens.border}; border: 1px solid {tokens.border}; }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {tokens.muted}; border-radius: 4px; min-height: 32px; margin: 1px; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none;
        height: 0; }}
    QProgressBar {{ background: {tokens.border}; border: none; border-radius: 4px; }}
    QProgressBar::chunk {{ background: {tokens.accent}; border-radius: 4px; }}
    QToolTip {{ background: {tokens.raised}; color: {tokens.text}; border: 1px solid {tokens.border}; padding: 4px; }}
    """
