from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.media import AudioBlock
from classroom_analyzer.domain.transcript import SpeakerRole
from classroom_analyzer.perception.audio.analyzer import AudioAnalyzer
from classroom_analyzer.perception.audio.two_tracks import TrackTalkers, TwoTracks

RATE = 16_000


class LoudIsVoice:
    """Voice is whatever is louder than -60 dBFS."""

    def reset(self) -> None:
        pass

    def probabilities(self, frames: np.ndarray) -> np.ndarray:
        return np.where((frames**2).mean(axis=1) > 1e-6, 0.9, 0.0).astype(np.float32)


def _track(seconds: int, *stretches: tuple[float, float, float]) -> np.ndarray:
    sound = np.random.default_rng(0).normal(0, 1e-4, seconds * RATE)
    for start_s, end_s, level in stretches:
        sound[int(start_s * RATE) : int(end_s * RATE)] *= level * 1e4
    return sound.astype(np.float32)


def _held(microphone: np.ndarray, call: np.ndarray, late_s: float = 0.0) -> tuple[TrackTalkers, AudioAnalyzer]:
    """Blocks of 0.1 s; the call's arrive later than the microphone's by ``late_s``."""
    talkers = TrackTalkers(LoudIsVoice(), LoudIsVoice())
    audio = AudioAnalyzer(LoudIsVoice(), talkers=talkers)
    tracks = TwoTracks(audio, talkers)
    step, late = RATE // 10, int(late_s * 10)
    blocks = len(microphone) // step
    for i in range(blocks + late):
        if i < blocks:
            tracks.push_microphone(AudioBlock(i * 100_000_000, microphone[i * step : (i + 1) * step]))
        if i >= late:
            at = (i - late) * step
            tracks.push_call(AudioBlock((i - late) * 100_000_000, call[at : at + step]))
    talkers.close()
    return talkers, audio


@pytest.mark.parametrize("late_s", [0.0, 0.6])
def test_the_microphone_is_the_teacher_and_the_call_the_students(late_s: float) -> None:
    talkers, audio = _held(_track(40, (2, 14, 0.1)), _track(40, (16, 22, 0.1), (30, 32, 0.1)), late_s)
    totals = talkers.totals()
    assert totals.teacher_s == pytest.approx(12, abs=0.3)
    assert totals.student_s == pytest.approx(8, abs=0.5)
    assert totals.teacher_share == pytest.approx(0.6, abs=0.03)
    assert talkers.role_of(5_000_000_000, 6_000_000_000) is SpeakerRole.TEACHER
    assert talkers.role_of(17_000_000_000, 18_000_000_000) is SpeakerRole.STUDENT
    assert talkers.role_of(24_000_000_000, 26_000_000_000) is SpeakerRole.UNKNOWN
    second = audio.second(30)
    ratio = {r.name: r.value for r in second.readings}
    assert ratio["talk_ratio"] == pytest.approx(12 / 18, abs=0.03)
    assert ratio["pause_after_teacher"] == pytest.approx(2, abs=0.3)


def test_the_class_figures_come_from_both_tracks() -> None:
    _, audio = _held(_track(32, (2, 12, 0.1)), _track(32, (15, 21, 0.1)))
    seconds = [audio.second(t_s) for t_s in range(1, 31)]
    assert {r.name: r.value for r in seconds[-1].readings}["speech_share"] == pytest.approx(16 / 30, abs=0.03)


def test_a_call_that_is_played_aloud_does_not_make_the_teacher_speak() -> None:
    echo = [(s + 0.15, e + 0.15, 0.01) for s, e in ((12, 20), (25, 33))]
    talkers, _ = _held(_track(40, (1, 9, 0.1), *echo), _track(40, (12, 20, 0.1), (25, 33, 0.1)))
    assert talkers.totals().teacher_s == pytest.approx(8, abs=0.3)
    assert talkers.totals().student_s == pytest.approx(16, abs=0.6)


def test_both_at_once_counts_for_both() -> None:
    talkers, _ = _held(_track(40, (1, 9, 0.1), (20, 26, 0.1)), _track(40, (18, 28, 0.1)))
    assert talkers.totals().teacher_s == pytest.approx(14, abs=0.5)
    assert talkers.totals().student_s == pytest.approx(10, abs=0.5)


def test_a_burst_of_one_track_waits_for_the_other() -> None:
    talkers = TrackTalkers(LoudIsVoice(), LoudIsVoice())
    tracks = TwoTracks(AudioAnalyzer(LoudIsVoice(), talkers=talkers), talkers)
    tracks.push_microphone(AudioBlock(0, _track(20, (1, 5, 0.1))))
    tracks.push_call(AudioBlock(0, _track(20, (8, 12, 0.1))))
    talkers.close()
    assert talkers.totals().teacher_s == pytest.approx(4, abs=0.3)
    assert talkers.totals().student_s == pytest.approx(4, abs=0.3)


def test_a_call_that_does_not_come_stops_nobody() -> None:
    talkers = TrackTalkers(LoudIsVoice(), LoudIsVoice())
    audio = AudioAnalyzer(LoudIsVoice(), talkers=talkers)
    tracks = TwoTracks(audio, talkers)
    sound = _track(20, (0.5, 19.5, 0.1))
    heard = []
    for t_s in range(1, 20):
        upto = int((t_s + 0.5) * RATE)
        tracks.push_microphone(AudioBlock((upto - RATE) * 62_500, sound[max(upto - RATE, 0) : upto]))
        tracks.advance(t_s)
        heard.append(audio.second(t_s).heard_share)
    talkers.close()
    assert heard[1:] == pytest.approx([1.0] * 18, abs=0.05)
    assert talkers.totals().teacher_s == pytest.approx(18, abs=1.0)
