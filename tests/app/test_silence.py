"""A source that is connected and mute is no observation: nothing is 0, and people are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile

from classroom_analyzer.app.analyze import Recording, analyze
from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.settings.schema import Settings
from classroom_analyzer.storage.lesson_reader import LessonReader


def test_digital_silence_has_no_quality_no_figures_and_no_estimate(tmp_path: Path, own_home: Path):
    soundfile.write(tmp_path / "mute.wav", np.zeros(35 * 16_000), 16_000)
    request = replace(demo_request(Settings(), tmp_path / "out"), switched_on=frozenset({Modality.AUDIO}))
    summary = analyze(Recording(tmp_path / "mute.wav"), request, own_home)
    assert summary.engagement is not None
    assert (summary.engagement.mean, summary.engagement.abstained) == (None, 35)
    assert summary.coverage.audio == 0
    assert summary.talk.speech_share is None
    assert any("no sound was heard" in text for text in summary.warnings)
    rows = LessonReader.open(Path(summary.lesson)).indicators()
    assert rows["value"].null_count() == rows["quality"].null_count() == rows.height > 0
