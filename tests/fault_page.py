"""Writes what the injected faults came to: ``pytest -m fault -p tests.fault_page --fault-page FILE``.

A test says its case of the list of faults by ``@pytest.mark.fault(3)`` and what it measured by
``record_property("measured", "frozen after 2.1 s")``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CASES = {
    1: ("Camera stalls", "STALE within 1.5 s, LOST within 3 s, a gap row, the window below 50 ms"),
    2: ("Camera gone and back", "named, tried again, same lesson, new segment"),
    3: ("Picture frozen", "said after 2 s, vision abstains; a noisy still picture is none"),
    4: ("Microphone removed", "seen within 2 s, a dash and no 0"),
    5: ("Sound server hangs", "seen within 2 s, stop within 3 s"),
    6: ("Device numbers shift", "the same name or none, never another microphone"),
    7: ("Disk full", "recording stops with its reason, markers are kept, the lesson opens"),
    8: ("Input/output error, failed fsync, file too large", "never said to be saved, the lesson says what it lacks"),
    9: ("Killed in a lesson", "at most 1 s of samples and 2 s of media lost, no acknowledged row, one offer"),
    10: ("Killed while recovering or closing", "the same result when repeated, no loop, the original whole"),
    11: ("Lesson damaged", "salvaged or put aside, in clear words"),
    12: ("Clock set, summer time, drift", "monotonic, sound and picture within 40 ms, retention unchanged"),
    13: ("Models slow", "newest wins, memory below +50 MB in 10 min, exact count of what was dropped"),
    14: ("Memory of the graphics card full", "one notice, processor from then on, said in the lesson"),
    15: ("Models crash", "started again at most 3 times in 5 min, the lesson goes on"),
}
NUMBER = re.compile(r"\d+")


WORST_FIRST = ("failed", "not run", "skipped", "passed")


@dataclass
class Row:
    """One test with all its parameters."""

    case: int | None
    name: str
    outcomes: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    measured: list[str] = field(default_factory=list)

    @property
    def result(self) -> str:
        """The worst of its outcomes."""
        worst = min(self.outcomes.values(), key=WORST_FIRST.index)
        return worst if len(self.outcomes) == 1 else f"{worst}, {len(self.outcomes)} of them"


class FaultPage:
    """Gathers outcomes and writes them at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: dict[str, Row] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            marker = item.get_closest_marker("fault")
            if marker is not None:
                numbers = NUMBER.findall(" ".join(map(str, (*marker.args, *marker.kwargs.values()))))
                name = getattr(item, "originalname", None) or item.name
                row = self._rows.setdefault(item.nodeid.partition("[")[0], Row(None, name))
                row.case = int(numbers[0]) if numbers else None
                row.outcomes[item.nodeid] = "not run"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        row = self._rows.get(report.nodeid.partition("[")[0])
        if row is None or report.nodeid not in row.outcomes:
            return
        row.seconds += report.duration
        if report.when == "call" or report.outcome != "passed":
            row.outcomes[report.nodeid] = report.outcome
        if report.when == "call":
            row.measured += [str(value) for name, value in report.user_properties if name == "measured"]
        if report.skipped and isinstance(report.longrepr, tuple):
            row.measured.append(report.longrepr[2].removeprefix("Skipped: "))

    def pytest_sessionfinish(self) -> None:
        self._path.write_text(self.text(), encoding="utf-8")

    def text(self) -> str:
        """The page."""
        lines = [
            "# Injected faults",
            "",
            "`make faults` writes this page: each test really injects its fault, in full length (50 kills).",
            "",
            "| # | case | expected | test | measured | result |",
            "|---|---|---|---|---|---|",
        ]
        for row in sorted(self._rows.values(), key=lambda row: (row.case or 99, row.name)):
            case, expected = CASES.get(row.case or 0, ("", ""))
            measured = "; ".join(row.measured) or f"in {row.seconds:.1f} s"
            test = row.name.removeprefix("test_").replace("_", " ")
            cells = (str(row.case or ""), case, expected, test, measured, row.result)
            lines.append("| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |")
        return "\n".join(lines) + "\n"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fault-page", type=Path, help="Write the outcomes of injected faults to this page.")


def pytest_configure(config: pytest.Config) -> None:
    path = config.getoption("--fault-page")
    if path is not None:
        config.pluginmanager.register(FaultPage(path), "fault-page")
