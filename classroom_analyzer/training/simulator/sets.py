"""The sets of simulated classes that a fusion model is trained and calibrated on; no class is in two of them."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.training.labelled_rows import assert_disjoint, join_labelled
from classroom_analyzer.training.simulator.classes import SimulatedRows, simulate_classes
from classroom_analyzer.training.simulator.worlds import TRAINING_WORLDS, WorldSetting

__all__ = ["SimulatedSets", "simulate_sets"]

ID_STRIDE = 1_000_000  # class ids of one set lie in one range, so that sets cannot meet
SETS = ("train", "validation", "calibration", "test", "lines")
# Many classes, few windows of each: what sound and chat say is the same for a whole class at a time.
TIMES, STUDENTS = 8, 6
TIMES_PER_LINE_CLASS = 4
FEWEST = 4


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedSets:
    """Class-disjoint sets of simulated classes.

    Attributes:
        train: One set per training world.
        validation: One set per training world, for early stopping.
        calibration: All training worlds, for temperatures, error variances and thresholds of seats.
        lines: Whole classes of all training worlds, for band and threshold of the class line.
        test: All training worlds; only for what modality dropout costs, other scores come from ``evaluate fusion``.
    """

    train: tuple[SimulatedRows, ...]
    validation: tuple[SimulatedRows, ...]
    calibration: SimulatedRows
    test: SimulatedRows
    lines: SimulatedRows

    def __post_init__(self) -> None:
        assert_disjoint(
            train=join_labelled(self.train),
            validation=join_labelled(self.validation),
            calibration=self.calibration,
            test=self.test,
            lines=self.lines,
        )


def simulate_sets(
    classes: int, seed: int, progress: Progress = silent, cancel: CancelToken | None = None
) -> SimulatedSets:
    """Simulate all sets.

    Args:
        classes: Training classes per world; each of the other sets has a fifth of it per world.
        seed: Same seed, same classes.
        progress: Reported to after each world of each set.
        cancel: Stops in between.

    Raises:
        StoppedByUserError: ``cancel`` was set.
    """
    done = 0

    def one(name: str, number: int, world: WorldSetting) -> SimulatedRows:
        nonlocal done
        if cancel is not None:
            cancel.raise_if_cancelled("nothing was written")
        whole = name == "lines"
        rows = simulate_classes(
            world,
            classes if name == "train" else max(classes // 5, FEWEST),
            seed,
            first_class_id=(SETS.index(name) * 100 + number) * ID_STRIDE,
            times_per_class=TIMES_PER_LINE_CLASS if whole else TIMES,
            students_per_time=None if whole else STUDENTS,
        )
        done += 1
        progress("simulating classes", done, len(SETS) * len(TRAINING_WORLDS))
        return rows

    found = {name: tuple(one(name, i, world) for i, world in enumerate(TRAINING_WORLDS)) for name in SETS}
    joined = {name: join_labelled(found[name]) for name in ("calibration", "test", "lines")}
    return SimulatedSets(found["train"], found["validation"], **joined)
