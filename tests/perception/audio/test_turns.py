from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.perception.audio.frames import FRAME_NS, FRAME_S
from classroom_analyzer.perception.audio.turns import (
    GATE_DELAY_S,
    HANG_OVER_FRAMES,
    LEAD_IN_FRAMES,
    SpeechGate,
    TurnTracker,
    run_lengths,
)


def _gate(*probabilities: float) -> list[bool]:
    gate = SpeechGate()
    return [*gate.push(np.array(probabilities, np.float32)).tolist(), *gate.settle().tolist()]


def test_the_gate_opens_at_four_tenths_and_holds_through_short_dips() -> None:
    quiet = [0.0] * 10
    mask = _gate(*quiet, 0.39, 0.4, *[0.05] * (HANG_OVER_FRAMES - 1), 0.1, 0.9)
    assert not any(mask[: 11 - LEAD_IN_FRAMES])
    assert all(mask[11 - LEAD_IN_FRAMES :])
    assert len(mask) == 13 + HANG_OVER_FRAMES


def test_a_dip_that_turns_out_to_be_the_end_was_no_speech() -> None:
    assert _gate(0.9, 0.9, *[0.0] * 30) == [True, True] + [False] * 30


def test_a_pause_is_shorter_by_the_lead_in() -> None:
    assert _gate(0.9, *[0.0] * 30, 0.9).count(False) == 30 - LEAD_IN_FRAMES


def test_no_frame_waits_longer_than_the_delay_says() -> None:
    gate = SpeechGate()
    decided = 0
    for given_frames, probability in enumerate([0.9, *[0.0] * 40, 0.5, *[0.0] * 40], 1):
        decided += len(gate.push(np.array([probability], np.float32)))
        assert (given_frames - decided) * FRAME_S < GATE_DELAY_S


def test_frames_that_have_to_be_decided_in_a_dip_are_no_speech_and_the_gate_still_closes_in_time() -> None:
    gate = SpeechGate()
    gate.push(np.array([0.9, *[0.0] * 5], np.float32))
    assert gate.settle(4).tolist() == [False] * 4
    assert gate.push(np.array([0.2], np.float32)).tolist() == [True, True]
    gate.push(np.array([0.0] * 5, np.float32))
    assert gate.settle(5).tolist() == [False] * 5
    assert not gate.push(np.zeros(HANG_OVER_FRAMES + LEAD_IN_FRAMES, np.float32)).any()
    assert not gate.push(np.array([0.39], np.float32)).any()


@given(st.lists(st.floats(0, 1, width=32), max_size=100), st.integers(1, 30))
def test_the_gate_does_not_care_how_frames_are_cut(probabilities: list[float], cut: int) -> None:
    given_frames = np.array(probabilities, np.float32)
    gate, whole = SpeechGate(), SpeechGate()
    parts = [gate.push(given_frames[i : i + cut]) for i in range(0, len(given_frames), cut)]
    joined = np.concatenate([*parts, gate.settle()])
    np.testing.assert_array_equal(joined, np.concatenate([whole.push(given_frames), whole.settle()]))
    assert len(joined) == len(given_frames)


def _track(*stretches: tuple[bool, float]) -> TurnTracker:
    tracker = TurnTracker([])
    tracker.push(0, np.concatenate([np.full(round(seconds / 0.032), voiced) for voiced, seconds in stretches]))
    return tracker


def test_gaps_below_800_ms_do_not_end_a_turn_and_longer_ones_do() -> None:
    assert len(_track((True, 2), (False, 0.7), (True, 2), (False, 1)).turns) == 1
    assert len(_track((True, 2), (False, 0.9), (True, 2), (False, 1)).turns) == 2


def test_turns_below_half_a_second_do_not_count() -> None:
    assert _track((True, 0.4), (False, 1)).turns == []


def test_a_turn_is_as_long_as_its_voice() -> None:
    (turn,) = _track((False, 1), (True, 3), (False, 2)).turns
    assert turn.start_ns == 31 * FRAME_NS
    assert turn.end_ns - turn.start_ns == 94 * FRAME_NS


def test_the_open_turn_is_known_as_far_as_it_went() -> None:
    open_turn = _track((True, 3)).open_turn
    assert open_turn is not None
    assert open_turn.end_ns == 94 * FRAME_NS


def test_run_lengths_are_those_of_unbroken_stretches() -> None:
    assert run_lengths(np.array([1, 1, 0, 1, 0, 0, 1, 1, 1], bool)).tolist() == [2, 1, 3]
    assert run_lengths(np.zeros(0, bool)).tolist() == []
