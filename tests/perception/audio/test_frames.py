from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.domain.media import AudioBlock
from classroom_analyzer.perception.audio.frames import FRAME_NS, FRAME_SAMPLES, FrameCutter

NS_PER_SAMPLE = 62_500


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=20))
def test_however_sound_is_cut_into_blocks_the_frames_are_the_same(sizes: list[int]) -> None:
    sound = np.arange(sum(sizes), dtype=np.float32)
    cutter, at, frames, next_ns = FrameCutter(), 0, [], 0
    for size in sizes:
        for run in cutter.push(AudioBlock(at * NS_PER_SAMPLE, sound[at : at + size])):
            assert run.start_ns == next_ns
            next_ns += len(run.samples) * FRAME_NS
            frames.append(run.samples)
        at += size
    whole = len(sound) // FRAME_SAMPLES * FRAME_SAMPLES
    joined = np.concatenate([f.ravel() for f in frames]) if frames else np.empty(0)
    np.testing.assert_array_equal(joined, sound[:whole])


def test_a_jump_in_time_starts_anew_at_the_time_of_the_block() -> None:
    cutter = FrameCutter()
    first = list(cutter.push(AudioBlock(0, np.ones(8000, np.float32))))
    later = list(cutter.push(AudioBlock(5_000_000_000, np.ones(8000, np.float32))))
    assert [r.fresh for r in first + later] == [True, True]
    assert later[0].start_ns == 5_000_000_000


def test_a_block_that_is_a_little_late_continues_the_last_one() -> None:
    cutter = FrameCutter()
    list(cutter.push(AudioBlock(0, np.ones(8000, np.float32))))
    (run,) = cutter.push(AudioBlock(530_000_000, np.ones(8000, np.float32)))
    assert not run.fresh
    assert run.start_ns == 15 * FRAME_NS
