"""``classroom-analyzer demo``: the bundled lesson, live in the window, or analysed in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from classroom_analyzer.cli.lesson import print_summary
from classroom_analyzer.cli.options import Json, OutFolder, Seed
from classroom_analyzer.cli.output import (
    cancel_on_interrupt,
    no_display,
    notice,
    print_json,
    print_line,
    progress_on_stderr,
)

__all__ = ["demo"]


def demo(
    context: typer.Context,
    headless: Annotated[bool, typer.Option("--headless", help="Do not open the window.")] = False,
    out: OutFolder = None,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Show the bundled lesson on the dashboard, then its report."""
    if not (headless or as_json or no_display()):
        raise typer.Exit(context.obj.open_demo())
    from classroom_analyzer.app.analyze import analyze
    from classroom_analyzer.app.demo import demo_recording, demo_request
    from classroom_analyzer.app.report import write_report
    from classroom_analyzer.settings.paths import home
    from classroom_analyzer.settings.schema import load_settings

    if not headless:
        notice("there is no display here, so the demo lesson is analysed in the terminal")
    settings = load_settings(home())
    request = demo_request(settings, out or settings.lessons_folder or home() / "lessons", seed)
    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        summary = analyze(demo_recording(), request, home(), progress=progress, cancel=cancel)
    page = write_report(Path(summary.lesson))
    if as_json:
        print_json({"lesson": summary.lesson, "report": str(page)})
    else:
        print_summary(summary)
        print_line(f"Report      {page}")
