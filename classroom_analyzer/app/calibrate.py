"""Calibrate to a class: from the marks of its lessons to a calibration file, and from that file to the next lesson."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom_analyzer import __version__
from classroom_analyzer.domain.agreement import AgreementFigure, ClassAgreement, MarkAgreement
from classroom_analyzer.domain.class_names import clean_class_name, same_class
from classroom_analyzer.domain.labels import CALIBRATED_BADGE
from classroom_analyzer.domain.modality import MODALITIES
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.domain.summary import ModelUsed
from classroom_analyzer.errors import BadInputError, StoppedByUserError

if TYPE_CHECKING:
    from classroom_analyzer.fusion.calibration_file import CalibrationRecord
    from classroom_analyzer.fusion.local_calibration import LocalCalibrator
    from classroom_analyzer.training.local.calibration import Judgement, Pairs
    from classroom_analyzer.training.local.marked_lessons import MarkedLesson

__all__ = [
    "CALIBRATIONS_NAME",
    "CALIBRATION_ROLE",
    "Calibrated",
    "LocalFit",
    "calibrate_class",
    "calibration_path",
    "lesson_agreement",
    "local_fit",
]

CALIBRATIONS_NAME = "calibrations"
CALIBRATION_ROLE = "calibration"
CALIBRATION_SPEC = "local:calibration"  # without the name of the class: models are listed in exports
BLOCK_S = 120  # marks of one lesson are drawn in stretches of two minutes


@dataclass(frozen=True, slots=True, eq=False)
class Calibrated:
    """What ``train calibration`` found.

    Attributes:
        record: What the calibration file holds.
        path: Where it was written; None where it was not.
    """

    record: CalibrationRecord
    path: Path | None


@dataclass(frozen=True, slots=True, eq=False)
class LocalFit:
    """What a class's calibration file means for a new lesson.

    Attributes:
        calibrator: Changes the class line; None where it stays as the bundle gives it.
        used: Its entry among the models of the lesson.
        notices: What the user should know.
    """

    calibrator: LocalCalibrator | None = None
    used: ModelUsed | None = None
    notices: tuple[str, ...] = ()


def calibration_path(home: Path, class_name: str) -> Path:
    """Return where the calibration of a class lies, whatever characters its name has."""
    key = hashlib.sha256(class_name.casefold().encode("utf-8")).hexdigest()[:16]
    return home / CALIBRATIONS_NAME / f"class-{key}.json"


def calibrate_class(
    folders: Sequence[Path],
    home: Path,
    *,
    class_name: str | None = None,
    out: Path | None = None,
    seed: int = 0,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> Calibrated:
    """Fit the bundle to a class from the blind marks of its lessons, and judge the fit by the local gate.

    The file is written whether the gate is passed or not: too few marks leave the line as it is, and enough marks
    without a passed gate switch it off in this class, with the reason.

    Args:
        folders: Lessons of one class, all analysed with one fusion bundle.
        home: Folder of all state; the file goes there where the class has a name.
        class_name: Of the class; that of the lessons where it is None.
        out: Write here instead.
        seed: Of the draws of lessons.
        progress: Reports lessons read.
        cancel: A stop leaves what was there.

    Raises:
        LessonDamagedError: A lesson cannot be read.
        BadInputError: Lessons are given twice, are of another class, or differ in their bundle or have none.
        UsageError: The class name is none.
        OutputNotWritableError: The file cannot be written.
        StoppedByUserError: A stop was asked for.
    """
    from classroom_analyzer.fusion.calibration_file import write_calibration
    from classroom_analyzer.training.local.calibration import judge, pairs_of
    from classroom_analyzer.training.local.marked_lessons import read_marked_lesson

    lessons: list[MarkedLesson] = []
    for done, folder in enumerate(folders):
        if cancel is not None and cancel.cancelled:
            raise StoppedByUserError("the calibration stays as it was")
        progress("reading marks", done, len(folders))
        lessons.append(read_marked_lesson(folder))
    progress("reading marks", len(folders), len(folders))
    name = _class_of(folders, lessons, clean_class_name(class_name) if class_name is not None else None)
    bundle = _bundle_of(folders, lessons)
    pairs = pairs_of(lessons)
    record = _record(judge(pairs, seed), pairs, lessons, name, bundle)
    path = out if out is not None else calibration_path(home, name) if name is not None else None
    if path is not None:
        write_calibration(path, record)
    return Calibrated(record, path)


def local_fit(home: Path, class_name: str | None, bundle_sha256: str, tau: float) -> LocalFit:
    """Return what is known of a class for a lesson that begins.

    Args:
        home: Folder of all state.
        class_name: Of the lesson's class, None without one.
        bundle_sha256: Of the fusion bundle that the lesson uses.
        tau: The bundle's limit of abstention.

    Returns:
        Nothing where the class has no file. A file that is damaged or of another bundle is not used, and says so.
    """
    if class_name is None or not (path := calibration_path(home, class_name)).exists():
        return LocalFit()
    from classroom_analyzer.fusion.calibration_file import CalibrationState, read_calibration
    from classroom_analyzer.fusion.local_calibration import LocalCalibrator

    try:
        record = read_calibration(path)
    except BadInputError as error:
        return LocalFit(notices=(f"the line is not calibrated: {error}",))
    if not same_class(record.class_name, class_name) or record.bundle_sha256 != bundle_sha256:
        whose = "of another class" if record.bundle_sha256 == bundle_sha256 else "of another fusion bundle"
        return LocalFit(notices=(f"the calibration of this class was not used: it is {whose}; make it again",))
    if record.state is CalibrationState.COLLECTING:
        return LocalFit(notices=(record.reason,))
    used = ModelUsed(CALIBRATION_ROLE, CALIBRATION_SPEC, hashlib.sha256(path.read_bytes()).hexdigest())
    if record.state is CalibrationState.OFF:
        why = f"the estimate is switched off in this class after {record.marks} marks: {record.reason}"
        return LocalFit(LocalCalibrator(None, tau), used, (why,))
    return LocalFit(LocalCalibrator(record.coefficients, tau), used, (record.reason,))


def lesson_agreement(folder: Path) -> ClassAgreement:
    """Compare the marks of a closed lesson with its line, blind marks only, pressed and sampled apart.

    Args:
        folder: The lesson; the lessons beside it that are of the same class and bundle are counted, too.

    Raises:
        LessonDamagedError: The lesson cannot be read.
    """
    import numpy as np

    from classroom_analyzer.domain.labels import LabelKind
    from classroom_analyzer.training.local.agreement import ccc_figure, kappa_figure
    from classroom_analyzer.training.local.calibration import LEAST_MARKS
    from classroom_analyzer.training.local.marked_lessons import read_marked_lesson

    lesson = read_marked_lesson(folder)
    shown = [m for m in lesson.marks if m.shown is not None]

    def agreement(sampled: bool) -> MarkAgreement:
        marks = [m for m in shown if m.label.is_sampled is sampled]
        level = np.array([m.label.kind is LabelKind.LEVEL for m in marks], bool)
        score = np.array([m.label.score for m in marks], np.float64)
        estimate = np.array([m.shown for m in marks], np.float64)
        block = np.array([m.label.t_s // BLOCK_S for m in marks], np.int64)
        sides = np.array([m.label.is_with_me for m in marks], bool)
        return MarkAgreement(
            kappa_figure(sides[~level], estimate[~level], block[~level]),
            ccc_figure(score[level], estimate[level], block[level]),
        )

    return ClassAgreement(
        pressed=agreement(sampled=False),
        sampled=agreement(sampled=True),
        visible=lesson.visible,
        without_estimate=len(lesson.marks) - len(shown),
        collected=_collected(folder, lesson),
        needed=LEAST_MARKS,
        has_class=lesson.class_name is not None,
    )


def _collected(folder: Path, lesson: MarkedLesson) -> int:
    from classroom_analyzer.storage.lesson_meta import LessonStatus, read_meta
    from classroom_analyzer.storage.lesson_writer import LESSON_SUFFIX
    from classroom_analyzer.training.local.marked_lessons import read_marked_lesson

    count = len(lesson.usable)
    if lesson.class_name is None:
        return count
    for other in sorted(folder.resolve().parent.glob(f"*{LESSON_SUFFIX}")):
        try:
            meta = read_meta(other)
            if meta.id == lesson.id or meta.status is LessonStatus.RECORDING:
                continue
            if not same_class(meta.class_name, lesson.class_name):
                continue
            found = read_marked_lesson(other)
        except BadInputError:  # a neighbour that cannot be read is no reason to have no report
            continue
        count += len(found.usable) if found.bundle_sha256 == lesson.bundle_sha256 else 0
    return count


def _class_of(folders: Sequence[Path], lessons: Sequence[MarkedLesson], given: str | None) -> str | None:
    seen: set[str] = set()
    name = given if given is not None else next((one.class_name for one in lessons if one.class_name), None)
    for folder, lesson in zip(folders, lessons, strict=True):
        if lesson.id in seen:
            raise BadInputError(folder, "this lesson was given twice; name each lesson once")
        seen.add(lesson.id)
        if lesson.class_name is not None and not same_class(lesson.class_name, name):
            raise BadInputError(folder, f"it is a lesson of another class than {name}; calibrate one class at a time")
        if lesson.class_name is None and given is None and name is not None:
            raise BadInputError(folder, f"it names no class; say with --class that it is of {name}, or leave it out")
    return name


def _bundle_of(folders: Sequence[Path], lessons: Sequence[MarkedLesson]) -> str:
    first = lessons[0].bundle_sha256
    for folder, lesson in zip(folders, lessons, strict=True):
        if lesson.bundle_sha256 is None:
            raise BadInputError(folder, "no estimate was made in it, so there is nothing to calibrate; leave it out")
        if lesson.bundle_sha256 != first:
            reason = f"it was analysed with another fusion bundle than {folders[0].name}; analyse both with the same"
            raise BadInputError(folder, reason)
    return first or ""


def _record(
    judgement: Judgement, pairs: Pairs, lessons: Sequence[MarkedLesson], name: str | None, bundle: str
) -> CalibrationRecord:
    from classroom_analyzer.fusion.calibration_file import CalibrationRecord, CalibrationState

    reason = judgement.reason
    if judgement.state is CalibrationState.CALIBRATED:
        reason = f"{CALIBRATED_BADGE} {_agreement_words(judgement)}"
    report: dict[str, Any] = {
        "made_wall": datetime.now(UTC).isoformat(timespec="seconds"),
        "software": __version__,
        "gate": [asdict(check) for check in judgement.checks],
        "agreement_left_out": {"kappa": asdict(judgement.kappa), "ccc": asdict(judgement.ccc)},
        "figures": judgement.figures,
        "pressed_and_sampled": _apart(judgement, pairs),
        "weights": {
            str(m): float(w) if isfinite(w) else None
            for m, w in zip(MODALITIES, judgement.coefficients.weights, strict=True)
        },
        "lessons": [
            {
                "id": lesson.id,
                "marks": len(lesson.usable),
                "without_estimate": len(lesson.marks) - len(lesson.usable),
                "line_visible": lesson.visible,
                "of_seats": lesson.of_seats,
            }
            for lesson in lessons
        ],
    }
    return CalibrationRecord(judgement.state, reason, name, bundle, len(pairs.score), judgement.coefficients, report)


def _apart(judgement: Judgement, pairs: Pairs) -> dict[str, Any]:
    """Agreement of left-out predictions with marks at chosen moments and at others."""
    from classroom_analyzer.training.local.agreement import ccc_figure, kappa_figure

    found: dict[str, Any] = {}
    for name, rows in (("pressed", ~pairs.is_sampled), ("sampled", pairs.is_sampled)):
        states, levels = rows & ~pairs.is_level, rows & pairs.is_level
        entry: dict[str, Any] = {"marks": int(rows.sum()), "with_me": int((rows & pairs.with_me).sum())}
        if len(judgement.predicted):
            p = judgement.predicted
            entry["kappa"] = asdict(kappa_figure(pairs.with_me[states], p[states], pairs.lesson[states]))
            entry["ccc"] = asdict(ccc_figure(pairs.score[levels], p[levels], pairs.lesson[levels]))
        found[name] = entry
    return found


def _agreement_words(judgement: Judgement) -> str:
    kappa, ccc = judgement.kappa, judgement.ccc
    named = [
        f"{name} {figure.value:.2f} (95 % interval {figure.low:.2f} to {figure.high:.2f}, {figure.n} marks)"
        for name, figure in (("kappa", kappa), ("CCC", ccc))
        if _has_interval(figure)
    ]
    return " and ".join(named) if named else f"not computable from {kappa.n + ccc.n} marks"


def _has_interval(figure: AgreementFigure) -> bool:
    return None not in (figure.value, figure.low, figure.high)
