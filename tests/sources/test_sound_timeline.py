"""Where sound is placed on the lesson clock: through jitter, bursts, losses and a clock that drifts."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from classroom_analyzer.sources.sound_input import Arrival
from classroom_analyzer.sources.sound_timeline import SoundTimeline
from tests.sources.recordings import tone


def holes(blocks) -> list[tuple[float, float]]:
    return [(a.end_ns / 1e9, b.t_ns / 1e9) for a, b in itertools.pairwise(blocks) if a.end_ns != b.t_ns]


def arrivals(ends_s, rate_hz=SAMPLE_RATE_HZ, length_s=0.05) -> list[Arrival]:
    return [Arrival(to_ns(end_s), rate_hz, tone(length_s, rate_hz)) for end_s in ends_s]


def placed(timeline: SoundTimeline, came: list[Arrival]) -> list:
    """One after the other, as they come."""
    return [block for arrival in came for block in timeline.place([arrival])]


def test_jitter_of_arrivals_leaves_no_holes_and_delays_nothing():
    jitter = np.random.default_rng(3).uniform(0, 0.08, 200)
    timeline = SoundTimeline()
    blocks = placed(timeline, arrivals([0.05 * (n + 1) + jitter[n] for n in range(200)]))
    blocks += timeline.flush()
    assert holes(blocks) == []
    assert blocks[-1].end_ns / 1e9 == pytest.approx(10.0, abs=0.02)
    assert timeline.overlap_samples == 0


def test_a_burst_after_a_stall_is_placed_where_it_belongs():
    timeline = SoundTimeline()
    before = list(timeline.place(arrivals([0.05 * (n + 1) for n in range(20)])))
    burst = list(timeline.place(arrivals([4.0] * 60)))  # 3 s of sound at once, at 4 s
    assert holes(before + burst) == []
    assert burst[-1].end_ns / 1e9 == pytest.approx(4.0, abs=0.11)


def test_sound_that_was_lost_is_a_hole():
    timeline = SoundTimeline()
    came = arrivals([0.05 * (n + 1) for n in range(20)] + [5 + 0.05 * n for n in range(20)])
    assert holes(list(timeline.place(came))) == [(pytest.approx(1.0, abs=0.01), pytest.approx(4.95, abs=0.01))]


def test_a_little_sound_that_was_lost_is_made_up_for_within_half_a_minute():
    timeline = SoundTimeline()
    ends_s = [0.05 * (n + 1) + (0.1 if n > 400 else 0) for n in range(1200)]  # 0.1 s are missing after 20 s
    blocks = placed(timeline, arrivals(ends_s))
    late = [block for block in blocks if block.t_ns > to_ns(55)]
    assert late[-1].end_ns / 1e9 == pytest.approx(60.1, abs=0.12)
    assert holes(blocks) == []


def test_another_rate_becomes_16_khz():
    timeline = SoundTimeline()
    blocks = placed(timeline, arrivals([0.05 * (n + 1) for n in range(40)], rate_hz=44_100))
    blocks += timeline.flush()
    assert sum(len(b.samples) for b in blocks) == pytest.approx(2 * SAMPLE_RATE_HZ, abs=0.01 * SAMPLE_RATE_HZ)


def test_stretching_keeps_a_tone_a_tone():
    timeline = SoundTimeline()
    rng = np.random.default_rng(0)
    chunk = 1600
    sound = np.sin(2 * np.pi * 440 * np.arange(60 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ).astype(np.float32)
    came = [
        Arrival(to_ns((n + 1) * 0.1 * (1 - 2e-4) + rng.exponential(0.003)), SAMPLE_RATE_HZ, sound[n * chunk :][:chunk])
        for n in range(600)
    ]
    joined = np.concatenate([block.samples for block in placed(timeline, came)])
    steps = np.abs(np.diff(joined))
    assert steps.max() < 1.1 * 2 * np.pi * 440 / SAMPLE_RATE_HZ  # no click: no step larger than the tone's own


@pytest.mark.fault(12)
@pytest.mark.parametrize(("true_hz", "length_s"), [(48_009.6, 3600), (47_990.4, 900)])
def test_a_device_clock_that_is_200_ppm_off_stays_within_40_ms_for_an_hour(true_hz, length_s, record_property):
    timeline = SoundTimeline()
    rng = np.random.default_rng(7)
    rate_hz, chunk = 48_000, 9600
    worst_s = 0.0
    checked = 0
    for n in range(int(length_s * true_hz / chunk)):
        samples = np.zeros(chunk, np.float32)
        marked = n % 50 == 25  # a click at a known place every 10 s
        if marked:
            samples[4790:4810] = 1
        jitter_s = rng.exponential(0.005) + 0.05 * (rng.random() < 0.02)
        came = Arrival(to_ns((n + 1) * chunk / true_hz + jitter_s), rate_hz, samples)
        if marked:
            expected_s = (n * chunk + 4800) / true_hz
        for block in timeline.place([came]):
            loudest = int(np.argmax(block.samples))
            if block.samples[loudest] > 0.5:
                found_s = block.t_ns / 1e9 + loudest / SAMPLE_RATE_HZ
                if expected_s > 60:
                    worst_s = max(worst_s, abs(found_s - expected_s))
                    checked += 1
    record_property("measured", f"{true_hz:.1f} Hz for 48,000: {worst_s * 1000:.0f} ms off at most in {length_s} s")
    assert checked > length_s / 13
    assert worst_s < 0.04
    assert timeline.overlap_samples == 0
    assert timeline.drift_ppm == pytest.approx((rate_hz / true_hz - 1) * 1e6, abs=60)
