"""The bundled lesson: drawn people, spoken sound, invented chat. No live person is in it, so no consent is needed."""

from __future__ import annotations

from pathlib import Path

from classroom_analyzer.app.analyze import Recording
from classroom_analyzer.app.request import LessonRequest, ModelChoice
from classroom_analyzer.domain.policy import Place, Policy, PolicyGrant
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.models import assets
from classroom_analyzer.settings.schema import Settings

__all__ = ["DEMO_CLASS_SIZE", "demo_recording", "demo_request"]

DEMO_CLASS_SIZE = 12


def demo_recording() -> Recording:
    """Return the files of the bundled lesson.

    Raises:
        BadInputError: The installation lacks them.
    """
    video = assets.path("demo", "demo.mp4")
    if not video.is_file():
        raise BadInputError(video, "the bundled lesson is missing; install classroom-analyzer again")
    return Recording(video, chat=assets.path("demo", "chat.jsonl"))


def demo_request(settings: Settings, out: Path, seed: int = 0) -> LessonRequest:
    """Return how the bundled lesson is analysed: policy ``engagement``, basis ``demo``, class of 12."""
    return LessonRequest(
        grant=PolicyGrant(Policy.ENGAGEMENT, "demo", Place.OTHER),
        models=ModelChoice.from_settings(settings),
        out=out,
        analysed_fps=settings.analysed_fps,
        class_size=DEMO_CLASS_SIZE,
        seed=seed,
    )
