"""The picture with masks already applied, and the seats found in it; a seat can be picked to be masked."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from classroom_analyzer.domain.faces import SeatSighting
from classroom_analyzer.domain.live import Preview
from classroom_analyzer.gui.theme import Theme

__all__ = ["PreviewView"]

_LABEL_BACK = QColor(0, 0, 0, 190)  # white text on it reads over any picture
_LEAST_TAG_PX = 11.0
_LEAST_LABEL_BOX_PX = 26.0  # narrower boxes on screen get the bare number


MASK_GROWTH = 0.3  # as the lesson masks: the box and 30 % more


class PreviewView(QWidget):
    """Paints the newest picture, scaled smoothly into the widget; the picture's pixels are not copied.

    A click on a seat picks it, and so do the arrow keys and Enter.

    Signals:
        seat_picked: Number of a seat.
    """

    seat_picked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preview: Preview | None = None
        self._image: QImage | None = None
        self._numbered = True
        self._can_pick = False
        self._note = ""
        self._under_cursor: int | None = None
        self._covered: dict[int, QRectF] = {}  # seats to hide until the lesson's own mask is in the picture
        self._masked: frozenset[int] = frozenset()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Picture of the class, masks applied"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(120)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_numbered(self, numbered: bool) -> None:
        """Whether boxes carry seat numbers."""
        self._numbered = numbered

    def set_note(self, note: str) -> None:
        """What stands in the place of a picture that is not there."""
        self._note = note
        self.update()

    def set_pickable(self, pickable: bool) -> None:
        """Whether seats can be picked: while the lesson runs."""
        self._can_pick = pickable
        self.setAccessibleDescription(
            self.tr("Arrow keys go from seat to seat, Enter asks to mask one.") if pickable else ""
        )

    def cover_seat(self, seat: int) -> None:
        """Hide a seat in the picture at once, until ``uncover`` says that the lesson hides it itself."""
        sighting = next((s for s in self._seats() if s.seat == seat), None)
        if sighting is not None:
            box = sighting.box.grown(MASK_GROWTH)
            self._covered[seat] = QRectF(box.x_px, box.y_px, box.w_px, box.h_px)
            self.update()

    def uncover(self, masked: frozenset[int]) -> None:
        """Leave it to the lesson to hide these seats, from its next picture on: the one that is shown is older."""
        self._masked = masked

    def show_preview(self, preview: Preview) -> None:
        """Paint this picture from now on."""
        for seat in self._masked & self._covered.keys():
            del self._covered[seat]
        height, width = preview.image.shape[:2]
        # The image borrows the array's memory, so the array is kept beside it.
        self._preview = preview
        self._image = QImage(preview.image.data, width, height, preview.image.strides[0], QImage.Format.Format_BGR888)
        self.update()

    def clear(self) -> None:
        """Show no picture."""
        self._preview = self._image = None
        self.update()

    def hasHeightForWidth(self) -> bool:  # noqa: D102
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: D102
        return width * 9 // 16

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(300, 169)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), QColor(tokens.raised))
        self._paint_picture(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_picture(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        if self._preview is None or self._image is None:
            painter.setPen(QColor(tokens.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._note or self.tr("No picture yet"))
            return
        target = self._image_rect()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, self._image)
        self._paint_covers(painter, target)
        self._paint_seats(painter, target)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        seat = self._seat_at(event.position())
        if seat is not None and self._can_pick and event.button() is Qt.MouseButton.LeftButton:
            self._under_cursor = seat
            self.seat_picked.emit(seat)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        seats = [s.seat for s in self._seats()]
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if not self._can_pick or not seats:
            super().keyPressEvent(event)
        elif event.key() in steps:
            step = steps[Qt.Key(event.key())]
            here = seats.index(self._under_cursor) if self._under_cursor in seats else (-1 if step > 0 else 0)
            self._under_cursor = seats[(here + step) % len(seats)]
            self.setAccessibleName(self.tr("Picture of the class, seat {n}").format(n=self._under_cursor))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._under_cursor in seats:
            self.seat_picked.emit(self._under_cursor)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: D102
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: D102
        super().focusOutEvent(event)
        self._under_cursor = None
        self.update()

    def _seats(self) -> tuple[SeatSighting, ...]:
        return self._preview.seats if self._preview is not None else ()

    def _seat_at(self, at: QPointF) -> int | None:
        """The seat whose box lies under a point of the widget; the smallest where several do."""
        if self._image is None:
            return None
        target = self._image_rect()
        scale = target.width() / self._image.width()
        x, y = (at.x() - target.x()) / scale, (at.y() - target.y()) / scale
        hit = [s for s in self._seats() if s.box.holds((x, y))]
        return min(hit, key=lambda s: s.box.area_px).seat if hit else None

    def _paint_covers(self, painter: QPainter, target: QRectF) -> None:
        assert self._image is not None
        scale = target.width() / self._image.width()
        for box in self._covered.values():
            corner = QPointF(target.x() + box.x() * scale, target.y() + box.y() * scale)
            painter.fillRect(QRectF(corner, box.size() * scale).intersected(target), Qt.GlobalColor.black)

    def _image_rect(self) -> QRectF:
        assert self._image is not None
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )

    def _paint_seats(self, painter: QPainter, target: QRectF) -> None:
        assert self._preview is not None
        assert self._image is not None
        scale = target.width() / self._image.width()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.8)
        # Large text must not hide the heads it numbers.
        narrowest = min((seat.box.w_px * scale for seat in self._preview.seats), default=_LEAST_LABEL_BOX_PX)
        font.setPixelSize(round(min(QFontMetrics(font).height() * 0.8, max(narrowest * 0.5, _LEAST_TAG_PX))))
        painter.setFont(font)
        metrics = painter.fontMetrics()
        for seat in self._preview.seats:
            box = QRectF(
                target.x() + seat.box.x_px * scale, target.y() + seat.box.y_px * scale,
                seat.box.w_px * scale, seat.box.h_px * scale,
            )  # fmt: skip
            if self.hasFocus() and seat.seat == self._under_cursor:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(self._theme.tokens.accent), 4))
                painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 4, 4)
            seen = seat.face is not None
            painter.setBrush(Qt.BrushStyle.NoBrush)
            # A dark line under a light one is seen on any picture; dashes mean "not seen now".
            painter.setPen(QPen(QColor(0, 0, 0, 160), 3))
            painter.drawRoundedRect(box, 2, 2)
            style = Qt.PenStyle.SolidLine if seen else Qt.PenStyle.DashLine
            painter.setPen(QPen(QColor("#FFFFFF"), 1.5, style))
            painter.drawRoundedRect(box, 2, 2)
            if not self._numbered:
                continue
            name = self.tr("Seat {number}").format(number=seat.seat)
            if box.width() < _LEAST_LABEL_BOX_PX:
                name = str(seat.seat)
            tag = QRectF(0, 0, metrics.horizontalAdvance(name) + 8, metrics.height() + 2)
            tag.moveCenter(box.center())
            # Never above the box: there stand the numbers of the row behind.
            tag.moveTop(min(box.bottom() + 2, target.bottom() - tag.height()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_LABEL_BACK)
            painter.drawRoundedRect(tag, 3, 3)
            painter.setPen(QColor("#FFFFFF"))
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, name)
