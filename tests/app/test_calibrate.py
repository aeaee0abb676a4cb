"""From marks to a calibration, and from a calibration to the next lesson."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from classroom_analyzer.app.analyze import analyze
from classroom_analyzer.app.calibrate import (
    CALIBRATION_ROLE,
    calibrate_class,
    calibration_path,
    lesson_agreement,
    local_fit,
)
from classroom_analyzer.app.report import write_report
from classroom_analyzer.app.request import LessonRequest, ModelChoice
from classroom_analyzer.domain.labels import CALIBRATED_BADGE, Label, LabelKind, LabelSource
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.errors import BadInputError, LessonDamagedError, UsageError
from classroom_analyzer.fusion.bundle import load_bundle
from classroom_analyzer.fusion.calibration_file import (
    CalibrationRecord,
    CalibrationState,
    read_calibration,
    write_calibration,
)
from classroom_analyzer.fusion.local_calibration import UNCALIBRATED, Coefficients
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.settings.schema import Settings
from classroom_analyzer.storage.labels import undo_last_label
from classroom_analyzer.storage.lesson_reader import LessonReader
from tests.marked_class import BUNDLE, Plan, add_marks, write_class

GAINS = (1.5, 0.5, 2.0)


def test_marks_that_follow_the_line_calibrate_the_class_with_every_figure_in_the_file(tmp_path: Path, own_home: Path):
    folders = write_class(tmp_path, Plan())
    found = calibrate_class(folders, own_home)
    assert found.path == calibration_path(own_home, "7B")
    document = json.loads(found.path.read_text(encoding="utf-8"))
    assert document == json.loads(json.dumps(found.record.document()))
    assert document["state"] == "calibrated"
    assert document["reason"].startswith(f"{CALIBRATED_BADGE} kappa ")
    assert document["bundle_sha256"] == BUNDLE
    assert [check["passed"] for check in document["gate"]] == [True] * 7
    assert [lesson["marks"] for lesson in document["lessons"]] == [12] * 6
    assert document["pressed_and_sampled"]["sampled"]["marks"] == 0
    fit = local_fit(own_home, "7b", BUNDLE, 0.5)
    assert fit.calibrator is not None
    assert fit.used is not None
    assert fit.notices == (document["reason"],)


def test_marks_by_chance_switch_the_line_off_in_this_class_with_the_reason(tmp_path: Path, own_home: Path):
    found = calibrate_class(write_class(tmp_path, Plan(follows=False)), own_home)
    assert found.record.state is CalibrationState.OFF
    assert "Brier skill over the base rate" in found.record.reason
    (notice,) = local_fit(own_home, "7b", BUNDLE, 0.5).notices
    assert notice.startswith("the estimate is switched off in this class after 72 marks: Brier skill over the base")


def test_too_few_marks_change_nothing_and_say_how_many_there_are(tmp_path: Path, own_home: Path):
    folders = write_class(tmp_path, Plan(lessons=5))
    # The line was seen: they do not count.
    add = [Label(15 + k, LabelKind.LOST, 0, True, LabelSource.PRESS) for k in range(9)]
    add_marks(folders[0], add)
    for _ in add:
        undo_last_label(folders[0])
    undo_last_label(folders[0])
    found = calibrate_class(folders, own_home)
    assert found.record.reason == "collecting: 59 of 60 marks"
    fit = local_fit(own_home, "7b", BUNDLE, 0.5)
    assert (fit.calibrator, fit.used, fit.notices) == (None, None, ("collecting: 59 of 60 marks",))


def test_marks_that_were_given_with_the_line_in_sight_do_not_count(tmp_path: Path, own_home: Path):
    found = calibrate_class(write_class(tmp_path, Plan(lessons=5, marks=13, visible=True)), own_home)
    assert found.record.reason.startswith("collecting: 0 of 60 marks")
    assert found.record.document()["lessons"][0]["line_visible"] == 13


def test_a_calibration_of_another_bundle_or_class_is_not_used_and_says_so(tmp_path: Path, own_home: Path):
    calibrate_class(write_class(tmp_path, Plan()), own_home)
    other = local_fit(own_home, "7b", "ee" * 32, 0.5)
    assert other.calibrator is None
    assert "another fusion bundle" in other.notices[0]
    calibration_path(own_home, "8c").write_bytes(calibration_path(own_home, "7b").read_bytes())
    assert "another class" in local_fit(own_home, "8c", BUNDLE, 0.5).notices[0]
    assert local_fit(own_home, "9d", BUNDLE, 0.5).notices == ()
    assert local_fit(own_home, None, BUNDLE, 0.5).notices == ()


def test_a_damaged_calibration_is_one_sentence_and_no_lesson_is_lost(own_home: Path):
    path = calibration_path(own_home, "7b")
    path.parent.mkdir(parents=True)
    path.write_text("{")
    fit = local_fit(own_home, "7b", BUNDLE, 0.5)
    assert fit.calibrator is None
    assert "not calibrated" in fit.notices[0]
    assert "make it again" in fit.notices[0]


def test_out_writes_a_file_and_leaves_the_class_alone(tmp_path: Path, own_home: Path):
    out = tmp_path / "fit.json"
    assert calibrate_class(write_class(tmp_path, Plan(lessons=2)), own_home, out=out).path == out
    assert read_calibration(out).class_name == "7b"
    assert not calibration_path(own_home, "7b").exists()


def test_lessons_without_a_class_are_judged_and_kept_only_under_a_name(tmp_path: Path, own_home: Path):
    folders = write_class(tmp_path, Plan(lessons=2, class_name=None))
    assert calibrate_class(folders, own_home).path is None
    assert calibrate_class(folders, own_home, class_name="  7\tb ").path == calibration_path(own_home, "7 b")


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (Plan(lessons=1, marks=1, class_name="8c", seed=1), "another class"),
        (Plan(lessons=1, marks=1, class_name=None, seed=1), "names no class"),
        (Plan(lessons=1, marks=1, bundle="ee" * 32, seed=1), "another fusion bundle"),
        (Plan(lessons=1, marks=1, policy=Policy.OBSERVE, seed=1), "no estimate was made"),
    ],
)
def test_lessons_that_do_not_belong_together_are_refused(tmp_path: Path, own_home: Path, plan: Plan, words: str):
    folders = write_class(tmp_path / "a", Plan(lessons=1, marks=1)) + write_class(tmp_path / "b", plan)
    with pytest.raises(BadInputError, match=words):
        calibrate_class(folders, own_home)
    assert not calibration_path(own_home, "7b").exists()


def test_a_lesson_that_is_none_or_given_twice_is_refused(tmp_path: Path, own_home: Path):
    (folder,) = write_class(tmp_path, Plan(lessons=1, marks=1))
    with pytest.raises(BadInputError, match="twice"):
        calibrate_class([folder, folder], own_home)
    with pytest.raises(LessonDamagedError):
        calibrate_class([tmp_path], own_home)
    with pytest.raises(UsageError):
        calibrate_class([folder], own_home, class_name=" \u202e ")


def test_a_report_counts_the_marks_of_the_class_and_compares_its_own(tmp_path: Path):
    folders = write_class(tmp_path, Plan(lessons=3, levels=True)) + write_class(
        tmp_path / "other", Plan(lessons=1, class_name="8c")
    )
    found = lesson_agreement(folders[0])
    assert (found.collected, found.needed, found.has_class) == (36, 60, True)
    assert (found.pressed.ccc.n, found.pressed.kappa.n, found.sampled.ccc.n) == (12, 0, 0)
    page = write_report(folders[0]).read_text(encoding="utf-8")
    assert "collecting: 36 of 60 marks" in page
    assert "Levels 0 to 3, pressed" in page
    assert "(n = 12)" in page
    assert "7b" not in page


def test_a_report_without_marks_says_that_nothing_was_compared(tmp_path: Path):
    (folder,) = write_class(tmp_path, Plan(lessons=1, marks=2, visible=True))
    page = write_report(folder).read_text(encoding="utf-8")
    assert "No mark of this lesson was compared with its line." in page
    assert "2 marks were not compared: the line could be seen." in page
    assert "collecting: 0 of 60 marks" in page
    manifest = json.loads((folder / "exports" / "000" / "manifest.json").read_text())
    assert manifest["settings"]["marks_compared"] == 0


def test_pressed_and_sampled_marks_are_compared_apart(tmp_path: Path):
    (folder,) = write_class(tmp_path, Plan(lessons=1, marks=6))
    add_marks(folder, [Label(100, LabelKind.LOST, 0, False, s) for s in (LabelSource.PROMPTED, LabelSource.REVIEW)])
    found = lesson_agreement(folder)
    assert (found.pressed.kappa.n, found.sampled.kappa.n) == (7, 1)


def test_the_next_lesson_of_the_class_is_drawn_on_its_scale(short_lesson, tmp_path: Path, own_home: Path):
    files = ModelStore(own_home).resolve("bundled:fusion", "fusion")
    fitted = Coefficients(0.5, 1.5, np.array(GAINS), np.zeros((4, 4)))
    reason = f"{CALIBRATED_BADGE} kappa 0.50"
    record = CalibrationRecord(CalibrationState.CALIBRATED, reason, "7b", files.sha256, 64, fitted, {})
    write_calibration(calibration_path(own_home, "7b"), record)
    request = LessonRequest(
        grant=PolicyGrant(Policy.ENGAGEMENT, "command line"),
        models=ModelChoice.from_settings(Settings()),
        out=tmp_path,
        analysed_fps=2.0,
        switched_on=frozenset({Modality.VISION}),  # in twelve seconds neither sound nor chat has enough to say
        class_name="7B",
    )
    summary = analyze(short_lesson.recording, request, own_home)
    reader = LessonReader.open(Path(summary.lesson))
    wide = reader.indicators().filter(pl.col("name").is_in(UNCALIBRATED)).pivot("name", index="t_s", values="value")
    own, rows = wide.sort("t_s"), reader.estimates()
    raw = own.select(pl.col(UNCALIBRATED[1:]).fill_null(0.0)).to_numpy()
    bundle = load_bundle(files.path).calibration
    said = own[UNCALIBRATED[0]].to_numpy()
    assert np.isfinite(said).any()
    assert np.nan_to_num(said - raw.sum(axis=1), nan=bundle.prior) == pytest.approx(bundle.prior)
    wanted = np.clip(0.5 + raw @ np.array(GAINS), 0.0, 1.0)
    kept = 0
    for row, level in zip(rows.iter_rows(named=True), wanted, strict=True):
        if row["engagement"] is not None:
            kept += 1
            assert row["engagement"] == pytest.approx(level, abs=1e-9)
            assert sum(row[f"w_{m}"] or 0.0 for m in MODALITIES) == pytest.approx(level - 0.5, abs=1e-9)
            assert max(row["p0"] + row["p1"], row["p2"] + row["p3"]) >= bundle.tau
    assert kept
    assert reader.meta.class_name == "7B"
    assert [m.role for m in summary.models].count(CALIBRATION_ROLE) == 1
    assert reason in summary.warnings
    page = write_report(reader.folder).read_text(encoding="utf-8")
    assert "experimental: not validated in your class" not in page
    assert reason in page
