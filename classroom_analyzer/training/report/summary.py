"""The evaluation as a page of Markdown tables, for documents that are kept under version control."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from classroom_analyzer.training.report.wording import (
    BASELINE_NAMES,
    MODEL_NAMES,
    RISK_NAMES,
    figure,
    percent,
    signed,
    span,
)

__all__ = ["summary"]

SCORES = ("macro_f1", "uar", "qwk", "ccc", "mse", "skill", "auroc_low", "auprc_low", "ece", "brier")
HEADER = ("", "macro-F1", "UAR", "QWK", "CCC", "MSE", "skill", "AUROC low", "AUPRC low", "ECE", "Brier")


def summary(report: Mapping[str, Any]) -> str:
    """Return the Markdown of a report, as ``--json`` prints it."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    data, model, subsets = report["data"], report["model"], report["subsets"]
    simulated = data["name"] == "simulated"
    full = max(subsets, key=lambda name: name.count("+"))
    yield "# Fusion: how the bundle scores" if simulated else f"# Fusion: how the bundle scores on {data['name']}"
    yield ""
    if simulated:
        yield "**Simulated classes: nothing here says how well the model judges a real class.**"
    yield (f"{model['name']}, sha256 `{(model['sha256'] or '')[:16]}`; {data['groups']} classes or people, "
           f"{data['complete_rows']} of {data['rows']} rows complete, {percent(data['prevalence_low'])} low, "
           f"seed {data['seed']}.")  # fmt: skip
    if simulated:
        calm = report["stationary"]
        every = " --every-second" if calm["every_s"] == 1 else ""
        yield (f"Made by `classroom-analyzer evaluate fusion --seed {data['seed']} "
               f"--classes {data['classes_per_world']} --lessons {calm['lessons']}{every} --out DIR`.")  # fmt: skip
    yield ("Brackets are 95 % intervals: whole classes or people drawn 2,000 times, models compared on the same draws. "
           f"{percent(data['draws_lacking_a_level'])} of the draws lack a level.")  # fmt: skip
    if "goals" in report:
        yield from ("", "## Goals", "")
        yield from _table(
            ("goal", "asked", "measured", ""),
            ((g["name"], g["goal"], g["measured"], _met(g["met"])) for g in report["goals"]),
        )
    yield from ("", "## Scores", "")
    named = [(BASELINE_NAMES[name], row) for name, row in report["baselines"].items()]
    named += [(name.replace("+", " + "), row) for name, row in subsets.items() if name != full]
    named += [(f"**{MODEL_NAMES.get(model['kind'], model['kind'])}, {full.replace('+', ' + ')}**", subsets[full])]
    named += [(MODEL_NAMES[name], row) for name, row in report["rivals"].items()]
    if "ceiling" in report:
        named.append(("engagement known exactly", report["ceiling"]))
    yield from _table(HEADER, ((label, *(_cell(row, score) for score in SCORES)) for label, row in named))
    yield ""
    yield (f"Macro-F1 minus that of {report['best_single']} alone: {signed(report['paired_difference'])} "
           f"({span(report['paired_ci95'])}).")  # fmt: skip
    for name, ci95 in report["against"].items():
        if ci95 is None:
            yield f"No figures for {MODEL_NAMES[name]}: {report['against_missing'][name]}."
        else:
            yield f"Minus the {MODEL_NAMES[name]}: {signed(report['against_difference'][name])} ({span(ci95)})."
    yield from ("", "## Subsets", "")
    yield from _table(
        ("given", "ECE before temperature", "ECE after", "against its best modality"),
        ((n.replace("+", " + "), figure(row["ece_before_temperature"]), _cell(row, "ece"), _loss(report, n))
         for n, row in subsets.items()),
    )  # fmt: skip
    for name, row in report["drop"].items():
        yield f"\nWithout {name} macro-F1 falls by {signed(row['macro_f1_drop'])} ({span(row['ci95'])})."
    if report["worlds"]:
        yield from ("", "## Class lines", "")
        scores = ("band_coverage", "abstained", "band_width", "mse", "ccc", "selective_error")
        header = ("world", "lines", "in the 80 % band", "abstained", "width", "MSE", "CCC", "wrong of answered")
        yield from _table(
            header, ((n, str(row["n"]), *(_cell(row, s) for s in scores)) for n, row in report["worlds"].items())
        )
    if "risk_coverage" in report:
        yield from ("", "## Risk and coverage", "")
        about = ("", "answered", "wrong of answered", "wrong of all", "AURC")
        yield from _table(about, ((RISK_NAMES[n], *_risk(row)) for n, row in report["risk_coverage"].items()))
    if "robustness" in report:
        yield from _robustness(report["robustness"])
    if "stationary" in report:
        calm, noise, shapley = report["stationary"], report.get("noise"), report["shapley"]
        yield from ("", "## Other checks", "")
        yield (f"- Lessons without change: no dip shown in {percent(calm['without_dip'])} of {calm['lessons']} "
               f"({span(calm['ci95'])}); {percent(calm['abstained'])} of windows abstained; a window every "
               f"{calm['every_s']} s.")  # fmt: skip
        if noise is not None:
            yield (f"- Recordings of noise: no estimate in {percent(noise['abstained'])} of the {noise['windows']} "
                   f"windows of {noise['clips']} clips.")  # fmt: skip
        gap = shapley["largest_gap"]
        yield (f"- Shapley values sum to estimate minus prior within {'no value' if gap is None else f'{gap:.0e}'} "
               f"({shapley['lines']} lines).")  # fmt: skip
    yield from ("", "## Limits", "")
    yield from (f"- {limit}" for limit in model["limits"])


def _robustness(curves: Mapping[str, Any]) -> Iterator[str]:
    for kind, title in (("missing", "share of steps lost"), ("noise", "noise, in sd of the training")):
        yield from ("", f"## Macro-F1 (abstained) against {title}", "")
        rates = [point["rate"] for point in curves[kind]["all"]]
        rows = [
            (target, MODEL_NAMES[model], *(_point(point[model]) for point in curve))
            for target, curve in curves[kind].items()
            for model in curve[0]
            if model != "rate"
        ]
        yield from _table(("in", "model", *(f"{rate:g}" for rate in rates)), rows)


def _point(scored: Mapping[str, Any]) -> str:
    return f"{figure(scored['macro_f1'])} ({percent(scored['abstained'])})"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _cell(row: Mapping[str, Any], score: str) -> str:
    value, ci95 = row.get(score), row.get("ci95", {}).get(score)
    return figure(value) if value is None or ci95 is None else f"{figure(value)} ({span(ci95)})"


def _loss(report: Mapping[str, Any], name: str) -> str:
    row = report["subset_loss"][name]
    if "+" not in name:
        return ""
    return f"{signed(row['macro_f1_difference'])} ({span(row['ci95'])}) on {row['best_modality']}"


def _risk(row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    wrong = "–" if row["selective_error"] is None else percent(row["selective_error"])
    return (
        f"{percent(row['coverage'])} ({span(row['coverage_ci95'])})",
        f"{wrong} ({span(row['selective_error_ci95'])})",
        percent(row["risk_of_all"]),
        f"{figure(row['aurc'])} ({span(row['aurc_ci95'])})",
    )


def _met(met: bool | None) -> str:
    return {True: "met", False: "**not met**", None: "not measured"}[met]
