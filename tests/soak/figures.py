"""Figures of a run and the limits they are held to."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

__all__ = ["BUSY_LIMITS", "LIMITS", "Figures", "Limit", "misses", "percentile"]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run measured.

    Attributes:
        seconds: Length of the lesson.
        busy: Whether one of two cores was kept busy beside it.
        preview_p95_ms: From the grab of a picture to its being painted.
        preview_hz: Pictures painted per second.
        estimate_p95_s: From the end of a second to its estimate being painted.
        loop_p99_ms: How late a timer of 10 ms was in the window's event loop.
        loop_worst_ms: Its worst.
        rss_first_mb: Memory of the app and its children after the first minute.
        rss_end_mb: The same at the end.
        analysed_hz: Pictures analysed per second.
        sent: Pictures that the camera sent.
        counters: The lesson's quality table.
        dropped_shown: Dropped pictures as the window showed them last.
        warnings: What the lesson says went wrong.
        processes: Processes of the app at the end.
        cpu_cores: Processor time of all of them by the length of the run.
    """

    seconds: int
    busy: bool
    preview_p95_ms: float
    preview_hz: float
    estimate_p95_s: float
    loop_p99_ms: float
    loop_worst_ms: float
    rss_first_mb: float
    rss_end_mb: float
    analysed_hz: float | None
    sent: int
    counters: dict[str, int]
    dropped_shown: int
    warnings: list[str]
    processes: int
    cpu_cores: float

    @property
    def rss_growth_mb(self) -> float:
        """Growth of memory after the first minute."""
        return self.rss_end_mb - self.rss_first_mb

    def to_json(self) -> dict[str, Any]:
        """Rounded, with what follows from others."""
        document = {name: round(v, 3) if isinstance(v, float) else v for name, v in asdict(self).items()}
        return {**document, "rss_growth_mb": round(self.rss_growth_mb, 3)}


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure and what it is held to.

    Attributes:
        name: Of the figure in ``Figures.to_json``.
        words: For people.
        most: Largest value that holds; None where there is none.
        least: Smallest value that holds; None where there is none.
    """

    name: str
    words: str
    most: float | None = None
    least: float | None = None

    @property
    def text(self) -> str:
        """The limit in words."""
        return f"<= {self.most:g}" if self.most is not None else f">= {self.least:g}"

    def holds(self, value: float | None, slack: float = 1.0) -> bool:
        """Whether the figure holds, on a machine that may be slower than the one of the limits by that factor."""
        if value is None or value != value:
            return False
        return (self.most is None or value <= self.most * slack) and (self.least is None or value * slack >= self.least)


LIMITS = (
    Limit("preview_p95_ms", "capture to preview, p95, ms", most=80),
    Limit("estimate_p95_s", "capture to estimate, p95, s", most=1.5),
    Limit("loop_p99_ms", "event loop of the window, p99, ms late", most=50),
    Limit("rss_growth_mb", "memory growth after the first minute, MiB", most=50),
)
BUSY_LIMITS = (
    Limit("analysed_hz", "pictures analysed per second", least=1),
    Limit("estimate_p95_s", "capture to estimate, p95, s", most=3),
    Limit("preview_hz", "pictures painted per second, of 15", least=12),
    Limit("loop_p99_ms", "event loop of the window, p99, ms late", most=50),
)


def misses(figures: Figures, slack: float = 1.0) -> list[str]:
    """Say which limits do not hold, and whether pictures are unaccounted for.

    Args:
        figures: What was measured.
        slack: By how much a machine may be slower than the one that the limits are meant for.
    """
    document = figures.to_json()
    limits = BUSY_LIMITS if figures.busy else LIMITS
    found = [
        f"{limit.words}: {document[limit.name]} instead of {limit.text}"
        for limit in limits
        if not limit.holds(document[limit.name], slack)
    ]
    return found + unaccounted(figures)


def unaccounted(figures: Figures) -> list[str]:
    """Follow the pictures: sent by the camera, captured, due for analysis, analysed or shown as dropped.

    One picture may be on its way as the camera counts, and one before the analysis as the window is last asked.
    """
    table = figures.counters
    dropped = table.get("dropped_vision", -1)
    followed = (
        ("captured", table.get("captured_vision", -1), "sent by the camera", figures.sent, 1),
        ("dropped in the table", dropped, "shown as dropped", figures.dropped_shown, 1),
        ("analysed", table.get("analysed_vision", -1), "due less dropped", table.get("due_vision", -1) - dropped, 0),
        ("samples lost", table.get("dropped_audio", -1), "none", 0, 0),
    )
    return [
        f"{what}: {count}, {than}: {other}"
        for what, count, than, other, on_its_way in followed
        if abs(count - other) > on_its_way
    ]


def percentile(values: list[float], percent: float) -> float:
    """A percentile; no number without values."""
    return float(np.percentile(values, percent)) if values else float("nan")
