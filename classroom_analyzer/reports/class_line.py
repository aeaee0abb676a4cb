"""The class line of a report: binned estimates, gaps with their reasons, and what may be said about it in words.

Bins hold the mean of their windows and of their windows' 80 % intervals; a bin that is less than half estimated is a
gap. Nothing is called a change unless intervals separate (VALIDITY.md section 4).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from classroom_analyzer.domain.estimates import STATUS_TEXTS, EstimateStatus
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.moments import STRETCH_S, distance_from_usual, is_estimated

__all__ = ["Bin", "ClassLine", "Moment", "class_line"]

BIN_CHOICES_S = (1, 2, 5, 10, 15, 30, 60, 120)
MAX_BINS = 240  # about one per two pixels of the chart
MIN_HALF_BINS = 3  # two-minute bins that each half of a lesson needs for a comparison
DRAWS = 2000
INTERVAL = (10, 90)
MAX_MOMENTS = 3


@dataclass(frozen=True, slots=True)
class Bin:
    """A stretch of the lesson.

    Attributes:
        from_s: Start.
        to_s: End.
        engagement: Mean of the windows with an estimate, 0 to 1; None when it is a gap.
        low: Mean lower end of their 80 % intervals.
        high: Mean upper end.
        estimated_s: Windows with an estimate.
        coverage: Mean coverage of all its windows, 0 to 1.
        contribution: Mean Shapley value of vision, audio, text; None where not used.
        reason: Most frequent reason of its windows without an estimate, empty without one.
    """

    from_s: int
    to_s: int
    engagement: float | None
    low: float | None
    high: float | None
    estimated_s: int
    coverage: float
    contribution: tuple[float | None, float | None, float | None]
    reason: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch whose whole interval lies on one side of the lesson's own median.

    Attributes:
        from_s: Start.
        to_s: End.
        is_high: Whether it lies above.
        goes_with: Modality whose contribution changed most against the two minutes before; None at the start.
    """

    from_s: int
    to_s: int
    is_high: bool
    goes_with: Modality | None


@dataclass(frozen=True, slots=True)
class ClassLine:
    """What a report shows of the estimates.

    Attributes:
        bins: For the chart.
        trend_bins: Of two minutes, for words.
        median: Of all windows with an estimate; None without any.
        windows: Windows in all.
        estimated: Windows with an estimate.
        reasons: Why the others have none, with their count, most frequent first.
        weights: Share of each modality in the size of all contributions, None where it was not used.
        change: ``higher``, ``lower``, ``level`` (second half against first), or None when too short to say.
        moments: At most three.
    """

    bins: tuple[Bin, ...]
    trend_bins: tuple[Bin, ...]
    median: float | None
    windows: int
    estimated: int
    reasons: tuple[tuple[str, int], ...]
    weights: dict[Modality, float | None]
    change: str | None
    moments: tuple[Moment, ...]


def class_line(estimates: pl.DataFrame, seed: int) -> ClassLine:
    """Build the class line.

    Args:
        estimates: Rows of estimates.parquet.
        seed: Of the bootstrap that compares the halves.
    """
    windows = len(estimates)
    last_s = int(estimates["t_s"][-1]) if windows else 0
    bin_s = next((b for b in BIN_CHOICES_S if last_s / b <= MAX_BINS), BIN_CHOICES_S[-1])
    made = estimates.filter(pl.col("engagement").is_not_null())["engagement"]
    median = float(np.median(made.to_numpy())) if len(made) else None
    trend = _bins(estimates, STRETCH_S)
    counted = Counter(s for s in estimates["status"].to_list() if s != EstimateStatus.OK)
    return ClassLine(
        bins=_bins(estimates, bin_s),
        trend_bins=trend,
        median=median,
        windows=windows,
        estimated=len(made),
        reasons=tuple((STATUS_TEXTS[EstimateStatus(s)], n) for s, n in counted.most_common()),
        weights=_weights(estimates),
        change=_change(trend, seed),
        moments=_moments(trend, median) if median is not None else (),
    )


def _bins(estimates: pl.DataFrame, bin_s: int) -> tuple[Bin, ...]:
    if estimates.is_empty():
        return ()
    made = pl.col("engagement").is_not_null()
    weights = ("w_vision", "w_audio", "w_text")
    grouped = (
        estimates.with_columns(((pl.col("t_s") - 1) // bin_s).alias("bin"))
        .group_by("bin", maintain_order=True)
        .agg(
            pl.col("t_s").max().alias("to_s"),
            pl.len().alias("n"),
            made.sum().alias("made"),
            pl.col("engagement", "low", "high", "coverage", *weights).mean(),
            pl.col("status").filter(~made).mode().sort().first().alias("reason"),
        )
    )
    bins = []
    for row in grouped.iter_rows(named=True):
        shown = is_estimated(row["made"], row["n"])
        bins.append(
            Bin(
                from_s=row["bin"] * bin_s,
                to_s=row["to_s"],
                engagement=row["engagement"] if shown else None,
                low=row["low"] if shown else None,
                high=row["high"] if shown else None,
                estimated_s=row["made"],
                coverage=row["coverage"],
                contribution=(row["w_vision"], row["w_audio"], row["w_text"]),
                reason=STATUS_TEXTS[EstimateStatus(row["reason"])] if row["reason"] else "",
            )
        )
    return tuple(bins)


def _weights(estimates: pl.DataFrame) -> dict[Modality, float | None]:
    sizes = {m: estimates[f"w_{m}"].abs().mean() for m in MODALITIES}
    total = sum(float(size) for size in sizes.values() if isinstance(size, float))
    return {m: float(size) / total if isinstance(size, float) and total > 0 else None for m, size in sizes.items()}


def _change(trend: tuple[Bin, ...], seed: int) -> str | None:
    values = np.array([b.engagement for b in trend if b.engagement is not None])
    half = len(values) // 2
    if half < MIN_HALF_BINS:
        return None
    rng = np.random.default_rng(seed)
    first, second = _interval(values[:half], rng), _interval(values[half:], rng)
    if second[0] > first[1]:
        return "higher"
    return "lower" if second[1] < first[0] else "level"


def _interval(values: NDArray[np.float64], rng: np.random.Generator) -> tuple[float, float]:
    """80 % interval of the mean by bootstrap over two-minute bins."""
    means = values[rng.integers(0, len(values), (DRAWS, len(values)))].mean(axis=1)
    low, high = np.percentile(means, INTERVAL)
    return float(low), float(high)


def _moments(trend: tuple[Bin, ...], median: float) -> tuple[Moment, ...]:
    found: list[tuple[float, Moment]] = []
    for index, stretch in enumerate(trend):
        distance = distance_from_usual(stretch.low, stretch.high, stretch.estimated_s, median)
        if distance:
            before = trend[index - 1].contribution if index else None
            moment = Moment(stretch.from_s, stretch.to_s, distance > 0, _largest(stretch.contribution, before))
            found.append((abs(distance), moment))
    clearest = sorted(found, key=lambda item: -item[0])[:MAX_MOMENTS]
    return tuple(sorted((moment for _, moment in clearest), key=lambda m: m.from_s))


def _largest(
    now: tuple[float | None, float | None, float | None],
    before: tuple[float | None, float | None, float | None] | None,
) -> Modality | None:
    if before is None:
        return None
    changes = {
        m: abs(a - b) for m, a, b in zip(MODALITIES, now, before, strict=True) if a is not None and b is not None
    }
    return max(changes, key=lambda m: changes[m]) if changes else None
