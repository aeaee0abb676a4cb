from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from classroom_analyzer.app.hearing import evaluate_speech
from classroom_analyzer.domain.media import AudioBlock
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.perception.audio.analyzer import AudioAnalyzer
from classroom_analyzer.training.sound.rttm import SpokenStretch
from classroom_analyzer.training.sound.speech import SpeechCounts, SpeechReport, score_speech

RATE = 16_000


class LoudIsVoice:
    """Voice is whatever is louder than -40 dBFS."""

    def reset(self) -> None:
        pass

    def probabilities(self, frames: np.ndarray) -> np.ndarray:
        return np.where((frames**2).mean(axis=1) > 1e-4, 0.9, 0.0).astype(np.float32)


def test_ten_millisecond_frames_are_counted_against_the_union_of_speakers() -> None:
    sound = np.zeros(10 * RATE, np.float32)
    sound[2 * RATE : 6 * RATE] = 0.5
    blocks = [AudioBlock(at * 62_500, sound[at : at + 4000]) for at in range(0, len(sound), 4000)]
    speakers = [SpokenStretch("A", 3.0, 5.0), SpokenStretch("B", 4.0, 8.0)]
    counts = score_speech(blocks, speakers, lambda mask: AudioAnalyzer(LoudIsVoice(), listeners=(mask,)), CancelToken())
    assert (counts.frames, counts.true) == (1000, 500)
    assert counts.marked == pytest.approx(400 + 10, abs=6)  # with the lead-in
    assert counts.hits == pytest.approx(300, abs=6)


def test_figures_that_cannot_be_given_are_null() -> None:
    report = SpeechReport(SpeechCounts(360_000, 0, 0, 0), {})
    assert report.as_dict() == {"hours": 1.0, "precision": None, "recall": None, "f1": None}


def test_a_recording_without_labels_is_refused(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "other.wav", np.zeros(RATE, np.float32), RATE)
    (tmp_path / "labels.rttm").write_text("SPEAKER one 1 0 1 <NA> <NA> A <NA> <NA>\n")
    with pytest.raises(BadInputError, match="named after"):
        evaluate_speech(tmp_path, tmp_path / "labels.rttm", tmp_path)


def test_real_meetings_agree_with_their_labels(shared_data: Path, tmp_path: Path) -> None:
    report = evaluate_speech(shared_data / "audio", shared_data / "audio" / "ami_train.rttm", tmp_path)
    assert len(report.by_recording) == 9
    assert report.f1 is not None
    assert report.f1 >= 0.93
    assert report.precision is not None
    assert report.precision >= 0.97
