from __future__ import annotations

import pytest

from classroom_analyzer.domain.moments import distance_from_usual, is_estimated


def test_a_dip_lies_below_the_median_with_its_whole_band_and_a_rise_above():
    assert distance_from_usual(0.2, 0.4, 120, median=0.5) == pytest.approx(-0.1)
    assert distance_from_usual(0.6, 0.9, 120, median=0.5) == pytest.approx(0.1)


def test_a_band_that_holds_the_median_stands_for_nothing():
    assert distance_from_usual(0.4, 0.6, 120, median=0.5) == 0
    assert distance_from_usual(0.3, 0.5, 120, median=0.5) == 0


def test_nothing_is_said_on_less_than_a_minute_or_of_a_gap():
    assert distance_from_usual(0.2, 0.4, 59, median=0.5) == 0
    assert distance_from_usual(None, None, 120, median=0.5) == 0


def test_half_a_stretch_must_have_an_estimate():
    assert is_estimated(60, 120)
    assert not is_estimated(59, 120)
    assert not is_estimated(0, 0)
