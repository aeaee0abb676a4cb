"""What a bundle must reach on simulated classes before it may be the default, and whether it did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["FLOOR_WORLDS", "TRAINING_MIX", "goals"]

BAND_GOAL = (0.78, 0.85)  # of the 80 % band, in worlds like those of training (VALIDITY section 4)
BAND_FLOOR = 0.70
FLOOR_WORLDS = ("everybody takes notes", "dead microphone")
MOST_ABSTAINED = 0.20
MOST_SELECTIVE_ERROR = 0.20
MOST_ECE = 0.05
MOST_SUBSET_LOSS = 0.01
LEAST_WITHOUT_DIP = 0.90
LEAST_SILENT_ON_NOISE = 0.90
SHAPLEY_TOLERANCE = 1e-6
TRAINING_MIX = "training worlds"
MUST_BE_BEATEN = ("index", "weighted_average")


def goals(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Judge a report on simulated classes.

    Args:
        report: As ``evaluate_on_simulated`` makes it.

    Returns:
        One entry per goal: ``name``, ``goal`` and ``measured`` in words, ``met``; None where it was not measured.
    """
    found = [_above_zero(f"beats its best single modality ({report['best_single']})", report["paired_ci95"])]
    found += [_above_zero(f"beats the {_words(name)}", report["against"].get(name)) for name in MUST_BE_BEATEN]
    losses = {name: row["macro_f1_difference"] for name, row in report["subset_loss"].items()}
    worst = min(losses, key=lambda name: losses[name])
    found.append(
        _goal(
            "no subset worse than its best modality",
            f"macro-F1 at most {MOST_SUBSET_LOSS} below",
            f"{losses[worst]:+.3f} ({worst})",
            losses[worst] >= -MOST_SUBSET_LOSS,
        )
    )
    errors = {name: row["ece"] for name, row in report["subsets"].items()}
    worst = max(errors, key=lambda name: errors[name])
    found.append(
        _goal(
            "calibrated in every subset",
            f"ECE at most {MOST_ECE}",
            f"{errors[worst]:.3f} ({worst})",
            errors[worst] <= MOST_ECE,
        )
    )
    found += _world_goals(report["worlds"])
    calm, noise, gap = report["stationary"], report.get("noise"), report["shapley"]["largest_gap"]
    found.append(
        _goal(
            "no dip in lessons without change",
            f"at least {LEAST_WITHOUT_DIP:.0%} of lessons",
            f"{calm['without_dip']:.0%} of {calm['lessons']}, {calm['abstained']:.0%} abstained",
            calm["without_dip"] >= LEAST_WITHOUT_DIP,
        )
    )
    found.append(
        _goal(
            "silent on clips of noise",
            f"at least {LEAST_SILENT_ON_NOISE:.0%}",
            "not measured" if noise is None else f"{noise['abstained']:.0%} of the windows of {noise['clips']} clips",
            None if noise is None else noise["abstained"] >= LEAST_SILENT_ON_NOISE,
        )
    )
    found.append(
        _goal(
            "Shapley values sum to estimate minus prior",
            f"within {SHAPLEY_TOLERANCE:g}",
            "no line was estimated" if gap is None else f"{gap:.1g}",
            None if gap is None else gap <= SHAPLEY_TOLERANCE,
        )
    )
    return found


def _world_goals(worlds: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    low, high = BAND_GOAL
    found = []
    for name, row in worlds.items():
        band = row["band_coverage"]
        shown = "no line was estimated" if band is None else f"{band:.3f}"
        if name in FLOOR_WORLDS:
            met = None if band is None else band >= BAND_FLOOR
            found.append(_goal(f"band holds the truth: {name}", f"at least {BAND_FLOOR}", shown, met))
        elif name == TRAINING_MIX:
            met = None if band is None else low <= band <= high
            found.append(_goal(f"band holds the truth: {name}", f"{low} to {high}", shown, met))
            abstained, wrong = row["abstained"], row["selective_error"]
            found.append(
                _goal(
                    f"abstains seldom: {name}",
                    f"at most {MOST_ABSTAINED:.0%}",
                    f"{abstained:.1%}",
                    abstained <= MOST_ABSTAINED,
                )
            )
            found.append(
                _goal(
                    f"low or not low is right: {name}",
                    f"at most {MOST_SELECTIVE_ERROR:.0%} wrong",
                    "no line was estimated" if wrong is None else f"{wrong:.1%}",
                    None if wrong is None else wrong <= MOST_SELECTIVE_ERROR,
                )
            )
    return found


def _above_zero(name: str, ci95: tuple[float, float] | None) -> dict[str, Any]:
    if ci95 is None:
        return _goal(name, "interval above 0", "not measured", None)
    return _goal(name, "interval above 0", f"{ci95[0]:+.3f} to {ci95[1]:+.3f}", ci95[0] > 0)


def _goal(name: str, goal: str, measured: str, met: bool | None) -> dict[str, Any]:
    return {"name": name, "goal": goal, "measured": measured, "met": met if met is None else bool(met)}


def _words(name: str) -> str:
    return {"index": "additive index"}.get(name, name.replace("_", " "))
