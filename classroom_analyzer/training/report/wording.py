"""What models, baselines and figures are called on the page and in the summary."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["BASELINE_NAMES", "MODEL_NAMES", "RISK_NAMES", "figure", "percent", "signed", "span"]

MODEL_NAMES = {
    "attention": "attention fusion",
    "weighted_average": "weighted average",
    "concatenation": "concatenation",
    "index": "additive index",
}
BASELINE_NAMES = {"majority": "always the majority", "prior": "prior, at random", "constant": "training mean"}
RISK_NAMES = {"class_lines": "class line", "seats": "seats"}


def figure(value: float | None) -> str:
    """Return for example ``.238``; a dash for what has no value."""
    return "–" if value is None else _short(f"{value:.3f}")


def signed(value: float) -> str:
    """Return for example ``+.012``."""
    return _short(f"{value:+.3f}")


def span(interval: Sequence[float] | None) -> str:
    """Return for example ``.225–.251``."""
    if interval is None:
        return "–"
    low, high = (figure(end) for end in interval)
    return f"{low} to {high}" if low.startswith("−") else f"{low}–{high}"


def percent(value: float) -> str:
    """Return for example ``31 %``."""
    return f"{100 * value:.0f} %"


def _short(number: str) -> str:
    """Leave the zero before the point out, and the sign before a zero; a minus is no hyphen."""
    sign, digits = ("", number) if number[0].isdigit() else (number[0], number[1:])
    if not digits.strip("0."):
        sign = ""
    return sign.replace("-", "−") + (digits[1:] if digits.startswith("0.") else digits)
