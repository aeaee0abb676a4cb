"""Turns are cut at pauses, long ones where it is quietest; nothing voiced is lost or given twice."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from classroom_analyzer.perception.audio.frames import FRAME_NS
from classroom_analyzer.perception.audio.segments import LONGEST_S, Segment, TurnCutter


def cut(mask: list[bool], *, batch: int, power: list[float] | None = None) -> tuple[list[Segment], TurnCutter]:
    """Frame number k holds the value k (or its power), so that a segment says which frames it is made of."""
    levels = np.arange(len(mask)) if power is None else np.array(power)
    frames = np.repeat(levels.astype(np.float32)[:, None], 512, axis=1)
    cutter, found = TurnCutter(), []
    for at in range(0, len(mask), batch):
        part = slice(at, at + batch)
        found += cutter.push(at * FRAME_NS, frames[part], np.array(mask[part]))
    return found, cutter


@pytest.mark.parametrize("batch", [1, 7, 1000])
def test_a_pause_of_half_a_second_ends_a_turn_and_a_shorter_one_does_not(batch: int) -> None:
    mask = [False] * 5 + [True] * 10 + [False] * 15 + [True] * 10 + [False] * 16 + [True] * 4 + [False] * 3
    found, cutter = cut(mask, batch=batch)
    assert [(s.start_ns // FRAME_NS, s.end_ns // FRAME_NS) for s in found] == [(5, 40)]
    assert [found[0].samples[0], found[0].samples[-1]] == [5, 39]
    assert cutter.settled_ns == 56 * FRAME_NS  # the open turn is not settled
    assert [(s.start_ns // FRAME_NS, s.end_ns // FRAME_NS) for s in cutter.close()] == [(56, 60)]
    assert cutter.close() == []


def test_a_long_turn_is_cut_at_its_quietest_frame_and_nothing_is_lost() -> None:
    power = [1.0] * 2000
    power[700] = 0.1
    found, cutter = cut([True] * 2000, batch=31, power=power)
    found += cutter.close()
    assert found[0].end_ns == 701 * FRAME_NS
    assert all(s.length_s <= LONGEST_S for s in found)
    assert found[0].start_ns == 0
    assert found[-1].end_ns == 2000 * FRAME_NS
    assert all(a.end_ns == b.start_ns for a, b in pairwise(found))
    assert sum(len(s.samples) for s in found) == 2000 * 512


@pytest.mark.parametrize("quiet", range(1, 16))
def test_a_pause_at_the_very_limit_leaves_a_rest_with_a_voice(quiet: int) -> None:
    longest = int(LONGEST_S / 0.032)
    mask = [True] * (longest - quiet) + [False] * 40
    power = [1.0] * (longest - quiet) + [0.0] * 40
    found, cutter = cut(mask, batch=9, power=power)
    found += cutter.close()
    assert len(found) == 2
    assert sum(len(s.samples) // 512 for s in found) == longest - quiet
    assert found[-1].end_ns == (longest - quiet) * FRAME_NS
