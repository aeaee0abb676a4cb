from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.media import AudioBlock
from classroom_analyzer.domain.readings import AudioSecond, Reading
from classroom_analyzer.domain.sound import SoundMode
from classroom_analyzer.perception.audio.analyzer import AudioAnalyzer
from classroom_analyzer.perception.audio.encoder import SoundCode

RATE = 16_000
NAMES = {
    "speech_share",
    "sound_mode.none",
    "sound_mode.single",
    "sound_mode.multiple",
    "silence.share",
    "silence.longest_s",
    "loudness",
    "pitch",
    "speaking_rate",
    "turns.count",
    "turns.mean_s",
    "wait_time",
    "talk_ratio",
    "pause_after_teacher",
}


class LoudIsVoice:
    """Voice is whatever is louder than -40 dBFS."""

    def __init__(self) -> None:
        self.resets = 0

    def reset(self) -> None:
        self.resets += 1

    def probabilities(self, frames: np.ndarray) -> np.ndarray:
        return np.where((frames**2).mean(axis=1) > 1e-4, 0.9, 0.05).astype(np.float32)


class FixedNovelty:
    def __init__(self, novelty: float) -> None:
        self.novelty = novelty
        self.lengths: list[int] = []

    def encode(self, samples: np.ndarray) -> SoundCode:
        self.lengths.append(len(samples))
        return SoundCode(np.zeros(4, np.float32), self.novelty)


def _noise(seconds: float, level: float) -> np.ndarray:
    return np.random.default_rng(1).normal(0, level, round(seconds * RATE)).astype(np.float32)


def _room(seconds: float) -> np.ndarray:
    return _noise(seconds, 0.001)


def _voice(seconds: float) -> np.ndarray:
    return _noise(seconds, 0.1)


def _listen(analyzer: AudioAnalyzer, *parts: np.ndarray, block: int = 8000) -> list[AudioSecond]:
    sound = np.concatenate(parts)
    seconds, t_s = [], 1
    for at in range(0, len(sound), block):
        cut = AudioBlock(at * 62_500, sound[at : at + block])
        analyzer.push(cut)
        while t_s * 1_000_000_000 <= cut.end_ns:
            seconds.append(analyzer.second(t_s))
            t_s += 1
    return seconds


def _reading(second: AudioSecond, name: str) -> Reading:
    (found,) = (r for r in second.readings if r.name == name)
    return found


def test_every_second_carries_every_name_once() -> None:
    for second in _listen(AudioAnalyzer(LoudIsVoice()), _room(40)):
        assert sorted(r.name for r in second.readings) == sorted(NAMES)


def test_the_room_noise_of_a_connected_microphone_is_an_observation_of_silence() -> None:
    last = _listen(AudioAnalyzer(LoudIsVoice()), _room(40))[-1]
    assert last.speech_share == 0
    assert last.mode is SoundMode.NONE
    assert last.quality > 0.9
    assert last.loudness_dbfs == pytest.approx(-60, abs=0.5)
    assert last.loudness_rel_db == pytest.approx(0, abs=1)
    assert _reading(last, "silence.share").value == pytest.approx(1)
    assert _reading(last, "silence.longest_s").value == pytest.approx(30, abs=0.1)
    assert _reading(last, "speech_share").value == 0
    assert _reading(last, "sound_mode.none").value == 1


def test_digital_silence_is_no_observation() -> None:
    seconds = _listen(AudioAnalyzer(LoudIsVoice()), np.zeros(RATE * 40, np.float32))
    for second in seconds:
        assert second.heard_share == 1
        assert second.quality == 0
        assert second.speech_share is None
        assert second.loudness_dbfs is None
        assert second.mode is SoundMode.UNKNOWN
        assert all(r.value is None for r in second.readings)


def test_a_closed_noise_gate_is_silence_for_ten_seconds_and_then_a_muted_source() -> None:
    seconds = _listen(AudioAnalyzer(LoudIsVoice()), _voice(5), np.zeros(RATE * 15, np.float32))
    assert [s.speech_share for s in seconds[6:15]] == [0] * 9
    assert all(0 < s.quality <= 0.5 and s.loudness_dbfs is None for s in seconds[6:15])
    assert all(s.speech_share is None and s.quality == 0 for s in seconds[16:])


def test_without_samples_nothing_is_known() -> None:
    analyzer = AudioAnalyzer(LoudIsVoice())
    second = analyzer.second(1)
    assert (second.heard_share, second.quality, second.speech_share) == (0, 0, None)
    assert all(r.value is None and r.quality is None for r in second.readings)


def test_a_gap_between_blocks_is_time_not_heard() -> None:
    vad = LoudIsVoice()
    analyzer = AudioAnalyzer(vad)
    analyzer.push(AudioBlock(0, _voice(2)))
    seconds = [analyzer.second(t) for t in (1, 2, 3, 4)]
    analyzer.push(AudioBlock(4_500_000_000, _voice(0.5)))
    seconds.append(analyzer.second(5))
    assert [s.heard_share for s in seconds] == pytest.approx([1, 1, 0, 0, 0.5], abs=0.05)
    assert [s.speech_share for s in seconds] == [1, 1, None, None, 1]
    assert vad.resets == 2
    assert analyzer.totals().heard_s == pytest.approx(2.5, abs=0.1)


def test_speech_share_is_that_of_the_sound() -> None:
    seconds = _listen(AudioAnalyzer(LoudIsVoice()), *[_voice(6), _room(4)] * 3)
    assert _reading(seconds[-1], "speech_share").value == pytest.approx(0.62, abs=0.02)
    assert _reading(seconds[-1], "silence.share").value == pytest.approx(0.4, abs=0.02)
    assert _reading(seconds[-1], "silence.longest_s").value == pytest.approx(4, abs=0.15)
    assert _reading(seconds[-1], "turns.count").value == 3
    assert _reading(seconds[-1], "turns.mean_s").value == pytest.approx(6, abs=0.15)


def test_a_turn_longer_than_the_window_keeps_its_length() -> None:
    last = _listen(AudioAnalyzer(LoudIsVoice()), _voice(50))[-1]
    assert _reading(last, "turns.count").value == 1
    assert _reading(last, "turns.mean_s").value == pytest.approx(50, abs=0.1)


def test_readings_have_no_value_below_70_percent_coverage() -> None:
    seconds = _listen(AudioAnalyzer(LoudIsVoice()), _voice(15), _room(15))
    known = [_reading(s, "speech_share").value is not None for s in seconds]
    assert not any(known[:20])
    assert all(known[21:])


def test_totals_add_up_what_was_heard() -> None:
    analyzer = AudioAnalyzer(LoudIsVoice())
    _listen(analyzer, _voice(20), _room(10), np.zeros(RATE * 30, np.float32))
    totals = analyzer.totals()
    assert totals.heard_s == pytest.approx(40, abs=0.1)  # with ten seconds of closed gate
    assert totals.speech_s == pytest.approx(20, abs=0.2)
    assert totals.silence_s == pytest.approx(20, abs=0.2)
    assert totals.single_s + totals.multiple_s <= totals.heard_s


def test_the_size_of_blocks_does_not_change_what_is_heard() -> None:
    parts = [_voice(7), _room(4), _voice(0.7), _room(9)]
    small = _listen(AudioAnalyzer(LoudIsVoice()), *parts, block=1600)
    large = _listen(AudioAnalyzer(LoudIsVoice()), *parts, block=16000)
    assert small == large


def test_clipping_lowers_quality_and_takes_the_mode_away() -> None:
    last = _listen(AudioAnalyzer(LoudIsVoice()), np.clip(_noise(30, 0.6), -1, 1))[-1]
    assert last.quality < 0.2
    assert last.mode is SoundMode.UNKNOWN


def test_novelty_lowers_quality_and_the_encoder_gets_whole_seconds() -> None:
    strange, usual = FixedNovelty(9.0), FixedNovelty(0.0)
    parts = [_voice(3), _room(2)]
    odd = _listen(AudioAnalyzer(LoudIsVoice(), strange), *parts)[-1]
    plain = _listen(AudioAnalyzer(LoudIsVoice(), usual), *parts)[-1]
    assert odd.novelty == 9
    assert odd.quality == pytest.approx(plain.quality / 3)
    assert {*strange.lengths} <= {31 * 512, 32 * 512}


class Guesses:
    """Says anything."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng

    def reset(self) -> None:
        pass

    def probabilities(self, frames: np.ndarray) -> np.ndarray:
        return (self._rng.random(len(frames)) ** self._rng.choice([0.2, 1.0, 5.0])).astype(np.float32)


@pytest.mark.parametrize("seed", range(12))
def test_every_pattern_of_blocks_gaps_and_levels_closes_its_seconds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    analyzer = AudioAnalyzer(Guesses(rng))
    t_ns, closed_s = int(rng.integers(2_000_000_000)), 0
    for _ in range(60):
        samples = rng.normal(0, 10 ** rng.uniform(-7, -0.5), int(rng.choice([7, 300, 1600, 5000, 16_000])))
        t_ns += int(rng.integers(900_000_000)) * (rng.random() < 0.1)
        analyzer.push(AudioBlock(t_ns, samples.clip(-1, 1).astype(np.float32)))
        t_ns += len(samples) * 62_500
        while t_ns > (closed_s + 1) * 1_000_000_000 + int(rng.integers(-500, 900)) * 1_000_000:
            closed_s += 1
            assert 0 <= analyzer.second(closed_s).heard_share <= 1
