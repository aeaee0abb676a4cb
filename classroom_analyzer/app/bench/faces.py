"""The vision part on drawn people: analysed frames per second, by models and number of faces."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classroom_analyzer.app.bench.figures import FacesFigure
from classroom_analyzer.app.bench.frames import Picture
from classroom_analyzer.app.bench.workbench import Workbench, pack_file
from classroom_analyzer.app.build import DETECTOR_PACK, LANDMARKS_PACK
from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.errors import BadModelError, ModelMissingError
from classroom_analyzer.models.store import ModelStore

if TYPE_CHECKING:
    from classroom_analyzer.perception.vision.analyzer import VisionAnalyzer

__all__ = ["BUNDLED_TIER", "PACKS_TIER", "VisionRun", "available_tiers", "build_tier", "look", "measure_faces"]

BUNDLED_TIER = "bundled"
PACKS_TIER = "packs"


@dataclass(frozen=True, slots=True)
class VisionRun:
    """What looking at some frames gave.

    Attributes:
        wall_s: Time of all frames.
        network_s: The share of it inside networks.
        seen: Faces seen, by frame.
    """

    wall_s: float
    network_s: float
    seen: tuple[int, ...]


def available_tiers(bench: Workbench) -> tuple[str, ...]:
    """Tiers whose models are here; notes why one is left out."""
    try:
        for spec in (DETECTOR_PACK, LANDMARKS_PACK):
            pack_file(spec, bench.models, bench.home)
    except (ModelMissingError, BadModelError) as error:
        bench.note(f"the tier packs was left out: {error}")
        return (BUNDLED_TIER,)
    return BUNDLED_TIER, PACKS_TIER


def build_tier(tier: str, *, models: Path | None, home: Path, device: str) -> VisionAnalyzer:
    """Build the vision part as a lesson under ``engagement`` has it.

    Args:
        tier: ``bundled`` or ``packs``.
        models: See ``pack_file``.
        home: Folder of all state.
        device: Torch device.

    Raises:
        ModelMissingError: A model is not on this machine.
        BadModelError: A model must not be used.
    """
    from classroom_analyzer.perception.encoders import build_face_encoder
    from classroom_analyzer.perception.vision.build import build_vision

    store = ModelStore(home)
    encoder = store.resolve("bundled:face-autoencoder", "face encoder")
    packs = tier == PACKS_TIER
    detector = pack_file(DETECTOR_PACK, models, home) if packs else None
    return build_vision(
        detector=detector or store.resolve("bundled:centerface", "face detector").path,
        detector_kind="yunet" if packs else "centerface",
        device=device,
        face_encoder=build_face_encoder(encoder.spec, encoder.path, device),
        appearance=True,
        excluded_seats=frozenset(),
        landmarks=pack_file(LANDMARKS_PACK, models, home) if packs else None,
    )


def look(
    vision: VisionAnalyzer,
    pictures: Sequence[Picture],
    frames: range,
    frames_per_s: int,
    check: Callable[[], None],
) -> VisionRun:
    """Look at a stretch of frames as a lesson does, closing each second.

    Args:
        vision: The analyzer; it has seen the frames before.
        pictures: Shown in turn, again from the first after the last.
        frames: Numbers of the frames on the lesson clock.
        frames_per_s: Frames per second of lesson.
        check: Called before each frame, outside the time taken; may raise.
    """
    from classroom_analyzer.perception.network_clock import measure_networks

    wall_s, seen = 0.0, []
    with measure_networks() as networks:
        for k in frames:
            check()
            frame = VideoFrame(to_ns(k / frames_per_s), pictures[k % len(pictures)])
            started_s = time.perf_counter()
            analysis = vision.analyze(frame)
            seen.append(analysis.faces_seen if analysis is not None else 0)
            if (k + 1) % frames_per_s == 0:
                vision.second((k + 1) // frames_per_s)
            wall_s += time.perf_counter() - started_s
    return VisionRun(wall_s, networks.total_s, tuple(seen))


def measure_faces(bench: Workbench, tier: str, people: int) -> FacesFigure:
    """Time a fresh analyzer on so many drawn people, after one second to find them."""
    pictures, per_s = bench.loop(people), bench.frames_per_s
    vision = build_tier(tier, models=bench.models, home=bench.home, device=bench.device)
    look(vision, pictures, range(per_s), per_s, bench.check)
    timed = bench.effort.timed_frames
    run = look(vision, pictures, range(per_s, per_s + timed), per_s, bench.check)
    return FacesFigure(tier, people, 1000 * run.wall_s / timed, 1000 * run.network_s / timed, min(run.seen))
