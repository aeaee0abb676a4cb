"""The evaluation page: one self-contained HTML file without scripts; the same figures as tables and JSON beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from classroom_analyzer.errors import OutputNotWritableError
from classroom_analyzer.models import assets
from classroom_analyzer.training.report import charts
from classroom_analyzer.training.report.charts import Span
from classroom_analyzer.training.report.summary import summary
from classroom_analyzer.training.report.target import JSON_NAME, PAGE_NAME, SUMMARY_NAME, check_target
from classroom_analyzer.training.report.wording import (
    BASELINE_NAMES,
    MODEL_NAMES,
    RISK_NAMES,
    figure,
    percent,
    signed,
    span,
)

__all__ = ["page", "write_report"]

TEMPLATE_NAME = "fusion.html.j2"
COLUMNS = (
    ("macro_f1", "macro-F1"),
    ("uar", "UAR"),
    ("qwk", "QWK"),
    ("ccc", "CCC"),
    ("mse", "MSE"),
    ("skill", "skill"),
    ("auroc_low", "AUROC low"),
    ("auprc_low", "AUPRC low"),
    ("ece", "ECE"),
    ("brier", "Brier"),
)
GOAL = (0.78, 0.85)
LIMITS = (
    "An estimate is the level that a trained observer would probably give, from observable participation; it is not "
    "learning, effort or ability, and no figure here is about one person.",
    "Intervals cover the draw of classes or people, not what a simulator or a data set leaves out.",
)

Row = tuple[str, Mapping[str, Any], bool]


def write_report(report: Mapping[str, Any], folder: Path) -> Path:
    """Write ``report.html``, ``report.md`` and ``report.json``.

    Args:
        report: As ``--json`` prints it.
        folder: Made when it is not there; a report in it is never overwritten.

    Returns:
        The page.

    Raises:
        OutputNotWritableError: Nothing can be written there, or a report is there already.
    """
    check_target(folder)
    texts = {
        PAGE_NAME: page(report),
        SUMMARY_NAME: summary(report),
        JSON_NAME: json.dumps(report, ensure_ascii=False, indent=1, allow_nan=False) + "\n",
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            partial = folder / f"{name}.partial"
            partial.write_text(text, encoding="utf-8")
            partial.replace(folder / name)
    except OSError as error:
        raise OutputNotWritableError(folder, error.strerror or str(error)) from error
    return folder / PAGE_NAME


def page(report: Mapping[str, Any]) -> str:
    """Return the page of a report."""
    subsets, model, data = report["subsets"], report["model"], report["data"]
    full = max(subsets, key=lambda name: name.count("+"))
    simulated = data["name"] == "simulated"
    ours = MODEL_NAMES.get(model["kind"], model["kind"])
    tables = {
        "baselines": [(BASELINE_NAMES[name], row, False) for name, row in report["baselines"].items()],
        "singles": [(name, row, False) for name, row in subsets.items() if "+" not in name],
        "fusion": [(ours, subsets[full], True)] + [(MODEL_NAMES[n], row, False) for n, row in report["rivals"].items()],
    }
    absent = sorted({level for row in subsets.values() for level in row["absent_levels"]})
    environment = Environment(
        loader=FileSystemLoader(assets.path("report")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"figure": figure, "span": span, "percent": percent, "signed": signed}
    gap = report.get("shapley", {}).get("largest_gap")
    return environment.get_template(TEMPLATE_NAME).render(
        title=f"{ours} on {data['name']}",
        headline=_headline(report, ours, full, simulated),
        badge="simulated: not validated on real classes" if simulated else "one data set: not validated in your class",
        data_words=_data_words(data, simulated),
        data_modalities=full.replace("+", " + "),
        simulated=simulated,
        model=model,
        data=data,
        columns=COLUMNS,
        tables=tables,
        subsets=subsets,
        full=full,
        absent=", ".join(f"level {level}" for level in absent),
        shapley_words="no value" if gap is None else f"{gap:.0e}",
        charts=_charts(report, tables, ours),
        risk={RISK_NAMES[name]: row for name, row in report.get("risk_coverage", {}).items()},
        limits=[*LIMITS, *model["limits"]],
        goals=report.get("goals"),
        ceiling=report.get("ceiling"),
        robustness=report.get("robustness"),
        worlds=report["worlds"],
        stationary=report.get("stationary"),
        noise=report.get("noise"),
        shapley=report.get("shapley"),
        subset_loss=report["subset_loss"],
        drop=report["drop"],
        against_missing=report["against_missing"],
    )


def _charts(report: Mapping[str, Any], tables: Mapping[str, Sequence[Row]], ours: str) -> dict[str, Markup | None]:
    spans: list[Span] = [
        (label, row["macro_f1"], row["ci95"]["macro_f1"], mine) for rows in tables.values() for label, row, mine in rows
    ]
    against = [(f"− {report['best_single']} alone", report["paired_difference"], report["paired_ci95"], True)]
    against += [
        (f"− {MODEL_NAMES[name]}", difference, report["against"][name], False)
        for name, difference in report["against_difference"].items()
    ]
    errors = {name: row["ece"] for name, row in report["subsets"].items()}
    drawn: dict[str, str | None] = {
        "spans": charts.draw_spans(spans, "scores", "macro-F1"),
        "differences": charts.draw_spans(against, "differences", "difference in macro-F1", zero=True),
        "reliability": charts.draw_reliability(report["reliability"], errors),
        "risk": None,
        "missing": None,
        "noise": None,
        "worlds": None,
    }
    if "risk_coverage" in report:
        drawn["risk"] = charts.draw_risk({RISK_NAMES[name]: row for name, row in report["risk_coverage"].items()})
    if "robustness" in report:
        models = [name for name in report["robustness"]["missing"]["all"][0] if name != "rate"]
        names = {name: MODEL_NAMES[name] for name in models}
        for kind in ("missing", "noise"):
            drawn[kind] = charts.draw_robustness(report["robustness"][kind], kind, names)
    lines: list[Span] = [
        (name, row["band_coverage"], row["ci95"]["band_coverage"], at == 0)
        for at, (name, row) in enumerate(report["worlds"].items())
        if row["band_coverage"] is not None
    ]
    if lines:
        drawn["worlds"] = charts.draw_spans(lines, "worlds", "share inside the 80 % band", goal=GOAL)
    return {name: None if svg is None else Markup(svg) for name, svg in drawn.items()}


def _headline(report: Mapping[str, Any], ours: str, full: str, simulated: bool) -> str:
    score, single = report["subsets"][full], report["best_single"]
    alone, nothing = report["subsets"][single]["macro_f1"], report["baselines"]["majority"]["macro_f1"]
    where = "On simulated classes" if simulated else f"On {report['data']['name']}"
    return (
        f"{where} {ours} reaches a macro-F1 of {figure(score['macro_f1'])} ({span(score['ci95']['macro_f1'])}); "
        f"{single} alone reaches {figure(alone)}, always the majority {figure(nothing)}."
    )


def _data_words(data: Mapping[str, Any], simulated: bool) -> str:
    rows = f"{data['complete_rows']} of {data['rows']} rows complete"
    if simulated:
        return f"{data['groups']} simulated classes · {rows} · seed {data['seed']}"
    return f"{data['name']} · {data['groups']} people or classes · {rows} · seed {data['seed']}"
