from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from classroom_analyzer.reports.class_line import class_line
from classroom_analyzer.storage.tables import ESTIMATE_SCHEMA


def estimates(values: list[float | None], half: float = 0.05, w: tuple = (0.1, -0.05, None)) -> pl.DataFrame:
    rows = [
        (
            t_s,
            v,
            None if v is None else v - half,
            None if v is None else v + half,
            *([None] * 4 if v is None else [0.1, 0.2, 0.3, 0.4]),
            0.8,
            *((None,) * 3 if v is None else w),
            "lecture",
            "low_coverage" if v is None else "ok",
        )
        for t_s, v in enumerate(values, start=1)
    ]
    return pl.DataFrame(rows, schema=ESTIMATE_SCHEMA, orient="row")


def test_a_short_lesson_keeps_every_second():
    line = class_line(estimates([0.5, None, 0.7]), seed=1)
    assert [(b.from_s, b.to_s, b.engagement) for b in line.bins] == [(0, 1, 0.5), (1, 2, None), (2, 3, 0.7)]
    assert line.median == pytest.approx(0.6)
    assert (line.windows, line.estimated) == (3, 2)


def test_a_stretch_less_than_half_estimated_is_a_gap_and_never_filled_in():
    values: list[float | None] = [0.5] * 120 + [None] * 70 + [0.9] * 50
    line = class_line(estimates(values), seed=1)
    assert line.trend_bins[0].engagement == pytest.approx(0.5)
    assert line.trend_bins[1].engagement is None
    assert line.trend_bins[1].reason == "not enough evidence: too little of this window was observed"
    assert line.reasons == (("not enough evidence: too little of this window was observed", 70),)


def test_a_long_lesson_fits_the_chart():
    assert len(class_line(estimates([0.5] * 7200), seed=1).bins) <= 240


def test_weights_are_shares_of_the_size_of_contributions():
    weights = class_line(estimates([0.5] * 10), seed=1).weights
    assert weights == {"vision": pytest.approx(2 / 3), "audio": pytest.approx(1 / 3), "text": None}


@pytest.mark.parametrize(
    ("first", "second", "change"),
    [(0.4, 0.7, "higher"), (0.7, 0.4, "lower"), (0.5, 0.5, "level")],
)
def test_a_change_is_told_only_where_intervals_separate(first: float, second: float, change: str):
    noise = np.random.default_rng(0).normal(0, 0.03, 1440)
    values = np.r_[np.full(720, first), np.full(720, second)] + noise.repeat(1)
    assert class_line(estimates(values.tolist()), seed=1).change == change


def test_a_lesson_of_few_minutes_is_too_short_to_compare_its_halves():
    assert class_line(estimates([0.4] * 200 + [0.8] * 200), seed=1).change is None


def test_a_moment_needs_its_whole_interval_on_one_side_and_a_minute_of_evidence():
    values: list[float | None] = [0.5] * 600
    values[240:360] = [0.2] * 120
    assert [(m.from_s, m.to_s, m.is_high) for m in class_line(estimates(values), seed=1).moments] == [(240, 360, False)]
    assert class_line(estimates(values, half=0.4), seed=1).moments == ()
    values[240:310] = [None] * 70
    assert class_line(estimates(values), seed=1).moments == ()


def test_without_any_estimate_there_is_no_median_and_no_moment():
    for values in ([], [None] * 50):
        line = class_line(estimates(values), seed=1)
        assert line.median is None
        assert line.moments == ()
        assert line.change is None
