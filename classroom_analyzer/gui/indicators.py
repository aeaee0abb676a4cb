"""A slim strip of class readings: facing, talk, chat, movement. What was not measured is a dash, never 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from classroom_analyzer.domain.policy import GROUP_MINIMUM_LIVE, Policy
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.text import escaped_tooltip
from classroom_analyzer.gui.theme import SPACE_PX, Role

__all__ = ["DASH", "IndicatorStrip"]

DASH = "–"


@dataclass(frozen=True, slots=True)
class _Kind:
    """One tile: the reading it shows and whether it tells something about people who are seen."""

    reading: str
    of_seats: bool


_KINDS = (
    _Kind("facing_target", of_seats=True),
    _Kind("speech_share", of_seats=False),
    _Kind("chat_rate.messages", of_seats=False),
    _Kind("movement", of_seats=True),
)


class _Tile(QFrame):
    def __init__(self, name: str, note: str, missing: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._name = name
        self.note = note
        self.missing = missing  # what would fill the dash
        self.value = label(DASH, Role.FIGURE)
        self.hint = label(missing, Role.CAPTION)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE_PX, SPACE_PX, 2 * SPACE_PX, SPACE_PX)
        column.setSpacing(0)
        column.addWidget(label(name, Role.CAPTION))
        column.addWidget(self.value)
        column.addWidget(self.hint)

    def show_value(self, text: str, hint: str) -> None:
        if text == self.value.text() and hint == self.hint.text():
            return
        self.value.setText(text)
        self.hint.setText(hint)
        self.setAccessibleName(self.tr("{name}: {value}, {hint}").format(name=self._name, value=text, hint=hint))


class IndicatorStrip(QWidget):
    """Four tiles; under ``observe`` the facing share is off and groups below the minimum are not told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = {
            "facing_target": (self.tr("Facing"), self.tr("of heads, last 10 s"), self.tr("needs larger faces")),
            "speech_share": (self.tr("Talk"), self.tr("of the last 30 s"), self.tr("needs sound")),
            "chat_rate.messages": (self.tr("Chat"), self.tr("messages a minute"), self.tr("needs a longer chat")),
            "movement": (self.tr("Movement"), self.tr("of face pixels a second"), self.tr("needs faces in view")),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_PX + 4)
        self._tiles: dict[str, _Tile] = {}
        for kind in _KINDS:
            self._tiles[kind.reading] = tile = _Tile(*names[kind.reading])
            row.addWidget(tile, 1)

    def show_readings(self, readings: Mapping[str, Reading], policy: Policy) -> None:
        """Show the newest readings as far as the policy lets them be seen."""
        for kind in _KINDS:
            tile = self._tiles[kind.reading]
            tile.setVisible(not (kind.reading == "facing_target" and policy is Policy.OBSERVE))
            reading = readings.get(kind.reading)
            if reading is None or reading.value is None or not reading.quality:
                tile.show_value(DASH, tile.missing)
            elif policy is Policy.OBSERVE and kind.of_seats and (reading.n or 0) < GROUP_MINIMUM_LIVE:
                tile.show_value(DASH, self.tr("fewer than {n} people").format(n=GROUP_MINIMUM_LIVE))
            else:
                tile.show_value(_value_text(reading), tile.note)
                escaped_tooltip(tile, self._basis(reading))

    def value_text(self, name: str) -> str:
        """What the tile of a reading says now."""
        return self._tiles[name].value.text()

    def _basis(self, reading: Reading) -> str:
        basis = self.tr("quality {quality:.2f}").format(quality=reading.quality)
        if reading.n is not None:
            basis += self.tr(", from {n}").format(n=reading.n)
        return basis


def _value_text(reading: Reading) -> str:
    assert reading.value is not None
    if reading.unit in ("share", "1/s"):
        return f"{100 * reading.value:.0f} %"
    return f"{reading.value:.1f}"
