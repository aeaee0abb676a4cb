"""Whole sentences of the report; the only place where figures become prose."""

from __future__ import annotations

from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.reports.class_line import Bin, ClassLine
from classroom_analyzer.reports.speech import noted, say, say_domain
from classroom_analyzer.storage.lesson_meta import LessonStatus

__all__ = [
    "EXPERIMENTAL_BADGE",
    "FOOTER",
    "LIMITS",
    "NO_CONSEQUENCES",
    "bin_word",
    "clock",
    "headline",
    "joined",
    "length_text",
    "modality_name",
    "policy_name",
    "status_name",
]

# Fixed wording of TRUST.md and VALIDITY.md.
FOOTER = noted("Built on observable participation. Not a measure of attention, understanding or ability.")
EXPERIMENTAL_BADGE = noted("experimental: not validated in your class")
NO_CONSEQUENCES = noted(
    "No consequences. Do not use this report for grades, discipline, ranking or the appraisal of a teacher. "
    "It can be wrong about any person."
)
LIMITS = (
    noted("A quiet class is not a lost class: listening, thinking and writing look still."),
    noted("Looking down to write is part of the work."),
    noted("A dark or distant back row is missing data, not low engagement."),
    noted("Nothing here shows learning, effort, mood, intent, ability or the quality of teaching."),
    noted("Do not compare this lesson's line with another lesson's: each is drawn against its own median."),
    noted("The public data behind such models are adults at webcams; minors and room cameras are not validated here."),
)
NO_EVIDENCE = noted("not enough evidence: ")  # begins most reasons for no estimate
FEW = 0.5  # below this share of windows with an estimate the headline says so first


def modality_name(modality: Modality) -> str:
    """Name of a modality as a teacher knows it."""
    return {Modality.VISION: say("video"), Modality.AUDIO: say("sound"), Modality.TEXT: say("chat")}[modality]


def policy_name(policy: Policy) -> str:
    """Name of a policy inside a sentence."""
    return {
        Policy.OBSERVE: say("observe"),
        Policy.ENGAGEMENT: say("engagement"),
        Policy.RESEARCH: say("research"),
    }[policy]


def status_name(status: LessonStatus) -> str:
    """How far a lesson got."""
    return {
        LessonStatus.RECORDING: say("recording"),
        LessonStatus.COMPLETE: say("complete"),
        LessonStatus.INCOMPLETE: say("incomplete"),
        LessonStatus.RECOVERED: say("recovered"),
    }[status]


def clock(t_s: float) -> str:
    """Time in the lesson as ``m:ss`` or ``h:mm:ss``."""
    minutes, seconds = divmod(int(t_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def length_text(duration_s: float) -> str:
    """A length in words: ``1 min 40 s``, ``47 min``."""
    minutes, seconds = divmod(round(duration_s), 60)
    if not minutes:
        return say("{seconds} s", seconds=seconds)
    if minutes >= 10 or not seconds:
        return say("{minutes} min", minutes=minutes)
    return say("{minutes} min {seconds} s", minutes=minutes, seconds=seconds)


def joined(words: list[str]) -> str:
    """``video, sound and chat``."""
    if len(words) < 2:
        return "".join(words)
    return say("{list} and {last}", list=say(", ").join(words[:-1]), last=words[-1])


def headline(line: ClassLine, duration_s: float) -> str:
    """One sentence about the class line, without digits of the estimate."""
    length = length_text(duration_s)
    if not line.estimated:
        reason = say("nothing was analysed")
        if line.reasons:
            reason = say_domain(line.reasons[0][0]).removeprefix(say(NO_EVIDENCE))
        return say("No estimate could be made in this lesson of {length}: {reason}.", length=length, reason=reason)
    if line.estimated < FEW * line.windows:
        return say(
            "An estimate could be made for less than half of this lesson of {length}; read the gaps before the line.",
            length=length,
        )
    match line.change:
        case "higher":
            return say(
                "The class line was higher in the second half of this lesson of {length} than in the first.",
                length=length,
            )
        case "lower":
            return say(
                "The class line was lower in the second half of this lesson of {length} than in the first.",
                length=length,
            )
        case "level":
            return say(
                "The class line shows no clear change between the halves of this lesson of {length}.", length=length
            )
        case _:
            return say(
                "There is a class line for this lesson of {length}; it is too short to say whether it changed.",
                length=length,
            )


def bin_word(stretch: Bin, median: float) -> str:
    """Where a stretch lies against the lesson's own median; only a whole interval on one side counts."""
    if stretch.low is None or stretch.high is None:
        return say_domain(stretch.reason) if stretch.reason else say("no estimate")
    if stretch.low > median:
        return say("higher")
    return say("lower") if stretch.high < median else say("no clear difference")
