from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.gui.indicator_words import DASH
from classroom_analyzer.gui.strips import Strips, least_and_most
from tests.gui.fakes import FakeSession


@pytest.fixture
def strips(qtbot, theme):
    made = Strips(theme)
    qtbot.addWidget(made)
    made.resize(600, 240)
    made.show()
    return made


def readings(**values):
    names = {"facing": "facing_target", "talk": "speech_share", "teacher": "talk_ratio"}
    return {names[k]: Reading(names[k], v, "share", 0.9, 4) for k, v in values.items()}


def test_thinning_keeps_the_least_and_the_most_of_each_pixel():
    rng = np.random.default_rng(1)
    values = rng.normal(size=5000)
    t_s, thinned = least_and_most(np.arange(5000.0), values, 100)
    assert len(t_s) <= 200
    assert (np.diff(t_s) > 0).all()
    assert thinned.min() == values.min()
    assert thinned.max() == values.max()


def test_thinning_never_bridges_a_gap():
    values = np.ones(1000)
    values[400:600] = np.nan
    t_s, thinned = least_and_most(np.arange(1000.0), values, 50)
    assert np.isnan(thinned[(t_s >= 400) & (t_s < 600)]).all()


def test_a_short_series_is_drawn_as_it_is():
    t_s = np.arange(10.0)
    assert least_and_most(t_s, t_s, 50)[0] is t_s


def test_seconds_that_nobody_reported_are_gaps(strips):
    for t_s in (10, 11, 18):
        strips.show_readings(t_s, readings(facing=0.5), Policy.ENGAGEMENT)
    t_s, values = strips.one("facing_target").series()
    assert t_s.tolist() == list(range(10, 19))
    assert np.isnan(values).tolist() == [False, False, *[True] * 6, False]


def test_seconds_that_a_late_view_missed_carry_the_reading_whose_window_holds_them(strips):
    strips.show_readings(10, readings(facing=0.5), Policy.ENGAGEMENT)
    strips.show_readings(13, readings(facing=0.8), Policy.ENGAGEMENT)
    assert strips.one("facing_target").series()[1].tolist() == [0.5, 0.8, 0.8, 0.8]


def test_talk_is_told_by_teacher_students_and_silence_once_voices_are_known(strips):
    strips.show_readings(10, readings(talk=0.8), Policy.ENGAGEMENT)
    assert strips.value_text("speech_share") == "80 %"
    strips.show_readings(11, readings(talk=0.8, teacher=0.75), Policy.ENGAGEMENT)
    assert strips.value_text("speech_share") == "teacher 60 %, students 20 %, silence 20 %"


def test_under_observe_a_small_group_and_facing_are_not_shown(strips):
    session = FakeSession(Policy.OBSERVE, t_s=10)
    few = {**session.dashboard().readings, "movement": Reading("movement", 0.2, "1/s", 0.9, 4)}
    strips.show_readings(10, few, Policy.OBSERVE, 5)
    assert strips.value_text("movement") == DASH
    assert strips.one("movement").now.note == "fewer than 5 people"
    assert not strips.one("facing_target").isVisible()
    assert "Facing board" not in strips.columns()


def test_the_group_rule_can_be_raised(strips):
    some = {"movement": Reading("movement", 0.2, "1/s", 0.9, 7)}
    strips.show_readings(10, some, Policy.OBSERVE, 8)
    assert strips.value_text("movement") == DASH
    strips.show_readings(11, some, Policy.OBSERVE, 7)
    assert strips.value_text("movement") == "0.20 a second"


def test_folded_up_the_values_stay(qtbot, strips):
    strips.show_readings(10, readings(facing=0.62), Policy.ENGAGEMENT)
    out = strips.sizeHint().height()
    strips.toggle.click()
    assert not strips.one("facing_target").isVisible()
    assert strips._values["facing_target"].isVisible()
    assert strips._values["facing_target"].text() == "Facing board 62 %"
    assert strips.sizeHint().height() < out


def test_each_strip_is_told_in_words(strips):
    strips.show_readings(10, {}, Policy.ENGAGEMENT)
    assert strips.one("questions").accessibleName() == "Questions: –, needs a chat"
