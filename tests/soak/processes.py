"""Memory and processor time of this process and of all below it."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["cpu_s", "family", "rss_mb"]

PAGE_MIB = os.sysconf("SC_PAGE_SIZE") / 2**20
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def family(root: int | None = None) -> list[int]:
    """This process and all that descend from it."""
    found = [root or os.getpid()]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue  # it ended
    return found


def rss_mb(pids: list[int]) -> float:
    """Resident memory of processes together, MiB; memory that they share counts for each of them."""
    return sum(_fields(f"/proc/{pid}/statm", (1,))[0] for pid in pids) * PAGE_MIB


def cpu_s(pids: list[int]) -> float:
    """Processor time of processes together, seconds."""
    return sum(sum(_fields(f"/proc/{pid}/stat", (11, 12))) for pid in pids) / TICKS_PER_S


def _fields(path: str, wanted: tuple[int, ...]) -> list[int]:
    try:
        text = Path(path).read_text()
    except OSError:
        return [0] * len(wanted)
    fields = text.rpartition(")")[2].split()  # a program's name may hold blanks
    return [int(fields[index]) for index in wanted]
