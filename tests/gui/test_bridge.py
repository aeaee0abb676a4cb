from __future__ import annotations

from classroom_analyzer.gui.bridge import SessionBridge
from tests.gui.fakes import FakeSession


def test_pictures_and_numbers_come_until_the_lesson_is_finished(qtbot):
    session = FakeSession(t_s=5)
    bridge = SessionBridge(session)
    pictures, numbers = [], []
    bridge.preview_ready.connect(pictures.append)
    bridge.dashboard_ready.connect(numbers.append)
    bridge.start()
    qtbot.wait(450)
    assert 5 <= len(pictures) <= 15
    assert 2 <= len(numbers) <= 4
    session.finished = True
    with qtbot.waitSignal(bridge.finished, timeout=1000):
        pass
    polled = session.previews, session.dashboards
    qtbot.wait(300)
    assert (session.previews, session.dashboards) == polled


def test_pictures_are_not_polled_while_nobody_sees_them(qtbot):
    session = FakeSession()
    bridge = SessionBridge(session)
    bridge.start()
    bridge.set_preview_wanted(False)
    qtbot.wait(150)
    assert session.previews == 0
    bridge.stop()
