"""What a live lesson needs of its analysis, wherever that runs."""

from __future__ import annotations

from typing import Protocol

from classroom_analyzer.pipeline.seconds import ClosedSecond, Ending, Seen

__all__ = ["Analyst"]


class Analyst(Protocol):
    """An analysis that runs beside the lesson; all calls but ``finish`` and ``stop`` return at once.

    Attributes:
        ready: Whether it takes calls; false while it is begun anew.
        gone: Whether it failed too often and will not be begun again.
        restarts: How often it was lost.
        seen: What the newest analysed picture showed.
    """

    ready: bool
    gone: bool
    restarts: int
    seen: Seen

    @property
    def taken(self) -> int:
        """Pictures that were due and taken."""
        ...

    @property
    def analysed(self) -> int:
        """Pictures of those that were looked at; the others came while the lesson was paused."""
        ...

    def call(self, method: str, *arguments: object) -> None:
        """Call a method of ``LessonAnalysis`` that gives no answer; left out while there is no analysis."""
        ...

    def close_second(self, t_s: int) -> None:
        """Ask for a second; ``poll`` gives it."""
        ...

    def pause(self, paused: bool) -> None:
        """Look at nothing, or go on."""
        ...

    def exclude_seat(self, seat: int) -> None:
        """Mask a seat from now on."""
        ...

    def poll(self) -> list[ClosedSecond]:
        """Closed seconds that came since the last call."""
        ...

    def finish(self, duration_s: float, within_s: float) -> tuple[list[ClosedSecond], Ending | None]:
        """Take what is left: seconds that were still asked for, and the ending; None where it is gone or too slow."""
        ...

    def stop(self) -> None:
        """End it."""
        ...
