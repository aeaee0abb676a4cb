"""Calibrates affect heads and scores them on persons never seen: intervals over persons, majority and prior beside.

Labels are very uneven (few are high), so accuracy says nothing. ``macro_f1`` takes the most probable level;
``balanced`` takes the level whose probability is largest against its share in training, which is what UAR rewards.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import expit

from classroom_analyzer.fusion.protocol import level_probabilities
from classroom_analyzer.perception.vision.affect import HIGH, LEVELS, PARTS, STATES, AffectHead
from classroom_analyzer.training import metrics
from classroom_analyzer.training.affect.data import CALIBRATION, ClipRows
from classroom_analyzer.training.affect.network import AffectNet
from classroom_analyzer.training.bootstrap import GroupDraws, draw_groups, interval

__all__ = ["LEAST_CALIBRATION", "calibrated", "fit_temperature", "score_state", "test_scores"]

TEMPERATURE_RANGE = (0.05, 20.0)  # VALIDITY section 4
SMALLEST_P = 1e-9
LEAST_CALIBRATION = 50  # clips; a temperature of fewer says nothing

Floats = NDArray[np.float64]
Levels = NDArray[np.int64]


def fit_temperature(logits: Floats, level: Levels) -> float:
    """Return the temperature with the least negative log-likelihood (Guo and others 2017).

    Args:
        logits: ``(n, 3)`` of P(level >= 1..3).
        level: ``(n,)``.
    """

    def loss(log_temperature: float) -> float:
        probabilities = level_probabilities(expit(logits / np.exp(log_temperature)))
        return float(-np.log(np.maximum(probabilities[np.arange(len(level)), level], SMALLEST_P)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=np.log(TEMPERATURE_RANGE), method="bounded").x))


def calibrated(
    net: AffectNet, windows: NDArray[np.float32], rows: ClipRows
) -> tuple[dict[str, NDArray[np.float32]], dict[str, Any]]:
    """Divide each state's weights by its temperature, fitted on the calibration persons.

    Args:
        net: Trained head.
        windows: ``(n, 2 d) float32`` of all rows.
        rows: Labels and parts of the same rows.

    Returns:
        The head's arrays by the names of ``PARTS``, and what calibration changed, for the card.
    """
    mean, scale, weight, bias = (
        part.detach().float().cpu().numpy().copy() for part in (net.mean, net.scale, net.weight, net.biases)
    )
    apart = rows.rows(CALIBRATION)
    if len(apart) < LEAST_CALIBRATION:
        about = f"fewer than {LEAST_CALIBRATION} clips of validation persons apart, so nothing was calibrated"
        return _named(mean, scale, weight, bias), {"n": len(apart), "about": about}
    logits = AffectHead(mean, scale, weight, bias).logits(windows[apart])
    states = {}
    for number, state in enumerate(STATES):
        level = rows.labels[apart, number]
        temperature = fit_temperature(logits[:, number], level)
        before, after = (_levels(logits[:, number] / t) for t in (1.0, temperature))
        states[state] = {
            "temperature": temperature,
            "ece_before": metrics.ece(level, before),
            "ece_after": metrics.ece(level, after),
        }
        weight[number] /= np.float32(temperature)
        bias[number] /= np.float32(temperature)
    return _named(mean, scale, weight, bias), {"n": len(apart), "range": list(TEMPERATURE_RANGE), "states": states}


def test_scores(
    tensors: dict[str, NDArray[np.float32]], windows: NDArray[np.float32], rows: ClipRows, seed: int
) -> dict[str, Any]:
    """Score the head's arrays on the test persons, state by state; ``windows`` are those of all rows."""
    train, test = rows.rows("train"), rows.rows("test")
    assert not set(rows.subject[test]) & set(rows.subject[rows.part != "test"]), "a test person was trained on"
    logits = AffectHead(*(tensors[name] for name in PARTS)).logits(windows[test])
    draws = draw_groups(rows.subject[test], seed)
    return {
        state: score_state(rows.labels[train, number], rows.labels[test, number], _levels(logits[:, number]), draws)
        for number, state in enumerate(STATES)
    }


def _levels(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities ``(n, 4)`` of the levels from logits ``(n, 3)``."""
    return level_probabilities(expit(logits))


def _named(*arrays: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
    return dict(zip(PARTS, arrays, strict=True))


def score_state(train: Levels, level: Levels, probabilities: Floats, draws: GroupDraws) -> dict[str, Any]:
    """Score one state.

    Args:
        train: ``(m,)`` levels of the training rows.
        level: ``(n,)`` levels of the test rows.
        probabilities: ``(n, 4)`` of the levels.
        draws: Of the persons of the test rows.

    Returns:
        Values by metric, None where one has no value; ``ci95`` holds intervals under the same names.
    """
    prior = np.bincount(train, minlength=LEVELS) / len(train)
    high, score = level >= HIGH, probabilities[:, HIGH:].sum(axis=1)
    expected = probabilities @ np.arange(LEVELS)
    guess, sureness = probabilities.argmax(axis=1), probabilities.max(axis=1)
    balanced = (probabilities / np.maximum(prior, SMALLEST_P) * (prior > 0)).argmax(axis=1)
    majority = np.full(len(level), int(prior.argmax()))
    squared = (level - expected) ** 2
    constant = (level - float(train.mean())) ** 2
    misses = ((probabilities - np.eye(LEVELS)[level]) ** 2).sum(axis=1)
    prior_misses = ((prior - np.eye(LEVELS)[level]) ** 2).sum(axis=1)
    counts, drawn = _counts(level, guess, draws), _counts(level, balanced, draws)
    always = _counts(level, majority, draws)
    values: dict[str, tuple[float | None, Floats]] = {
        "macro_f1": _of(metrics.macro_f1, counts),
        "uar": _of(metrics.uar, counts),
        "qwk": _of(metrics.qwk, counts),
        "balanced_macro_f1": _of(metrics.macro_f1, drawn),
        "balanced_uar": _of(metrics.uar, drawn),
        "auroc_high": (metrics.auroc(high, score), draws.auroc(high, score)),
        "auprc_high": (metrics.auprc(high, score), draws.auprc(high, score)),
        "ccc": (metrics.ccc(level.astype(np.float64), expected), draws.ccc(level.astype(np.float64), expected)),
        "mse": (float(squared.mean()), draws.mean(squared)),
        "mae": (float(np.abs(level - expected).mean()), draws.mean(np.abs(level - expected))),
        "ece": (metrics.ece(level, probabilities), draws.ece(level, probabilities)),
        "brier": (float(misses.mean()), draws.mean(misses)),
        "aurc": (metrics.aurc(sureness, guess == level), draws.aurc(sureness, guess == level)),
    }
    gain = metrics.macro_f1(drawn[1]) - metrics.macro_f1(always[1])
    return {
        "n": len(level),
        "persons": draws.groups,
        "levels": np.bincount(level, minlength=LEVELS).tolist(),
        "prevalence_high": float(high.mean()),
        **{name: value for name, (value, _) in values.items()},
        "ci95": {name: interval(by_draw) for name, (_, by_draw) in values.items()},
        "draws_lacking_a_level": draws.lacking(level),
        "absent_levels": list(metrics.absent_levels(counts[0])),
        "majority": {"macro_f1": _of(metrics.macro_f1, always)[0], "uar": _of(metrics.uar, always)[0]},
        "prior": {"auroc_high": 0.5 if 0 < high.mean() < 1 else None, "brier": float(prior_misses.mean())},
        "constant": {"mse": float(constant.mean())},
        "skill": metrics.skill(float(squared.mean()), float(constant.mean())),
        "balanced_macro_f1_over_majority_ci95": interval(gain),
    }


def _counts(level: Levels, guess: Levels, draws: GroupDraws) -> tuple[Floats, Floats]:
    """Confusion matrices of all rows, ``(4, 4)``, and of every draw, ``(draws, 4, 4)``."""
    return metrics.confusion(level, guess), draws.confusion(level, guess)


def _of(metric: Callable[[Floats], Floats], counts: tuple[Floats, Floats]) -> tuple[float, Floats]:
    """A metric of all rows and of every draw."""
    return float(metric(counts[0])), metric(counts[1])
