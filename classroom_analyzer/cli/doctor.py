"""``classroom-analyzer doctor``: what works here, what is missing, and how to mend it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classroom_analyzer.cli.options import Json
from classroom_analyzer.cli.output import notice, print_json, print_line

if TYPE_CHECKING:
    from classroom_analyzer.app.checks.check import Check

__all__ = ["doctor"]

MISSING_EXIT_CODE = 4


def doctor(
    bundle: Annotated[
        Path | None,
        typer.Option("--bundle", metavar="FILE.zip", help="Write diagnostics to send along: no names, no content."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what works, what is missing and how to mend it; exit code 4 when a lesson cannot be held."""
    from classroom_analyzer.app.doctor import examine, write_bundle
    from classroom_analyzer.settings.paths import home

    findings = examine(home()) if as_json else examine(home(), _print)
    if bundle is not None:
        write_bundle(bundle, home(), findings)
        notice(f"the diagnostics are in {bundle}; look into it before you send it")
    if as_json:
        print_json(findings.to_json())
    else:
        print_line()
        print_line("Lessons can be held." if findings.can_run else "Something is missing that lessons need.")
    if not findings.can_run:
        raise typer.Exit(MISSING_EXIT_CODE)


def _print(check: Check) -> None:
    names = f": {', '.join(check.names)}" if check.names else ""
    print_line(f"{check.state.value:8} {check.title:17} {check.found}{names}")
    if check.remedy:
        print_line(f"{'':27}{check.remedy}")
