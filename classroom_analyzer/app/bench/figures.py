"""What the bench finds out, and the one JSON document that it becomes. A figure that could not be measured is None."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

__all__ = ["STAGES", "BenchFigures", "FacesFigure", "MemoryFigure", "PeerFigure", "StageFigure", "line_fit"]

STAGES = ("decode", "vision", "audio", "text", "fusion", "storage")


@dataclass(frozen=True, slots=True)
class StageFigure:
    """Cost of one stage.

    Attributes:
        stage: One of ``STAGES``.
        unit: What one unit is, for people.
        ms: Mean wall time per unit.
        floor_ms: Bare time per unit of what the stage cannot do without: its networks, decoder or database.
    """

    stage: str
    unit: str
    ms: float | None
    floor_ms: float | None

    @property
    def ratio(self) -> float | None:
        """Cost over floor."""
        return self.ms / self.floor_ms if self.ms is not None and self.floor_ms else None

    def to_json(self) -> dict[str, Any]:
        """Return the row of the JSON document."""
        return {"stage": self.stage, "ms": self.ms, "floor_ms": self.floor_ms, "ratio": self.ratio}


@dataclass(frozen=True, slots=True)
class FacesFigure:
    """Analysed frames of a picture with so many people, 1280 x 720.

    Attributes:
        tier: ``bundled`` or ``packs``.
        n: People in the picture.
        ms_per_frame: Mean wall time of an analysed frame; the encoder, once per second and seat, is counted in.
        network_ms: The share of it inside networks.
        seen: Fewest faces seen in any of the timed frames.
    """

    tier: str
    n: int
    ms_per_frame: float
    network_ms: float
    seen: int

    @property
    def fps(self) -> float:
        """Analysed frames per second."""
        return 1000 / self.ms_per_frame

    def to_json(self) -> dict[str, Any]:
        """Return the row of the JSON document."""
        return {
            "tier": self.tier,
            "n": self.n,
            "fps": self.fps,
            "ms_per_frame": self.ms_per_frame,
            "network_ms": self.network_ms,
            "seen": self.seen,
        }


@dataclass(frozen=True, slots=True)
class MemoryFigure:
    """Resident memory of a process that looks at pictures for a long time.

    Attributes:
        tier: As for ``FacesFigure``.
        n: People in the picture.
        minutes: Lesson time looked at.
        after_first_minute_mb: After one minute of lesson.
        at_end_mb: After all of them.
    """

    tier: str
    n: int
    minutes: float
    after_first_minute_mb: float
    at_end_mb: float


@dataclass(frozen=True, slots=True)
class PeerFigure:
    """Another tool and ours on the same frames.

    Attributes:
        peer: Tool and version.
        frames: Which frames.
        n: People in the picture, None where nobody counted them.
        found: Mean faces per frame that the other tool found.
        ms_per_frame: Its mean wall time.
        ours: Tier of ours.
        ours_found: Mean faces per frame that ours found.
        ours_ms_per_frame: Our mean wall time, tracking and encoder included.
    """

    peer: str
    frames: str
    n: int | None
    found: float
    ms_per_frame: float
    ours: str
    ours_found: float
    ours_ms_per_frame: float


@dataclass(slots=True)
class BenchFigures:
    """All that one run of the bench found out.

    Attributes:
        machine: Processor, cores, operating system and versions; no host name and no path.
        device: Where networks ran.
        stages: One row per stage.
        faces: One row per tier and number of people.
        realtime_factor: Work per lesson time of the bundled lesson; below 1 is faster.
        startup_s: Until ``--help`` is printed, in a process of its own.
        rss_mb: Peak memory of the process that analysed the bundled lesson.
        memory: Only where a long run was asked for.
        peers: Only where a Python with the other tool was given.
        notes: Why something is None or missing, for people.
    """

    machine: dict[str, str | int]
    device: str
    stages: list[StageFigure] = field(default_factory=list)
    faces: list[FacesFigure] = field(default_factory=list)
    realtime_factor: float | None = None
    startup_s: float | None = None
    rss_mb: float | None = None
    memory: MemoryFigure | None = None
    peers: list[PeerFigure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return the JSON document; ``memory`` is in it only where it was asked for."""
        from dataclasses import asdict

        document: dict[str, Any] = {
            "machine": self.machine,
            "device": self.device,
            "stages": [stage.to_json() for stage in self.stages],
            "faces": [faces.to_json() for faces in self.faces],
            "realtime_factor": self.realtime_factor,
            "startup_s": self.startup_s,
            "rss_mb": self.rss_mb,
            "live": {},
            "review": {},
            "peers": [asdict(peer) for peer in self.peers],
        }
        if self.memory is not None:
            document["memory"] = asdict(self.memory)
        return document


def line_fit(faces: Sequence[FacesFigure]) -> tuple[float, float, float]:
    """Fit cost = a + b n by least squares.

    Args:
        faces: Rows of one tier, at least three numbers of people.

    Returns:
        a and b in ms, and the largest distance of a row from the line, as a share of that row.
    """
    n = np.array([row.n for row in faces], np.float64)
    ms = np.array([row.ms_per_frame for row in faces])
    slope, start = np.polyfit(n, ms, 1)
    return float(start), float(slope), float(np.max(np.abs(start + slope * n - ms) / ms))
