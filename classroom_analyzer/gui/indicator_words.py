"""Names and values of indicators as a teacher reads them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from classroom_analyzer.gui.text import visible_text

__all__ = ["DASH", "indicator_name", "value_text"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences

DASH = "–"


def indicator_name(name: str) -> str:
    """Name of an indicator of VALIDITY.md; the bare name where there is no other."""
    return {
        "face_presence": translate("indicator_words", "Faces in view"),
        "facing_target": translate("indicator_words", "Facing board"),
        "facing_target.low": translate("indicator_words", "Facing board, lower end"),
        "facing_target.high": translate("indicator_words", "Facing board, upper end"),
        "gaze_target": translate("indicator_words", "Gaze direction"),
        "ear": translate("indicator_words", "Eye opening"),
        "blink_rate": translate("indicator_words", "Blinks"),
        "perclos": translate("indicator_words", "Eyes closed"),
        "movement": translate("indicator_words", "Movement"),
        "synchrony": translate("indicator_words", "Moving together"),
        "hand_raise": translate("indicator_words", "Raised hands"),
        "sound_mode.single": translate("indicator_words", "One voice"),
        "sound_mode.multiple": translate("indicator_words", "Several voices"),
        "sound_mode.none": translate("indicator_words", "Quiet"),
        "speech_share": translate("indicator_words", "Talk"),
        "silence.share": translate("indicator_words", "Silence"),
        "silence.longest_s": translate("indicator_words", "Longest silence"),
        "loudness": translate("indicator_words", "Loudness"),
        "pitch": translate("indicator_words", "Pitch of the voice"),
        "speaking_rate": translate("indicator_words", "Speed of talk"),
        "turns.count": translate("indicator_words", "Turns of talk"),
        "turns.mean_s": translate("indicator_words", "Length of a turn"),
        "talk_ratio": translate("indicator_words", "Teacher's share of talk"),
        "pause_after_teacher": translate("indicator_words", "Pause after the teacher"),
        "wait_time": translate("indicator_words", "Wait time"),
        "questions": translate("indicator_words", "Questions"),
        "chat_rate.messages": translate("indicator_words", "Chat"),
        "chat_rate.authors": translate("indicator_words", "People who write"),
        "chat_rate.z": translate("indicator_words", "Chat against this lesson's usual"),
        "chat_rate.latency": translate("indicator_words", "Time to the first chat line"),
        "help_requests": translate("indicator_words", "Requests for help"),
        "on_task_talk": translate("indicator_words", "Chat about the task"),
    }.get(name, visible_text(name))


def value_text(value: float | None, unit: str) -> str:
    """A value with its unit; a dash where it was not measured, never 0."""
    if value is None:
        return DASH
    if unit == "share":
        return translate("indicator_words", "{value:.0f} %").format(value=100 * value)
    with_unit = {
        "1/s": translate("indicator_words", "{value:.2f} a second"),
        "/s": translate("indicator_words", "{value:.1f} a second"),
        "/min": translate("indicator_words", "{value:.1f} a minute"),
        "/2 min": translate("indicator_words", "{value:.1f} in 2 minutes"),
        "/10 min": translate("indicator_words", "{value:.1f} in 10 minutes"),
        "s": translate("indicator_words", "{value:.1f} s"),
        "dBFS": translate("indicator_words", "{value:.0f} dB below full scale"),
        "Hz": translate("indicator_words", "{value:.0f} Hz"),
        "deg": translate("indicator_words", "{value:.0f} degrees"),
    }.get(unit)
    if unit == "dBFS":
        value = -value
    return with_unit.format(value=value) if with_unit is not None else f"{value:.2f}"
