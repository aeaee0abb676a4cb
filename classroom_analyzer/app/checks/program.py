"""Python, packages, models and settings: what the program itself is made of."""

from __future__ import annotations

import platform
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

import classroom_analyzer
from classroom_analyzer.app.checks.check import Check, CheckState
from classroom_analyzer.errors import BadInputError, BadModelError
from classroom_analyzer.models.catalogue import Tier
from classroom_analyzer.models.store import ModelState, ModelStore
from classroom_analyzer.settings.schema import load_settings

__all__ = ["INSTALL_AGAIN", "Needs", "check_models", "check_packages", "check_python", "check_settings", "sentence"]

DISTRIBUTION = "classroom-analyzer"
CHECKOUT = Path(classroom_analyzer.__file__).resolve().parents[1] / "pyproject.toml"
INSTALL_AGAIN = "Install Classroom Analyzer again; in a checkout: make setup."


@dataclass(frozen=True, slots=True)
class Needs:
    """What the program asks of its surroundings.

    Attributes:
        python: Versions of Python that it runs on.
        packages: Packages and their versions.
    """

    python: SpecifierSet
    packages: tuple[Requirement, ...]

    @classmethod
    def read(cls) -> Needs | None:
        """Those of the installed program, else those of the checkout it runs from; None where neither says."""
        try:
            python = metadata.metadata(DISTRIBUTION)["Requires-Python"]
            packages = metadata.requires(DISTRIBUTION) or []
        except metadata.PackageNotFoundError:
            try:
                project = tomllib.loads(CHECKOUT.read_text(encoding="utf-8"))["project"]
            except OSError:
                return None
            python, packages = project["requires-python"], project["dependencies"]
        needed = (Requirement(line) for line in packages)
        return cls(SpecifierSet(python), tuple(n for n in needed if n.marker is None or n.marker.evaluate()))


def check_python(needs: Needs | None, version: str | None = None) -> Check:
    """Compare the running Python with the versions that the program runs on.

    Args:
        needs: What the program asks for.
        version: The running one when None.
    """
    running = version or platform.python_version()
    if needs is None or needs.python.contains(running, prereleases=True):
        return Check("python", CheckState.OK, running)
    remedy = f"Install a Python {needs.python} and set the program up with it."
    return Check("python", CheckState.MISSING, running, remedy)


def check_packages(needs: Needs | None) -> Check:
    """Compare the installed packages with those that the program asks for."""
    if needs is None:
        return Check("packages", CheckState.MISSING, "the program is not installed", INSTALL_AGAIN)
    wrong = list(_wrong(needs.packages))
    if wrong:
        return Check("packages", CheckState.MISSING, "; ".join(wrong), INSTALL_AGAIN)
    return Check("packages", CheckState.OK, f"all {len(needs.packages)} of the versions that are needed")


def check_models(home: Path) -> tuple[Check, ...]:
    """Hash every bundled model and every pack that is installed."""
    try:
        states = ModelStore(home).list_models()
    except BadModelError as error:
        return (
            Check("models", CheckState.WARNING, "a record of an installed model is damaged", sentence(error.reason)),
        )
    except OSError:
        remedy = "Make the data folder readable for this account."
        return (Check("models", CheckState.WARNING, "the folder of installed models cannot be read", remedy),)
    bundled = [state for state in states if state.tier == Tier.BUNDLED.value]
    broken = [state for state in bundled if not state.verified]
    own = Check("bundled_models", CheckState.OK, f"all {len(bundled)} whole")
    if broken:
        own = Check("bundled_models", CheckState.MISSING, _broken(broken), INSTALL_AGAIN)
    return own, _packs([state for state in states if state.tier == Tier.PACK.value])


def check_settings(home: Path) -> Check:
    """Read the settings."""
    try:
        settings = load_settings(home)
    except BadInputError as error:
        return Check("settings", CheckState.MISSING, "they cannot be used", sentence(error.reason))
    if settings.policy is None:
        return Check(
            "settings",
            CheckState.OK,
            "no policy chosen yet, so lessons are only counted (observe)",
            "Choose one in the window, or name it with --policy.",
        )
    return Check("settings", CheckState.OK, f"policy {settings.policy.value}")


def _wrong(needed: tuple[Requirement, ...]) -> Iterator[str]:
    for one in needed:
        try:
            installed = metadata.version(one.name)
        except metadata.PackageNotFoundError:
            yield f"{one.name} is not installed"
            continue
        if not one.specifier.contains(installed, prereleases=True):
            yield f"{one.name} is {installed}, needed is {one.specifier}"


def _packs(packs: list[ModelState]) -> Check:
    broken = [state for state in packs if state.installed and not state.verified]
    if broken:
        again = ", ".join(f"classroom-analyzer models install {state.spec}" for state in broken)
        return Check("packs", CheckState.WARNING, _broken(broken), f"Install again: {again}.")
    lacking = [state.spec for state in packs if not state.installed]
    there = f"{len(packs) - len(lacking)} of {len(packs)} installed"
    remedy = (
        f"Optional: {'; '.join(f'classroom-analyzer models install {spec}' for spec in lacking)}." if lacking else ""
    )
    return Check("packs", CheckState.OK, there, remedy)


def _broken(states: list[ModelState]) -> str:
    return "; ".join(f"{state.spec} is {'damaged' if state.installed else 'not there'}" for state in states)


def sentence(text: str) -> str:
    """Make a sentence of a clause."""
    return f"{text[:1].upper()}{text[1:]}."
