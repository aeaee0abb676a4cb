"""Tiles of single seats in the order of their numbers: never names, never sorted by an estimate."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from classroom_analyzer.domain.estimates import EstimateStatus, SeatEstimate
from classroom_analyzer.gui.cards import Card, label
from classroom_analyzer.gui.sentences import status_text
from classroom_analyzer.gui.text import escaped_tooltip
from classroom_analyzer.gui.theme import SPACE_PX, Role

__all__ = ["SeatTiles"]

_LEAST_TILE_PX = 102
_GOOD_QUALITY = 0.7
_FAIR_QUALITY = 0.4


class _Tile(QFrame):
    def __init__(self, seat: int) -> None:
        super().__init__()
        self.setObjectName("tile")
        self._seat = seat
        self._state: QLabel = label("", Role.CAPTION)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_PX, 4, SPACE_PX, 4)
        column.setSpacing(0)
        column.addWidget(label(self.tr("Seat {number}").format(number=seat), Role.HEADING))
        column.addWidget(self._state)

    def show_estimate(self, estimate: SeatEstimate) -> None:
        words = self._words(estimate)
        if words != self._state.text():
            self._state.setText(words)
            self.setAccessibleName(self.tr("Seat {number}: {state}").format(number=self._seat, state=words))
        escaped_tooltip(self, status_text(estimate.status))

    def _words(self, estimate: SeatEstimate) -> str:
        if estimate.status is EstimateStatus.OK:
            if estimate.quality >= _GOOD_QUALITY:
                return self.tr("seen well")
            return self.tr("seen fairly") if estimate.quality >= _FAIR_QUALITY else self.tr("seen poorly")
        return {
            EstimateStatus.NO_MODALITY: self.tr("not seen"),
            EstimateStatus.LOW_COVERAGE: self.tr("seen too little"),
            EstimateStatus.TOO_SMALL: self.tr("too small"),
            EstimateStatus.OUT_OF_DISTRIBUTION: self.tr("unlike training"),
            EstimateStatus.UNCERTAIN: self.tr("cannot tell"),
            EstimateStatus.SOURCE_LOST: self.tr("source lost"),
            EstimateStatus.EXCLUDED: self.tr("left out"),
        }[estimate.status]


class SeatTiles(Card):
    """One tile a seat; columns follow the width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.heading.setText(self.tr("Seats"))
        self.setAccessibleName(self.tr("Seats by number"))
        self.header.addWidget(label(self.tr("How well each is seen"), Role.CAPTION))
        self._tiles: dict[int, _Tile] = {}
        inside = QWidget()
        self._grid = QGridLayout()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._grid.setSpacing(SPACE_PX // 2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)  # setWidget switched it on
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(scroll)

    def show_seats(self, seats: Sequence[SeatEstimate]) -> None:
        """Show these seats; seats that left keep no tile."""
        numbers = sorted(e.seat for e in seats)
        if numbers != sorted(self._tiles):
            self._rebuild(numbers)
        for estimate in seats:
            self._tiles[estimate.seat].show_estimate(estimate)

    def tile_texts(self) -> list[str]:
        """What the tiles say, in their order on screen."""
        return [tile.accessibleName() for tile in self._tiles.values()]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._place()

    def _rebuild(self, numbers: list[int]) -> None:
        kept = {n: self._tiles[n] for n in numbers if n in self._tiles}
        for number, tile in self._tiles.items():
            if number not in kept:
                tile.deleteLater()
        self._tiles = {n: kept.get(n) or _Tile(n) for n in numbers}
        self._place()

    def _place(self) -> None:
        columns = max(1, (self.width() - 4 * SPACE_PX) // _LEAST_TILE_PX)
        for index, tile in enumerate(self._tiles.values()):
            self._grid.addWidget(tile, index // columns, index % columns)
