"""Place of use and how far the program may go: three cards, none preselected."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from classroom_analyzer.domain.policy import POLICY_TEXTS, Place, Policy
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.flow import FlowLayout
from classroom_analyzer.gui.sentences import policy_name
from classroom_analyzer.gui.theme import SPACE_PX, Role, set_role

__all__ = ["PolicyChooser"]


class _Card(QFrame):
    """One policy: radio button, fixed text, the reason when it cannot be chosen."""

    def __init__(self, policy: Policy, name: str) -> None:
        super().__init__()
        self.setObjectName("choice")
        self.radio = QRadioButton(name)
        set_role(self.radio, Role.HEADING)
        text = QCoreApplication.translate("domain", POLICY_TEXTS[policy])
        self.radio.setAccessibleName(name)
        self.radio.setAccessibleDescription(text)
        self.reason = label("", Role.CAPTION, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE_PX, SPACE_PX, 2 * SPACE_PX, 2 * SPACE_PX)
        column.addWidget(self.radio)
        self._text = label(text, Role.BODY, wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._text)
        column.addStretch(1)
        column.addWidget(self.reason)
        self.radio.toggled.connect(self._show_chosen)

    @property
    def text(self) -> str:
        return self._text.text()

    def forbid(self, reason: str) -> None:
        """Make the policy unavailable for this reason; an empty reason allows it."""
        self.setEnabled(not reason)
        self.reason.setText(reason)
        self._keep_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_whole()

    def _keep_whole(self) -> None:
        # A layout of cards side by side does not ask wrapped text for its height; a fixed text must never be cut.
        for text in (self._text, self.reason):
            text.setMinimumHeight(text.heightForWidth(text.width()) if text.text() else 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.radio.isEnabled():
            self.radio.setChecked(True)

    def _show_chosen(self, chosen: bool) -> None:
        self.setProperty("chosen", chosen)
        self.style().unpolish(self)
        self.style().polish(self)


class PolicyChooser(QWidget):
    """Both questions.

    Attributes:
        places: Buttons by place.
        cards: Cards by policy.

    Signals:
        changed: An answer changed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        places = {
            Place.EU_EDUCATION: self.tr("Education in the EU/EEA"),
            Place.EDUCATION: self.tr("Education elsewhere"),
            Place.OTHER: self.tr("Other training or meetings"),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_PX + 4)
        column.addWidget(label(self.tr("Where is this program used?"), Role.HEADING, wrap=True))
        row = FlowLayout(spacing_px=SPACE_PX)
        self._place_group = QButtonGroup(self)
        self.places: dict[Place, QRadioButton] = {}
        for place, name in places.items():
            button = QRadioButton(name)
            button.setAccessibleName(name)
            self._place_group.addButton(button)
            self.places[place] = button
            row.addWidget(button)
        column.addLayout(row)
        column.addSpacing(SPACE_PX)
        column.addWidget(label(self.tr("How far may it go?"), Role.HEADING, wrap=True))
        cards = QHBoxLayout()
        cards.setSpacing(SPACE_PX + 4)
        self._policy_group = QButtonGroup(self)
        self.cards: dict[Policy, _Card] = {}
        for policy in Policy:
            card = _Card(policy, policy_name(policy))
            self._policy_group.addButton(card.radio)
            self.cards[policy] = card
            cards.addWidget(card, 1)
        column.addLayout(cards, 1)
        self._place_group.buttonToggled.connect(self._update)
        self._policy_group.buttonToggled.connect(self._update)
        self._update()

    @property
    def place(self) -> Place | None:
        """The chosen place."""
        return next((place for place, button in self.places.items() if button.isChecked()), None)

    @property
    def policy(self) -> Policy | None:
        """The chosen policy."""
        return next((policy for policy, card in self.cards.items() if card.radio.isChecked()), None)

    @property
    def complete(self) -> bool:
        """Whether both were answered."""
        return self.place is not None and self.policy is not None

    def choose(self, place: Place | None, policy: Policy | None) -> None:
        """Show an earlier answer; what may not be chosen any more is left open."""
        if place is not None:
            self.places[place].setChecked(True)
        if policy is not None and self.cards[policy].isEnabled():
            self.cards[policy].radio.setChecked(True)

    def _update(self) -> None:
        eu = self.place is Place.EU_EDUCATION
        engagement = self.cards[Policy.ENGAGEMENT]
        if eu and engagement.radio.isChecked():
            # A group of exclusive buttons does not let its button go otherwise.
            self._policy_group.setExclusive(False)
            engagement.radio.setChecked(False)
            self._policy_group.setExclusive(True)
        engagement.forbid(self.tr("Cannot be chosen for education in the EU/EEA.") if eu else "")
        self.cards[Policy.RESEARCH].forbid(
            self.tr("Needs an ethics reference and a legal basis, which the command line takes.")
        )
        self.changed.emit()
