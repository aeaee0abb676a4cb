"""Writes what VALIDITY section 8 asks of a fusion bundle's card, from scores measured on simulated test classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.fusion.bundle import FusionBundle
from classroom_analyzer.training import evaluation
from classroom_analyzer.training.fusion_calibration import SubsetCalibration, rows_with
from classroom_analyzer.training.simulator import SimulatedRows
from classroom_analyzer.training.simulator_worlds import HELD_OUT_WORLDS, TRAINING_WORLDS

if TYPE_CHECKING:
    from classroom_analyzer.training.fusion import FusionData

__all__ = ["card_of"]

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
    "In worlds whose mechanism differs from training (see class_lines) the band can be too narrow.",
)


def card_of(
    bundle: FusionBundle,
    notes: Sequence[SubsetCalibration],
    *,
    data: FusionData,
    train: SimulatedRows,
    others: Mapping[str, FusionBundle],
    full_input: FusionBundle,
    seed: int,
    classes: int,
) -> dict[str, Any]:
    """Score a bundle beside its competitors and describe it.

    Args:
        bundle: With thresholds.
        notes: Of its calibration.
        data: All sets.
        train: The training classes of all worlds.
        others: Calibrated competitors by name.
        full_input: The same model trained without modality dropout.
        seed: Of the training.
        classes: Training classes per world.

    Returns:
        The card without what ``save_bundle`` adds.
    """
    complete = data.test.take(rows_with(data.test, evaluation.FULL))
    subsets = evaluation.subset_table(bundle, data.test)
    single = evaluation.best_single(subsets)
    ours = evaluation.predicted_levels(bundle, complete)
    alone = evaluation.predicted_levels(bundle, complete, np.array([m.value == single for m in MODALITIES]))
    rivals = {name: evaluation.predicted_levels(other, complete) for name, other in others.items()}
    full = evaluation.subset_name(frozenset(MODALITIES))
    lines = {"training worlds": data.lines_test, **data.held_out}
    calibration = bundle.calibration
    return {
        "name": f"fusion-{bundle.kind.value}",
        "version": "0.1.0",
        "notice": NOT_VALIDATED,
        "policy_needed": "engagement",
        "gates_passed": False,
        "command": f"classroom-analyzer train fusion --kind {bundle.kind.value} --seed {seed} --classes {classes}",
        "seed": seed,
        "inputs": {m.value: _window(m) for m in MODALITIES},
        "training_sets": [
            {
                "name": "lesson simulator, docs/simulator.md",
                "worlds": [w.name for w in TRAINING_WORLDS],
                "classes_per_world": classes,
                "people": 0,
                "label_source": "the simulator's own state with the rating error of one simulated observer",
                "licence": "Apache-2.0, made by this project",
            }
        ],
        "splits": {
            "unit": "class; empty intersections are asserted before training and in the evaluator",
            "classes": {
                "train": len(np.unique(train.group)),
                "validation": sum(len(np.unique(v.group)) for v in data.validation),
                "calibration": len(np.unique(data.calibration.group)),
                "test": len(np.unique(data.test.group)),
            },
        },
        "metrics_on": "simulated test classes, rows with half of every window observed; "
        "ccc and mse of expected level / 3 against simulated engagement",
        "prevalence_low": float((complete.level <= 1).mean()),
        "subsets": subsets,
        "baselines": evaluation.baselines(train, data.test),
        "best_single": single,
        "paired_ci95": evaluation.paired_macro_f1(complete, ours, alone),
        "others": {name: evaluation.subset_table(other, data.test)[full] for name, other in others.items()},
        "against": {name: evaluation.paired_macro_f1(complete, ours, theirs) for name, theirs in rivals.items()},
        "without_modality_dropout": {
            **evaluation.subset_table(full_input, data.test)[full],
            "paired_ci95": evaluation.paired_macro_f1(
                complete, ours, evaluation.predicted_levels(full_input, complete)
            ),
        },
        "class_lines": {
            name: evaluation.line_summary(evaluation.class_lines(bundle, rows)) for name, rows in lines.items()
        },
        "held_out_worlds": [w.name for w in HELD_OUT_WORLDS],
        "calibration": {
            "n_classes": len(np.unique(data.calibration.group)),
            "prior": calibration.prior,
            "prior_levels": calibration.prior_levels.tolist(),
            "between_seat_variance": calibration.between_seat_variance,
            "band_scale": calibration.band_scale,
            "subsets": [asdict(note) for note in notes],
        },
        "abstention": {
            "modality": "dropped when less than half of its window was observed, or when the distance of its mean "
            "values exceeds the 99th percentile of calibration windows",
            "vision": "dropped from the class line when less than half the seats were seen",
            "tau": calibration.tau,
            "tau_rule": "class line: probability of low (levels 0-1) or of not low; at most 20 % of the calibration "
            "lines that are kept are wrong",
            "seat_tau": calibration.seat_tau,
            "seat_tau_rule": "seat: as tau, at most 20 % of kept calibration seats wrong",
        },
        "drift_reference": {m.value: _reference(bundle, m) for m in MODALITIES},
        "limits": list(LIMITS),
        "out_of_scope": list(OUT_OF_SCOPE),
        "contact": "the issue tracker of the project",
        "changes": ["0.1.0: first bundle"],
    }


def _window(modality: Modality) -> dict[str, Any]:
    spec = WINDOWS[modality]
    return {"window_s": spec.length_s, "step_s": spec.step_s, "hop_s": 1, "units": list(spec.units)}


def _reference(bundle: FusionBundle, modality: Modality) -> dict[str, list[float]]:
    gauge = bundle.gauges[modality]
    return {"mean": gauge.centre.round(4).tolist(), "sd": gauge.sd.round(4).tolist()}
