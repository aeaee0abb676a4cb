"""What ``evaluate fusion`` prints for people: one table with the baselines always in it, then the rest in lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["fusion_lines", "score_lines"]

COLUMNS = ("macro_f1", "uar", "qwk", "ccc", "mse", "auroc_low", "ece")
HEADER = ("macro-F1  (95 %)", "UAR", "QWK", "CCC", "MSE", "AUROC", "ECE")


def fusion_lines(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a report.

    Args:
        report: As ``--json`` prints it.
    """
    data, model = report["data"], report["model"]
    if data["name"] == "simulated":
        yield "Simulated classes: nothing here says how well it judges a real class."
    yield f"Model       {model['name']} ({model['spec']})"
    yield (f"Rows        {data['complete_rows']} of {data['rows']} complete, {data['groups']} "
           f"{'classes' if data['name'] == 'simulated' else 'people or classes'}, "
           f"{data['prevalence_low']:.0%} low")  # fmt: skip
    if data["few_groups"]:
        yield "            fewer than 10 groups: read no figure without its interval"
    yield ""
    yield from score_lines(report)
    for name, why in report["against_missing"].items():
        yield f"Against     {name.replace('_', ' ')}: {why}"


def score_lines(scores: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines that a report and a model card have in common."""
    subsets = scores["subsets"]
    yield f"{'':26}{HEADER[0]:22}" + "".join(f"{name:>7}" for name in HEADER[1:])
    for part in (scores["baselines"], subsets, scores["rivals"]):
        for name, row in part.items():
            yield _row(name.replace("_", " "), row)
    yield ""
    yield f"Best single {scores['best_single']}; all modalities minus it: {_span(scores['paired_ci95'])} macro-F1"
    for name, ci95 in scores["against"].items():
        if ci95 is not None:
            yield f"Against     {name.replace('_', ' ')}: {_span(ci95)}"
    for name, row in scores["drop"].items():
        yield f"Without     {name}: macro-F1 falls by {row['macro_f1_drop']:+.3f} ({_span(row['ci95'])})"
    for name, row in scores.get("worlds", {}).items():
        band = "–" if row["band_coverage"] is None else f"{row['band_coverage']:.2f}"
        yield f"World       {name}: {band} in the band, {row['abstained']:.0%} abstained, {row['n']} lines"
    if "goals" in scores:
        yield ""
        for goal in scores["goals"]:
            word = {True: "met", False: "NOT MET", None: "not measured"}[goal["met"]]
            yield f"{word:14}{goal['name']}: {goal['measured']} ({goal['goal']})"


def _row(name: str, row: Mapping[str, Any]) -> str:
    low, high = row["ci95"]["macro_f1"]
    cells = "".join(f"{_number(row[column]):>7}" for column in COLUMNS[1:])
    between = f"{row['macro_f1']:.3f}  ({low:.3f}-{high:.3f})"
    return f"{name:26}{between:22}{cells}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _span(ci95: tuple[float, float] | None) -> str:
    return "–" if ci95 is None else f"{ci95[0]:+.3f} to {ci95[1]:+.3f}"
