"""Says what works on this machine, what is missing and how to mend it; and what may be told to those who help.

Lessons need Python, the packages, the bundled models, a place to write and something to compute on. Without a camera, a
microphone or a display there are still recordings to analyse and commands to do it with, so those are warnings.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from classroom_analyzer import __version__
from classroom_analyzer.app.bench.machine import machine
from classroom_analyzer.app.checks.check import Check, CheckState
from classroom_analyzer.app.checks.place import check_clock, check_disk, check_folders, check_sound_server
from classroom_analyzer.app.checks.probe import PROBES, run_probe
from classroom_analyzer.app.checks.program import Needs, check_models, check_packages, check_python, check_settings
from classroom_analyzer.app.logs import LOG_NAME
from classroom_analyzer.app.recovery import lesson_folders
from classroom_analyzer.app.redaction import log_outline, without_names
from classroom_analyzer.errors import BadInputError, OutputNotWritableError
from classroom_analyzer.settings.schema import load_settings
from classroom_analyzer.storage.safe_files import replacing

__all__ = ["Findings", "diagnostics_text", "examine", "write_bundle"]

LOG_LINES = 400
AT_ONCE = 2
STATUSES = ("recording", "complete", "incomplete", "recovered")


@dataclass(frozen=True, slots=True)
class Findings:
    """All checks.

    Attributes:
        checks: In the order in which they are shown.
    """

    checks: tuple[Check, ...]

    @property
    def can_run(self) -> bool:
        """Whether nothing is missing that a lesson needs."""
        return all(check.state is not CheckState.MISSING for check in self.checks)

    def to_json(self, *, with_names: bool = True) -> dict[str, Any]:
        """Return the document of ``doctor --json``.

        Args:
            with_names: Whether the names of devices are in it; they may name their owner.
        """
        checks = [asdict(check) for check in self.checks]
        if not with_names:
            for check in checks:
                del check["names"]
        return {"version": __version__, "can_run": self.can_run, "checks": checks}


def examine(home: Path, told: Callable[[Check], None] = lambda _: None) -> Findings:
    """Look at everything; takes some seconds and never hangs.

    Args:
        home: Folder of all state.
        told: Called with each finding as it comes in, in order.
    """
    found: list[Check] = []
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="doctor") as pool:
        probes = [pool.submit(run_probe, name) for name in PROBES]
        needs = Needs.read()
        at_once = (
            check_python(needs), check_packages(needs), *check_models(home), check_settings(home), check_folders(home),
            check_disk(home), check_clock(), check_sound_server(),
        )  # fmt: skip
        for check in at_once:
            if check is not None:
                found.append(check)
                told(check)
        for probe in probes:
            for check in probe.result():
                found.append(check)
                told(check)
    return Findings(tuple(found))


def diagnostics_text(home: Path, findings: Findings | None = None) -> str:
    """Return what may be shown to those who help: no names, no content of lessons, no paths of this machine.

    Args:
        home: Folder of all state.
        findings: Of ``examine``; made anew when None, which takes some seconds.
    """
    findings = findings or examine(home)
    place = machine()
    lines = [
        f"Classroom Analyzer {__version__}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"{place['os']}, {place['cpu']}, {place['cores']} cores, Python {place['python']}",
        "",
        *(_line(check) for check in findings.checks),
        "",
        "Settings: " + _settings(home),
        "Lessons: " + _lessons(home),
        "",
        "Log:",
        *_log(home),
    ]
    return without_names("\n".join(lines) + "\n", _folders(home))


def write_bundle(path: Path, home: Path, findings: Findings) -> None:
    """Write the diagnostics as a zip file: ``diagnostics.txt`` and ``doctor.json``.

    Args:
        path: Where to; what is there is replaced.
        home: Folder of all state.
        findings: Of ``examine``.

    Raises:
        OutputNotWritableError: It cannot be written there.
    """
    if not path.parent.is_dir():
        raise OutputNotWritableError(path, "there is no such folder")
    document = json.dumps(findings.to_json(with_names=False), ensure_ascii=False, indent=1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("diagnostics.txt", diagnostics_text(home, findings))
        bundle.writestr("doctor.json", without_names(document, _folders(home)) + "\n")
    with replacing(path) as file:
        file.write(packed.getvalue())


def _line(check: Check) -> str:
    return f"{check.state.value:8} {check.title}: {check.found}" + (f" ({check.remedy})" if check.remedy else "")


def _settings(home: Path) -> str:
    """Choices from a fixed list and numbers; whatever was typed in is told by its name alone."""
    try:
        values = load_settings(home).model_dump(mode="json", exclude_defaults=True)
    except BadInputError:
        return "cannot be used"
    plain = (bool, int, float)
    fixed = {"policy", "place", "theme", "language"}
    return ", ".join(
        f"{name}={value}" if isinstance(value, plain) or name in fixed else f"{name} is set"
        for name, value in sorted(values.items())
    ) or "as delivered"  # fmt: skip


def _lessons(home: Path) -> str:
    """How many there are in which state."""
    states: Counter[str] = Counter()
    for file in (folder / "lesson.json" for folder in lesson_folders(_folders(home)[1])):
        try:
            status = json.loads(file.read_text(encoding="utf-8"))["status"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            status = "unreadable"
        states[status if status in STATUSES else "unreadable"] += 1
    return ", ".join(f"{count} {status}" for status, count in sorted(states.items())) or "none"


def _log(home: Path) -> list[str]:
    try:
        with (home / "logs" / LOG_NAME).open(encoding="utf-8", errors="replace") as file:
            tail = deque((line.rstrip("\n") for line in file), maxlen=LOG_LINES)
    except OSError:
        return ["  empty"]
    return list(log_outline(tail)) or ["  empty"]


def _folders(home: Path) -> tuple[Path, Path]:
    try:
        chosen = load_settings(home).lessons_folder
    except BadInputError:
        chosen = None
    return home, chosen or home / "lessons"
