"""Takes the next key that is pressed, on the keyboard or on a presentation clicker, for an action."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from classroom_analyzer.gui.actions import Actions, Entry
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.theme import SPACE_PX, Role

__all__ = ["LearnKeyDialog", "key_text"]

_ONLY_MODIFIERS = (
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_unknown,
)  # fmt: skip
# Without these the window could not be worked by keyboard any more.
_RESERVED = (
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape,
)  # fmt: skip


def key_text(event: QKeyEvent) -> str | None:
    """Return the portable text of the pressed key; empty when it is reserved, None when it is only a modifier."""
    key = Qt.Key(event.key())
    if key in _ONLY_MODIFIERS:
        return None
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    if key in _RESERVED and not modifiers & ~Qt.KeyboardModifier.ShiftModifier:
        return ""
    text = event.text()
    if text and text.isprintable() and not text.isalpha() and text != " ":
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier  # the sign itself says it
    sequence = QKeySequence(int(key) | modifiers.value)
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


class _Catcher(QFrame):
    """Catches keys while it has the focus.

    Signals:
        caught: As ``key_text``.
    """

    caught = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("choice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(8 * SPACE_PX)
        self.text = label("", Role.HEADING)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.addWidget(self.text)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # no shortcut of the window acts here
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                return False  # closes the dialog
            caught = key_text(event)
            if caught is not None:
                self.caught.emit(caught)
            return True
        return super().event(event)


class LearnKeyDialog(QDialog):
    """Asks for one key.

    Attributes:
        key: The key that was learnt, a portable text; empty before.
        catcher: Where the key is pressed.
        said: Whose key it is, or why it cannot be used.
        use_button: Takes the key.
    """

    def __init__(self, actions: Actions, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._entry = entry
        self.key = ""
        self.setWindowTitle(self.tr("Learn a key"))
        self.setModal(True)
        self.setMinimumWidth(440)
        ask = label(
            self.tr("Press the key for “{action}”, or the button of the presentation clicker.").format(
                action=entry.text.rstrip("…")
            ),
            Role.BODY,
            wrap=True,
        )
        self.catcher = _Catcher()
        self.catcher.setAccessibleName(self.tr("Press a key"))
        self.catcher.text.setText(self.tr("waiting for a key"))
        self.catcher.caught.connect(self._caught)
        self.said = label("", Role.MUTED, wrap=True)
        self.said.setMinimumHeight(5 * SPACE_PX)
        hint = label(
            self.tr("A clicker acts here only while this program has the keyboard, not while slides fill the screen."),
            Role.CAPTION,
            wrap=True,
        )
        self.use_button = QPushButton(self.tr("Use this key"))
        self.use_button.setProperty("primary", True)
        self.use_button.setEnabled(False)
        self.use_button.clicked.connect(self.accept)
        self.again_button = QPushButton(self.tr("Another key"))
        self.again_button.setEnabled(False)
        self.again_button.clicked.connect(self._again)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_PX)
        buttons.addStretch(1)
        for button in (cancel, self.again_button, self.use_button):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE_PX, 2 * SPACE_PX, 2 * SPACE_PX, 2 * SPACE_PX)
        column.setSpacing(SPACE_PX)
        for widget in (ask, self.catcher, self.said, hint):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.catcher.setFocus()

    def _caught(self, key: str) -> None:
        self.key = key
        self.use_button.setEnabled(bool(key))
        self.again_button.setEnabled(True)
        if not key:
            self.catcher.text.setText(self.tr("not this one"))
            self.said.setText(self.tr("This key works the window itself. Press another one."))
            return
        native = QKeySequence(key, QKeySequence.SequenceFormat.PortableText).toString(
            QKeySequence.SequenceFormat.NativeText
        )
        self.catcher.text.setText(native)
        holder = self._actions.holder(key)
        if holder is None or holder.id == self._entry.id:
            self.said.setText("")
        else:
            self.said.setText(self.tr("This key is taken away from “{action}”.").format(action=holder.text.rstrip("…")))
        self.use_button.setFocus()

    def _again(self) -> None:
        self.catcher.setFocus()
        self.catcher.text.setText(self.tr("waiting for a key"))
        self.said.setText("")
        self.use_button.setEnabled(False)
