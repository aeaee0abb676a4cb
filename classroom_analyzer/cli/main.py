"""Assembles the commands and turns errors into one sentence and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from classroom_analyzer import __version__
from classroom_analyzer.cli.analyze import analyze
from classroom_analyzer.cli.bench import bench
from classroom_analyzer.cli.calibration import calibration
from classroom_analyzer.cli.demo import demo
from classroom_analyzer.cli.devices import devices
from classroom_analyzer.cli.doctor import doctor
from classroom_analyzer.cli.evaluate import evaluate_app
from classroom_analyzer.cli.label import label
from classroom_analyzer.cli.live import live
from classroom_analyzer.cli.models import models_app
from classroom_analyzer.cli.output import notice, print_line
from classroom_analyzer.cli.recover import recover
from classroom_analyzer.cli.report import report
from classroom_analyzer.cli.train import train_app
from classroom_analyzer.errors import ClassroomAnalyzerError

if TYPE_CHECKING:
    from classroom_analyzer.domain.live import LiveSession

__all__ = ["Context", "run"]


@dataclass(frozen=True, slots=True)
class Context:
    """What the process hands to commands.

    Attributes:
        open_demo: Opens the window on the demo lesson; returns the exit code when it closes.
        open_session: Opens the window on a running lesson; returns the exit code when it closes.
        list_windows: Titles of windows that a lesson can look at.
    """

    open_demo: Callable[[], int]
    open_session: Callable[[LiveSession], int]
    list_windows: Callable[[], tuple[str, ...]]


app = typer.Typer(
    name="classroom-analyzer",
    help="Shows how a lesson went from what camera, microphone and chat can observe, with its uncertainty. "
    "Everything stays on this machine.",
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (analyze, live, demo, report, recover, label, devices, doctor, bench):
    app.command()(command)
app.add_typer(models_app, name="models")
train_app.command()(calibration)
app.add_typer(train_app, name="train")
app.add_typer(evaluate_app, name="evaluate")


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
) -> None:
    """Options before the command."""
    if version:
        print_line(__version__)
        raise typer.Exit


def run(
    arguments: Sequence[str],
    open_demo: Callable[[], int],
    open_session: Callable[[LiveSession], int],
    list_windows: Callable[[], tuple[str, ...]] = tuple,
) -> int:
    """Run one command.

    Args:
        arguments: Without the program's name.
        open_demo: See ``Context``.
        open_session: See ``Context``.
        list_windows: See ``Context``.

    Returns:
        The exit code of DESIGN.md: 0 done, 2 wrong usage, 3 bad input, 4 model or device missing, 5 stopped.
    """
    try:
        app(
            args=list(arguments),
            obj=Context(open_demo, open_session, list_windows),
            prog_name="classroom-analyzer",
            standalone_mode=True,
        )
    except ClassroomAnalyzerError as error:
        if "--debug" in arguments:
            raise
        notice(str(error))
        return error.exit_code
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.stdout.flush()
    return 0
