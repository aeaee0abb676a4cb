"""Replaces names by P01, P02 ... The roster that leads back stays here, in memory, apart from the messages."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from types import MappingProxyType

__all__ = ["Pseudonyms"]


class Pseudonyms:
    """Numbers names by first appearance. May be called from any thread."""

    def __init__(self) -> None:
        self._by_name: dict[str, str] = {}
        self._lock = Lock()

    def of(self, name: str) -> str:
        """Pseudonym of a name, a new one at its first appearance."""
        with self._lock:
            return self._by_name.setdefault(name, f"P{len(self._by_name) + 1:02d}")

    @property
    def roster(self) -> Mapping[str, str]:
        """Name to pseudonym; personal data, for the vault only."""
        return MappingProxyType(self._by_name)
