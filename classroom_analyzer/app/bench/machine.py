"""What the figures were taken on, without anything that names the machine or its user."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

__all__ = ["cores", "machine", "peak_rss_mb", "rss_mb"]

KIB_PER_MIB = 1024


def machine() -> dict[str, str | int]:
    """Return processor, cores that this process may use, operating system and versions."""
    return {
        "cpu": _processor(),
        "cores": cores(),
        "os": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "torch": version("torch"),
        "opencv": version("opencv-python"),
    }


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def rss_mb() -> float | None:
    """Resident memory of this process now, in MiB; None where the system does not say."""
    return _status_mb("VmRSS:")


def peak_rss_mb() -> float | None:
    """Highest resident memory of this process so far, in MiB; None where the system does not say."""
    # ``getrusage`` would on Linux also count the process that started this one.
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB**2  # bytes there
    return _status_mb("VmHWM:")


def _status_mb(name: str) -> float | None:
    status = Path("/proc/self/status")
    if not status.is_file():
        return None
    line = next((row for row in status.read_text().splitlines() if row.startswith(name)), None)
    return None if line is None else int(line.split()[1]) / KIB_PER_MIB


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
