"""A row of widgets that goes on in the next line where the window is too narrow or the text too large."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

__all__ = ["FlowLayout"]


class FlowLayout(QLayout):
    """Lays its widgets out from the left, each as wide as it wants to be, centred in its line.

    Args:
        spacing_px: Between widgets and between lines.
        right: How many of the last widgets stand at the right end, where one line holds all.
    """

    def __init__(self, parent: QWidget | None = None, *, spacing_px: int, right: int = 0) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._right = right
        self.setSpacing(spacing_px)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: D102
        self._items.append(item)

    def count(self) -> int:  # noqa: D102
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: D102
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: D102
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: D102
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: D102
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: D102
        return self._lay_out(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: D102
        super().setGeometry(rect)
        self._lay_out(rect, place=True)

    def sizeHint(self) -> QSize:  # noqa: D102
        sizes = [item.sizeHint() for item in self._visible()]
        margins = self.contentsMargins()
        width = sum(s.width() for s in sizes) + self.spacing() * max(len(sizes) - 1, 0)
        height = max((s.height() for s in sizes), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:  # noqa: D102
        sizes = [item.minimumSize() for item in self._visible()]
        margins = self.contentsMargins()
        return QSize(
            max((s.width() for s in sizes), default=0) + margins.left() + margins.right(),
            max((s.height() for s in sizes), default=0) + margins.top() + margins.bottom(),
        )

    def _visible(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in self._visible():
            wanted = item.sizeHint().width()
            if lines[-1] and used + wanted > width:
                lines.append([])
                used = 0
            lines[-1].append(item)
            used += wanted + self.spacing()
        return lines

    def _lay_out(self, rect: QRect, *, place: bool) -> int:
        inner = rect.marginsRemoved(self.contentsMargins())
        lines = self._lines(inner.width())
        top = inner.top()
        to_the_right = {id(item) for item in self._items[len(self._items) - self._right :]}
        for line in lines:
            height = max((item.sizeHint().height() for item in line), default=0)
            left = inner.left()
            free = inner.width() - sum(i.sizeHint().width() for i in line) - self.spacing() * (len(line) - 1)
            pushed = False
            for item in line:
                size = item.sizeHint()
                if not pushed and id(item) in to_the_right:
                    left += max(free, 0)
                    pushed = True
                if place:
                    width = min(size.width(), inner.width())
                    item.setGeometry(
                        QRect(QPoint(left, top + (height - size.height()) // 2), QSize(width, size.height()))
                    )
                left += size.width() + self.spacing()
            top += height + self.spacing()
        margins = self.contentsMargins()
        return top - self.spacing() - inner.top() + margins.top() + margins.bottom()
