from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.gui.nudges import PAUSE_S, Nudge, Nudges, nudge_text
from tests.gui.fakes import FakeSession, estimate

BASE = replace(estimate(1), seats_seen=10, class_size=12)


def row(t_s, level):
    return replace(BASE, t_s=t_s, engagement=level, low=level - 0.05, high=level + 0.05)


def falling(t_s, drop_at):
    """The last ten minutes of a line that falls once."""
    return tuple(row(t, 0.7 if t < drop_at else 0.3) for t in range(max(1, t_s - 599), t_s + 1))


def dashboard(t_s, estimates, **readings):
    made = FakeSession(t_s=1).dashboard()
    values = {name: Reading(name, value, "", 1.0) for name, value in readings.items()}
    return replace(made, t_s=t_s, estimates=estimates, readings=values)


def run(nudges, seconds, estimates_at, line_allowed=True, **readings):
    told = []
    for t_s in seconds:
        nudge = nudges.consider(dashboard(t_s, estimates_at(t_s), **readings), line_allowed=line_allowed)
        if nudge is not None:
            told.append((t_s, nudge))
    return told


def test_a_fall_is_told_once_it_rests_on_two_bins_that_separate():
    told = run(Nudges(), range(395, 420), lambda t: falling(t, 400))
    assert told == []  # the bin of the last two minutes is not yet apart
    told = run(Nudges(), range(420, 600), lambda t: falling(t, 400))
    assert [nudge for _, nudge in told] == [Nudge.LOWER]


def test_there_is_at_most_one_in_five_minutes():
    def always_falling(t_s):
        return (*(row(t, 0.7) for t in range(t_s - 239, t_s - 119)), *(row(t, 0.3) for t in range(t_s - 119, t_s + 1)))

    told = run(Nudges(), range(300, 1300, 5), always_falling)
    times = [t_s for t_s, _ in told]
    assert len(times) == 4
    assert min(b - a for a, b in pairwise(times)) >= PAUSE_S


def test_less_than_a_minute_of_evidence_says_nothing():
    def sparse(t_s):
        known = falling(t_s, 400)
        return tuple(
            replace(e, engagement=None, low=None, high=None) if e.t_s >= 400 and e.t_s % 3 else e for e in known
        )

    assert run(Nudges(), range(500, 520), sparse) == []


def test_a_hidden_line_is_not_spoken_of():
    assert run(Nudges(), range(480, 520), lambda t: falling(t, 400), line_allowed=False) == []


def test_a_small_group_is_never_hinted_at():
    def few(t_s):
        return tuple(replace(e, class_size=4, seats_seen=4) for e in falling(t_s, 400))

    assert run(Nudges(), range(480, 520), few) == []


def test_estimates_of_different_phases_are_not_compared():
    def two_phases(t_s):
        return tuple(replace(e, phase=Phase.GROUP_WORK) if e.t_s >= 400 else e for e in falling(t_s, 400))

    assert run(Nudges(), range(480, 520), two_phases) == []


def test_questions_in_the_chat_are_told_under_observe_too():
    nudges = Nudges()
    board = replace(dashboard(400, (), questions=20.0), policy=Policy.OBSERVE)
    assert nudges.consider(board, line_allowed=True) is Nudge.QUESTIONS
    assert nudges.consider(replace(board, t_s=401), line_allowed=True) is None


def test_one_voice_is_told_once_in_a_lesson():
    told = run(Nudges(), range(1, 3000), lambda t: (), **{"sound_mode.single": 1.0, "speech_share": 0.8})
    assert [nudge for _, nudge in told] == [Nudge.ONE_VOICE]
    assert told[0][0] >= 600


def test_nothing_is_told_in_a_pause():
    board = replace(dashboard(400, (), questions=20.0), paused=True)
    assert Nudges().consider(board, line_allowed=True) is None


@pytest.mark.parametrize("nudge", list(Nudge))
def test_the_words_name_nobody_and_tell_nobody_what_to_do(nudge):
    words = nudge_text(nudge).lower()
    assert not any(w in words for w in ("student", "seat", "should", "must", "attention", "interest", "focus"))
