"""An analysis in the lesson's own process, for tests that look into it."""

from __future__ import annotations

from classroom_analyzer.pipeline.analysis import LessonAnalysis
from classroom_analyzer.pipeline.engine import LessonEngine
from classroom_analyzer.pipeline.feeds import LiveFeeds
from classroom_analyzer.pipeline.live import LiveLesson
from classroom_analyzer.pipeline.seconds import ClosedSecond, Ending, Seen


class LocalAnalyst:
    """``Analyst`` without pictures."""

    def __init__(self, analysis: LessonAnalysis) -> None:
        self.analysis = analysis
        self.ready, self.gone, self.restarts = True, False, 0
        self.seen = Seen()
        self.taken = self.analysed = 0
        self._closed: list[ClosedSecond] = []

    def call(self, method: str, *arguments: object) -> None:
        getattr(self.analysis, method)(*arguments)

    def close_second(self, t_s: int) -> None:
        self._closed.append(self.analysis.close_second(t_s))

    def pause(self, paused: bool) -> None:
        pass

    def exclude_seat(self, seat: int) -> None:
        self.analysis.exclude_seat(seat)

    def poll(self) -> list[ClosedSecond]:
        closed, self._closed = self._closed, []
        return closed

    def finish(self, duration_s: float, within_s: float) -> tuple[list[ClosedSecond], Ending | None]:
        return self.poll(), self.analysis.finish(duration_s, complete=True)

    def stop(self) -> None:
        self.analysis.__exit__()


def live_lesson(engine: LessonEngine, feeds: LiveFeeds, clock, *, policy, duration_s=None) -> LiveLesson:
    """A lesson on the analysis and the ledger of an engine."""
    return LiveLesson(engine.ledger, LocalAnalyst(engine.analysis), feeds, clock, policy=policy, duration_s=duration_s)
