"""Limits that hold for pictures of every source."""

from __future__ import annotations

__all__ = ["MAX_PIXELS"]

MAX_PIXELS = 2**26  # a picture of 8192 x 8192
