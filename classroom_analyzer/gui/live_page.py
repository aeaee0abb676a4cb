"""The page of a running lesson: picture left, class line or talk in the middle, chat right, devices below.

A lesson is handed in by ``begin``; what the teacher can do with it are the page's slots. ``LiveView`` says what may be
seen: a calibration lesson hides the line, and a screen that faces the class begins with the notice only.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from classroom_analyzer.domain.labels import LabelKind
from classroom_analyzer.domain.live import Dashboard, LiveSession, Preview
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.gui.class_table import ClassTable
from classroom_analyzer.gui.live_view import LiveView
from classroom_analyzer.gui.live_visibility import LiveVisibility
from classroom_analyzer.gui.marks import LineSight, Mark, Marks
from classroom_analyzer.gui.mask_question import ask_to_mask
from classroom_analyzer.gui.sentences import badge_text
from classroom_analyzer.gui.theme import Theme
from classroom_analyzer.gui.toast import Toast

__all__ = ["LivePage"]


class LivePage(LiveVisibility):
    """Shows one lesson; a new lesson gets a new page.

    Attributes:
        banner: Messages with buttons.
        devices: Bottom bar with all buttons.
        marks: What was pressed; None before ``begin``.

    Signals:
        view_changed: Strip or student view were opened or left, or the pause began or ended.
    """

    view_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._dashboard: Dashboard | None = None
        self._session: LiveSession | None = None
        self._toast: Toast | None = None
        self._view = LiveView()
        self._sight = LineSight()
        self.marks: Marks | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # so that no control is in focus before Tab is pressed
        self._connect()
        self._apply_visibility()

    def begin(self, session: LiveSession, view: LiveView | None = None, toast: Toast | None = None) -> None:
        """Take a lesson.

        Args:
            session: Running lesson; the page polls nothing, ``show_dashboard`` and ``show_preview`` are called.
            view: What may be seen.
            toast: Where short messages go; one over the page when None.
        """
        self._session = session
        self._view = view or LiveView()
        self._toast = toast or Toast(self)
        self._set_floor()
        self.nudge_banner.set_group_minimum(self._view.group_minimum)
        self.marks = Marks(session, line_seen=self._line_seen, own_names=self._view.own_markers, parent=self)
        self.marks.marked.connect(self._show_mark)
        self.marks.undone.connect(self._drop_mark)
        self.marks.said.connect(self._say)
        self._follow_calibration()
        self.set_student_visible(self._view.screen_faces_class)

    # What is shown

    def show_preview(self, preview: Preview) -> None:
        """Paint the newest picture, where it may be seen."""
        paused = self._dashboard is not None and self._dashboard.paused
        if self.preview.isVisible() and not paused and not self.window().isMinimized():
            self.preview.show_preview(preview)

    def show_dashboard(self, dashboard: Dashboard) -> None:
        """Show the newest numbers."""
        before, self._dashboard = self._dashboard, dashboard
        self._policy = dashboard.policy
        if before is None:
            self._apply_visibility()
            if dashboard.duration_s is None and not dashboard.finished:
                QApplication.beep()  # the notice that can be heard; the lamp is its twin
        if before is None or before.finished != dashboard.finished or before.paused != dashboard.paused:
            self._follow_state(dashboard)
        if dashboard.policy.allows_estimate:
            self.class_line.show_estimates(dashboard.estimates, paused=dashboard.paused)
            if dashboard.estimates:
                self.contribution.show_contribution(dashboard.estimates[-1].contribution)
            if self.tiles.isVisible():
                self.tiles.show_seats(dashboard.seats)
        else:
            self.talk.show_readings(dashboard.t_s, dashboard.readings)
        self.strips.show_readings(dashboard.t_s, dashboard.readings, dashboard.policy, self._view.group_minimum)
        if self.chat.isVisible():
            self.chat.show_messages(dashboard.chat)
        self.devices.show_dashboard(dashboard)
        self.student.show_dashboard(dashboard)
        self.preview.uncover(dashboard.masked_seats)
        self.warnings.show_warnings(dashboard.warnings)
        self.class_line.badge.setText(badge_text(dashboard.warnings))
        self.trouble_banner.follow(dashboard)
        self._show_strip(dashboard)
        self._nudge(dashboard)
        self._sight.note(visible=self._line_in_sight())

    @property
    def paused(self) -> bool:
        """Whether the lesson is paused, as far as was shown."""
        return self._dashboard is not None and self._dashboard.paused

    def set_student_visible(self, on: bool) -> None:
        """Show lamp and notice only, or the whole page again."""
        self.pages.setCurrentWidget(self.student if on else self.whole)
        self._set_floor()
        self._apply_visibility()
        self.view_changed.emit()

    def set_strip_shown(self, on: bool) -> None:
        """Show the small window and put the large one out of the way, or the other way round."""
        if on == self.strip_shown:
            return
        self._strip.set_shown(on)
        if self._dashboard is not None:
            self._show_strip(self._dashboard)
        self._apply_visibility()
        self.view_changed.emit()

    def give_strip_keyboard(self) -> None:
        """Open the small window and give it the keyboard."""
        self.set_strip_shown(True)
        if self.strip is not None:
            self.strip.take_keyboard()

    def table(self, parent: QWidget | None = None) -> ClassTable | None:
        """Line and strips of the last ten minutes as a table; None before the first numbers."""
        if self._dashboard is None:
            return None
        estimates = () if self.class_line.hidden else self._dashboard.estimates
        return ClassTable(estimates, badge_text(self._dashboard.warnings), parent, columns=self.strips.columns())

    def follow_settings(self, view: LiveView) -> None:
        """Take what a change of the settings changes at once: hints, names of own markers, the group rule."""
        self._view = replace(
            self._view, nudges=view.nudges, own_markers=view.own_markers, group_minimum=view.group_minimum
        )
        if self.marks is not None:
            self.marks.set_own_names(view.own_markers)
        self.nudge_banner.set_group_minimum(view.group_minimum)
        if not view.nudges:
            self.nudge_banner.hide()

    # What the teacher can do

    def mark(self) -> None:
        """Set a marker."""
        if self.marks is not None and self._running:
            self.marks.marker()

    def mark_own(self, number: int) -> None:
        """Set one of the own markers 1 to 9."""
        if self.marks is not None and self._running:
            self.marks.own_marker(number)

    def begin_note(self) -> None:
        """Open the line for a note; where students can see the screen it is a marker without words."""
        if self._dashboard is None or not self._running:
            return
        if self.student_visible:
            self.mark()
        else:
            self.note_line.begin(self._dashboard.t_s)
            self._set_floor()

    def with_me(self) -> None:
        """Say that the class is with the teacher."""
        self._label(LabelKind.WITH_ME)

    def lost(self) -> None:
        """Say that the class is lost."""
        self._label(LabelKind.LOST)

    def undo(self) -> None:
        """Take the newest press back, whichever kind it was."""
        if self.marks is not None:
            self.marks.undo()

    def toggle_pause(self) -> None:
        """Pause the lesson or go on."""
        if self._session is None or not self._running:
            return
        if self.paused:
            self._session.resume()
        else:
            self._session.pause()
        self.show_dashboard(self._session.dashboard())

    def ask_why(self, t_s: int) -> None:
        """Show what a moment of the line rests on."""
        dashboard = self._dashboard
        if self._session is None or dashboard is None or self.class_line.hidden or self._projector_safe:
            return
        if dashboard.policy is Policy.OBSERVE:
            return
        self.why.show_why(t_s, self._session.why(t_s))
        self.side.setCurrentWidget(self.why)
        self.why.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_why(self) -> None:
        """Show the chat again."""
        had_focus = self.why.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self.side.setCurrentWidget(self.chat)
        if self._dashboard is not None and self.chat.isVisible():
            self.chat.show_messages(self._dashboard.chat)
        if had_focus:
            self.class_line.plot.graphics.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_mask(self, seat: int) -> None:
        """Ask once whether a seat is to be masked, and mask it."""
        session = self._session
        if session is None or not self._running:
            return
        ask_to_mask(self, seat, lambda: self._mask(session, seat))

    def close_strip(self) -> None:
        """Take the small window away for good; called when the page is left."""
        self._strip.close()

    # How it works

    @property
    def _running(self) -> bool:
        return self._dashboard is None or not self._dashboard.finished

    def _label(self, kind: LabelKind) -> None:
        if self.marks is not None and self._running:
            self._sight.note(visible=self._line_in_sight())
            self.marks.label(kind)

    def _line_in_sight(self) -> bool:
        if self._dashboard is not None and not self._dashboard.policy.allows_estimate:
            return False
        return self._strip.line_visible or (self.class_line.line_visible and not self.student_visible)

    def _line_seen(self) -> bool:
        return self._sight.within_label

    def _show_mark(self, mark: Mark) -> None:
        self.class_line.add_mark(mark)
        self.talk.add_mark(mark)
        self._marks_changed()

    def _drop_mark(self, mark: Mark) -> None:
        self.class_line.remove_mark(mark)
        self.talk.remove_mark(mark)
        self._marks_changed()

    def _marks_changed(self) -> None:
        self.strips.show_marks(tuple(mark.t_s for mark in self.class_line.plot.marks()))
        self._follow_calibration()

    def _say(self, text: str, undo: bool) -> None:
        if self._toast is None:
            return
        if self.student_visible:
            text = self.tr("Noted.")  # students see the screen
        self._toast.show_text(text, (self.tr("Undo"), self.undo) if undo else None)
        self._strip.say(text, undo=undo)

    def _dispute(self, text: str, t_s: int) -> None:
        if self.marks is not None:
            self.marks.dispute(text, t_s)

    def _mask(self, session: LiveSession, seat: int) -> None:
        session.mask_seat(seat)
        self.preview.cover_seat(seat)
        if self._toast is not None:
            self._toast.show_text(self.tr("Seat {n} is masked").format(n=seat))

    def _follow_state(self, dashboard: Dashboard) -> None:
        """A pause or the end has come or gone."""
        self.preview.set_pickable(not dashboard.finished)
        self.preview.set_note(self.tr("Paused") if dashboard.paused else "")
        if dashboard.paused and not dashboard.finished:
            self.preview.clear()
            self.paused_banner.show_pause(self.toggle_pause)
        else:
            self.paused_banner.hide()
        if dashboard.finished:
            self.note_line.hide()
            self._set_floor()
            self.nudge_banner.hide()
        self._follow_calibration()
        self.view_changed.emit()

    def _follow_calibration(self) -> None:
        ended = self._dashboard is not None and self._dashboard.finished
        hidden = self._view.calibration and not ended
        labels = self.marks.label_count if self.marks is not None else 0
        self.class_line.set_hidden(hidden, labels)
        if hidden and self.side.currentWidget() is self.why:
            self.close_why()
        self._apply_visibility()

    def _nudge(self, dashboard: Dashboard) -> None:
        if self._session is not None and self._view.nudges:
            seen_by_others = self.student_visible or self._projector_safe
            line_allowed = not self.class_line.hidden
            self.nudge_banner.follow(dashboard, line_allowed=line_allowed, seen_by_others=seen_by_others)

    def _show_strip(self, dashboard: Dashboard) -> None:
        if self.strip is None or not self.strip.isVisible():
            return
        words = ""
        series = self.class_line.series
        if not dashboard.policy.allows_estimate:
            words = self.talk.sentence()
        elif self.class_line.hidden:
            words = self.tr("line hidden")
        elif self.student_visible:
            words = self.tr("Notes")
        self.strip.show_dashboard(dashboard, None if words else series, words)

    def _connect(self) -> None:
        self._strip.with_me_pressed.connect(self.with_me)
        self._strip.lost_pressed.connect(self.lost)
        self._strip.undo_pressed.connect(self.undo)
        self._strip.left.connect(lambda: self.set_strip_shown(False))
        self.devices.height_changed.connect(self._set_floor)
        self.devices.mark_pressed.connect(self.mark)
        self.devices.note_pressed.connect(self.begin_note)
        self.devices.with_me_pressed.connect(self.with_me)
        self.devices.lost_pressed.connect(self.lost)
        self.devices.pause_pressed.connect(self.toggle_pause)
        self.note_line.written.connect(self._keep_note)
        self.note_line.closed.connect(self._note_closed)
        self.class_line.why_asked.connect(self.ask_why)
        self.why.closed.connect(self.close_why)
        self.why.disputed.connect(self._dispute)
        self.preview.seat_picked.connect(self.ask_mask)
        self.student.left.connect(lambda: self.set_student_visible(False))

    def _note_closed(self) -> None:
        self.setFocus()
        self._set_floor()

    def _set_floor(self) -> None:
        """Keep short messages off what can be pressed or is being written."""
        if self._toast is None:
            return
        height_px = 0 if self.student_visible else self.devices.height()
        if self.note_line.isVisibleTo(self):
            height_px += self.note_line.sizeHint().height() + 8
        self._toast.set_floor(height_px)

    def _keep_note(self, text: str, t_s: int) -> None:
        if self.marks is not None:
            self.marks.note(text, t_s)
