"""Charts as inline SVG. Colours are CSS variables, so that one picture serves light, dark and print."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from classroom_analyzer.reports.class_line import ClassLine
from classroom_analyzer.reports.figures import Series
from classroom_analyzer.reports.fonts import chart_fonts
from classroom_analyzer.reports.speech import say
from classroom_analyzer.reports.wording import clock

__all__ = ["CSS_COLOURS", "draw_class_line", "draw_series"]

# Colours that stand for CSS variables while matplotlib draws; no chart uses them otherwise.
_INK, _MUTED, _GRID, _GAP = "#010101", "#020202", "#030303", "#040404"
_CLASS, _VIDEO, _AUDIO, _CHAT = "#050505", "#060606", "#070707", "#080808"
CSS_COLOURS = {
    _INK: "--ink",
    _MUTED: "--muted",
    _GRID: "--grid",
    _GAP: "--gap",
    _CLASS: "--class",
    _VIDEO: "--video",
    _AUDIO: "--audio",
    _CHAT: "--chat",
}
# Line styles carry the same difference as the colours (solid, dash, dot).
_STYLES = {"video": (_VIDEO, "-"), "audio": (_AUDIO, (0, (5, 1.5))), "chat": (_CHAT, (0, (1, 1.2)))}
WIDTH_IN = 7.6
SERIES_BINS = 240  # about one per two pixels
# Gaps shorter than these shares of the lesson have no room for a label, or for one that lies level.
LABELLED_GAP, LEVEL_LABEL = 0.03, 0.13
LEAST_HALF_RANGE = 0.1  # the axis never blows up a flat line


def draw_class_line(line: ClassLine) -> str:
    """Draw the class line against the lesson's own median, without digits of the estimate.

    Args:
        line: With at least one bin that has an estimate.

    Returns:
        An ``<svg>`` element.
    """
    canvas = Canvas(figsize=(WIDTH_IN, 2.9), layout="constrained")
    axes = canvas.subplots()
    middle = line.median if line.median is not None else 0.5
    edges = np.array([[b.from_s, b.to_s] for b in line.bins], float)
    value, low, high = (
        np.array([np.nan if v is None else v for v in column], float)
        for column in zip(*((b.engagement, b.low, b.high) for b in line.bins), strict=True)
    )
    half = max(LEAST_HALF_RANGE, float(np.nanmax(np.abs(np.stack([low, high]) - middle)))) * 1.08
    # Each bin is drawn over its whole length, so that a lone bin between gaps shows.
    at_s = edges.ravel()
    axes.fill_between(
        at_s, low.repeat(2), high.repeat(2), facecolor="none", edgecolor=_CLASS, hatch="////", linewidth=0.0, alpha=0.35
    )
    axes.plot(at_s, low.repeat(2), color=_CLASS, linewidth=0.6, alpha=0.6)
    axes.plot(at_s, high.repeat(2), color=_CLASS, linewidth=0.6, alpha=0.6)
    axes.plot(at_s, value.repeat(2), color=_CLASS, linewidth=2.0, solid_capstyle="butt")
    axes.axhline(middle, color=_MUTED, linewidth=1.0, linestyle=(0, (4, 3)))
    for start_s, end_s in _gaps(edges, value):
        axes.axvspan(start_s, end_s, color=_GAP, linewidth=0)
        share = (end_s - start_s) / edges[-1, 1]
        if share >= LABELLED_GAP:
            axes.text(
                (start_s + end_s) / 2,
                middle + half * 0.9,
                say("no estimate"),
                color=_INK,
                fontsize=8.5,
                ha="center",
                va="top",
                rotation=90 if share < LEVEL_LABEL else 0,
            )
    axes.set_ylim(middle - half, middle + half)
    axes.set_yticks(
        [middle - half * 0.85, middle, middle + half * 0.85],
        [say("lower"), say("this lesson's\nmedian"), say("higher")],
    )
    _dress(axes, edges[-1, 1])
    return _svg(
        canvas,
        "class-line",
        say("The class line over the lesson, against the lesson's own median, with its model range"),
    )


def draw_series(drawn: Sequence[Series], duration_s: float) -> str:
    """Draw quantities over the lesson, one strip each.

    Args:
        drawn: At least one.
        duration_s: Length of the lesson.

    Returns:
        An ``<svg>`` element.
    """
    canvas = Canvas(figsize=(WIDTH_IN, 0.5 + 1.05 * len(drawn)), layout="constrained")
    grid = canvas.subplots(len(drawn), 1, sharex=True, squeeze=False)
    for axes, one in zip(grid[:, 0], drawn, strict=True):
        colour, style = _STYLES[one.kind]
        t_s, values = _binned(one, duration_s)
        axes.plot(t_s, values, color=colour, linestyle=style, linewidth=1.6)
        axes.set_ylim(0, one.top)
        axes.yaxis.set_major_locator(MaxNLocator(2, integer=one.top > 1))
        if one.top <= 1:
            axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:.0%}"))
        axes.set_title(one.label, fontsize=9, color=_INK, loc="left")
        _dress(axes, duration_s)
        axes.set_xlabel("")
    grid[-1, 0].set_xlabel(say("time in the lesson"), color=_INK, fontsize=9)
    what = say(", ").join(one.label for one in drawn)
    return _svg(canvas, "series", say("Over the lesson: {what}", what=what))


def _binned(one: Series, duration_s: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Means over stretches of a 240th of the lesson, at least 1 s; NaN where a stretch holds no value."""
    width_s = max(duration_s / SERIES_BINS, 1.0)
    values = np.array([np.nan if v is None else v for v in one.values], float)
    stretch = np.ceil(np.array(one.t_s) / width_s).astype(int)
    known = ~np.isnan(values)
    count = np.bincount(stretch[known], minlength=stretch.max() + 1)
    total = np.bincount(stretch[known], weights=values[known], minlength=stretch.max() + 1)
    used = np.unique(stretch)
    means = np.full(len(used), np.nan)
    np.divide(total[used], count[used], out=means, where=count[used] > 0)
    return used * width_s, means


def _gaps(edges: NDArray[np.float64], value: NDArray[np.float64]) -> list[tuple[float, float]]:
    spans: list[tuple[float, float]] = []
    for (start_s, end_s), known in zip(edges.tolist(), ~np.isnan(value), strict=True):
        if known:
            continue
        if spans and spans[-1][1] == start_s:
            spans[-1] = (spans[-1][0], end_s)
        else:
            spans.append((start_s, end_s))
    return spans


def _dress(axes: Axes, duration_s: float) -> None:
    axes.set_xlim(0, duration_s)
    steps = [1, 2, 3, 6, 10] if duration_s > 120 else [1, 2, 5, 10]
    axes.xaxis.set_major_locator(MaxNLocator(7, steps=steps))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda t, _: clock(t)))
    axes.set_xlabel(say("time in the lesson"), color=_INK, fontsize=9)
    axes.set_facecolor("none")
    axes.tick_params(colors=_INK, labelsize=9, length=3)
    axes.grid(axis="x", color=_GRID, linewidth=0.6)
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(_MUTED)


def _svg(canvas: Canvas, name: str, description: str) -> str:
    out = io.StringIO()
    # Text stays text: it can be read aloud, found and printed sharp.
    style = {"svg.fonttype": "none", "svg.hashsalt": name, "hatch.linewidth": 0.7, "font.family": chart_fonts()}
    with matplotlib.rc_context(style), warnings.catch_warnings():
        # Without a Chinese font widths are guessed; the browser draws the text with what it finds.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        canvas.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    # Two charts share a page: names nobody refers to would clash.
    referred = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', text))
    text = re.sub(r' id="([^"]+)"', lambda m: m.group(0) if m.group(1) in referred else "", text)
    for stand_in, variable in CSS_COLOURS.items():
        text = text.replace(stand_in, f"var({variable})")
    text = re.sub(r"font: ([\d.]+)px '[^;\"]*", r"font: \1px system-ui, sans-serif", text)
    box = re.search(r'viewBox="[^"]+"', text)
    attributes = f'{box.group(0) if box else ""} role="img" aria-label="{description}"'
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return re.sub(r"^<svg[^>]*>", f"<svg {spaces} {attributes}>", text, count=1)
