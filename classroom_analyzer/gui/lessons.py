"""What the window needs from the application: begin a lesson, write its report, keep the choice of policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from classroom_analyzer.domain.live import LiveSession
from classroom_analyzer.domain.policy import Place, Policy

__all__ = ["Lessons", "LiveSource"]


class Lessons(Protocol):
    """Use cases behind the window. All but the two policy methods may take seconds and run on a worker thread.

    Methods raise ``ClassroomAnalyzerError`` with one sentence for people.
    """

    def open_file(self, path: Path) -> LiveSession:
        """Begin playing a recording as if it were live."""
        ...

    def open_demo(self) -> LiveSession:
        """Begin the bundled lesson."""
        ...

    def report(self, lesson: Path) -> Path:
        """Write the report of a finished lesson folder; return the HTML file."""
        ...

    def policy(self) -> Policy | None:
        """Return the stored policy, None before the first choice."""
        ...

    def choose_policy(self, place: Place, policy: Policy) -> None:
        """Store the choice."""
        ...


@dataclass(frozen=True, slots=True)
class LiveSource:
    """Live lessons, where they can be held.

    Attributes:
        open: Begins a lesson from a camera, a microphone and a chat file that grows; None leaves one out. May raise as
            ``Lessons`` does.
        cameras: Names of the cameras that are there.
        microphones: Names of the microphones that are there.
    """

    open: Callable[[str | None, str | None, Path | None], LiveSession]
    cameras: Callable[[], list[str]]
    microphones: Callable[[], list[str]]
