"""Runs the whole bench: stage after stage, then faces, then what needs a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from classroom_analyzer.app.bench.faces import BUNDLED_TIER, PACKS_TIER, available_tiers, measure_faces
from classroom_analyzer.app.bench.figures import STAGES, BenchFigures, FacesFigure, MemoryFigure, StageFigure
from classroom_analyzer.app.bench.machine import machine
from classroom_analyzer.app.bench.processes import ChildFailedError, run_child, startup_s
from classroom_analyzer.app.bench.stages import SIMPLE_STAGES, measure_stage
from classroom_analyzer.app.bench.workbench import Effort, Workbench
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import ClassroomAnalyzerError, StoppedByUserError, UsageError
from classroom_analyzer.settings.schema import load_settings

__all__ = ["VISION_PEOPLE", "BenchRequest", "run_bench"]

VISION_PEOPLE = 12  # people of the vision stage's row, bundled tier
MEMORY_PEOPLE = 30


@dataclass(frozen=True, slots=True)
class BenchRequest:
    """What to measure.

    Attributes:
        models: Folder with the packs' files; None for the installed ones.
        quick: Only see that everything runs.
        minutes: Lesson time of the memory run; None for none.
        peer_python: Interpreter that has mediapipe; None for no comparison.
        peer_recording: Video that is compared too.
    """

    models: Path | None = None
    quick: bool = False
    minutes: float | None = None
    peer_python: Path | None = None
    peer_recording: Path | None = None


def run_bench(
    request: BenchRequest, home: Path, *, progress: Progress = silent, cancel: CancelToken | None = None
) -> BenchFigures:
    """Measure this machine.

    Args:
        request: What to measure.
        home: Folder of all state; models and settings are read, nothing is written.
        progress: Told after each measurement.
        cancel: Looked at before each frame and each second.

    Raises:
        UsageError: ``models`` is no folder.
        BadInputError: The stored settings or the recording for the comparison cannot be read.
        StoppedByUserError: A stop was asked for.
    """
    from classroom_analyzer.perception.device import best_device, use_one_thread

    if request.models is not None and not request.models.is_dir():
        raise UsageError(f"{request.models} is not a folder; give --models the folder that holds the packs' files")
    use_one_thread()
    frames_per_s = max(round(load_settings(home).analysed_fps), 1)
    effort = Effort.quick() if request.quick else Effort()
    with TemporaryDirectory(prefix="classroom-bench-") as scratch:
        token = cancel or CancelToken()
        bench = Workbench(home, Path(scratch), request.models, effort, frames_per_s, best_device(), token)
        return _Run(bench, request, progress).all()


class _Run:
    def __init__(self, bench: Workbench, request: BenchRequest, progress: Progress) -> None:
        self._bench = bench
        self._request = request
        self._progress = progress
        self._figures = BenchFigures(machine(), bench.device, notes=bench.notes)
        self._tiers = available_tiers(bench)

    def all(self) -> BenchFigures:
        jobs: list[Callable[[], None]] = [self._start, self._lesson]
        jobs += [partial(self._stage, stage) for stage in SIMPLE_STAGES]
        jobs += [partial(self._faces, tier, n) for tier in self._tiers for n in self._bench.effort.people]
        if self._request.minutes is not None:
            jobs.append(self._memory)
        if self._request.peer_python is not None:
            jobs.append(self._peers)
        for done, job in enumerate(jobs, 1):
            self._bench.check()
            job()
            self._progress("measuring", done, len(jobs))
        self._figures.stages.append(self._vision())
        self._figures.stages.sort(key=lambda figure: STAGES.index(figure.stage))
        return self._figures

    def _stage(self, stage: str) -> None:
        try:
            figure = measure_stage(self._bench, stage)
        except StoppedByUserError:
            raise
        except ClassroomAnalyzerError as error:
            self._bench.note(f"the stage {stage} was left out: {error}")
            figure = StageFigure(stage, SIMPLE_STAGES[stage][0], None, None)
        self._figures.stages.append(figure)

    def _faces(self, tier: str, people: int) -> None:
        try:
            self._figures.faces.append(measure_faces(self._bench, tier, people))
        except StoppedByUserError:
            raise
        except ClassroomAnalyzerError as error:
            self._bench.note(f"{people} faces with the tier {tier} were left out: {error}")

    def _vision(self) -> StageFigure:
        unit = f"analysed frame with {VISION_PEOPLE} faces, bundled models"
        faces: FacesFigure | None = next(
            (f for f in self._figures.faces if (f.tier, f.n) == (BUNDLED_TIER, VISION_PEOPLE)), None
        )
        if faces is None:
            return StageFigure("vision", unit, None, None)
        return StageFigure("vision", unit, faces.ms_per_frame, faces.network_ms)

    def _start(self) -> None:
        try:
            self._figures.startup_s = startup_s(self._bench)
        except ChildFailedError as error:
            self._bench.note(f"the start was not timed: {error}")

    def _lesson(self) -> None:
        arguments = {"out": str(self._bench.scratch / "lessons"), "limit_s": self._bench.effort.lesson_s}
        try:
            found = run_child(self._bench, "lesson", arguments, "analysing the bundled lesson", self._progress)
        except ChildFailedError as error:
            self._bench.note(f"the bundled lesson was not analysed: {error}")
            return
        self._figures.realtime_factor = found["realtime_factor"]
        self._figures.rss_mb = found["rss_mb"]
        if self._figures.rss_mb is None:
            self._bench.note("this system does not say how much memory a process holds")

    def _memory(self) -> None:
        tier = PACKS_TIER if PACKS_TIER in self._tiers else BUNDLED_TIER
        minutes, models = self._request.minutes or 0.0, self._bench.models
        arguments = {
            "tier": tier,
            "people": MEMORY_PEOPLE,
            "minutes": minutes,
            "models": None if models is None else str(models.resolve()),
            "frames_per_s": self._bench.frames_per_s,
        }
        try:
            found = run_child(self._bench, "memory", arguments, f"{minutes:g} min of lesson", self._progress)
        except ChildFailedError as error:
            self._bench.note(f"memory over time was not measured: {error}")
            return
        if found["at_end_mb"] is not None:
            self._figures.memory = MemoryFigure(
                tier, MEMORY_PEOPLE, minutes, found["after_first_minute_mb"], found["at_end_mb"]
            )

    def _peers(self) -> None:
        from classroom_analyzer.app.bench.peers import compare

        if (python := self._request.peer_python) is not None:
            recording = self._request.peer_recording
            self._figures.peers = compare(self._bench, python, recording, self._tiers, self._progress)
