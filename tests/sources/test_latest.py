from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.sources.latest import LatestSlot


@given(st.lists(st.one_of(st.just("take"), st.integers())))
def test_every_value_is_taken_dropped_or_still_there(steps):
    slot = LatestSlot()
    taken = []
    for step in steps:
        if step == "take":
            taken.append(slot.take())
        else:
            slot.put(step)
    rest = slot.take()
    values = [step for step in steps if step != "take"]
    assert sum(t is not None for t in taken) + slot.dropped + (rest is not None) == len(values)
    assert rest in (None, *values[-1:])
