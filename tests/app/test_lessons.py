"""The main path on composed lessons of real recordings; skipped where those are not at hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from classroom_analyzer.app.analyze import Recording, analyze
from classroom_analyzer.app.request import LessonRequest, ModelChoice
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.domain.summary import LessonSummary
from classroom_analyzer.settings.schema import Settings
from classroom_analyzer.storage.lesson_reader import LessonReader


def run(
    path: Path,
    out: Path,
    home: Path,
    *,
    chat: Path | None = None,
    class_size: int | None = None,
    switched_on: frozenset[Modality] = frozenset(MODALITIES),
    policy: Policy = Policy.ENGAGEMENT,
) -> LessonSummary:
    request = LessonRequest(
        grant=PolicyGrant(policy, "command line"),
        models=ModelChoice.from_settings(Settings()),
        out=out,
        analysed_fps=4.0,
        class_size=class_size,
        switched_on=switched_on,
    )
    return analyze(Recording(path, chat=chat), request, home)


def truth_of(folder: Path) -> dict[str, list[int]]:
    truth: dict[str, list[int]] = json.loads((folder / "truth.json").read_text())
    return truth


def estimates_of(summary: LessonSummary) -> pl.DataFrame:
    return LessonReader.open(Path(summary.lesson)).estimates()


@pytest.mark.parametrize(
    ("name", "file", "chat", "class_size"),
    [
        ("inperson", "lesson.mkv", "chat.txt", None),
        ("gallery", "lesson.mkv", "chat.jsonl", 6),
        ("webcam", "lesson.mp4", None, None),
    ],
)
def test_seats_and_chat_agree_with_the_truth(
    name: str, file: str, chat: str | None, class_size: int | None, shared_data: Path, tmp_path: Path, own_home: Path
):
    folder = shared_data / "lessons" / name
    truth = truth_of(folder)
    summary = run(folder / file, tmp_path, own_home, chat=folder / chat if chat else None, class_size=class_size)
    true = truth["faces_per_second"]
    seen = [-9.0 if s is None else s for s in summary.seats.per_second[: len(true)]]
    within_one = np.mean([abs(a - b) <= 1 for a, b in zip(seen, true, strict=True)])
    assert within_one >= 0.9
    assert summary.seats.max == max(true)
    if chat:
        assert summary.chat.messages == truth["chat_messages"]
    if name == "inperson":
        assert np.mean([s == 4 for s in seen]) >= 0.8
    frame = estimates_of(summary)
    assert frame["t_s"].to_list() == list(range(1, int(summary.duration_s) + 1))
    given = frame.filter(pl.col("status") == "ok")
    assert len(given) > 0.5 * len(frame)
    assert (
        given.select((pl.col("low") <= pl.col("engagement")) & (pl.col("engagement") <= pl.col("high")))
        .to_series()
        .all()
    )


@pytest.mark.long
def test_a_camera_that_goes_off_lowers_coverage_and_widens_the_band(shared_data: Path, tmp_path: Path, own_home: Path):
    folder = shared_data / "lessons" / "gallery"
    summary = run(folder / "lesson.mkv", tmp_path, own_home, chat=folder / "chat.jsonl", class_size=6)
    frame = estimates_of(summary)
    before = frame.filter(pl.col("t_s").is_between(17, 19))
    dark = frame.filter(pl.col("t_s").is_between(31, 33))  # a window of 10 s holds nothing but the dark tile by then
    assert dark["coverage"].mean() < before["coverage"].mean()
    band = (before["high"] - before["low"]).mean()
    assert (dark["high"] - dark["low"]).mean() > band
    assert abs(dark["engagement"].mean() - before["engagement"].mean()) < band / 2


@pytest.mark.long
def test_without_sound_and_chat_their_figures_are_null(shared_data: Path, tmp_path: Path, own_home: Path):
    path = shared_data / "lessons" / "webcam" / "lesson.mp4"
    summary = run(path, tmp_path, own_home, switched_on=frozenset({Modality.VISION, Modality.TEXT}))
    assert (summary.coverage.audio, summary.coverage.text) == (None, None)
    assert set(summary_json(summary)["talk"].values()) == {None}
    assert set(summary_json(summary)["chat"].values()) == {None}
    assert summary.contribution is not None
    assert summary.contribution[1:] == (None, None)


@pytest.mark.long
@pytest.mark.parametrize("name", ["no_face.mp4", "one-by-one-person-detection.mp4"])
def test_without_a_seated_face_the_estimate_abstains_and_says_why(
    name: str, shared_data: Path, tmp_path: Path, own_home: Path
):
    path = shared_data / "video" / name
    summary = run(path, tmp_path, own_home, switched_on=frozenset({Modality.VISION}))
    assert summary.engagement is not None
    frame = estimates_of(summary)
    assert summary.engagement.abstained >= 0.9 * summary.engagement.windows
    if summary.engagement.abstained == summary.engagement.windows:
        assert (summary.engagement.mean, summary.engagement.low_share, summary.engagement.interval) == (
            None,
            None,
            None,
        )
    abstained = frame.filter(pl.col("engagement").is_null())
    assert set(abstained["status"]) <= {"no_modality", "low_coverage", "too_small", "out_of_distribution", "uncertain"}


def summary_json(summary: LessonSummary) -> dict[str, dict[str, object]]:
    document: dict[str, dict[str, object]] = json.loads((Path(summary.lesson) / "summary.json").read_text())
    return document
