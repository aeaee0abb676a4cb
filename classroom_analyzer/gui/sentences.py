"""Whole sentences about the newest state of a lesson, without digits of the estimate."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from classroom_analyzer.domain.estimates import STATUS_TEXTS, ClassEstimate, EstimateStatus
from classroom_analyzer.domain.labels import CALIBRATED_BADGE
from classroom_analyzer.domain.live import DeviceHealth, SourceState
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.policy import GROUP_MINIMUM_LIVE, Policy

__all__ = [
    "badge_text",
    "class_sentence",
    "device_word",
    "gap_text",
    "left_text",
    "modality_name",
    "phase_name",
    "policy_name",
    "small_group_note",
    "status_text",
]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences

TREND_BIN_S = 120  # the class trend is told in bins of two minutes
LEAST_EVIDENCE_S = 60  # nothing is said about a trend on less


def badge_text(warnings: Sequence[str]) -> str:
    """Badge of the class line: with what it was calibrated, without the interval, or that it is experimental."""
    calibrated = next((w for w in warnings if w.startswith(CALIBRATED_BADGE)), None)
    if calibrated is None:
        return translate("sentences", "experimental: not validated in your class")
    return calibrated.partition(" (")[0]


def modality_name(modality: Modality) -> str:
    """Name of a modality as a teacher knows it."""
    return {
        Modality.VISION: translate("sentences", "video"),
        Modality.AUDIO: translate("sentences", "sound"),
        Modality.TEXT: translate("sentences", "chat"),
    }[modality]


def phase_name(phase: Phase) -> str:
    """Name of a lesson phase, empty when it is not known."""
    return {
        Phase.UNKNOWN: "",
        Phase.LECTURE: translate("sentences", "Lecture"),
        Phase.DIALOGUE: translate("sentences", "Dialogue"),
        Phase.GROUP_WORK: translate("sentences", "Group work"),
        Phase.SILENT_WORK: translate("sentences", "Silent work"),
    }[phase]


def policy_name(policy: Policy) -> str:
    """Name of a policy on cards and start page."""
    return {
        Policy.OBSERVE: translate("sentences", "Observe"),
        Policy.ENGAGEMENT: translate("sentences", "Engagement"),
        Policy.RESEARCH: translate("sentences", "Research"),
    }[policy]


def device_word(health: DeviceHealth) -> str:
    """How a source is doing, in a word or two: also what the state alone does not tell, muted, frozen or hidden."""
    if health.state is SourceState.RETRY and health.retry_in_s is not None:
        seconds = max(math.ceil(health.retry_in_s), 1)
        return translate("sentences", "Lost (retry in {seconds} s)").format(seconds=seconds)
    if health.state in (SourceState.OK, SourceState.STALE):
        # Sources tell these by the first word that fits in what a person can do about it.
        told = health.detail.lower()
        for sign, word in (
            ("frozen", translate("sentences", "Frozen")),
            ("muted", translate("sentences", "Muted")),
            ("hidden", translate("sentences", "Hidden")),
        ):
            if sign in told:
                return word
    return {
        SourceState.OK: translate("sentences", "OK"),
        SourceState.STALE: translate("sentences", "Late"),
        SourceState.LOST: translate("sentences", "Lost"),
        SourceState.RETRY: translate("sentences", "Lost (retry)"),
        SourceState.ENDED: translate("sentences", "Ended"),
        SourceState.OFF: translate("sentences", "Off"),
    }[health.state]


def gap_text(status: EstimateStatus | None, *, paused: bool) -> str:
    """Why the line has a gap, short enough to be written into it; None is a second that nobody reported."""
    if paused:
        return translate("sentences", "paused")
    if status is None:
        return translate("sentences", "nothing was recorded")
    return {
        EstimateStatus.OK: "",
        EstimateStatus.NO_MODALITY: translate("sentences", "nothing seen, heard or read"),
        EstimateStatus.LOW_COVERAGE: translate("sentences", "too little was observed"),
        EstimateStatus.TOO_SMALL: translate("sentences", "faces too small"),
        EstimateStatus.OUT_OF_DISTRIBUTION: translate("sentences", "unlike the training"),
        EstimateStatus.UNCERTAIN: translate("sentences", "the model cannot tell"),
        EstimateStatus.SOURCE_LOST: translate("sentences", "a source was lost"),
        EstimateStatus.EXCLUDED: translate("sentences", "left out on request"),
    }[status]


def left_text(left_s: float) -> str:
    """How long something lasts, as a teacher reads it: hours from two hours on, else minutes."""
    minutes = int(left_s // 60)
    if minutes >= 120:
        return translate("sentences", "{n} hours left").format(n=minutes // 60)
    return translate("sentences", "{n} min left").format(n=minutes)


def status_text(status: EstimateStatus) -> str:
    """Why there is an estimate or none, as a sentence start."""
    text = translate("domain", STATUS_TEXTS[status])
    return text[:1].upper() + text[1:]


def class_sentence(estimates: Sequence[ClassEstimate]) -> str:
    """Say how the class line looks, who was seen and what it rests on; or why there is no estimate."""
    if not estimates:
        return translate("sentences", "Waiting for the first seconds.")
    newest = estimates[-1]
    parts = []
    if newest.engagement is None:
        parts.append(translate("sentences", "{reason}.").format(reason=status_text(newest.status)))
    else:
        parts.append(_trend(estimates))
    if newest.class_size is not None:
        parts.append(
            translate("sentences", "{seen} of {size} seats seen.").format(
                seen=newest.seats_seen, size=newest.class_size
            )
        )
    elif newest.seats_seen:
        parts.append(translate("sentences", "{seen} seats seen.").format(seen=newest.seats_seen))
    if newest.engagement is not None:
        parts.append(_rests_on(newest))
    return " ".join(p for p in parts if p)


def small_group_note(newest: ClassEstimate) -> str:
    """The mark for a group in which single people can be told, else empty."""
    if newest.class_size is not None and newest.class_size < GROUP_MINIMUM_LIVE:
        return translate("sentences", "small group: read as individuals")
    return ""


def _trend(estimates: Sequence[ClassEstimate]) -> str:
    now_s = estimates[-1].t_s
    recent = [e for e in estimates if now_s - TREND_BIN_S < e.t_s]
    before = [e for e in estimates if now_s - 2 * TREND_BIN_S < e.t_s <= now_s - TREND_BIN_S]
    known = [e for e in recent if e.engagement is not None]
    if len(known) < LEAST_EVIDENCE_S:
        return translate("sentences", "Too early to tell a trend.")
    low, high = _mean_interval(recent)
    if sum(e.engagement is not None for e in before) >= LEAST_EVIDENCE_S:
        low_before, high_before = _mean_interval(before)
        # "Changed" only where the intervals separate.
        if low > high_before:
            return translate("sentences", "Looks higher than two minutes ago.")
        if high < low_before:
            return translate("sentences", "Looks lower than two minutes ago.")
    return translate("sentences", "Looks steady.")


def _mean_interval(estimates: Sequence[ClassEstimate]) -> tuple[float, float]:
    pairs = [(e.low, e.high) for e in estimates if e.low is not None and e.high is not None]
    return sum(p[0] for p in pairs) / len(pairs), sum(p[1] for p in pairs) / len(pairs)


def _rests_on(newest: ClassEstimate) -> str:
    used = [modality_name(m) for m, w in zip(MODALITIES, newest.contribution, strict=True) if w is not None]
    if len(used) == 3:
        return translate("sentences", "Rests on {first}, {second} and {third}.").format(
            first=used[0], second=used[1], third=used[2]
        )
    if len(used) == 2:
        return translate("sentences", "Rests on {first} and {second}.").format(first=used[0], second=used[1])
    if len(used) == 1:
        return translate("sentences", "Rests on {only} only.").format(only=used[0])
    return ""
