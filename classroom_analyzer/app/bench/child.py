"""What the bench measures in a process of its own, so that memory is that of the work and of nothing else.

``python -m classroom_analyzer.app.bench.child JOB ARGUMENTS`` with JSON arguments; one JSON object a line on stdout:
``{"done": .., "total": ..}`` as it goes on, ``{"result": {..}}`` at the end.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["main"]

MINUTE_S = 60


def main(job: str, arguments: dict[str, Any]) -> None:
    """Do one job and say its result."""
    result = _JOBS[job](**arguments)
    _say({"result": result})


def _lesson(out: str, limit_s: float | None) -> dict[str, Any]:
    """Analyse the bundled lesson as ``analyze`` does, or its first ``limit_s``."""
    from classroom_analyzer.app.analyze import open_recording, prepare_engine
    from classroom_analyzer.app.bench.machine import peak_rss_mb
    from classroom_analyzer.app.demo import demo_recording, demo_request
    from classroom_analyzer.domain.progress import CancelToken
    from classroom_analyzer.pipeline.offline import run_recording
    from classroom_analyzer.settings.paths import home
    from classroom_analyzer.settings.schema import load_settings

    opened = open_recording(demo_recording())
    request = demo_request(load_settings(Path(out)), Path(out))  # no settings lie there: defaults
    engine = prepare_engine(opened, request, home())
    vision = engine.parts.vision
    summary = run_recording(
        engine,
        duration_s=min(limit_s or opened.duration_s, opened.duration_s),
        frames=opened.picture.frames(vision.picture_rate_hz) if vision is not None else (),
        audio=opened.sound.audio(),
        messages=opened.chat.messages if opened.chat is not None else (),
        progress=_progress,
        cancel=CancelToken(),
    )
    return {"realtime_factor": summary.performance.realtime_factor, "rss_mb": peak_rss_mb()}


def _memory(tier: str, people: int, minutes: float, models: str | None, frames_per_s: int) -> dict[str, Any]:
    """Look at drawn people for so many minutes of lesson."""
    from classroom_analyzer.app.bench.faces import build_tier, look
    from classroom_analyzer.app.bench.frames import LOOP_FRAMES, drawn_loop
    from classroom_analyzer.app.bench.machine import rss_mb
    from classroom_analyzer.perception.device import best_device, use_one_thread
    from classroom_analyzer.settings.paths import home

    use_one_thread()
    pictures = drawn_loop(people, LOOP_FRAMES, _go_on)
    folder = None if models is None else Path(models)
    vision = build_tier(tier, models=folder, home=home(), device=best_device())
    first: float | None = None
    seconds = max(round(minutes * MINUTE_S), 1)
    for t_s in range(seconds):
        look(vision, pictures, range(t_s * frames_per_s, (t_s + 1) * frames_per_s), frames_per_s, _go_on)
        if t_s + 1 == min(MINUTE_S, seconds):
            first = rss_mb()
        _progress("memory", t_s + 1, seconds)
    return {"after_first_minute_mb": first, "at_end_mb": rss_mb()}


def _go_on() -> None:
    """The parent ends this process when it shall stop."""


def _progress(step: str, completed: float, total: float | None) -> None:
    _say({"step": step, "done": completed, "total": total})


def _say(fact: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()


_JOBS: dict[str, Callable[..., dict[str, Any]]] = {"lesson": _lesson, "memory": _memory}

if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
