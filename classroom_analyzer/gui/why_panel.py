"""What one moment of the class line rests on: figures then and before, what moved, what was written, and a dispute.

All of it is plain text. Nothing here says why in the sense of a cause: modalities "go with" the line.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from classroom_analyzer.domain.clock import to_s
from classroom_analyzer.domain.live import Change, Why
from classroom_analyzer.domain.modality import MODALITIES
from classroom_analyzer.gui.cards import Card, label
from classroom_analyzer.gui.icons import icon
from classroom_analyzer.gui.indicator_words import indicator_name, value_text
from classroom_analyzer.gui.sentences import modality_name, status_text
from classroom_analyzer.gui.text import clock_text, escaped_tooltip, visible_text
from classroom_analyzer.gui.theme import SPACE_PX, TARGET_PX, Role, Theme

__all__ = ["WhyPanel", "why_lines"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences

MOST_CHANGES = 6
MOST_CHAT_LINES = 12
LEAST_DIFFERENCE = 0.005  # smaller ones are 0.00 on paper


def why_lines(why: Why) -> list[tuple[str, list[str]]]:
    """Return headings, each with its lines of literal text."""
    sections = [(translate("why", "Estimate"), _estimate_lines(why))]
    goes_with = _contribution_lines(why)
    if goes_with:
        sections.append((translate("why", "What goes with it"), goes_with))
    sections.append((translate("why", "Indicators that moved"), _change_lines(why)))
    sections.append((translate("why", "Chat of the two minutes before"), _chat_lines(why)))
    return sections


class WhyPanel(Card):
    """Stands in the place of the chat while a moment is looked into.

    Signals:
        closed: The teacher is done with it.
        disputed: What the teacher holds against the estimate, and its second.
    """

    closed = Signal()
    disputed = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._t_s = 0
        self._theme = theme
        self.close_button = QPushButton()
        escaped_tooltip(self.close_button, self.tr("Close and show the chat (Esc)"))
        theme.changed.connect(self._colour)
        self.close_button.setAccessibleName(self.tr("Close and show the chat"))
        self.close_button.clicked.connect(self.closed)
        self._colour()
        self.header.addWidget(self.close_button)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE_PX, 0)
        column.addLayout(self._lines)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(inside)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(self.tr("What the moment rests on"))
        self._scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)  # setWidget switched it on
        self.body.addWidget(self._scroll, 1)
        self.note = QLineEdit()
        self.note.setMinimumHeight(TARGET_PX)
        self.note.setMaxLength(500)
        self.note.setPlaceholderText(self.tr("What was different? (optional)"))
        self.note.setAccessibleName(self.tr("What was different"))
        self.disagree = QPushButton(self.tr("I disagree"))
        self.disagree.setAccessibleName(self.tr("I disagree with the estimate of this moment"))
        self.disagree.clicked.connect(self._dispute)
        self.note.returnPressed.connect(self._dispute)
        self._dispute_row = QWidget()
        rows = QVBoxLayout(self._dispute_row)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE_PX // 2)
        rows.addWidget(self.note)
        rows.addWidget(self.disagree)
        self.body.addWidget(self._dispute_row)

    def show_why(self, t_s: int, why: Why | None) -> None:
        """Show a moment; None says that nothing is known of it any more, or yet."""
        self._t_s = t_s
        heading = self.tr("Why? {time}").format(time=clock_text(t_s))
        self.heading.setText(heading)
        self.setAccessibleName(heading)
        self._clear()
        if why is None:
            gone = self.tr("This moment is not at hand: it is over ten minutes ago, or not over yet.")
            self._add(label(gone, Role.BODY, wrap=True))
            self._dispute_row.hide()
            return
        for name, lines in why_lines(why):
            self._add(label(name, Role.HEADING, wrap=True))
            for line in lines:
                self._add(label(line, Role.BODY, wrap=True))
        limits = self.tr("An estimate of what can be observed. It can be wrong; your dispute is kept with the lesson.")
        self._add(label(limits, Role.CAPTION, wrap=True))
        self._dispute_row.setVisible(why.estimate is not None)
        self.note.clear()
        self._scroll.verticalScrollBar().setValue(0)

    def texts(self) -> list[str]:
        """All lines, as they are shown."""
        found = []
        for place in range(self._lines.count()):
            item = self._lines.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                found.append(widget.text())  # type: ignore[attr-defined]
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _colour(self) -> None:
        self.close_button.setIcon(icon("close", self._theme.tokens.text))

    def _add(self, widget: QWidget) -> None:
        self._lines.addWidget(widget)

    def _clear(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _dispute(self) -> None:
        said = self.tr("I disagree with the estimate at {time}").format(time=clock_text(self._t_s))
        more = self.note.text().strip()
        self.disputed.emit(f"{said}: {more}" if more else said, self._t_s)
        self.note.clear()


def _estimate_lines(why: Why) -> list[str]:
    now, before = why.estimate, why.before
    if now is None:
        return [translate("why", "No estimate is made under this policy.")]
    lines = []
    if now.engagement is None or now.low is None or now.high is None:
        lines.append(translate("why", "{reason}.").format(reason=status_text(now.status)))
    else:
        lines.append(
            translate("why", "{value:.2f} on a scale from 0 to 1, model range (80 %) {low:.2f} to {high:.2f}").format(
                value=now.engagement, low=now.low, high=now.high
            )
        )
    if before is not None and before.engagement is not None:
        lines.append(
            translate("why", "{value:.2f} before, at {time}").format(
                value=before.engagement, time=clock_text(before.t_s)
            )
        )
    observed = translate("why", "Observed: {now:.0f} %").format(now=100 * now.coverage)
    if before is not None:
        observed = translate("why", "Observed: {now:.0f} %, before {before:.0f} %").format(
            now=100 * now.coverage, before=100 * before.coverage
        )
    lines.append(observed)
    if now.class_size is not None:
        seats = translate("why", "{seen} of {size} seats seen").format(seen=now.seats_seen, size=now.class_size)
        if before is not None:
            seats = translate("why", "{seen} of {size} seats seen, before {before}").format(
                seen=now.seats_seen, size=now.class_size, before=before.seats_seen
            )
        lines.append(seats)
    return lines


def _contribution_lines(why: Why) -> list[str]:
    """How far each modality goes with the difference; with its share of the estimate where there is no before."""
    now, before = why.estimate, why.before
    if now is None or now.engagement is None:
        return []
    lines = []
    for place, modality in enumerate(MODALITIES):
        name = modality_name(modality)
        value = now.contribution[place]
        earlier = before.contribution[place] if before is not None else None
        if value is None:
            lines.append(translate("why", "{modality} is not used").format(modality=name))
        elif earlier is None:
            lines.append(translate("why", "{modality} goes with {value:+.2f}").format(modality=name, value=value))
        elif abs(value - earlier) < LEAST_DIFFERENCE:
            lines.append(translate("why", "{modality} goes with none of the difference").format(modality=name))
        else:
            lines.append(
                translate("why", "{modality} goes with {value:+.2f} of the difference").format(
                    modality=name, value=value - earlier
                )
            )
    return [line[:1].upper() + line[1:] for line in lines]


def _change_lines(why: Why) -> list[str]:
    """What moved, then what was lost; ends of intervals and what stayed say nothing of the moment."""
    told = [c for c in why.changes if not c.name.endswith((".low", ".high"))]
    both = [c for c in told if c.now is not None and c.before is not None]
    moved = [c for c in both if value_text(c.now, c.unit) != value_text(c.before, c.unit)]
    lost = [c for c in told if c.now is None and c.before is not None]
    shown = [_change_line(change) for change in (*moved, *lost)[:MOST_CHANGES]]
    return shown or [translate("why", "None that was measured.")]


def _change_line(change: Change) -> str:
    before, now = value_text(change.before, change.unit), value_text(change.now, change.unit)
    name = indicator_name(change.name)
    if change.now is None:
        return translate("why", "{name}: {before}, now not measured").format(name=name, before=before)
    return translate("why", "{name}: {before} to {now}").format(name=name, before=before, now=now)


def _chat_lines(why: Why) -> list[str]:
    if not why.chat:
        return [translate("why", "Nothing was written.")]
    newest = why.chat[-MOST_CHAT_LINES:]
    lines = [
        translate("why", "{time} {who}: {text}").format(
            time=clock_text(to_s(m.t_ns)), who=m.participant, text=visible_text(m.text)
        )
        for m in newest
    ]
    if len(newest) < len(why.chat):
        lines.insert(0, translate("why", "Earlier lines: {n}").format(n=len(why.chat) - len(newest)))
    return lines
