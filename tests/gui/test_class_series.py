from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.estimates import EstimateStatus
from classroom_analyzer.gui.class_series import SHOWN_S, ClassHistory, Gap, axis_range_s, shown_range_s
from tests.gui.fakes import GAP, estimate


def test_an_abstained_second_is_a_gap_and_is_never_bridged():
    history = ClassHistory()
    history.add([estimate(t) for t in range(1, 401)])
    series = history.series()
    gap = np.isin(series.t_s, list(GAP))
    assert np.isnan(series.engagement[gap]).all()
    assert np.isnan(series.low[gap]).all()
    assert np.isfinite(series.engagement[~gap]).all()


def test_seconds_nobody_reported_are_gaps():
    history = ClassHistory()
    history.add([estimate(10), estimate(14)])
    series = history.series()
    assert series.t_s.tolist() == [10, 11, 12, 13, 14]
    assert np.isnan(series.engagement).tolist() == [False, True, True, True, False]
    assert series.coverage[1:4].tolist() == [0, 0, 0]


def test_the_first_second_after_a_gap_carries_nothing_over():
    history = ClassHistory()
    history.add([estimate(t) for t in range(1, 401)])
    series = history.series()
    after = int(np.flatnonzero(series.t_s == GAP.stop)[0])
    assert series.engagement[after] == pytest.approx(estimate(GAP.stop).engagement)


def test_a_step_is_reached_by_63_percent_in_the_time_constant():
    history = ClassHistory()
    from dataclasses import replace

    base = estimate(1)
    rows = [replace(base, t_s=t, engagement=0.0 if t <= 60 else 1.0, low=0.0, high=1.0) for t in range(1, 91)]
    history.add(rows)
    assert history.series().engagement[-1] == pytest.approx(0.632, abs=0.001)


def test_the_line_shows_ten_minutes_and_the_median_remembers_the_lesson():
    history = ClassHistory()
    known = [estimate(t) for t in range(1, 1501)]
    for start in range(0, 1500, 100):
        history.add(known[max(0, start - 50) : start + 100])  # polls overlap
    series = history.series()
    assert len(series.t_s) == SHOWN_S
    values = [e.engagement for e in known if e.engagement is not None]
    assert series.median == pytest.approx(float(np.median(values)), abs=1e-6)


@pytest.mark.parametrize(("now", "shown"), [(5, (0, 120)), (130, (0, 180)), (600, (0, 600)), (1000.0, (400, 1000))])
def test_the_axis_grows_by_minutes_up_to_ten(now, shown):
    assert shown_range_s(now) == shown


def test_rows_seen_before_change_nothing():
    history = ClassHistory()
    assert history.add([estimate(1), estimate(2)])
    assert not history.add([estimate(1), estimate(2)])


def test_a_gap_says_why_and_from_when_to_when():
    history = ClassHistory()
    history.add([estimate(t) for t in range(1, 401)])
    assert history.gaps() == [Gap(GAP.start, GAP.stop - 1, EstimateStatus.LOW_COVERAGE)]


def test_a_gap_by_pause_is_told_from_one_without_evidence_even_when_its_seconds_come_late():
    now = 100.0
    history = ClassHistory(lambda: now)
    history.add([estimate(t) for t in range(1, 11)])
    history.add([estimate(10)], paused=True)
    now += 10
    history.add([estimate(10)])
    history.add([estimate(21)])
    history.add([estimate(25)])
    assert history.gaps() == [Gap(11, 20, None, paused=True), Gap(22, 24, None)]


def test_all_plots_share_an_axis_with_room_for_the_newest_dot():
    assert axis_range_s(1000.0) == (400.0, 1006.0)
