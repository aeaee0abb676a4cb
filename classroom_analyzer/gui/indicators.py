"""What the strips show: the readings, how far the policy lets them be seen, and the words beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.gui.indicator_words import DASH, value_text

__all__ = ["FACING", "KINDS", "TALK", "Kind", "Shown", "shown"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences

FACING = "facing_target"
TALK = "speech_share"
_TEACHER = "talk_ratio"


@dataclass(frozen=True, slots=True)
class Kind:
    """One strip.

    Attributes:
        reading: Indicator whose value it draws.
        of_seats: Whether it tells something about people who are seen.
        top: Value at the top of the strip; None where the strip follows the largest value of the last ten minutes.
    """

    reading: str
    of_seats: bool
    top: float | None


KINDS = (
    Kind(FACING, of_seats=True, top=1.0),
    Kind(TALK, of_seats=False, top=1.0),
    Kind("chat_rate.messages", of_seats=False, top=None),
    Kind("movement", of_seats=True, top=None),
    Kind("questions", of_seats=False, top=None),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One strip at one moment.

    Attributes:
        values: Parts to draw from the bottom up, together the reading; empty where nothing may be drawn.
        text: The value in words, or a dash.
        note: Over what it was taken, or what would fill the dash.
        basis: Quality and number of people, for hover.
    """

    values: tuple[float, ...]
    text: str
    note: str
    basis: str = ""


def shown(kind: Kind, readings: Mapping[str, Reading], policy: Policy, group_minimum: int) -> Shown:
    """Return what a strip shows of the newest readings.

    Under ``observe`` a figure of people who are seen needs as many of them as the group rule says; where it has fewer,
    that is what is said in its place.
    """
    reading = readings.get(kind.reading)
    if reading is None or reading.value is None or not reading.quality:
        return Shown((), DASH, _missing(kind.reading))
    if policy is Policy.OBSERVE and kind.of_seats and (reading.n or 0) < group_minimum:
        return Shown((), DASH, translate("indicators", "fewer than {n} people").format(n=group_minimum))
    basis = translate("indicators", "quality {quality:.2f}").format(quality=reading.quality)
    if reading.n is not None:
        basis = translate("indicators", "{basis}, from {n}").format(basis=basis, n=reading.n)
    teacher = readings.get(_TEACHER)
    if kind.reading == TALK and teacher is not None and teacher.value is not None and teacher.quality:
        parts = (reading.value * teacher.value, reading.value * (1 - teacher.value))
        return Shown(parts, _talk_text(parts), _over(kind.reading), basis)
    return Shown((reading.value,), value_text(reading.value, reading.unit), _over(kind.reading), basis)


def _talk_text(parts: tuple[float, float]) -> str:
    return translate(
        "indicators", "teacher {teacher:.0f} %, students {students:.0f} %, silence {silence:.0f} %"
    ).format(teacher=100 * parts[0], students=100 * parts[1], silence=100 * (1 - sum(parts)))


def _over(name: str) -> str:
    return {
        FACING: translate("indicators", "of heads, last 10 s"),
        TALK: translate("indicators", "of the last 30 s"),
        "chat_rate.messages": translate("indicators", "messages, last 2 minutes"),
        "movement": translate("indicators", "of face pixels, last 10 s"),
        "questions": translate("indicators", "in the chat, last 2 minutes"),
    }[name]


def _missing(name: str) -> str:
    return {
        FACING: translate("indicators", "needs faces in view"),
        TALK: translate("indicators", "needs a microphone"),
        "chat_rate.messages": translate("indicators", "needs a chat"),
        "movement": translate("indicators", "needs faces in view"),
        "questions": translate("indicators", "needs a chat"),
    }[name]
