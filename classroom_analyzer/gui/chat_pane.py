"""The chat: pseudonyms, plain text, questions marked; whatever people wrote stays literal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.clock import to_s
from classroom_analyzer.gui.cards import Card, label
from classroom_analyzer.gui.chat_entry import ChatEntry
from classroom_analyzer.gui.text import clock_text, visible_text
from classroom_analyzer.gui.theme import SPACE_PX, Role, Theme

__all__ = ["LONGEST_CHAT", "ChatPane", "is_question"]

LONGEST_CHAT = 200
_MESSAGE_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


def is_question(text: str) -> bool:
    """Whether a line asks something: it holds a question mark of any script."""
    return any(mark in text for mark in "?？؟")


class _ChatModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._messages: tuple[ChatMessage, ...] = ()

    def set_messages(self, messages: Sequence[ChatMessage]) -> bool:
        """Show the newest lines; return whether anything changed."""
        shown = tuple(messages[-LONGEST_CHAT:])
        if shown == self._messages:
            return False
        kept = len(self._messages)
        if kept and shown[:kept] == self._messages:
            self.beginInsertRows(QModelIndex(), kept, len(shown) - 1)
            self._messages = shown
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._messages = shown
            self.endResetModel()
        return True

    def rowCount(self, parent: _Index | None = None) -> int:
        return len(self._messages)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        message = self._messages[index.row()]
        if role == _MESSAGE_ROLE:
            return message
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            line = self.tr("{time} {who}: {text}").format(
                time=clock_text(to_s(message.t_ns)), who=message.participant, text=visible_text(message.text)
            )
            return self.tr("Question. {line}").format(line=line) if is_question(message.text) else line
        return None


class _ChatDelegate(QStyledItemDelegate):
    """Paints one line by ``QTextLayout``, which never reads markup."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        message: ChatMessage = index.data(_MESSAGE_ROLE)
        tokens = self._theme.tokens
        area = option.rect.adjusted(SPACE_PX, 5, -SPACE_PX, -5)
        asks = is_question(message.text)
        painter.save()
        if asks:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.raised))
            painter.drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), 6, 6)
            painter.setBrush(QColor(tokens.chat))
            painter.drawRoundedRect(QRect(option.rect.left(), option.rect.top() + 4, 3, option.rect.height() - 8), 1, 1)
        bold = _bold(option.font)
        metrics = QFontMetrics(bold)
        painter.setFont(bold)
        painter.setPen(QColor(tokens.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, message.participant)
        painter.setFont(option.font)
        painter.setPen(QColor(tokens.muted))
        at = clock_text(to_s(message.t_ns))
        right = self.tr("question · {time}").format(time=at) if asks else at
        room = area.width() - metrics.horizontalAdvance(message.participant) - SPACE_PX
        if QFontMetrics(option.font).horizontalAdvance(right) > room:
            right = at  # the bar at the left still tells the question
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, right)
        painter.setPen(QColor(tokens.text))
        layout, _ = _wrapped(message.text, option.font, area.width())
        layout.draw(painter, QPointF(area.left(), area.top() + metrics.height() + 1))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        message: ChatMessage = index.data(_MESSAGE_ROLE)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        _, height = _wrapped(message.text, option.font, width - 2 * SPACE_PX)
        return QSize(width, QFontMetrics(_bold(option.font)).height() + 1 + height + 10)


class _ChatList(QListView):
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # heights depend on the width


class ChatPane(Card):
    """Newest 200 public lines; follows the end unless the reader has scrolled up.

    Attributes:
        entry: Where lines are typed and pasted; hidden where the lesson takes none.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.heading.setText(self.tr("Chat"))
        self.setAccessibleName(self.tr("Chat"))
        self._count = label("", Role.CAPTION)
        self.header.addWidget(self._count)
        self._model = _ChatModel(self)
        self.list = _ChatList()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_ChatDelegate(theme, self.list))
        self.list.setAccessibleName(self.tr("Chat lines, newest last"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setWordWrap(True)
        self._follows = True
        self.list.verticalScrollBar().rangeChanged.connect(self._follow)
        self._empty = label(self.tr("No messages yet."), Role.CAPTION, wrap=True)
        self.body.addWidget(self._empty)
        self.body.addWidget(self.list, 1)
        self.entry = ChatEntry()
        self.entry.hide()
        self.body.addWidget(self.entry)
        theme.changed.connect(self.list.viewport().update)

    def show_messages(self, messages: Sequence[ChatMessage]) -> None:
        """Show these lines, oldest first."""
        bar = self.list.verticalScrollBar()
        self._follows = bar.value() >= bar.maximum() - 4
        if not self._model.set_messages(messages):
            return
        asked = sum(is_question(m.text) for m in messages)
        self._count.setText(self.tr("questions: {n}").format(n=asked) if asked else "")
        self._empty.setVisible(not messages)

    def _follow(self, _least: int, most: int) -> None:
        """Stay at the end; lines are laid out later than they are added, so the range tells when."""
        if self._follows:
            self.list.verticalScrollBar().setValue(most)

    def lines(self) -> list[str]:
        """What a screen reader is told, one text a line."""
        return [str(self._model.index(row).data()) for row in range(self._model.rowCount())]


def _wrapped(text: str, font: QFont, width_px: int) -> tuple[QTextLayout, int]:
    """Lay untrusted text out in lines, between words where it can be; return it and its height in pixels."""
    layout = QTextLayout(visible_text(text), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width_px, 40))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout, round(height)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold
