"""Whole sentences of the report; the only place where figures become prose."""

from __future__ import annotations

from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.reports.class_line import Bin, ClassLine

__all__ = [
    "EXPERIMENTAL_BADGE",
    "FOOTER",
    "LIMITS",
    "MODALITY_NAMES",
    "NO_CONSEQUENCES",
    "bin_word",
    "clock",
    "headline",
    "joined",
    "length_text",
]

# Fixed wording of TRUST.md and VALIDITY.md.
FOOTER = "Built on observable participation. Not a measure of attention, understanding or ability."
EXPERIMENTAL_BADGE = "experimental: not validated in your class"
NO_CONSEQUENCES = (
    "No consequences. Do not use this report for grades, discipline, ranking or the appraisal of a teacher. "
    "It can be wrong about any person."
)
LIMITS = (
    "A quiet class is not a lost class: listening, thinking and writing look still.",
    "Looking down to write is part of the work.",
    "A dark or distant back row is missing data, not low engagement.",
    "Nothing here shows learning, effort, mood, intent, ability or the quality of teaching.",
    "Do not compare this lesson's line with another lesson's: each is drawn against its own median.",
    "The public data behind such models are adults at webcams; minors and room cameras are not validated here.",
)
MODALITY_NAMES = {Modality.VISION: "video", Modality.AUDIO: "sound", Modality.TEXT: "chat"}
FEW = 0.5  # below this share of windows with an estimate the headline says so first


def clock(t_s: float) -> str:
    """Time in the lesson as ``m:ss`` or ``h:mm:ss``."""
    minutes, seconds = divmod(int(t_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def length_text(duration_s: float) -> str:
    """A length in words: ``1 min 40 s``, ``47 min``."""
    minutes, seconds = divmod(round(duration_s), 60)
    if not minutes:
        return f"{seconds} s"
    return f"{minutes} min" if minutes >= 10 or not seconds else f"{minutes} min {seconds} s"


def joined(words: list[str]) -> str:
    """``video, sound and chat``."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def headline(line: ClassLine, duration_s: float) -> str:
    """One sentence about the class line, without digits of the estimate."""
    length = length_text(duration_s)
    if not line.estimated:
        reason = line.reasons[0][0].removeprefix("not enough evidence: ") if line.reasons else "nothing was analysed"
        return f"No estimate could be made in this lesson of {length}: {reason}."
    if line.estimated < FEW * line.windows:
        return (
            f"An estimate could be made for less than half of this lesson of {length}; read the gaps before the line."
        )
    match line.change:
        case "higher":
            return f"The class line was higher in the second half of this lesson of {length} than in the first."
        case "lower":
            return f"The class line was lower in the second half of this lesson of {length} than in the first."
        case "level":
            return f"The class line shows no clear change between the halves of this lesson of {length}."
        case _:
            return f"There is a class line for this lesson of {length}; it is too short to say whether it changed."


def bin_word(stretch: Bin, median: float) -> str:
    """Where a stretch lies against the lesson's own median; only a whole interval on one side counts."""
    if stretch.low is None or stretch.high is None:
        return stretch.reason or "no estimate"
    if stretch.low > median:
        return "higher"
    return "lower" if stretch.high < median else "no clear difference"
