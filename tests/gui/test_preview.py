from __future__ import annotations

from PySide6.QtGui import QColor

from classroom_analyzer.gui.preview import PreviewView
from tests.gui.fakes import FakeSession


def test_the_picture_is_painted_in_its_own_colours(qtbot, theme):
    view = PreviewView(theme)
    qtbot.addWidget(view)
    view.resize(640, 360)
    preview = FakeSession().preview()
    preview.image[:] = (200, 100, 20)  # BGR
    view.show_preview(preview)
    assert view.grab().toImage().pixelColor(5, 5) == QColor(20, 100, 200)


def test_a_picture_of_another_shape_is_not_stretched(qtbot, theme):
    view = PreviewView(theme)
    qtbot.addWidget(view)
    view.resize(900, 300)
    view.show_preview(FakeSession().preview())
    target = view._image_rect()
    assert abs(target.width() / target.height() - 16 / 9) < 0.02
    assert target.center().x() == 450


def test_a_seat_stays_covered_until_the_lesson_gives_a_picture_that_it_masked(qtbot, theme):
    view = PreviewView(theme)
    qtbot.addWidget(view)
    view.resize(640, 360)
    preview = FakeSession().preview()
    preview.image[:] = (200, 100, 20)
    view.show_preview(preview)
    seat = preview.seats[0]
    x, y = (int(at * 640 / preview.image.shape[1]) for at in seat.box.centre_px)
    view.cover_seat(seat.seat)
    view.uncover(frozenset({seat.seat}))  # the analysis may be begun anew for seconds: the old picture stands
    assert view.grab().toImage().pixelColor(x, y) == QColor(0, 0, 0)
    view.show_preview(preview)
    assert view.grab().toImage().pixelColor(x, y) != QColor(0, 0, 0)
