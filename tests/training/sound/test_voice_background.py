from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import BadInputError, StoppedByUserError
from classroom_analyzer.models.safe import load_card
from classroom_analyzer.perception.audio.voice_features import VoiceFeatures, voice_features
from classroom_analyzer.perception.audio.voice_model import VoiceModel, load_voice_background
from classroom_analyzer.training.sound.voice_background import train_voice_background
from tests.made_up_voices import frames_of, made_up_voice

HEADER = "path\tsource_repo\tlicence\ttrain\n"
VOICES = {"A": (110, 0.95), "B": (210, 1.15)}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two speakers, three seconds each alone and one second at once."""
    folder = tmp_path / "data"
    folder.mkdir()
    a, b = (made_up_voice(*VOICES[name], 4, seed=i) for i, name in enumerate("AB"))
    sound = np.zeros(7 * 16_000)
    sound[: 4 * 16_000] += a
    sound[3 * 16_000 :] += b
    soundfile.write(folder / "meeting.flac", 0.05 * sound, 16_000)
    (folder / "labels.rttm").write_text(
        "SPEAKER meeting 1 0 4 <NA> <NA> A <NA> <NA>\nSPEAKER meeting 1 3 4 <NA> <NA> B <NA> <NA>\n"
    )
    rows = "".join(f"{name}\tours\tApache-2.0\tyes\n" for name in ("meeting.flac", "labels.rttm"))
    (folder / "MANIFEST.tsv").write_text(HEADER + rows)
    return folder


def _heard(pitch_hz: float, tract: float, seconds: float, seed: int) -> VoiceFeatures:
    sound = made_up_voice(pitch_hz, tract, seconds, seed)
    return voice_features(frames_of(sound + np.random.default_rng(seed).normal(0, 0.05, len(sound))))


def test_training_writes_weights_that_load_and_a_card_that_says_on_what(data: Path, tmp_path: Path) -> None:
    card = train_voice_background(data, tmp_path / "out")
    path = tmp_path / "out" / "voice-background.safetensors"
    assert (card["speakers"], card["speech_s"]) == (2, 6.0)
    assert load_card(path)["training_sets"][0]["files"] == ["meeting.flac", "labels.rttm"]
    background = load_voice_background(path)
    assert background.weight.sum() == pytest.approx(1)
    assert background.pitch.sum() == pytest.approx(1)
    model = VoiceModel.adapted(background, [_heard(280, 1.3, 8, seed=9)])
    assert model.score(_heard(280, 1.3, 2, seed=10)) > model.score(_heard(*VOICES["A"], 2, seed=0)) + 1


def test_without_labelled_recordings_or_after_a_stop_nothing_is_written(data: Path, tmp_path: Path) -> None:
    stopped = CancelToken()
    stopped.cancel()
    with pytest.raises(StoppedByUserError):
        train_voice_background(data, tmp_path / "out", cancel=stopped)
    (data / "MANIFEST.tsv").write_text(HEADER + "meeting.flac\tours\tApache-2.0\tyes\n")
    with pytest.raises(BadInputError, match="speaker labels"):
        train_voice_background(data, tmp_path / "out")
    assert not (tmp_path / "out").exists()
