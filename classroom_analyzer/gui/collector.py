"""Collects Python's garbage on the window's thread, because a worker that frees a Qt object ends the process."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

__all__ = ["GarbageCollector"]

_CHECK_INTERVAL_MS = 200


class GarbageCollector(QObject):
    """Switches automatic collection off until ``close`` and collects at the usual thresholds from a timer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        gc.freeze()  # what is loaded by now stays; walking it again and again would only cost time
        self._timer = QTimer(self, interval=_CHECK_INTERVAL_MS)
        self._timer.timeout.connect(self._check)
        self._timer.start()

    def close(self) -> None:
        """Give collection back to the interpreter."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _check(self) -> None:
        counts = gc.get_count()
        due = [g for g in (0, 1, 2) if counts[g] > self._thresholds[g] > 0]
        if due:
            gc.collect(max(due))
