"""``classroom-analyzer evaluate``: how well the program does where the answers are known."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classroom_analyzer.cli.options import Json, Seed
from classroom_analyzer.cli.output import cancel_on_interrupt, print_json, print_line, progress_on_stderr
from classroom_analyzer.errors import UsageError

if TYPE_CHECKING:
    from classroom_analyzer.training.faces.evaluation import FaceReport
    from classroom_analyzer.training.faces.head_angles import AngleError
    from classroom_analyzer.training.text.on_task_evaluation import TalkReport

__all__ = ["evaluate_app"]

evaluate_app = typer.Typer(
    help="Measure against data whose answers are known.", no_args_is_help=True, rich_markup_mode=None
)


@evaluate_app.callback()
def _evaluate() -> None:
    """Measure against data whose answers are known."""


@evaluate_app.command()
def faces(
    video: Annotated[Path, typer.Argument(help="Video of a class or of one head.")],
    truth: Annotated[
        Path, typer.Option("--truth", metavar="TRUTH.json", help="What is known: faces_per_second, tiles, people.")
    ],
    pose_reference: Annotated[
        Path | None, typer.Option("--pose-reference", metavar="FILE", help="CSV table t_s,yaw_deg,pitch_deg.")
    ] = None,
    pose_from: Annotated[
        str | None,
        typer.Option("--pose-from", metavar="SPEC", help="pack:face_landmarker makes the reference on the way."),
    ] = None,
    scale: Annotated[
        str | None,
        typer.Option("--scale", metavar="8,12,...", help="Repeat it with the eyes so many pixels apart."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Score faces found, seats kept and head directions of a video."""
    from classroom_analyzer.app.evaluate import evaluate_faces
    from classroom_analyzer.settings.paths import home

    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        report = evaluate_faces(
            video,
            truth,
            home(),
            pose_reference=pose_reference,
            pose_from=pose_from,
            sizes_px=_sizes(scale),
            progress=progress,
            cancel=cancel,
        )
    if as_json:
        print_json(report.as_dict())
    else:
        _print(report)


@evaluate_app.command()
def text(
    table: Annotated[Path, typer.Argument(metavar="CSV", help="Table of utterances that raters judged.")],
    text_column: Annotated[str, typer.Option("--text", metavar="COLUMN", help="The students' words.")],
    label: Annotated[str, typer.Option("--label", metavar="COLUMN", help="Share of raters who said on task, 0 to 1.")],
    context: Annotated[
        str | None, typer.Option("--context", metavar="COLUMN", help="The teacher's reply, read beside the words.")
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", metavar="COLUMN", help="The lesson; each row stands alone without it.")
    ] = None,
    folds: Annotated[
        int | None,
        typer.Option("--folds", metavar="K", min=2, help="Cross-validate inside the table; no bundled head is used."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Score the on-task head; rows without a label are left out."""
    from classroom_analyzer.app.talk import evaluate_text
    from classroom_analyzer.settings.paths import home

    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        report = evaluate_text(
            table,
            home(),
            text=text_column,
            label=label,
            context=context,
            group=group,
            folds=folds,
            progress=progress,
            cancel=cancel,
        )
    if as_json:
        print_json(report.as_dict())
    else:
        _print_talk(report)


@evaluate_app.command()
def speech(
    path: Annotated[Path, typer.Argument(metavar="DIR|FILE", help="Recording, or a folder of wav and flac files.")],
    rttm: Annotated[Path, typer.Option("--rttm", metavar="FILE", help="Who speaks when; recordings by file name.")],
    as_json: Json = False,
) -> None:
    """Score voice activity against speaker labels, 10 ms at a time."""
    from classroom_analyzer.app.hearing import evaluate_speech
    from classroom_analyzer.settings.paths import home

    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        report = evaluate_speech(path, rttm, home(), progress=progress, cancel=cancel)
    if as_json:
        print_json(report.as_dict())
        return
    print_line(f"Recordings  {len(report.by_recording)}, {60 * report.hours:.1f} min")
    print_line(f"Speech      F1 {_number(report.f1)}, precision {_number(report.precision)}, "
               f"recall {_number(report.recall)}")  # fmt: skip


@evaluate_app.command()
def sound(
    paths: Annotated[list[Path], typer.Argument(metavar="DIR|FILE...", help="Recordings of voices.")],
    rttm: Annotated[Path, typer.Option("--rttm", metavar="FILE", help="Who speaks when in some of them.")],
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Compose scenes from single voices and score sound modes, lesson phases and the teacher's voice on them."""
    from classroom_analyzer.app.hearing import evaluate_sound
    from classroom_analyzer.settings.paths import home

    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        found = evaluate_sound(paths, rttm, home(), seed=seed, progress=progress, cancel=cancel)
    if as_json:
        print_json(found)
        return
    for part in ("modes", "phases"):
        for name, scores in found[part].items():
            low, high = scores["ci95"]
            print_line(f"{part:8} {name:26} balanced accuracy {scores['balanced_accuracy']:.3f} "
                       f"(95 % {low:.3f} to {high:.3f}), {scores['scenes']} scenes")  # fmt: skip
    for name, scores in found["teacher"].items():
        error = scores["share_error"]
        print_line(f"teacher  {name:26} talk share off by {_number(error['median'])}, 90 % below "
                   f"{_number(error['p90'])}, {scores['lessons']} lessons, {scores['refused']} refused")  # fmt: skip


@evaluate_app.command()
def questions(
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", help="Folder whose MANIFEST.tsv names talk that was written down.")
    ],
    as_json: Json = False,
) -> None:
    """Score the rule for questions without their marks, beside one head for all speakers."""
    from classroom_analyzer.training.text.question_evaluation import compare_questions

    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        found = compare_questions(data, progress=progress, cancel=cancel)
    if as_json:
        print_json(found)
        return
    for kind, row in found.items():
        cells = "   ".join(f"{way} F1 {_number(row[way][2])}" for way in ("rule", "head", "both"))
        print_line(f"{kind:24} {row['n']:>5} sentences, {row['prevalence']:.0%} ask   {cells}")


@evaluate_app.command()
def fusion(
    data: Annotated[
        str, typer.Option("--data", metavar="simulated|DIR", help="Simulated classes, or a labelled data set.")
    ] = "simulated",
    bundle: Annotated[
        str, typer.Option("--bundle", metavar="SPEC|PATH", help="The model; the bundled one if left out.")
    ] = "bundled:fusion",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="report.html, report.md and report.json go here.")
    ] = None,
    classes: Annotated[int, typer.Option("--classes", min=4, help="Simulated test classes per training world.")] = 160,
    lessons: Annotated[int, typer.Option("--lessons", min=1, help="Simulated lessons in which nothing changes.")] = 30,
    every_second: Annotated[
        bool, typer.Option("--every-second", help="Run those second by second (minutes), not every fifteenth second.")
    ] = False,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Score fusion beside its baselines, its best single modality and other ways of fusion."""
    from classroom_analyzer.app.fusion_evaluation import evaluate_fusion
    from classroom_analyzer.cli.fusion_tables import fusion_lines
    from classroom_analyzer.settings.paths import home

    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        report = evaluate_fusion(
            data,
            home(),
            bundle=bundle,
            out=out,
            seed=seed,
            classes=classes,
            lessons=lessons,
            every_second=every_second,
            progress=progress,
            cancel=cancel,
        )
    if as_json:
        print_json(report)
        return
    for line in fusion_lines(report):
        print_line(line)
    if out is not None:
        print_line()
        print_line(f"Report      {out / 'report.html'}")


def _sizes(given: str | None) -> tuple[float, ...]:
    if given is None:
        return ()
    try:
        sizes_px = tuple(float(part) for part in given.split(","))
    except ValueError as error:
        raise UsageError("--scale takes numbers of pixels with commas between them, such as 8,12,16") from error
    if not all(0 < size_px < math.inf for size_px in sizes_px):
        raise UsageError("--scale takes numbers of pixels above 0")
    return sizes_px


def _print(report: FaceReport) -> None:
    counts = report.counts
    print_line(f"Frames      {counts.frames} analysed of {counts.duration_s:.1f} s")
    print_line(f"Faces       recall {_number(report.recall)}, precision {_number(report.precision)}, "
               f"{report.faces} in all seconds together")  # fmt: skip
    if report.false_faces_per_100_frames is not None:
        print_line(f"False       {report.false_faces_per_100_frames:.2f} faces per 100 frames without any "
                   f"({counts.face_free} frames)")  # fmt: skip
    print_line(f"Seats       {counts.switches} left their place ({report.switches_per_minute:.2f} a minute), "
               f"{counts.second_seats} second numbers for a place")  # fmt: skip
    if report.pose is not None:
        print_line(f"Yaw         {_angles(report.pose.yaw_deg)}, {report.pose.n} frames")
        print_line(f"Pitch       {_angles(report.pose.pitch_deg)} after calibration to the seat")
    if report.scales:
        print_line()
        print_line(f"{'eyes apart':>11}{'n':>6}{'recall':>8}{'prec.':>7}   |yaw error| deg      |pitch error| deg")
        print_line(f"{'px':>11}{'':21}   median  80 %  90 %    median  80 %  90 %")
    for row in report.scales:
        line = f"{row.iod_px:>11g}{row.pose.n if row.pose else 0:>6}{_number(row.recall):>8}{_number(row.precision):>7}"
        if row.pose is not None:
            line += f"   {_cells(row.pose.yaw_deg)}    {_cells(row.pose.pitch_deg)}"
        print_line(line)


def _print_talk(report: TalkReport) -> None:
    between = ""
    if report.auroc_ci95 is not None:
        low, high = report.auroc_ci95
        between = f" (95 % of lesson draws {low:.3f} to {high:.3f})"
    print_line(f"Rows        {report.n} of {report.groups} lessons, {report.prevalence:.0%} on task")
    print_line(f"AUROC       {_number(report.auroc)}{between}, TF-IDF {_number(report.baseline_auroc)}")
    print_line(f"Macro-F1    {report.macro_f1:.3f}")


def _angles(error: AngleError) -> str:
    return f"error median {_number(error.median)} deg, 90 % below {_number(error.p90)} deg"


def _cells(error: AngleError) -> str:
    return f"{_number(error.median):>6}{_number(error.p80):>6}{_number(error.p90):>6}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}"
