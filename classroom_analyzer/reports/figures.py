"""Every figure of the report with what it rests on; one that is missing says why and what would fill it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.reports.group_rule import GroupRule
from classroom_analyzer.reports.speech import say
from classroom_analyzer.reports.wording import joined, modality_name
from classroom_analyzer.storage.lesson_reader import LessonReader

__all__ = [
    "DASH",
    "Figure",
    "Series",
    "chat_figures",
    "coverage_figures",
    "folded",
    "health_figures",
    "seen_figures",
    "series",
    "talk_figures",
]

DASH = "—"
READING_WINDOW_S = 30  # of sound indicators: a longer pause shows as one of this length


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a table.

    Attributes:
        label: What it is.
        text: Its value with unit, or a dash.
        note: What it rests on; for a dash, why it is missing and what would fill it.
        share: For a bar, 0 to 1; None without one.
        missing: Whether it could not be measured or is left out.
    """

    label: str
    text: str
    note: str = ""
    share: float | None = None
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A quantity over the lesson.

    Attributes:
        label: What it is, with its unit.
        t_s: Ends of its stretches.
        values: None where not measured.
        top: Upper end of its axis.
        kind: ``video``, ``audio`` or ``chat``, for its colour and line style.
    """

    label: str
    t_s: tuple[float, ...]
    values: tuple[float | None, ...]
    top: float
    kind: str


def coverage_figures(summary: dict[str, Any], rule: GroupRule) -> list[Figure]:
    """How much of the lesson each modality observed."""
    rests = {
        Modality.VISION: say("share of all seats and seconds in which a face could be read"),
        Modality.AUDIO: say("share of the time with usable sound"),
        Modality.TEXT: say("share of the time the chat was connected"),
    }
    rows = [_share(modality_name(m), summary["coverage"][m], rests[m], _fill(m)) for m in MODALITIES]
    # With the class size, the coverage of the video tells how many seats were seen.
    return [_hide(rows[0], rule.hides_seats()), *rows[1:]]


def talk_figures(reader: LessonReader, summary: dict[str, Any], rule: GroupRule) -> list[Figure]:
    """Voices and pauses of the room, without words and without identity."""
    talk = summary["talk"]
    hidden = rule.hides_sound()
    absent = (
        _fill(Modality.AUDIO) if summary["coverage"]["audio"] is None else say("Too little of the sound was usable.")
    )
    heard = say("of the time heard")
    longest = pl.col("name") == "silence.longest_s"
    longest_s = reader.indicators().filter(longest & pl.col("value").is_not_null())["value"].max()
    unknown = say("Needs a sample of the teacher's voice, or the call's sound apart.")
    unnamed = say("Needs a sample of the teacher's voice, the call's sound apart, or a transcript.")
    rows = [
        _share(say("Voices heard"), talk["speech_share"], heard, absent, rule),
        _share(
            say("One voice at a time"),
            talk["single_voice_share"],
            say("of the time heard, judged over 15 s"),
            absent,
            rule,
        ),
        _share(
            say("Several voices"),
            talk["multiple_voices_share"],
            say("of the time heard; tends to be counted too low"),
            absent,
            rule,
        ),
        _share(say("No voice"), talk["silence_share"], say("of the time heard; silent work is work"), absent, rule),
        _pause(longest_s if isinstance(longest_s, float) else None, absent),
        _share(
            say("Teacher's share of talk"),
            talk["teacher_share"],
            say("of the talk whose speaker is known"),
            unnamed,
            rule,
        ),
        _seconds(say("Pause after the teacher"), _indicator_median(reader, "pause_after_teacher"), unknown),
        _seconds(
            say("Wait time after a question"),
            talk["wait_time_median_s"],
            say("Needs a transcript or speech recognition."),
        ),
    ]
    return [_hide(row, hidden) for row in rows]


def chat_figures(summary: dict[str, Any], rule: GroupRule, policy: Policy) -> list[Figure]:
    """The chat in counts."""
    chat, hidden = summary["chat"], rule.hides_people()
    asks = say("lines with a question mark") if policy is Policy.OBSERVE else say("lines that ask something")
    needs = (
        say("Not made under this policy.")
        if policy is Policy.OBSERVE
        else say("Needs at least five messages in English and a model.")
    )
    rows = [
        _count(say("Messages"), chat["messages"], say("public lines; private ones are never read")),
        _count(say("Different people writing"), chat["participants"], say("by pseudonym")),
        _count(say("Questions"), chat["questions"], asks),
        _share(say("On task"), chat["on_task_share"], say("of the messages"), needs, rule),
    ]
    return [_hide(row, hidden) for row in rows]


def seen_figures(reader: LessonReader, summary: dict[str, Any], rule: GroupRule, policy: Policy) -> list[Figure]:
    """What the picture showed of the whole class."""
    hidden, absent = rule.hides_seats(), _fill(Modality.VISION)
    seats = summary["seats"]
    unit = say("of {size} seats", size=seats["expected"]) if seats["expected"] else say("seats")
    rows = [
        _number(say("Seats seen on average"), seats["mean"], unit, absent),
        _number(say("Most seats seen at once"), seats["max"], unit, absent),
    ]
    means = _indicator_means(reader)
    note = say("of the seats known; bending over looks like absence")
    rows.append(_share(say("Faces present"), means.get("face_presence"), note, absent, rule))
    if policy is not Policy.OBSERVE:
        few = absent if seats["max"] is None else say("Faces are too small or turned too far to tell.")
        rows.append(
            _share(
                say("Heads towards their usual target"),
                means.get("facing_target"),
                say("of the readable faces; the desk is a target too"),
                few,
                rule,
            )
        )
    rows.append(
        Figure(say("Hands raised"), DASH, say("No model for it is shipped; marks by hand would fill it."), missing=True)
    )
    return [_hide(row, hidden) for row in rows]


def health_figures(summary: dict[str, Any], counters: dict[str, int]) -> list[Figure]:
    """How the measuring itself went."""
    speed = summary["performance"]
    rows = [
        _number(say("Pictures analysed per second"), speed["analysed_fps"], "", say("No picture.")),
        _number(
            say("Analysis time per second of lesson"), speed["realtime_factor"], "s", say("A live lesson has none.")
        ),
    ]
    rows += [Figure(name.replace("_", " ").capitalize(), str(n), say("counted")) for name, n in counters.items()]
    return rows


def series(reader: LessonReader, summary: dict[str, Any], rule: GroupRule) -> list[Series]:
    """Talk, chat and seats over the lesson, as far as the group minimum lets them be drawn."""
    drawn = []
    rows = reader.indicators()
    talk = rows.filter((pl.col("name") == "speech_share") & pl.col("t_s").is_not_null())
    if rule.hides_sound() is None and talk["value"].count():
        values = tuple(None if v is None else rule.clamped(v) for v in talk["value"])
        drawn.append(Series(say("voices, share of 30 s"), tuple(talk["t_s"]), values, 1.0, "audio"))
    rate = rows.filter(pl.col("name") == "chat_rate.messages") if summary["chat"]["messages"] else rows.clear()
    if rule.hides_people() is None and rate["value"].count():
        values = tuple(rate["value"])
        top = max((v for v in values if v is not None), default=1.0)
        drawn.append(Series(say("chat, messages a minute"), tuple(rate["t_s"]), values, max(top * 1.1, 1.0), "chat"))
    seen = summary["seats"]["per_second"]
    if rule.hides_seats() is None and any(v is not None for v in seen):
        top = float(max(summary["seats"]["expected"] or 0, summary["seats"]["max"] or 0))
        drawn.append(
            Series(say("seats seen"), tuple(k + 1.0 for k in range(len(seen))), tuple(seen), top * 1.08, "video")
        )
    return drawn


def folded(rows: list[Figure]) -> list[Figure]:
    """Join missing figures that share their reason into one line, so that the reason is read once."""
    labels: dict[str, list[str]] = {}
    for row in rows:
        if row.missing:
            labels.setdefault(row.note, []).append(row.label)
    told: set[str] = set()
    kept = []
    for row in rows:
        if not row.missing:
            kept.append(row)
        elif row.note not in told:
            told.add(row.note)
            first, *others = labels[row.note]
            kept.append(replace(row, label=joined([first, *(label[0].lower() + label[1:] for label in others)])))
    return kept


def _fill(modality: Modality) -> str:
    return {
        Modality.VISION: say("Video was off or absent. A camera, or a recording with a picture, would fill it."),
        Modality.AUDIO: say(
            "Sound was off or absent. A microphone, or a recording with sound (--audio), would fill it."
        ),
        Modality.TEXT: say("No chat was connected. A saved chat (--chat) would fill it."),
    }[modality]


def _indicator_means(reader: LessonReader) -> dict[str, float]:
    means = reader.indicators().group_by("name").agg(pl.col("value").mean()).drop_nulls()
    return {str(name): float(value) for name, value in means.iter_rows()}


def _indicator_median(reader: LessonReader, name: str) -> float | None:
    value = reader.indicators().filter(pl.col("name") == name)["value"].median()
    return value if isinstance(value, float) else None


def _share(label: str, share: float | None, note: str, fill: str, rule: GroupRule | None = None) -> Figure:
    if share is None:
        return Figure(label, DASH, fill, missing=True)
    text, drawn = (rule.share_text(share), rule.clamped(share)) if rule is not None else (f"{share:.0%}", share)
    return Figure(label, text, note, drawn)


def _count(label: str, count: int | None, note: str) -> Figure:
    return Figure(label, DASH, _fill(Modality.TEXT), missing=True) if count is None else Figure(label, str(count), note)


def _number(label: str, value: float | None, unit: str, fill: str) -> Figure:
    if value is None:
        return Figure(label, DASH, fill, missing=True)
    return Figure(label, f"{value:.3g} {unit}".strip())


def _seconds(label: str, value_s: float | None, fill: str) -> Figure:
    return (
        Figure(label, DASH, fill, missing=True)
        if value_s is None
        else Figure(label, say("{seconds} s", seconds=f"{value_s:.1f}"))
    )


def _pause(longest_s: float | None, fill: str) -> Figure:
    if longest_s is None:
        return Figure(say("Longest pause"), DASH, fill, missing=True)
    text = say("{seconds} s", seconds=f"{longest_s:.0f}")
    if longest_s > READING_WINDOW_S - 0.5:
        text = say("{seconds} s or more", seconds=READING_WINDOW_S)
    return Figure(say("Longest pause"), text, say("without any voice"))


def _hide(figure: Figure, reason: str | None) -> Figure:
    return figure if reason is None or figure.missing else Figure(figure.label, DASH, reason, missing=True)
