"""``classroom-analyzer train calibration``: marks of a class in, the local gate with every figure out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from classroom_analyzer.cli.options import Json, Seed
from classroom_analyzer.cli.output import cancel_on_interrupt, print_json, print_line, progress_on_stderr

if TYPE_CHECKING:
    from classroom_analyzer.app.calibrate import Calibrated

__all__ = ["calibration"]


def calibration(
    lessons: Annotated[list[Path], typer.Argument(help="Lesson folders of one class, with marks.")],
    class_name: Annotated[
        str | None, typer.Option("--class", metavar="NAME", help="Name of the class; that of the lessons if left out.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write here, and change nothing for the class.")
    ] = None,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Fit the estimate to the marks of a class; it is used from then on if it passes the local gate."""
    from classroom_analyzer.app.calibrate import calibrate_class
    from classroom_analyzer.settings.paths import home

    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        found = calibrate_class(
            lessons, home(), class_name=class_name, out=out, seed=seed, progress=progress, cancel=cancel
        )
    if as_json:
        print_json({**found.record.document(), "file": str(found.path) if found.path is not None else None})
    else:
        _print(found)


def _print(found: Calibrated) -> None:
    document = found.record.document()
    for check in document["gate"]:
        held = "holds" if check["passed"] else "does not hold"
        print_line(f"  {check['name']:38} {_figure(check):34} {check['needs']:22} {held}")
    fitted, weights = document["coefficients"], document["weights"]
    print_line(
        f"Fitted      intercept {fitted['intercept']:.2f}, slope {fitted['slope']:.2f}, weights "
        + ", ".join(f"{name} {'–' if weight is None else f'{weight:.2f}'}" for name, weight in weights.items())
    )
    for name, apart in document["pressed_and_sampled"].items():
        print_line(f"{name.capitalize():11} {apart['marks']} marks, {apart['with_me']} of them with me")
    state, reason = document["state"], document["reason"]
    print_line(f"State       {reason if reason.startswith(state) else f'{state}: {reason}'}")
    if found.path is None:
        print_line("Kept        nowhere: the lessons name no class; name it with --class, or a file with --out")
    else:
        print_line(f"Kept        {found.path}")


def _figure(check: dict[str, Any]) -> str:
    if check["value"] is None:
        return "–"
    if check["low"] is None:
        return f"{check['value']:g}"
    return f"{check['value']:.3f} (95 %: {check['low']:.3f} to {check['high']:.3f})"
