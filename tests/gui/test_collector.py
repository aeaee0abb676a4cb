from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject

from classroom_analyzer.gui.collector import GarbageCollector


class Knot:
    def __init__(self) -> None:
        self.myself = self
        self.filler = [[] for _ in range(5000)]


def test_garbage_is_freed_on_the_windows_thread_only(qtbot):
    freed_on: list[int] = []
    parent = QObject()
    collector = GarbageCollector(parent)
    try:

        def work() -> None:
            for _ in range(20):
                knot = Knot()
                weakref.finalize(knot, lambda: freed_on.append(threading.get_ident()))

        worker = threading.Thread(target=work)
        worker.start()
        worker.join()
        assert freed_on == []
        qtbot.waitUntil(lambda: len(freed_on) == 20, timeout=3000)
        assert set(freed_on) == {threading.get_ident()}
    finally:
        collector.close()
    assert gc.isenabled()
