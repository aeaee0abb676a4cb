"""What went wrong in a running lesson, as messages: what happened, what still works, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from classroom_analyzer.domain.live import Dashboard, DeviceHealth, RecordingHealth, RecordingState, SourceState
from classroom_analyzer.gui.sentences import left_text
from classroom_analyzer.gui.text import visible_text

__all__ = ["Trouble", "troubles"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences

_STOPS = (".", "。")
_GONE = (SourceState.LOST, SourceState.RETRY)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One message.

    Attributes:
        key: The same as long as it is the same trouble, so that one that was put away stays away.
        headline: What happened.
        text: What still works and what to do.
    """

    key: str
    headline: str
    text: str


def troubles(dashboard: Dashboard) -> list[Trouble]:
    """Return what is wrong now, the worst first; nothing while the lesson is paused or over."""
    if dashboard.finished or dashboard.paused:
        return []
    found = _of_recording(dashboard.recording)
    found.extend(_of_device(health, dashboard.devices) for health in dashboard.devices if health.state in _GONE)
    return found


def _of_recording(recording: RecordingHealth) -> list[Trouble]:
    if recording.state is RecordingState.STOPPED:
        headline = translate("live_troubles", "Video is no longer kept.")
        return [
            Trouble("stopped", headline, _joined(recording.detail, translate("live_troubles", "The lesson goes on.")))
        ]
    if not recording.disk_low:
        return []
    gb = (recording.free_bytes or 0) / 1e9
    headline = translate("live_troubles", "The disk is nearly full.")
    text = translate("live_troubles", "{gb:.1f} GB left. Free some space; marks and figures go on.").format(gb=gb)
    if recording.left_s is not None:
        text = translate("live_troubles", "{gb:.1f} GB free. Video: {left}. Free some space.").format(
            gb=gb, left=left_text(recording.left_s)
        )
    return [Trouble("disk", headline, text)]


def _of_device(health: DeviceHealth, devices: Sequence[DeviceHealth]) -> Trouble:
    headline = translate("live_troubles", "{name} gives nothing any more.").format(name=visible_text(health.name)[:80])
    others = any(d.state in (SourceState.OK, SourceState.STALE) for d in devices if d is not health)
    goes_on = translate("live_troubles", "The other sources go on.") if others else ""
    again = translate("live_troubles", "It is opened again by itself.") if health.state is SourceState.RETRY else ""
    return Trouble(f"{health.modality} {health.name}", headline, _joined(health.detail, again, goes_on))


def _joined(*sentences: str) -> str:
    said = [visible_text(s) for s in sentences if s]
    return " ".join(f"{s[:1].upper()}{s[1:]}{'' if s.endswith(_STOPS) else '.'}" for s in said)
