"""``classroom-analyzer bench``: how fast everything is on this machine, beside the bare time of the networks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classroom_analyzer.cli.options import Json
from classroom_analyzer.cli.output import cancel_on_interrupt, notice, print_json, print_line, progress_on_stderr

if TYPE_CHECKING:
    from classroom_analyzer.app.bench.figures import BenchFigures

__all__ = ["bench"]

FEWEST_FOR_LINE = 3


def bench(
    models: Annotated[
        Path | None, typer.Option("--models", metavar="DIR", help="Folder that holds the packs' files.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Only see that everything runs.")] = False,
    minutes: Annotated[
        float | None, typer.Option("--minutes", metavar="M", min=0.05, help="Watch memory over M minutes of lesson.")
    ] = None,
    peer_python: Annotated[
        Path | None, typer.Option("--peer-python", metavar="FILE", help="A Python with mediapipe, to compare with.")
    ] = None,
    peer_frames: Annotated[
        Path | None, typer.Option("--peer-frames", metavar="VIDEO", help="Recording to compare on as well.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the JSON document here as well.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Measure this machine; figures are taken on drawn people and the bundled lesson."""
    from classroom_analyzer.app.bench.run import BenchRequest, run_bench
    from classroom_analyzer.settings.paths import home

    request = BenchRequest(models, quick, minutes, peer_python, peer_frames)
    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        figures = run_bench(request, home(), progress=progress, cancel=cancel)
    for note in figures.notes:
        notice(note)
    if out is not None:
        _write(out, figures)
    if as_json:
        print_json(figures.to_json())
    else:
        _print(figures)


def _write(path: Path, figures: BenchFigures) -> None:
    import json

    from classroom_analyzer.errors import OutputNotWritableError

    try:
        path.write_text(json.dumps(figures.to_json(), indent=1, allow_nan=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputNotWritableError(path, error.strerror or str(error)) from error


def _print(figures: BenchFigures) -> None:
    place = figures.machine
    print_line(f"{place['cpu']}, {place['cores']} cores, {place['os']}; networks on {figures.device}")
    print_line(f"Python {place['python']}, torch {place['torch']}, OpenCV {place['opencv']}")
    print_line()
    print_line("stage        ms   floor   ratio   per")
    for row in figures.stages:
        print_line(f"{row.stage:8}{_number(row.ms, 7)} {_number(row.floor_ms, 7)} {_number(row.ratio, 7)}   {row.unit}")
    print_line()
    print_line("tier     faces   seen     fps   ms/frame   in networks")
    for face in figures.faces:
        print_line(
            f"{face.tier:8}{face.n:6}{face.seen:7}{face.fps:8.1f}{face.ms_per_frame:11.1f}{face.network_ms:14.1f}"
        )
    for tier in dict.fromkeys(face.tier for face in figures.faces):
        _print_line_of(tier, figures)
    print_line()
    print_line(f"work per second of lesson   {_number(figures.realtime_factor)} s")
    print_line(f"start                       {_number(figures.startup_s)} s")
    print_line(f"peak memory                 {_number(figures.rss_mb)} MiB")
    if (memory := figures.memory) is not None:
        print_line(
            f"memory, {memory.n} faces, {memory.tier}: {memory.after_first_minute_mb:.0f} MiB after the first minute "
            f"of lesson, {memory.at_end_mb:.0f} MiB after {memory.minutes:g}"
        )
    if figures.peers:
        print_line()
        print_line("frames              tool                              found  ms/frame   ours     found  ms/frame")
    for peer in figures.peers:
        print_line(
            f"{peer.frames:20}{peer.peer:32}{peer.found:7.1f}{peer.ms_per_frame:10.1f}   {peer.ours:8}"
            f"{peer.ours_found:6.1f}{peer.ours_ms_per_frame:10.1f}"
        )


def _print_line_of(tier: str, figures: BenchFigures) -> None:
    from classroom_analyzer.app.bench.figures import line_fit

    rows = [face for face in figures.faces if face.tier == tier]
    if len(rows) >= FEWEST_FOR_LINE:
        start, slope, apart = line_fit(rows)
        print_line(f"{tier}: {start:.1f} ms + {slope:.2f} ms per face, at most {apart:.0%} off that line")


def _number(value: float | None, width: int = 0) -> str:
    return f"{'–' if value is None else f'{value:.2f}':>{width}}"
