from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from classroom_analyzer.reports import charts
from classroom_analyzer.reports.class_line import class_line
from classroom_analyzer.reports.figures import Series

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def drawing(lesson) -> str:
    return charts.draw_class_line(class_line(lesson().estimates(), seed=1))


def test_the_headline_chart_shows_no_digits_of_the_estimate(drawing: str):
    texts = [t.text for t in ElementTree.fromstring(drawing).iter(f"{SVG}text")]
    assert {"lower", "higher", "no estimate"} <= set(texts)
    digits = [t for t in texts if t and re.search(r"\d", t)]
    assert digits
    assert all(re.fullmatch(r"\d+:\d\d", t) for t in digits), digits


def test_colours_are_variables_so_that_light_and_dark_share_one_picture(drawing: str):
    assert "var(--class)" in drawing
    assert set(re.findall(r"#[0-9a-fA-F]{6}", drawing)) <= {"#000000", "#ffffff"}


def test_the_picture_refers_to_nothing_outside_itself(drawing: str):
    assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")
    assert not re.search(r"@import|<script|<image|<foreignObject", drawing)


def test_the_same_lesson_gives_the_same_picture(drawing: str, lesson):
    assert charts.draw_class_line(class_line(lesson().estimates(), seed=1)) == drawing


def test_a_series_without_a_single_value_in_a_stretch_draws_a_break():
    one = Series("voices", tuple(range(1, 7)), (0.5, 0.5, None, None, 0.5, 0.5), 1.0, "audio")
    path = next(
        p
        for p in ElementTree.fromstring(charts.draw_series([one], 6)).iter(f"{SVG}path")
        if "--audio" in p.get("style", "")
    )
    assert path.get("d", "").count("M") == 2
