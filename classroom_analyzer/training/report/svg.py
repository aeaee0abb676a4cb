"""Turns a figure into an inline ``<svg>``: text stays text, and colours are CSS variables for light, dark and print."""

from __future__ import annotations

import io
import re
from typing import Literal

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

__all__ = ["ACCENTS", "BAND", "GRID", "INK", "MUTED", "dress", "to_svg"]

# Colours that stand for CSS variables while matplotlib draws; no chart uses them otherwise.
INK, MUTED, GRID, BAND = "#010101", "#020202", "#030303", "#040404"
ACCENTS = ("#050505", "#060606", "#070707", "#080808")
_VARIABLES = {INK: "ink", MUTED: "muted", GRID: "grid", BAND: "band", **{a: f"line{i}" for i, a in enumerate(ACCENTS)}}


def to_svg(figure: Figure, name: str, description: str) -> str:
    """Return the figure as an element.

    Args:
        figure: Drawn with the stand-in colours of this module.
        name: Distinct within a page.
        description: What a reader who cannot see it is told; no quotes.
    """
    out = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)
    # Charts share a page: only names that something refers to are kept, and those are made the chart's own.
    referred = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', text))
    text = re.sub(r' id="([^"]+)"', lambda m: m.group(0) if m.group(1) in referred else "", text)
    text = re.sub(r'(url\(#|href="#| id=")([^)"]+)', rf"\1{name}-\2", text)
    for colour, variable in _VARIABLES.items():
        text = text.replace(colour, f"var(--{variable})")
    text = re.sub(r"font: ([\d.]+)px '[^;\"]*", r"font: \1px system-ui, sans-serif", text)
    box = re.search(r'viewBox="[^"]+"', text)
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    attributes = f'{box.group(0) if box else ""} role="img" aria-label="{description}"'
    return re.sub(r"^<svg[^>]*>", f"<svg {spaces} {attributes}>", text, count=1)


def dress(axes: Axes, *, title: str = "", grid: Literal["both", "x", "y"] = "both") -> None:
    """Give axes the look of the page."""
    if title:
        axes.set_title(title, fontsize=9, color=INK, loc="left")
    axes.set_facecolor("none")
    axes.tick_params(colors=INK, labelsize=8, length=3)
    axes.grid(axis=grid, color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.xaxis.label.set_color(INK)
    axes.yaxis.label.set_color(INK)
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(MUTED)
