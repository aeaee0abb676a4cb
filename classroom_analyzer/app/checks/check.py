"""One finding about this machine."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Check", "CheckState"]


class CheckState(StrEnum):
    """How it stands."""

    OK = "ok"
    WARNING = "warning"  # lessons run without it
    MISSING = "missing"  # no lesson runs without it


@dataclass(frozen=True, slots=True)
class Check:
    """One finding.

    Attributes:
        name: What was looked at, words joined by underscores.
        state: How it stands.
        found: What is there, a few words without anything that names a person, a file or a device.
        remedy: One sentence that says how to mend it, or how to get more; empty where there is nothing to do.
        names: Of the devices that were found. They may name their owner, so they never leave this machine.
    """

    name: str
    state: CheckState
    found: str
    remedy: str = ""
    names: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The name as people read it."""
        return self.name.replace("_", " ")
