"""Writes what VALIDITY section 8 asks of a fusion bundle's card, from scores on rows that trained nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from classroom_analyzer.domain.features import WindowSpec
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.progress import CancelToken, Progress
from classroom_analyzer.fusion.bundle import FusionBundle
from classroom_analyzer.fusion.network import Ensemble
from classroom_analyzer.training.bootstrap import draw_groups
from classroom_analyzer.training.datasets.data_set import DataSet
from classroom_analyzer.training.fusion import scores
from classroom_analyzer.training.fusion.evaluation import Rivals, evaluate_on_data, evaluate_on_simulated
from classroom_analyzer.training.fusion.temperatures import SubsetCalibration, rows_with
from classroom_analyzer.training.labelled_rows import LabelledRows
from classroom_analyzer.training.simulator.sets import SimulatedSets
from classroom_analyzer.training.simulator.worlds import TRAINING_WORLDS

__all__ = ["data_set_card", "rival_card", "simulated_card"]

VERSION = "0.2.0"
CHANGES = (
    "0.2.0: the window of a seat also holds what all seats do; more classes; levels named by a rule that knows how "
    "unbalanced they are; sound and chat up to 2 s off; scores before, on classes without that: macro-F1 .254 "
    "(index .252, best single .229), band 84.7 %, 25 % abstained, 24.7 % wrong",
    "0.1.0: first bundle",
)
SCORES = ("subsets", "baselines", "best_single", "paired_difference", "paired_ci95", "against", "rivals",
          "subset_loss", "drop")  # fmt: skip
SIMULATED_SCORES = ("worlds", "shapley", "stationary", "goals")
NOT_VALIDATED = (
    "Trained on simulated lessons only and NOT validated on real classes: its figures show how it combines evidence "
    "in the simulator, not how well it judges a class."
)
OUT_OF_SCOPE = ("grading", "ranking", "discipline", "appraisal of teachers or pupils", "decisions about one pupil")
LIMITS = (
    "Synthetic data counts toward no release gate; show it as experimental: not validated in your class.",
    "How strongly signals follow engagement is assumed in the simulator (docs/simulator.md), not measured.",
    "Untested: minors, room cameras, glasses, head coverings, skin tones, lighting, languages.",
    "It estimates the level a trained observer would probably give, from observable participation only.",
    "Lessons are not to be compared with each other while the bundle is not validated.",
    "In worlds whose mechanism differs from training (see worlds) the band can be too narrow.",
)


def simulated_card(
    bundle: FusionBundle,
    notes: Sequence[SubsetCalibration],
    *,
    rivals: Mapping[str, FusionBundle],
    no_dropout: FusionBundle,
    data: SimulatedSets,
    command: str,
    seed: int,
    quick: bool,
    progress: Progress,
    cancel: CancelToken | None,
) -> dict[str, Any]:
    """Score a bundle on new simulated classes and describe it.

    Args:
        bundle: With thresholds.
        notes: Of its calibration.
        rivals: Calibrated rivals by kind.
        no_dropout: The same model trained without modality dropout.
        data: What it was trained on.
        command: That trained it.
        seed: Of training and scoring.
        quick: Score few classes and lessons.
        progress: Reported to.
        cancel: Stops between parts.
    """
    few: dict[str, Any] = {"classes": 4, "stationary": 1} if quick else {}
    report = evaluate_on_simulated(
        bundle, Rivals(rivals, {}), seed=seed, curves=False, progress=progress, cancel=cancel, **few
    )
    classes = [len(np.unique(rows.group)) for rows in data.train]
    return {
        **_about(bundle, command, seed),
        "notice": NOT_VALIDATED,
        "gates_passed": False,
        "training_sets": [
            {
                "name": "lesson simulator, docs/simulator.md",
                "worlds": [w.name for w in TRAINING_WORLDS],
                "classes_per_world": classes[0],
                "people": 0,
                "label_source": "the simulator's own state with the rating error of one simulated observer",
                "licence": "Apache-2.0, made by this project",
            }
        ],
        "splits": {
            "unit": "class; empty intersections are asserted before training and in the evaluator",
            "classes": {
                "train": sum(classes),
                "validation": sum(len(np.unique(v.group)) for v in data.validation),
                "calibration": len(np.unique(data.calibration.group)),
                "lines": len(np.unique(data.lines.group)),
                "test": report["data"]["groups"],
            },
        },
        "metrics_on": "simulated classes that trained nothing, rows with half of every window observed; ccc and mse of "
        "expected level / 3 against simulated engagement; intervals: 2000 draws of classes",
        **{name: report[name] for name in SCORES},
        **{name: report[name] for name in SIMULATED_SCORES},
        "without_modality_dropout": _dropout_cost(bundle, no_dropout, data.test),
        "calibration": {"n_classes": len(np.unique(data.calibration.group)), **_calibration(bundle, notes)},
        "abstention": _abstention(bundle),
        "drift_reference": {m.value: _reference(bundle, m) for m in MODALITIES},
        "limits": list(LIMITS),
        "changes": list(CHANGES),
    }


def data_set_card(
    bundle: FusionBundle,
    notes: Sequence[SubsetCalibration],
    *,
    rivals: Mapping[str, FusionBundle],
    data: DataSet,
    command: str,
    seed: int,
    progress: Progress,
    cancel: CancelToken | None,
) -> dict[str, Any]:
    """Score a bundle on the test subjects of a data set and describe it; arguments as for ``simulated_card``."""
    report = evaluate_on_data(bundle, Rivals(rivals, {}), data, seed=seed, progress=progress, cancel=cancel)
    return {
        **_about(bundle, command, seed),
        "notice": "For research: trained on the data set named here and NOT validated in any class of this program.",
        "gates_passed": False,
        "training_sets": [dict(data.card)],
        "splits": {
            "unit": "subject; empty intersections are asserted",
            "subjects": {name: len(np.unique(rows.group)) for name, rows in data.sets.items()},
        },
        "metrics_on": "the test subjects of the data set; intervals: 2000 draws of subjects",
        **{name: report[name] for name in SCORES},
        "calibration": {"n_subjects": len(np.unique(data.calibration.group)), **_calibration(bundle, notes)},
        "abstention": _abstention(bundle),
        "drift_reference": {m.value: _reference(bundle, m) for m in MODALITIES},
        "limits": [
            f"What it estimates is the data set's target: {data.card.get('target', 'not named')}.",
            "Its figures hold for the people of this data set; whatever it does not hold is untested.",
        ],
        "changes": ["first training"],
    }


def rival_card(card: Mapping[str, Any], bundle: FusionBundle, notes: Sequence[SubsetCalibration]) -> dict[str, Any]:
    """Describe a rival that was trained beside a bundle, from that bundle's card."""
    kept = ("notice", "seed", "command", "inputs", "training_sets", "splits", "metrics_on", "policy_needed",
            "out_of_scope", "contact", "limits", "version", "gates_passed", "changes")  # fmt: skip
    return {
        "name": f"fusion-{bundle.kind.value}",
        **{name: card[name] for name in kept},
        "purpose": f"to be compared with {card['name']}; it has no threshold of the class line",
        "scores": card["rivals"][bundle.kind.value],
        "calibration": _calibration(bundle, notes),
    }


def _about(bundle: FusionBundle, command: str, seed: int) -> dict[str, Any]:
    return {
        "name": f"fusion-{bundle.kind.value}",
        "version": VERSION,
        "policy_needed": "engagement",
        "command": command,
        "seed": seed,
        "inputs": {m.value: _window(bundle.windows[m]) for m in MODALITIES},
        "out_of_scope": list(OUT_OF_SCOPE),
        "contact": "the issue tracker of the project",
    }


def _calibration(bundle: FusionBundle, notes: Sequence[SubsetCalibration]) -> dict[str, Any]:
    calibration = bundle.calibration
    return {
        "prior": calibration.prior,
        "prior_levels": calibration.prior_levels.tolist(),
        "between_seat_variance": calibration.between_seat_variance,
        "band_scale": calibration.band_scale,
        "subsets": [asdict(note) for note in notes],
    }


def _abstention(bundle: FusionBundle) -> dict[str, Any]:
    return {
        "modality": "dropped when less than half of its window was observed, or when the distance of its "
        "mean values exceeds the 99th percentile of calibration windows",
        "vision": "dropped from the class line when less than half the seats were seen",
        "tau": bundle.calibration.tau,
        "tau_rule": "class line: probability of low (levels 0-1) or of not low; at most 20 % of the calibration "
        "lines that are kept are wrong",
        "seat_tau": bundle.calibration.seat_tau,
        "seat_tau_rule": "seat: as tau, at most 20 % of kept calibration seats wrong",
    }


def _dropout_cost(bundle: FusionBundle, no_dropout: FusionBundle, test: LabelledRows) -> dict[str, Any]:
    """What hiding modalities in training costs where all are there; the rule allows 0.01 (VALIDITY section 4)."""
    complete = test.take(rows_with(test, scores.FULL))
    ours, theirs = (scores.predicted_levels(b, complete) for b in (bundle, no_dropout))
    draws = draw_groups(complete.group, 0)
    difference, ci95 = scores.macro_f1_difference(complete.level, ours, theirs, draws)
    return {"n": len(complete), "macro_f1_gain_of_dropout": difference, "paired_ci95": ci95}


def _window(spec: WindowSpec) -> dict[str, Any]:
    return {"window_s": spec.length_s, "step_s": spec.step_s, "hop_s": 1, "units": list(spec.units)}


def _reference(bundle: FusionBundle, modality: Modality) -> dict[str, list[float]]:
    assert isinstance(bundle.model, Ensemble)
    scaling = bundle.model.scaling
    return {"mean": scaling.mean[modality].round(4).tolist(), "sd": scaling.sd[modality].round(4).tolist()}
