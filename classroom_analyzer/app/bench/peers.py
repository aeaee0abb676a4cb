"""Ours beside MediaPipe on the same frames: faces found and time per frame. MediaPipe lives in a Python of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from classroom_analyzer.app.bench import peer_mediapipe
from classroom_analyzer.app.bench.faces import build_tier, look
from classroom_analyzer.app.bench.figures import PeerFigure
from classroom_analyzer.app.bench.frames import Picture
from classroom_analyzer.app.bench.processes import ChildFailedError, run_lines
from classroom_analyzer.app.bench.workbench import Workbench, pack_file
from classroom_analyzer.domain.progress import Progress
from classroom_analyzer.errors import BadModelError, ModelMissingError

__all__ = ["compare"]


def compare(
    bench: Workbench, python: Path, recording: Path | None, tiers: Sequence[str], progress: Progress
) -> list[PeerFigure]:
    """Compare on drawn people and, where one is given, on a recording.

    Args:
        bench: The run.
        python: Interpreter that has mediapipe.
        recording: A video whose first frames are compared too.
        tiers: Ours.
        progress: Told how far the other tool is.

    Raises:
        BadInputError: The recording cannot be read.
    """
    try:
        task = pack_file("pack:face_landmarker", bench.models, bench.home)
    except (ModelMissingError, BadModelError) as error:
        bench.note(f"peers were left out: {error}")
        return []
    found = []
    for people in bench.effort.people:
        loop, total = bench.loop(people), bench.effort.timed_frames + bench.frames_per_s
        pictures = [loop[k % len(loop)] for k in range(total)]
        found += _on(bench, python, task, pictures, f"{people} drawn people", people, tiers, progress)
    if recording is not None:
        found += _on(bench, python, task, _first_frames(bench, recording), "the recording", None, tiers, progress)
    return found


def _first_frames(bench: Workbench, recording: Path) -> list[Picture]:
    from classroom_analyzer.sources.media import MediaFile

    count = bench.effort.timed_frames + bench.frames_per_s
    frames = MediaFile(recording).frames(max_rate_hz=bench.frames_per_s)
    first = [frame.image for frame in islice(frames, count)]
    return [picture for picture in first if picture.shape == first[0].shape]


def _on(
    bench: Workbench,
    python: Path,
    task: Path,
    pictures: list[Picture],
    name: str,
    people: int | None,
    tiers: Sequence[str],
    progress: Progress,
) -> list[PeerFigure]:
    warm = min(bench.frames_per_s, len(pictures) - 1)
    path = bench.scratch / "frames.npy"
    np.save(path, np.stack(pictures))
    script = str(Path(peer_mediapipe.__file__))
    command = [str(python), script, str(path), str(task), str(bench.frames_per_s), str(warm)]
    try:
        theirs = run_lines(bench, command, {}, f"comparing on {name}", progress)
    except ChildFailedError as error:
        bench.note(f"peers were left out on {name}: {error}")
        return []
    finally:
        path.unlink()
    rows = []
    for tier in tiers:
        vision = build_tier(tier, models=bench.models, home=bench.home, device=bench.device)
        look(vision, pictures, range(warm), bench.frames_per_s, bench.check)
        run = look(vision, pictures, range(warm, len(pictures)), bench.frames_per_s, bench.check)
        ours_ms = 1000 * run.wall_s / len(run.seen)
        rows += [
            PeerFigure(peer, name, people, row["found"], row["ms_per_frame"], tier, float(np.mean(run.seen)), ours_ms)
            for peer, row in theirs.items()
        ]
    return rows
