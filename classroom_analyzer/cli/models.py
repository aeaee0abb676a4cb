"""``classroom-analyzer models``: what is there, what can be installed, what is whole."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from classroom_analyzer.cli.options import Json
from classroom_analyzer.cli.output import cancel_on_interrupt, print_json, print_line, progress_on_stderr

__all__ = ["models_app"]

models_app = typer.Typer(help="List, install and verify models.", no_args_is_help=True, rich_markup_mode=None)


@models_app.command("list")
def list_models(as_json: Json = False) -> None:
    """List all known models and say which are installed."""
    from classroom_analyzer.models.store import ModelStore
    from classroom_analyzer.settings.paths import home

    states = ModelStore(home()).list_models()
    if as_json:
        print_json([asdict(state) for state in states])
        return
    for state in states:
        mark = "installed" if state.verified else ("damaged" if state.installed else "not installed")
        print_line(f"{state.spec:28}{state.role:20}{state.licence:12}{mark}")


@models_app.command()
def install(
    spec: Annotated[str, typer.Argument(help="pack:NAME or hf:OWNER/NAME@REVISION.")],
    source: Annotated[
        Path | None, typer.Option("--from", metavar="FILE_OR_DIR", help="Take it from here instead of the network.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Install a model; without --from this is the one command that uses the network."""
    from classroom_analyzer.models.install import install as run
    from classroom_analyzer.models.store import ModelStore
    from classroom_analyzer.settings.paths import home

    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        files = run(ModelStore(home()), spec, source=source, progress=progress, cancel=cancel)
    if as_json:
        print_json({"spec": files.spec, "sha256": files.sha256, "licence": files.licence})
    else:
        print_line(f"{files.spec} is installed (sha256 {files.sha256}, licence {files.licence})")


@models_app.command()
def verify(as_json: Json = False) -> None:
    """Hash every installed model and compare with what it must be; exit code 3 when one is damaged."""
    from classroom_analyzer.models.store import ModelStore
    from classroom_analyzer.settings.paths import home

    states = [state for state in ModelStore(home()).list_models() if state.installed]
    if as_json:
        print_json([asdict(state) for state in states])
    else:
        for state in states:
            print_line(f"{state.spec:28}{'ok' if state.verified else state.detail}")
    if not all(state.verified for state in states):
        raise typer.Exit(3)


@models_app.command()
def add(
    name: Annotated[str, typer.Argument(help="Name to use it by, as local:NAME.")],
    path: Annotated[Path, typer.Argument(help="safetensors file with its card beside it.")],
) -> None:
    """Register a fusion bundle of your own."""
    from classroom_analyzer.models.install import add as run
    from classroom_analyzer.models.store import ModelStore
    from classroom_analyzer.settings.paths import home

    files = run(ModelStore(home()), name, path)
    print_line(f"{files.spec} is registered (sha256 {files.sha256})")
