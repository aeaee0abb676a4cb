"""``classroom-analyzer evaluate``: how well the program does where the answers are known."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classroom_analyzer.cli.options import Json
from classroom_analyzer.cli.output import cancel_on_interrupt, print_json, print_line, progress_on_stderr
from classroom_analyzer.errors import UsageError

if TYPE_CHECKING:
    from classroom_analyzer.training.face_evaluation import FaceReport
    from classroom_analyzer.training.head_angles import AngleError

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


def _angles(error: AngleError) -> str:
    return f"error median {_number(error.median)} deg, 90 % below {_number(error.p90)} deg"


def _cells(error: AngleError) -> str:
    return f"{_number(error.median):>6}{_number(error.p80):>6}{_number(error.p90):>6}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}"
