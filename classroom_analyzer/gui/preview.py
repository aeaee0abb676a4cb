"""The picture with masks already applied, and the seats found in it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from classroom_analyzer.domain.live import Preview
from classroom_analyzer.gui.theme import Theme

__all__ = ["PreviewView"]

_LABEL_BACK = QColor(0, 0, 0, 190)  # white text on it reads over any picture
_LEAST_LABEL_BOX_PX = 26.0  # narrower boxes on screen get the bare number


class PreviewView(QWidget):
    """Paints the newest picture, scaled smoothly into the widget; the picture's pixels are not copied."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preview: Preview | None = None
        self._image: QImage | None = None
        self._numbered = True
        self.setAccessibleName(self.tr("Picture of the class, masks applied"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(120)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_numbered(self, numbered: bool) -> None:
        """Whether boxes carry seat numbers."""
        self._numbered = numbered

    def show_preview(self, preview: Preview) -> None:
        """Paint this picture from now on."""
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
        if self._preview is None or self._image is None:
            painter.setPen(QColor(tokens.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("No picture yet"))
            return
        target = self._image_rect()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, self._image)
        self._paint_seats(painter, target)

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
        painter.setFont(font)
        metrics = painter.fontMetrics()
        for seat in self._preview.seats:
            box = QRectF(
                target.x() + seat.box.x_px * scale, target.y() + seat.box.y_px * scale,
                seat.box.w_px * scale, seat.box.h_px * scale,
            )  # fmt: skip
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
            tag.moveTop(
                box.bottom() + 2 if box.bottom() + 2 + tag.height() < target.bottom() else box.top() - tag.height()
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_LABEL_BACK)
            painter.drawRoundedRect(tag, 3, 3)
            painter.setPen(QColor("#FFFFFF"))
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, name)
