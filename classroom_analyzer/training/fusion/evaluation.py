"""Everything that ``evaluate fusion`` prints: a bundle beside its baselines and rivals, on rows that trained nothing.

Simulated classes of this module have ids of their own, above those of any training, and a class follows from the seed
and its id together: whatever seed a bundle was trained with, no class of its training is scored. What is measured on
them says nothing about real classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import MODALITIES, Modality, modality_subsets
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.fusion.bundle import FusionBundle
from classroom_analyzer.fusion.encoders import fit_scaling
from classroom_analyzer.fusion.index import AdditiveIndex
from classroom_analyzer.training import metrics
from classroom_analyzer.training.bootstrap import FEWEST_GROUPS, GroupDraws, draw_groups, interval
from classroom_analyzer.training.datasets.data_set import DataSet
from classroom_analyzer.training.fusion import scores
from classroom_analyzer.training.fusion.class_lines import ClassLines, class_lines, line_summary
from classroom_analyzer.training.fusion.goals import TRAINING_MIX, goals
from classroom_analyzer.training.fusion.risk import line_risk, seat_risk
from classroom_analyzer.training.fusion.robustness import robustness_curves
from classroom_analyzer.training.fusion.scores import Floats, Levels, mask_of, subset_name
from classroom_analyzer.training.fusion.stationary import stationary_lessons
from classroom_analyzer.training.fusion.temperatures import fit_calibration, rows_with
from classroom_analyzer.training.fusion.thresholds import with_seat_threshold
from classroom_analyzer.training.labelled_rows import LabelledRows, assert_disjoint, join_labelled
from classroom_analyzer.training.simulator.classes import SimulatedRows, level_of, simulate_classes
from classroom_analyzer.training.simulator.worlds import HELD_OUT_WORLDS, TRAINING_WORLDS, WorldSetting

__all__ = [
    "FIRST_CLASS_ID",
    "RIVALS",
    "TEST_CLASSES",
    "TRAINING_MIX",
    "Rivals",
    "evaluate_on_data",
    "evaluate_on_simulated",
]

FIRST_CLASS_ID = 10_000_000_000  # ids of training lie below 10^9
ID_STRIDE = 1_000_000
RIVALS = ("weighted_average", "concatenation")
TEST_CLASSES = 160  # per training world: fewer tell neighbours among the ways of fusion apart only by luck
TIMES_PER_LINE_CLASS = 4
STATIONARY_LESSONS = 30
STATIONARY_EVERY_S = 15


@dataclass(frozen=True, slots=True)
class Rivals:
    """Other ways of fusion that were trained like the bundle.

    Attributes:
        bundles: By kind.
        missing: Why a kind is not there.
    """

    bundles: Mapping[str, FusionBundle]
    missing: Mapping[str, str]


def evaluate_on_simulated(
    bundle: FusionBundle,
    rivals: Rivals,
    *,
    seed: int = 0,
    classes: int = TEST_CLASSES,
    every_second: bool = False,
    stationary: int = STATIONARY_LESSONS,
    curves: bool = True,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Measure a bundle on simulated classes.

    Args:
        bundle: Calibrated, with thresholds.
        rivals: To compare it with.
        seed: Of all classes, losses, noise and draws.
        classes: Test classes per training world; a quarter as many whole classes per world, held-out worlds too, give
            class lines.
        every_second: Run lessons without change second by second; otherwise every fifteenth second.
        stationary: Lessons without change.
        curves: Draw the robustness curves too; they take most of the time.
        progress: Reported to.
        cancel: Stops between parts.

    Returns:
        The document that ``--json`` prints, without what names the bundle.
    """
    test = _rows_of(TRAINING_WORLDS, 0, classes, seed)
    calibration = _rows_of(TRAINING_WORLDS, 1, max(classes // 2, 4), seed)
    assert_disjoint(test=test, calibration=calibration)
    assert test.group.min() >= FIRST_CLASS_ID
    progress("simulating classes", 1, 1)
    scaling = fit_scaling(calibration.batch)
    index = _index(bundle, calibration, calibration)
    models = {bundle.kind.value: bundle, "index": index, **rivals.bundles}
    report = _on_rows(
        bundle,
        {**rivals.bundles, "index": index},
        rivals.missing,
        test,
        shares=bundle.calibration.prior_levels,
        constant=bundle.calibration.prior,
        seed=seed,
        progress=progress,
        cancel=cancel,
    )
    complete = test.take(rows_with(test, scores.FULL))
    if curves:
        report["robustness"] = robustness_curves(models, complete, scaling.sd, seed, progress=progress, cancel=cancel)
    report["worlds"], report["shapley"], lines = _worlds(bundle, classes, seed, progress, cancel)
    report["risk_coverage"] = {
        "class_lines": line_risk(bundle, lines, seed),
        "seats": seat_risk(bundle, test, seed),
    }
    report["stationary"] = stationary_lessons(
        bundle,
        TRAINING_WORLDS,
        stationary,
        seed,
        first_class_id=FIRST_CLASS_ID + 900 * ID_STRIDE,
        every_s=1 if every_second else STATIONARY_EVERY_S,
        progress=progress,
        cancel=cancel,
    )
    report["ceiling"] = _ceiling(complete, seed)
    report["data"] = {
        "name": "simulated",
        "seed": seed,
        "classes_per_world": classes,
        "disjoint": "classes follow from seed and id; ids lie above those of every training",
        "worlds": [w.name for w in TRAINING_WORLDS],
        "held_out_worlds": [w.name for w in HELD_OUT_WORLDS],
        **report["data"],
    }
    report["goals"] = goals(report)
    return report


def evaluate_on_data(
    bundle: FusionBundle,
    rivals: Rivals,
    data: DataSet,
    *,
    seed: int = 0,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Measure a bundle on the test subjects of a data set; what needs simulated classes is left out.

    Args:
        bundle: Calibrated.
        rivals: To compare it with.
        data: Its test subjects are scored; training and calibration subjects give baselines and the index.
        seed: Of losses, noise and draws.
        progress: Reported to.
        cancel: Stops between parts.

    Raises:
        BadInputError: Its columns are not those that the bundle reads, or no test row is complete.
    """
    assert_disjoint(**data.sets)
    there = frozenset(m for m in MODALITIES if data.test.batch.valid[m].any())
    strange = [m.value for m in MODALITIES if m in there and data.windows[m].names != bundle.windows[m].names]
    if strange:
        raise BadInputError(
            data.name,
            f"its columns for {', '.join(strange)} are not those that this bundle reads; score it with a bundle that "
            "was trained on it",
        )
    complete = rows_with(data.test, mask_of(there)) if there else np.zeros(len(data.test), bool)
    if not complete.any():
        raise BadInputError(data.name, "no test window holds enough evidence to be scored; give longer recordings")
    others, missing = dict(rivals.bundles), dict(rivals.missing)
    if any(bundle.windows[m].names != WINDOWS[m].names for m in MODALITIES):
        missing["index"] = "its published signs are of other columns than these"
    else:
        others["index"] = _index(bundle, data.train, data.calibration)
    report = _on_rows(
        bundle,
        others,
        missing,
        data.test,
        shares=np.bincount(data.train.level, minlength=metrics.LEVELS) / len(data.train),
        constant=float(data.train.engagement.mean()),
        seed=seed,
        there=there,
        progress=progress,
        cancel=cancel,
    )
    if there == frozenset(MODALITIES):
        models = {bundle.kind.value: bundle, **others}
        scale, rows = fit_scaling(data.train.batch).sd, data.test.take(complete)
        report["robustness"] = robustness_curves(models, rows, scale, seed, progress=progress, cancel=cancel)
    report["worlds"] = {}
    report["data"] = {"name": data.name, "seed": seed, "card": dict(data.card), **report["data"]}
    return report


def _on_rows(
    bundle: FusionBundle,
    others: Mapping[str, FusionBundle],
    missing: Mapping[str, str],
    test: LabelledRows,
    *,
    shares: Floats,
    constant: float,
    seed: int,
    there: frozenset[Modality] = frozenset(MODALITIES),
    progress: Progress,
    cancel: CancelToken | None,
) -> dict[str, Any]:
    """Score all subsets, baselines and rivals on the rows that are complete in the modalities that are there."""
    complete = test.take(rows_with(test, mask_of(there)))
    draws = draw_groups(complete.group, seed)
    subsets: dict[str, dict[str, Any]] = {}
    reliability: dict[str, Any] = {}
    guesses: dict[str, Levels] = {}
    plain = replace(bundle, calibration=replace(bundle.calibration, temperatures=_ones(bundle)))
    wanted = [s for s in modality_subsets()[1:] if s <= there]
    for done, subset in enumerate(wanted):
        if cancel is not None:
            cancel.raise_if_cancelled("nothing was written")
        name, mask = subset_name(subset), mask_of(subset)
        result = scores.estimates(bundle, complete, mask)
        subsets[name] = scores.scores(
            complete, result.probabilities, result.mean, draws, guessed=result.level, constant=constant
        )
        before = scores.estimates(plain, complete, mask).probabilities
        subsets[name]["ece_before_temperature"] = metrics.ece(complete.level, before)
        guesses[name] = result.level
        bins = metrics.reliability(complete.level, result.probabilities)
        reliability[name] = {
            "n": bins.n.tolist(),
            "confidence": bins.confidence.tolist(),
            "accuracy": bins.accuracy.tolist(),
        }
        progress("scoring subsets of modalities", done + 1, len(wanted))
    full, single = subset_name(there), scores.best_single(subsets)
    rival_scores, against, differences = {}, {}, {}
    for name, other in others.items():
        result = scores.estimates(other, complete, mask_of(there))
        rival_scores[name] = scores.scores(
            complete, result.probabilities, result.mean, draws, guessed=result.level, constant=constant
        )
        theirs = result.level
        differences[name], against[name] = scores.macro_f1_difference(complete.level, guesses[full], theirs, draws)
    difference, paired = scores.macro_f1_difference(complete.level, guesses[full], guesses[single], draws)
    return {
        "data": {
            "rows": len(test),
            "complete_rows": len(complete),
            "groups": draws.groups,
            "few_groups": draws.groups < FEWEST_GROUPS,
            "prevalence_low": float((complete.level <= 1).mean()),
            "levels": np.bincount(complete.level, minlength=metrics.LEVELS).tolist(),
            "draws_lacking_a_level": draws.lacking(complete.level),
        },
        "subsets": subsets,
        "baselines": scores.baseline_scores(shares, constant, complete, draws, seed=seed),
        "best_single": single,
        "paired_difference": difference,
        "paired_ci95": paired,
        "against": {**against, **dict.fromkeys(missing)},
        "against_difference": differences,
        "against_missing": dict(missing),
        "rivals": rival_scores,
        "subset_loss": _subset_loss(subsets, guesses, complete.level, draws),
        "drop": _drops(there, guesses, complete.level, draws),
        "reliability": reliability,
    }


def _subset_loss(
    subsets: Mapping[str, Mapping[str, Any]], guesses: Mapping[str, Levels], level: Levels, draws: GroupDraws
) -> dict[str, Any]:
    """How far each subset lies above (below: negative) the best modality in it, in macro-F1."""
    found = {}
    for name in subsets:
        best = max(name.split("+"), key=lambda m: float(subsets[m]["macro_f1"]))
        difference, ci95 = scores.macro_f1_difference(level, guesses[name], guesses[best], draws)
        found[name] = {"best_modality": best, "macro_f1_difference": difference, "ci95": ci95}
    return found


def _drops(
    there: frozenset[Modality], guesses: Mapping[str, Levels], level: Levels, draws: GroupDraws
) -> dict[str, Any]:
    """What macro-F1 loses when one modality is missing."""
    full, found = guesses[subset_name(there)], {}
    for m in MODALITIES:
        rest = subset_name(there - {m})
        if m in there and rest:
            drop, ci95 = scores.macro_f1_difference(level, full, guesses[rest], draws)
            found[m.value] = {"left": rest, "macro_f1_drop": drop, "ci95": ci95}
    return found


def _worlds(
    bundle: FusionBundle, classes: int, seed: int, progress: Progress, cancel: CancelToken | None
) -> tuple[dict[str, Any], dict[str, Any], ClassLines]:
    """Judge class lines in the mix of training worlds and in each held-out world; returns the lines of the mix too."""
    whole = max(classes // 4, 2)
    sets = {TRAINING_MIX: _rows_of(TRAINING_WORLDS, 2, whole, seed, whole=True)}
    for number, world in enumerate(HELD_OUT_WORLDS):
        sets[world.name] = _rows_of((world,), 10 + number, whole, seed, whole=True)
    assert_disjoint(**sets)
    # Lines below the threshold are wanted too, where risk is drawn against coverage.
    open_ended = replace(bundle, calibration=replace(bundle.calibration, tau=0.0))
    every = {}
    for done, (name, rows) in enumerate(sets.items()):
        every[name] = class_lines(open_ended, rows, cancel)
        progress("estimating whole classes", done + 1, len(sets))
    worlds, gaps = {}, []
    for name, lines in every.items():
        shown = lines.above(bundle.calibration.tau)
        worlds[name] = line_summary(shown, draw_groups(shown.group, seed))
        gaps.append(np.abs(shown.shapley_gap[shown.used]))
    largest = np.concatenate(gaps)
    shapley = {"lines": len(largest), "largest_gap": float(largest.max()) if len(largest) else None}
    return worlds, shapley, every[TRAINING_MIX]


def _ceiling(rows: LabelledRows, seed: int) -> dict[str, Any]:
    """Score one who knows the engagement exactly: the observer's error keeps even that below 1."""
    known = level_of(rows.engagement)
    counts = metrics.confusion(rows.level, known)
    drawn = draw_groups(rows.group, seed).confusion(rows.level, known)
    scored = {"macro_f1": metrics.macro_f1, "uar": metrics.uar, "qwk": metrics.qwk}
    return {
        **{name: float(score(counts)) for name, score in scored.items()},
        "ci95": {name: interval(score(drawn)) for name, score in scored.items()},
    }


def _index(bundle: FusionBundle, train: LabelledRows, calibration: LabelledRows) -> FusionBundle:
    """The additive index, calibrated as a trained model is; its gauges are the bundle's."""
    model = AdditiveIndex()
    fitted, _ = fit_calibration(model, train, calibration)
    return with_seat_threshold(FusionBundle(bundle.kind, model, fitted, bundle.gauges, {}), calibration)


def _ones(bundle: FusionBundle) -> Floats:
    return np.ones_like(bundle.calibration.temperatures)


def _rows_of(
    worlds: tuple[WorldSetting, ...], number: int, classes: int, seed: int, *, whole: bool = False
) -> SimulatedRows:
    """Simulate the same number of classes of each world, with ids of their own."""
    first = FIRST_CLASS_ID + number * 10 * ID_STRIDE
    times, students = (TIMES_PER_LINE_CLASS, None) if whole else (12, 6)
    return join_labelled(
        [
            simulate_classes(
                world,
                classes,
                seed,
                first_class_id=first + i * ID_STRIDE,
                times_per_class=times,
                students_per_time=students,
            )
            for i, world in enumerate(worlds)
        ]
    )
