"""DATA_DICTIONARY.md: every quantity of an export with unit, meaning and what a missing value says."""

from __future__ import annotations

from classroom_analyzer.domain.unmeasured import WHAT_WOULD_FILL

__all__ = ["DICTIONARY_NAME", "dictionary_text"]

DICTIONARY_NAME = "DATA_DICTIONARY.md"

# name, unit, meaning, missing value
_REPORT = (
    ("class line", "none; low to high", "estimate of visible engagement of the class against this lesson's own median",
     "a gap: not enough evidence, with the reason"),
    ("model range", "none", "80 % interval: seats not seen and spread between five models", "as the class line"),
    ("coverage", "share", "seat-seconds (video) or time (sound, chat) observed of what could be", "off or absent"),
    ("your marks and the line", "none, at most 1", "kappa of with me / lost, CCC of levels, each with the line",
     "no mark was given with the line hidden"),
    ("what the line rests on", "share", "mean size of a modality's Shapley value, of all three", "not used"),
    ("voices heard", "share of time heard", "time with a voice", "no usable sound"),
    ("one voice, several voices, no voice", "share of time heard", "sound modes over 15 s", "no usable sound"),
    ("longest pause", "s", "longest stretch without a voice inside 30 s", "no usable sound"),
    ("teacher's share of talk", "share", "teacher's voice of all voices", "the teacher's voice is not known"),
    ("wait time", "s", "median time from the end of a question to the next voice", "questions are not known"),
    ("messages, people, questions", "count", "public chat lines, pseudonyms among them, lines that ask", "no chat"),
    ("on task", "share", "messages that a model takes for on task", "too few, not English, or not made"),
    ("seats seen", "count", "median over a second's pictures of seats with a face", "no picture analysed"),
    ("faces present", "share", "pictures with a known seat's face; gaps below 3 s are bridged", "no picture"),
    ("heads towards their usual target", "share", "readable heads inside the seat's usual range", "small or turned"),
)  # fmt: skip
_TABLES = {
    "indicators.parquet (in the lesson folder)": (
        ("t_s", "s", "end of the window, lesson clock", "never missing"),
        ("name", "", "indicator; an aspect follows a dot", "never missing"),
        ("value", "see unit", "measured value", "null: could not be measured, never 0"),
        ("unit", "", "unit of value", "never missing"),
        ("quality", "0 to 1", "0 do not use, 1 as good as it gets", "null: there is no value"),
        ("n", "count", "people or samples it rests on", "null: has no meaning here"),
    ),
    "estimates.parquet (in the lesson folder; empty under observe)": (
        ("t_s", "s", "end of the window, lesson clock", "never missing"),
        ("engagement", "0 to 1", "estimate of the class", "null: the window abstains"),
        ("low, high", "0 to 1", "80 % interval", "null: the window abstains"),
        ("p0, p1, p2, p3", "probability", "of the four ordinal levels", "null: the window abstains"),
        ("coverage", "0 to 1", "mean over the modalities switched on", "never missing"),
        ("w_vision, w_audio, w_text", "same scale as engagement", "Shapley value of the modality", "null: not used"),
        ("phase", "", "lecture, dialogue, group work, silent work, unknown", "never missing"),
        ("status", "", "ok, or why there is no estimate", "never missing"),
    ),
}


def dictionary_text() -> str:
    """Return the dictionary as Markdown."""
    parts = [
        "# Data dictionary",
        "",
        "All times are seconds since the lesson began. A figure that could not be measured is",
    ]
    parts += ["missing, never 0. Nothing here is a score of a person; do not use it for grades, discipline or ranking."]
    for title, rows in {"report.html": _REPORT, **_TABLES}.items():
        parts += ["", f"## {title}", "", "| name | unit | meaning | when it is missing |", "|---|---|---|---|"]
        parts += [f"| {' | '.join(row)} |" for row in rows]
    parts += ["", "## What would fill an indicator that has no value", "", "| name | what it needs |", "|---|---|"]
    parts += [f"| {name} | {what} |" for name, what in WHAT_WOULD_FILL.items()]
    return "\n".join(parts) + "\n"
