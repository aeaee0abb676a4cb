from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.perception.audio.syllables import count_syllables
from classroom_analyzer.sources.media import MediaFile
from tests.made_up_voices import frames_of, made_up_voice


@pytest.mark.parametrize("level", [0.002, 0.1])
def test_syllables_are_counted_whatever_the_level(level: float) -> None:
    frames = frames_of(level * made_up_voice(130, 1.0, 10))
    assert count_syllables(frames, np.ones(len(frames), bool)) == pytest.approx(40, abs=2)


def test_only_speech_has_syllables() -> None:
    frames = frames_of(0.1 * made_up_voice(130, 1.0, 10))
    half = np.arange(len(frames)) < len(frames) // 2
    assert count_syllables(frames, half) == pytest.approx(20, abs=2)
    assert count_syllables(frames, np.zeros(len(frames), bool)) == 0


def test_a_sliver_of_sound_has_none() -> None:
    for frames in (1, 2, 3):
        assert count_syllables(np.full((frames, 512), 0.1, np.float32), np.ones(frames, bool)) == 0


def test_a_known_sentence_has_about_the_syllables_it_is_written_with(shared_data: Path) -> None:
    sound = np.concatenate([b.samples for b in MediaFile(shared_data / "audio" / "jfk.flac").audio()])
    frames = frames_of(sound)
    assert count_syllables(frames, np.ones(len(frames), bool)) == pytest.approx(28, abs=5)
