"""The charts of the evaluation page; each takes a part of the report and gives an ``<svg>``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from classroom_analyzer.training.report.svg import ACCENTS, BAND, GRID, INK, MUTED, dress, to_svg

__all__ = ["Span", "draw_reliability", "draw_risk", "draw_robustness", "draw_spans"]

Span = tuple[str, float, tuple[float, float] | None, bool]
"""A label, a value, its interval, and whether it is the one that the page is about."""

WIDTH_IN = 8.2
FEWEST_ROWS = 0.01  # share of the rows that a bin needs to lie on the line; smaller ones are dots only
# Lines differ by style as well as by colour: models are told apart in print and by everybody.
STYLES = (("-", 2.0), ((0, (5, 1.5)), 1.4), ((0, (1, 1.2)), 1.6), ((0, (4, 1.5, 1, 1.5)), 1.4))
CURVES = (("macro_f1", "macro-F1"), ("ccc", "CCC"), ("ece", "ECE"), ("abstained", "abstained"))
RATES = {"missing": "share of steps lost", "noise": "noise, in sd of the training"}


def draw_spans(
    spans: Sequence[Span],
    name: str,
    axis: str,
    *,
    zero: bool = False,
    goal: tuple[float, float] | None = None,
) -> str:
    """Draw values with their intervals, one line each, the first on top.

    Args:
        spans: What to draw.
        name: Distinct within the page.
        axis: What the values are.
        zero: Whether to mark 0.
        goal: A range to mark.
    """
    figure = Figure(figsize=(WIDTH_IN, 0.7 + 0.27 * len(spans)), layout="constrained")
    axes = figure.subplots()
    for row, (_, value, ci95, ours) in enumerate(spans):
        colour, width = (ACCENTS[0], 2.6) if ours else (MUTED, 1.4)
        if ci95 is not None:
            axes.plot(ci95, [row, row], color=colour, linewidth=width, solid_capstyle="butt")
        axes.plot([value], [row], "o", color=colour, markersize=6 if ours else 4.5)
    if zero:
        axes.axvline(0, color=INK, linewidth=1.0, linestyle=(0, (4, 3)))
    if goal is not None:
        axes.axvspan(*goal, color=BAND, linewidth=0)
    axes.set_yticks(range(len(spans)), [span[0] for span in spans])
    axes.set_ylim(len(spans) - 0.4, -0.6)
    axes.set_xlabel(axis, fontsize=9)
    dress(axes, grid="x")
    said = "; ".join(f"{label} {value:.3f}" for label, value, _, _ in spans)
    return to_svg(figure, name, f"{axis}: {said}")


def draw_reliability(reliability: Mapping[str, Mapping[str, Sequence[float]]], errors: Mapping[str, float]) -> str:
    """Draw, for each subset, how often the most probable level was right against how probable it was called.

    Args:
        reliability: ``n``, ``confidence`` and ``accuracy`` of each bin, by subset.
        errors: ECE by subset.
    """
    columns = 4
    rows = -(-len(reliability) // columns)
    figure = Figure(figsize=(WIDTH_IN, 2.15 * rows), layout="constrained")
    grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
    for axes, (name, bins) in zip(grid, reliability.items(), strict=False):
        n = np.array(bins["n"], float)
        axes.plot([0, 1], [0, 1], color=MUTED, linewidth=0.9, linestyle=(0, (4, 3)))
        confidence, accuracy = np.array(bins["confidence"]), np.array(bins["accuracy"])
        held = n >= FEWEST_ROWS * n.sum()
        axes.plot(confidence[held], accuracy[held], color=ACCENTS[0], linewidth=1.2)
        axes.scatter(confidence, accuracy, s=4 + 70 * n / n.sum(), color=ACCENTS[0])
        axes.set_xlim(0.2, 1)
        axes.set_ylim(0, 1)
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.yaxis.set_major_locator(MaxNLocator(4))
        axes.text(0.97, 0.05, f"ECE {errors[name]:.3f}", transform=axes.transAxes, ha="right", fontsize=8, color=INK)
        dress(axes, title=name.replace("+", " + "))
    for axes in grid[len(reliability) :]:
        axes.set_visible(False)
    figure.supxlabel("probability of the most probable level", fontsize=9, color=INK)
    figure.supylabel("share right", fontsize=9, color=INK)
    said = "; ".join(f"{name} ECE {error:.3f}" for name, error in errors.items())
    return to_svg(figure, "reliability", f"Reliability of each subset: {said}")


def draw_risk(curves: Mapping[str, Mapping[str, Any]]) -> str:
    """Draw the share of wrong answers against the share answered, with the point at which the bundle works.

    Args:
        curves: By name: ``curve``, ``coverage``, ``selective_error``, ``risk_of_all``.
    """
    figure = Figure(figsize=(WIDTH_IN, 2.7), layout="constrained")
    grid = figure.subplots(1, len(curves), sharey=True, squeeze=False)[0]
    for axes, (name, found) in zip(grid, curves.items(), strict=True):
        axes.plot(found["curve"]["coverage"], found["curve"]["risk"], color=ACCENTS[0], linewidth=1.6)
        axes.axhline(found["risk_of_all"], color=MUTED, linewidth=0.9, linestyle=(0, (4, 3)))
        if found["selective_error"] is not None:
            axes.plot([found["coverage"]], [found["selective_error"]], "o", color=ACCENTS[1], markersize=7)
        axes.set_xlim(0, 1.02)
        axes.set_ylim(0, 0.5)
        axes.xaxis.set_major_formatter(PercentFormatter(1.0))
        axes.yaxis.set_major_formatter(PercentFormatter(1.0))
        axes.set_xlabel("answered, surest first", fontsize=9)
        dress(axes, title=f"{name}: AURC {found['aurc']:.3f}")
    grid[0].set_ylabel("wrong of those answered", fontsize=9)
    said = "; ".join(f"{name} AURC {found['aurc']:.3f}" for name, found in curves.items())
    return to_svg(figure, "risk", f"Risk against coverage: {said}")


def draw_robustness(curves: Mapping[str, Sequence[Mapping[str, Any]]], kind: str, names: Mapping[str, str]) -> str:
    """Draw scores against lost steps or noise: a column per modality, a row per score, a line per model.

    Args:
        curves: By modality or ``all``; see ``robustness_curves``.
        kind: ``missing`` or ``noise``.
        names: What to call each model, in the order of drawing, at most four.
    """
    figure = Figure(figsize=(WIDTH_IN, 1.55 * len(CURVES) + 0.6), layout="constrained")
    grid = figure.subplots(len(CURVES), len(curves), sharex=True, sharey="row", squeeze=False)
    for column, (target, curve) in enumerate(curves.items()):
        rates = [point["rate"] for point in curve]
        for row, (score, label) in enumerate(CURVES):
            axes = grid[row, column]
            styles = list(zip(names.items(), ACCENTS, STYLES, strict=False))
            for (model, called), colour, (style, width) in reversed(styles):
                values = [point[model][score] for point in curve]
                axes.plot(rates, values, color=colour, linestyle=style, linewidth=width, label=called)
            axes.yaxis.set_major_locator(MaxNLocator(3))
            dress(axes, title=("all three" if target == "all" else target) if row == 0 else "")
            if column == 0:
                axes.set_ylabel(label, fontsize=9)
    for axes in grid[2]:
        axes.set_ylim(bottom=0)
    for axes in grid[3]:
        axes.set_ylim(-0.02, 1.02)
    handles, labels = grid[0, 0].get_legend_handles_labels()
    legend = figure.legend(
        handles[::-1], labels[::-1], loc="outside upper center", ncols=4, fontsize=8, frameon=False, labelcolor=INK
    )
    legend.get_frame().set_edgecolor(GRID)
    figure.supxlabel(RATES[kind], fontsize=9, color=INK)
    return to_svg(figure, f"robustness-{kind}", f"Scores against {RATES[kind]}, by modality and model")
