"""Figures that a training run shows in TensorBoard: the confusion matrix and the weights of the modalities."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from classroom_analyzer.domain.modality import MODALITIES

__all__ = ["confusion_figure", "weights_figure"]

LIGHT_TEXT_ABOVE = 0.55  # of the colour map, where black on it can no longer be read


def confusion_figure(counts: NDArray[np.float64], *, title: str = "") -> Figure:
    """Draw how often each level was given for each true level.

    Colours are shares of a row, so that a rare level is as easy to read as a common one; the counts stand in the cells.

    Args:
        counts: ``(levels, levels)``, truth in rows; see ``metrics.confusion``.
        title: Over the picture.
    """
    truths = counts.sum(axis=1, keepdims=True)
    shares = counts / np.maximum(truths, 1)
    figure = Figure(figsize=(4.2, 3.9), layout="constrained")
    axes = figure.subplots()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for row, column in np.ndindex(*counts.shape):
        colour = "white" if shares[row, column] > LIGHT_TEXT_ABOVE else "black"
        text = f"{counts[row, column]:.0f}\n{shares[row, column]:.0%}"
        axes.text(column, row, text, ha="center", va="center", color=colour, fontsize=8)
    axes.set_xticks(range(counts.shape[1]))
    axes.set_yticks(range(counts.shape[0]))
    axes.set_xlabel("level given")
    axes.set_ylabel("level true")
    _title(axes, title)
    return figure


def weights_figure(
    weights: NDArray[np.float64], *, present: NDArray[np.bool_] | None = None, title: str = ""
) -> Figure:
    """Draw how much each modality was weighted in some rows; for debugging, never an explanation.

    Args:
        weights: ``(rows, 3)`` in [0, 1], in the order of ``MODALITIES``, for example attention weights of one member.
        present: ``(rows, 3) bool``; cells of absent modalities are left grey. All are present when None.
        title: Over the picture.
    """
    shown = np.ones(weights.shape, bool) if present is None else present
    figure = Figure(figsize=(6.4, 2.2), layout="constrained")
    axes = figure.subplots()
    axes.set_facecolor("0.85")
    picture = axes.imshow(
        np.ma.masked_array(weights, mask=~shown).T, cmap="viridis", vmin=0, vmax=1, aspect="auto", interpolation="none"
    )
    axes.set_yticks(range(len(MODALITIES)), [m.value for m in MODALITIES])
    axes.set_xlabel("row (grey: absent)")
    figure.colorbar(picture, ax=axes, label="weight")
    _title(axes, title)
    return figure


def _title(axes: Axes, title: str) -> None:
    if title:
        axes.set_title(title, fontsize=10)
