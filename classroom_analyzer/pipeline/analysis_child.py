"""The analysis of a live lesson in a process of its own: it may be slow, crash or hang, and the lesson goes on.

The child owns all models. Sound, chat and the wish to close a second come to it through its pipe and go first; of the
pictures in shared memory it takes the newest that is due, so that a slow machine analyses fewer and nothing waits.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import AnalysisLostError
from classroom_analyzer.pipeline.analysis import KnownSeats, LessonAnalysis
from classroom_analyzer.pipeline.parts import EngineParts, PartsFacts
from classroom_analyzer.pipeline.seconds import ClosedSecond, Ending, Seen
from classroom_analyzer.sources.child_process import ChildFailed, ChildLink, ChildProcess, RestartBudget
from classroom_analyzer.sources.shared_pictures import PicturesHandle, SharedPictures

__all__ = ["AnalysisChild", "AnalysisPlan"]

_LOG = logging.getLogger(__name__)

IDLE_S = 0.01
WAIT_STEP_S = 0.1
LOAD_WITHIN_S = 180.0  # a backbone on a slow disk
SILENT_S = 10.0  # without a beat: the process is stopped or the machine is out of breath
HANGS_S = 30.0  # without an answer
BELOW_NORMAL = 5  # whatever else runs, a call above all, goes first


@dataclass(frozen=True, slots=True)
class AnalysisPlan:
    """What a child needs to analyse a lesson; everything in it can be pickled.

    Attributes:
        build: Loads the parts; called in the child.
        class_size: N where it is known.
        chat_by_hand: See ``LessonAnalysis``.
        excluded: Seats that must not be seen, as far as known.
        due: Pictures to analyse; None without any.
        shown: Where analysed pictures go, masked, while somebody is masked; None without pictures.
        known: What an analysis of the same lesson that was lost knew.
        paused: Whether the lesson is paused.
    """

    build: Callable[[], EngineParts]
    class_size: int | None = None
    chat_by_hand: bool = False
    excluded: frozenset[int] = frozenset()
    due: PicturesHandle | None = None
    shown: PicturesHandle | None = None
    known: KnownSeats | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class _Call:
    """A method of the analysis to call, with its arguments."""

    method: str
    arguments: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Pause:
    """Look at nothing until told otherwise."""

    paused: bool


@dataclass(frozen=True, slots=True)
class _Exclude:
    """Mask a seat from now on."""

    seat: int


@dataclass(frozen=True, slots=True)
class _Finish:
    """Take what is left."""

    duration_s: float


class AnalysisChild:
    """The parent's end of an analysis; all calls but ``wait_ready``, ``finish`` and ``stop`` return at once.

    Args:
        plan: What it shall do.
        budget: How often it may be begun anew.
    """

    def __init__(self, plan: AnalysisPlan, budget: RestartBudget | None = None) -> None:
        self._plan = plan
        self._budget = budget or RestartBudget()
        self._child = self._new_child()
        self._asked: dict[int, float] = {}
        self._began_s = time.monotonic()
        self._before = Seen()
        self._most_seats = 0
        self._last_number = 0
        self.ready = False
        self.gone = False
        self.restarts = 0
        self.seen = Seen()

    def start(self) -> None:
        """Begin to load the models."""
        self._child.start()

    def wait_ready(self, cancel: CancelToken) -> PartsFacts:
        """Wait until the models are there.

        Returns:
            What the lesson is measured with.

        Raises:
            ClassroomAnalyzerError: As ``plan.build`` raises.
            AnalysisLostError: The process ended, or loading took too long.
            StoppedByUserError: A stop was asked for.
        """
        give_up_s = time.monotonic() + LOAD_WITHIN_S
        while time.monotonic() < give_up_s:
            cancel.raise_if_cancelled()
            message = self._child.receive(WAIT_STEP_S)
            if isinstance(message, PartsFacts):
                self.ready = True
                return message
            if isinstance(message, ChildFailed):
                raise message.error
            if message is None and not self._child.alive:
                break
        raise AnalysisLostError("it did not start")

    @property
    def pid(self) -> int | None:
        """Number of the process."""
        return self._child.pid

    @property
    def taken(self) -> int:
        """Pictures that were due and taken."""
        return self._before.taken + self.seen.taken

    @property
    def analysed(self) -> int:
        """Pictures of those that were looked at; the others came while the lesson was paused."""
        return self._before.analysed + self.seen.analysed

    def call(self, method: str, *arguments: object) -> None:
        """Have the analysis do something that gives no answer; left out while there is none."""
        if self.ready:
            self._child.send(_Call(method, arguments))

    def close_second(self, t_s: int) -> None:
        """Ask for a second; ``poll`` gives it."""
        self._asked[t_s] = time.monotonic()
        self._child.send(_Call("close_second", (t_s,)))

    def pause(self, paused: bool) -> None:
        """Look at nothing, or go on; also in an analysis that is begun anew."""
        self._plan = replace(self._plan, paused=paused)
        self._child.send(_Pause(paused))

    def exclude_seat(self, seat: int) -> None:
        """Mask a seat from now on, also in an analysis that is begun anew."""
        self._plan = replace(self._plan, excluded=self._plan.excluded | {seat})
        self._child.send(_Exclude(seat))  # also to one that still loads: it was made before this seat was masked

    def poll(self) -> list[ClosedSecond]:
        """Closed seconds that came since the last call; begins anew what was lost."""
        closed = []
        for message in self._child.poll():
            if isinstance(message, ClosedSecond):
                closed.append(message)
                self._asked.pop(message.t_s, None)
                if message.vision is not None and message.vision.seats_seen is not None:
                    self._most_seats = max(self._most_seats, round(message.vision.seats_seen))
            elif isinstance(message, Seen):
                self._take_seen(message)
            elif isinstance(message, PartsFacts):
                self.ready = True
            elif isinstance(message, ChildFailed):
                _LOG.error("the analysis failed\n%s", message.trace)
        if not self.gone and self._is_lost():
            self._begin_anew()
        return closed

    def finish(self, duration_s: float, within_s: float) -> tuple[list[ClosedSecond], Ending | None]:
        """Have the analysis take what is left.

        Args:
            duration_s: Length of the lesson.
            within_s: How long to wait for it.

        Returns:
            Seconds that were still asked for, and the ending; None where the analysis is gone or too slow.
        """
        closed: list[ClosedSecond] = []
        if not self.ready:
            return closed, None
        self._child.send(_Finish(duration_s))
        give_up_s = time.monotonic() + within_s
        while (left_s := give_up_s - time.monotonic()) > 0:
            message = self._child.receive(min(left_s, WAIT_STEP_S))
            if isinstance(message, ClosedSecond):
                closed.append(message)
            elif isinstance(message, Seen):
                self._take_seen(message)
            elif isinstance(message, Ending):
                return closed, message
            elif message is None and not self._child.alive:
                break
        self._child.stop(ask_s=0.0)  # what did not finish in time does not end when it is asked to
        return closed, None

    def stop(self) -> None:
        """End the process."""
        self.ready = False
        self._child.stop()

    def _take_seen(self, seen: Seen) -> None:
        self.seen = seen
        self._last_number = max(self._last_number, *(s.seat for s in seen.analysis.seats), 0)

    def _is_lost(self) -> bool:
        if not self._child.alive:
            return True
        if self.ready and self._child.silent_s > SILENT_S:
            return True
        if not self.ready and time.monotonic() - self._began_s > LOAD_WITHIN_S:
            return True
        oldest_s = min(self._asked.values(), default=None)
        return oldest_s is not None and time.monotonic() - oldest_s > HANGS_S

    def _begin_anew(self) -> None:
        self.ready = False
        self._asked.clear()
        self._before = Seen(taken=self.taken, analysed=self.analysed)
        self.restarts += 1
        self._child.stop(ask_s=0.0)
        known = KnownSeats(self.seen.places, self._last_number, self._most_seats)
        self.seen = Seen(places=self.seen.places)
        if not self._budget.allow():
            self.gone = True
            return
        self._plan = replace(self._plan, known=known)
        self._child = self._new_child()
        self._began_s = time.monotonic()
        try:
            self._child.start()
        except OSError:  # no memory or no process left: lost once more
            _LOG.exception("the analysis could not be begun anew")

    def _new_child(self) -> ChildProcess:
        return ChildProcess(analyse, (self._plan,), "analysis", niceness=BELOW_NORMAL)


def analyse(link: ChildLink, plan: AnalysisPlan) -> None:
    """The child: load, then do as told until asked to end."""
    parts = plan.build()
    analysis = LessonAnalysis(parts, class_size=plan.class_size, chat_by_hand=plan.chat_by_hand, known=plan.known)
    with analysis:
        for seat in plan.excluded:
            analysis.exclude_seat(seat)
        _Worker(link, plan, analysis).run()


class _Worker:
    def __init__(self, link: ChildLink, plan: AnalysisPlan, analysis: LessonAnalysis) -> None:
        self._link = link
        self._analysis = analysis
        self._excluded = plan.excluded
        self._paused = plan.paused
        self._due = SharedPictures.attach(plan.due) if plan.due is not None else None
        self._shown = SharedPictures.attach(plan.shown) if plan.shown is not None else None
        self._reader = self._due.reader() if self._due is not None else None
        self._seen = Seen()

    def run(self) -> None:
        self._link.send(self._analysis.parts.facts)
        while not self._link.stopping:
            message = self._link.receive(IDLE_S)
            if message is not None:
                self._obey(message)
            elif self._reader is not None and (frame := self._reader.take()) is not None:
                self._look(frame)

    def _obey(self, message: object) -> None:
        if isinstance(message, _Pause):
            self._paused = message.paused
        elif isinstance(message, _Exclude):
            self._excluded |= {message.seat}
            self._analysis.exclude_seat(message.seat)
        elif isinstance(message, _Finish):
            self._link.send(self._seen)
            self._link.send(self._analysis.finish(message.duration_s, complete=True))
        elif isinstance(message, _Call):
            answer = getattr(self._analysis, message.method)(*message.arguments)
            if answer is not None:
                self._link.send(answer)

    def _look(self, frame: VideoFrame) -> None:
        looked = not self._paused
        self._seen = replace(self._seen, taken=self._seen.taken + 1, analysed=self._seen.analysed + looked)
        analysis = self._analysis.on_frame(frame) if looked else None
        if analysis is None:
            self._link.send(self._seen)
            return
        if self._excluded and self._shown is not None:
            self._shown.put(VideoFrame(frame.t_ns, self._analysis.masked(frame, analysis)))
        places = dict(self._analysis.places())
        self._seen = replace(
            self._seen,
            analysis=analysis,
            places=places,
            excluded=self._excluded,
            gallery_hidden=self._analysis.gallery_hidden,
        )
        self._link.send(self._seen)
