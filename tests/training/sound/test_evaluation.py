from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.app.hearing import _analyzer, _voices, evaluate_sound
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.pipeline.phases import PhaseTracker
from classroom_analyzer.training.sound.evaluation import ClassReport, evaluate_modes, evaluate_phases
from classroom_analyzer.training.sound.rttm import read_rttm


def test_balanced_accuracy_is_the_mean_recall_and_its_interval_draws_scenes() -> None:
    right, wrong = [[8, 2, 0], [0, 10, 0]], [[4, 6, 0], [5, 5, 0]]
    found = ClassReport(np.array([right, wrong]), ("a", "b"), ("a", "b", "unknown")).as_dict()
    assert found["recall"] == {"a": 12 / 20, "b": 15 / 20}
    assert found["balanced_accuracy"] == pytest.approx(0.675)
    assert found["ci95"] == pytest.approx([0.45, 0.9])
    assert found["chance"] == 0.5


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ModelStore:
    return ModelStore(tmp_path_factory.mktemp("store"))


@pytest.mark.long
def test_sound_modes_of_scenes_from_real_voices(shared_data: Path, store: ModelStore) -> None:
    labels = read_rttm(shared_data / "audio" / "ami_train.rttm")
    _, others = _voices([shared_data / "audio", shared_data / "video" / "grid"], labels)
    assert len(others) == 7
    report = evaluate_modes(others, lambda: _analyzer(store), scenes=4, seed=11)
    assert report.recall().mean() >= 0.85


@pytest.mark.long
def test_phases_of_lessons_from_real_voices(shared_data: Path, store: ModelStore) -> None:
    labels = read_rttm(shared_data / "audio" / "ami_train.rttm")
    voices = [v for part in _voices([shared_data / "audio"], labels) for v in part]
    report = evaluate_phases(voices, lambda: _analyzer(store), PhaseTracker, lessons=1, seed=5, facing=False)
    assert report.recall().mean() >= 0.6  # one lesson; docs/results/sound.md has twelve


def test_too_few_voices_are_refused(tmp_path: Path) -> None:
    (tmp_path / "labels.rttm").write_text("SPEAKER one 1 0 1 <NA> <NA> A <NA> <NA>\n")
    with pytest.raises(BadInputError, match="voices"):
        evaluate_sound([tmp_path], tmp_path / "labels.rttm", tmp_path)
