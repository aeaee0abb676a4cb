"""Any backbone of the right family runs end to end; the models are tiny and made by the test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from classroom_analyzer.app.analyze import analyze
from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.domain.summary import LessonSummary
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.settings.schema import Settings
from tests.app.conftest import ShortLesson
from tests.perception.tiny_models import tiny_bert, tiny_resnet, tiny_wav2vec2


def run(lesson: ShortLesson, out: Path, home: Path, **models: str) -> LessonSummary:
    request = demo_request(Settings(), out)
    return analyze(lesson.recording, replace(request, models=replace(request.models, **models)), home)


def test_backbones_of_all_three_modalities_run_and_are_named(short_lesson: ShortLesson, tmp_path: Path, own_home: Path):
    face, sound, text = tiny_resnet(tmp_path / "face"), tiny_wav2vec2(tmp_path / "sound"), tiny_bert(tmp_path / "text")
    summary = run(
        short_lesson,
        tmp_path / "out",
        own_home,
        face_encoder=f"dir:{face}",
        audio_encoder=f"dir:{sound}",
        text_encoder=f"dir:{text}",
    )
    used = {m.role: m.spec for m in summary.models}
    assert used["face encoder"] == f"dir:{face}"
    assert used["sound encoder"] == f"dir:{sound}"
    assert used["text encoder"] == f"dir:{text}"
    assert all(len(m.sha256) == 64 for m in summary.models)
    assert summary.seats.max == 12
    assert any("novelty" in warning for warning in summary.warnings)


def test_a_backbone_of_another_family_is_refused_and_leaves_nothing(
    short_lesson: ShortLesson, tmp_path: Path, own_home: Path
):
    bert = tiny_bert(tmp_path / "text")
    with pytest.raises(BadModelError):
        run(short_lesson, tmp_path / "out", own_home, face_encoder=f"dir:{bert}")
    assert not (tmp_path / "out").exists()


def test_the_same_seed_gives_the_same_estimates(short_lesson: ShortLesson, tmp_path: Path, own_home: Path):
    from classroom_analyzer.storage.lesson_reader import LessonReader

    frames = []
    for attempt in range(2):
        summary = run(short_lesson, tmp_path / str(attempt), own_home)
        frames.append(LessonReader.open(Path(summary.lesson)).estimates())
    assert frames[0].equals(frames[1])
    assert frames[0]["status"].to_list().count("ok") > 0
