"""Where the project's own files lie: ``assets/`` in a checkout, ``classroom_analyzer/_assets`` in a wheel."""

from __future__ import annotations

from pathlib import Path

__all__ = ["path"]

_PACKAGE = Path(__file__).resolve().parent.parent
_INSTALLED = _PACKAGE / "_assets"
_CHECKOUT = _PACKAGE.parent / "assets"


def path(*parts: str) -> Path:
    """Return the path of a file of the assets folder, whether or not it is there."""
    root = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return root.joinpath(*parts)
