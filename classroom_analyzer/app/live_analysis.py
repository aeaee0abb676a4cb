"""Begins the analysis of a live lesson in its own process, with the memory that its pictures go through."""

from __future__ import annotations

from classroom_analyzer.app.recipe import PartsRecipe
from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.pipeline.analysis_child import AnalysisChild, AnalysisPlan
from classroom_analyzer.pipeline.masked_pictures import MaskedPictures
from classroom_analyzer.sources.shared_pictures import PictureChannel, SharedPictures

__all__ = ["LivePictureMemory", "begin_analysis"]

UNTIL_KNOWN_HZ = 4.0  # the analysis says at which rate pictures are of use once it is there


class LivePictureMemory:
    """Shared memory of one lesson's pictures; None of it for a lesson without.

    Args:
        masked: Seats that are masked from the beginning.
        seen: Whether the lesson has pictures.

    Attributes:
        channel: Where the camera puts them.
        shown: Where the analysis puts masked ones.
        pictures: Both, for views and recorder.
    """

    def __init__(self, masked: frozenset[int], *, seen: bool) -> None:
        self.channel: PictureChannel | None = None
        self.shown: SharedPictures | None = None
        self.pictures: MaskedPictures | None = None
        if seen:
            self.channel, self.shown = PictureChannel.create(UNTIL_KNOWN_HZ), SharedPictures.create()
            self.pictures = MaskedPictures(self.channel, self.shown, masked)

    def close(self) -> None:
        """Give it back; a running lesson does so itself."""
        if self.pictures is not None:
            self.pictures.close()


def begin_analysis(
    recipe: PartsRecipe, request: LessonRequest, memory: LivePictureMemory, *, chat_by_hand: bool = False
) -> AnalysisChild:
    """Begin to load the models in a process of their own.

    Args:
        recipe: What to load.
        request: The lesson.
        memory: Of its pictures.
        chat_by_hand: See ``LessonAnalysis``.

    Returns:
        The analysis; the caller waits for it and stops it.
    """
    plan = AnalysisPlan(
        recipe,
        class_size=request.class_size,
        chat_by_hand=chat_by_hand,
        excluded=request.excluded_seats,
        due=memory.channel.due.handle if memory.channel is not None else None,
        shown=memory.shown.handle if memory.shown is not None else None,
    )
    analyst = AnalysisChild(plan)
    analyst.start()
    return analyst
