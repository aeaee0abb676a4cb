from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from classroom_analyzer.domain.live import Why
from classroom_analyzer.gui.why_panel import WhyPanel, why_lines
from tests.gui.fakes import GAP, HOSTILE, FakeSession, estimate


@pytest.fixture
def panel(qtbot, theme):
    made = WhyPanel(theme)
    qtbot.addWidget(made)
    made.resize(280, 500)
    made.show()
    return made


def lines(why):
    return [line for _, section in why_lines(why) for line in section]


def test_it_tells_the_moment_and_before_with_band_and_coverage():
    told = lines(FakeSession(t_s=500).why(450))
    now, before = estimate(450), estimate(420)
    assert told[0] == (
        f"{now.engagement:.2f} on a scale from 0 to 1, model range (80 %) {now.low:.2f} to {now.high:.2f}"
    )
    assert told[1] == f"{before.engagement:.2f} before, at 7:00"
    assert "Observed: 67 %, before 67 %" in told


def test_modalities_go_with_the_difference_and_nothing_is_a_cause():
    why = FakeSession(t_s=500).why(450)
    why = replace(
        why,
        estimate=replace(why.estimate, contribution=(0.10, -0.10, None)),
        before=replace(why.before, contribution=(0.10, -0.02, None)),
    )
    told = lines(why)
    assert "Sound goes with -0.08 of the difference" in told
    assert "Video goes with none of the difference" in told
    assert "Chat is not used" in told
    assert not any("because" in line.lower() for line in told)


def test_an_abstained_moment_says_why_and_shows_no_contribution():
    headings = [heading for heading, _ in why_lines(FakeSession(t_s=500).why(GAP.start + 2))]
    assert "What goes with it" not in headings
    assert lines(FakeSession(t_s=500).why(GAP.start + 2))[0].startswith("Not enough evidence")


def test_indicators_that_moved_come_with_both_values():
    told = lines(FakeSession(t_s=500).why(450))
    assert "Talk: 70 % to 20 %" in told
    assert "Movement: 0.20 a second, now not measured" in told


def test_all_of_it_is_plain_text(panel):
    session = FakeSession(t_s=500)
    why = session.why(200)
    hostile = tuple(m for m in session.dashboard().chat if m.text == HOSTILE)
    panel.show_why(200, replace(why, chat=hostile))
    assert any(HOSTILE in text for text in panel.texts())
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in panel.findChildren(QLabel))


def test_a_dispute_names_its_moment_and_keeps_what_was_typed(qtbot, panel):
    panel.show_why(245, FakeSession(t_s=500).why(245))
    told = []
    panel.disputed.connect(lambda text, t_s: told.append((text, t_s)))
    qtbot.keyClicks(panel.note, "they were writing")
    panel.disagree.click()
    assert told == [("I disagree with the estimate at 4:05: they were writing", 245)]


def test_a_moment_that_is_gone_is_said_to_be(panel):
    panel.show_why(5, None)
    assert "not at hand" in panel.texts()[0]
    assert not panel.disagree.isVisible()


def test_escape_closes_it(qtbot, panel):
    with qtbot.waitSignal(panel.closed, timeout=1000):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)


def test_without_a_before_each_share_of_the_estimate_is_told():
    why = Why(450, estimate(450), None, (), ())
    told = lines(why)
    assert "Video goes with +0.11" in told
    assert "None that was measured." in told
    assert "Nothing was written." in told
