from __future__ import annotations

import re
from dataclasses import replace

from classroom_analyzer.domain.estimates import EstimateStatus
from classroom_analyzer.gui.sentences import badge_text, class_sentence, small_group_note, status_text
from tests.gui.fakes import GAP, estimate


def test_it_tells_trend_seats_and_modalities():
    sentence = class_sentence([estimate(t) for t in range(1, 201)])
    assert sentence == "Looks steady. 10 of 12 seats seen. Rests on video, sound and chat."


def test_an_abstained_window_gives_the_reason():
    sentence = class_sentence([estimate(t) for t in range(1, GAP.start + 5)])
    assert sentence.startswith("Not enough evidence: too little of this window was observed.")


def test_nothing_is_said_about_a_trend_on_less_than_a_minute():
    assert class_sentence([estimate(t) for t in range(1, 50)]).startswith("Too early to tell a trend.")


def test_changed_is_said_only_where_intervals_separate():
    base = estimate(1)
    before = [replace(base, t_s=t, engagement=0.5, low=0.4, high=0.6) for t in range(1, 121)]
    apart = [replace(base, t_s=t, engagement=0.8, low=0.7, high=0.9) for t in range(121, 241)]
    touching = [replace(base, t_s=t, engagement=0.6, low=0.5, high=0.7) for t in range(121, 241)]
    lower = [replace(base, t_s=t, engagement=0.2, low=0.1, high=0.3) for t in range(121, 241)]
    assert class_sentence(before + apart).startswith("Looks higher")
    assert class_sentence(before + touching).startswith("Looks steady")
    assert class_sentence(before + lower).startswith("Looks lower")


def test_one_modality_is_named_as_the_only_one():
    rows = [replace(estimate(t), contribution=(None, 0.1, None)) for t in range(1, 100)]
    assert class_sentence(rows).endswith("Rests on sound only.")


def test_the_estimate_itself_shows_no_digits():
    sentence = class_sentence([estimate(t) for t in range(1, 201)])
    assert re.findall(r"\d+", sentence) == ["10", "12"]  # seats only


def test_a_small_group_is_marked():
    assert small_group_note(replace(estimate(1), class_size=4)) == "small group: read as individuals"
    assert small_group_note(replace(estimate(1), class_size=5)) == ""


def test_every_status_has_words():
    assert all(status_text(status) for status in EstimateStatus)


def test_the_badge_is_experimental_until_the_line_is_calibrated_on_the_class():
    assert badge_text(("place of use not given",)) == "experimental: not validated in your class"
    note = "calibrated on your class, agreement kappa 0.52 (95 % interval 0.31 to 0.70, 74 marks)"
    assert badge_text(("place of use not given", note)) == "calibrated on your class, agreement kappa 0.52"
