"""Icons drawn by this project, coloured by the tokens of the theme."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from classroom_analyzer.models import assets

__all__ = ["app_icon", "icon"]


def icon(name: str, colour: str, size_px: int = 20) -> QIcon:
    """Return the icon ``assets/icons/NAME.svg`` in one colour, at one and two pixels per point."""
    drawn = QIcon()
    svg = _svg(name).replace("currentColor", colour)
    for ratio in (1, 2):
        drawn.addPixmap(_render(svg, size_px, ratio))
    return drawn


def app_icon() -> QIcon:
    """Return the icon of the program."""
    drawn = QIcon()
    svg = _svg("app")
    for size_px in (16, 32, 64, 128):
        drawn.addPixmap(_render(svg, size_px, 1))
    return drawn


def _svg(name: str) -> str:
    return assets.path("icons", f"{name}.svg").read_text(encoding="utf-8")


def _render(svg: str, size_px: int, ratio: int) -> QPixmap:
    pixmap = QPixmap(size_px * ratio, size_px * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size_px * ratio, size_px * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
