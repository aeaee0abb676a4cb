"""Drives a live lesson at the pace of its clock: devices in, seconds asked of the analysis, everything kept at once.

One thread owns the ledger and with it the lesson folder; the models are in another process (``analysis_child``). Views
poll snapshots (``LiveSession``); nothing is pushed at them.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from classroom_analyzer.domain.chat import ChatMessage, ChatTaken
from classroom_analyzer.domain.clock import to_s
from classroom_analyzer.domain.labels import Label, LabelKind, LabelSource
from classroom_analyzer.domain.live import Dashboard, DeviceHealth, Preview, SourceState, Why
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.domain.summary import LessonSummary
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.pipeline.analyst import Analyst
from classroom_analyzer.pipeline.board import LiveBoard
from classroom_analyzer.pipeline.clock import LessonClock
from classroom_analyzer.pipeline.errands import Errands
from classroom_analyzer.pipeline.feeds import LiveFeeds
from classroom_analyzer.pipeline.gaps import GapBook
from classroom_analyzer.pipeline.ledger import LessonLedger
from classroom_analyzer.pipeline.masked_pictures import MaskedPictures
from classroom_analyzer.pipeline.presses import Presses

if TYPE_CHECKING:
    from classroom_analyzer.sources.chat.endpoint import ChatAddress
    from classroom_analyzer.storage.recorder import MediaRecorder

__all__ = ["LiveLesson"]

LATENESS_S = 0.6  # a second is asked for this long after its end, so that its last block of sound is in
POLL_S = 0.02
FINISH_S = 75.0  # the analysis may read a flood of chat for a minute
HURRY_S = 1.0
HIDDEN_WORDS = "the gallery is hidden: the call shows something else, so nobody can be told by their place"
LOST_NOTICE = "the analysis failed and was begun anew; the seconds without it are a gap"
GONE_NOTICE = "the analysis failed again and again; the lesson goes on without estimates and indicators"


class LiveLesson:
    """A running lesson: starts at once, ends by ``stop`` or when ``duration_s`` is over.

    Args:
        ledger: A fresh ledger; this lesson's thread owns it from now on.
        analyst: A ready analysis; stopped by the lesson.
        feeds: Started and stopped by the lesson.
        pictures: Pictures as they may be shown; closed by the lesson.
        clock: What its feeds stamp by.
        policy: Of the lesson.
        duration_s: When to end by itself; None runs until stopped.
        recorder: Keeps picture and sound; closed by the lesson. None where nobody asked for it.
    """

    def __init__(
        self,
        ledger: LessonLedger,
        analyst: Analyst,
        feeds: LiveFeeds,
        clock: LessonClock,
        *,
        policy: Policy,
        duration_s: float | None,
        pictures: MaskedPictures | None = None,
        recorder: MediaRecorder | None = None,
    ) -> None:
        self._ledger = ledger
        self._analyst = analyst
        self._feeds = feeds
        self._pictures = pictures
        self._recorder = recorder
        self._disk = ledger.writer.guard_disk()
        self._duration_s = duration_s
        self._clock = clock
        self._stop = Event()
        self._hurry = False
        self._wake = Event()
        self._errands = Errands(self._wake.set, ledger.warn)
        self._presses = Presses(ledger.writer)
        self._gaps = GapBook()
        self._paused_from_s: float | None = None
        self._resumed_ns = 0  # what is older and comes late is of the pause
        self._restarts = 0
        self._told: tuple[bool, int, bool] | None = None  # whether the chat is connected, to which analysis
        self._asked_s = 0
        self._closed_s = 0
        self._board = LiveBoard(policy, duration_s, ledger.writer.folder, ledger.warnings)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="lesson")
        self._future: Future[LessonSummary] = self._executor.submit(self._hold)
        self._executor.shutdown(wait=False)

    def preview(self) -> Preview | None:
        """Return the newest picture, None when there is none newer than at the last call."""
        if self._pictures is None or self._paused_from_s is not None:
            return None
        frame = self._pictures.newest()
        if frame is None or frame.t_ns < self._resumed_ns:
            return None
        return Preview(frame.t_ns, frame.image, self._analyst.seen.analysis.seats)

    def dashboard(self) -> Dashboard:
        """Return the newest snapshot."""
        finished = self._future.done()
        return replace(
            self._board.snapshot(),
            devices=self._health(),
            recording=self._recorder.health() if self._recorder is not None else self._disk.health(),
            paused=self._paused_from_s is not None,
            masked_seats=self._pictures.masked if self._pictures is not None else frozenset(),
            finished=finished,
            error=self._error() if finished else None,
        )

    def add_marker(self, note: str) -> int:
        """Keep a note at the present time; return that time in seconds."""
        t_s = int(to_s(self._clock.now_ns()))
        self._errands.have_done(lambda: self._presses.add_marker(t_s, note))
        return t_s

    def undo_marker(self) -> bool:
        """Take back the newest marker of this lesson that is in force; False when there is none."""
        return bool(self._errands.have_done(self._presses.undo_marker))

    def add_label(self, kind: LabelKind, *, estimate_visible: bool) -> int:
        """Keep ``with me`` or ``lost`` for the present time; return that time in seconds."""
        t_s = int(to_s(self._clock.now_ns()))
        label = Label(t_s, kind, int(kind is LabelKind.WITH_ME), estimate_visible, LabelSource.PRESS)
        self._errands.have_done(lambda: self._presses.add_label(label))
        return t_s

    def undo_label(self) -> bool:
        """Take back the newest label of this lesson that is in force; False when there is none."""
        return bool(self._errands.have_done(self._presses.undo_label))

    def pause(self) -> None:
        """Look, listen and read nothing until ``resume``; the gap is kept as a gap."""
        self._errands.have_done(self._pause)

    def resume(self) -> None:
        """Go on after ``pause``."""
        self._errands.have_done(self._resume)

    def mask_seat(self, seat: int) -> None:
        """Hide a seat from now on, in picture, figures and recording; there is no way back within the lesson."""
        if self._pictures is not None:
            self._pictures.mask(seat)

        def mask() -> None:
            self._analyst.exclude_seat(seat)
            self._ledger.writer.audit("seats excluded", seats=str(seat))

        self._errands.have_done(mask)

    def why(self, t_s: int) -> Why | None:
        """Say what the second rests on; None where it is older than ten minutes or not closed yet."""
        return self._board.why(t_s)

    @property
    def takes_chat(self) -> bool:
        """Whether lines can be pasted and typed into this lesson."""
        return self._feeds.inbox is not None and not self._feeds.inbox.closed

    def paste_chat(self, text: str) -> ChatTaken:
        """Take pasted chat lines; nothing is taken where ``takes_chat`` is false."""
        inbox = self._feeds.inbox
        return inbox.add_pasted(text) if inbox is not None else ChatTaken()

    def type_chat(self, text: str) -> ChatTaken:
        """Take a line that the teacher typed; nothing is taken where ``takes_chat`` is false."""
        inbox = self._feeds.inbox
        return inbox.add_typed(text) if inbox is not None else ChatTaken()

    @property
    def chat_address(self) -> ChatAddress | None:
        """Where programs hand chat lines in, None where they cannot."""
        return self._feeds.endpoint.address if self._feeds.endpoint is not None else None

    def stop(self, *, hurry: bool = False) -> None:
        """Ask the lesson to end.

        Args:
            hurry: End within 3 s; what still waits for the models is left out then.
        """
        self._hurry = self._hurry or hurry
        self._stop.set()
        self._wake.set()

    def wait(self, timeout_s: float | None = None) -> LessonSummary:
        """Wait for the end and return the summary.

        Raises:
            TimeoutError: It did not end in time.
            ClassroomAnalyzerError: The lesson ended by this error.
        """
        return self._future.result(timeout_s)

    # All below runs on the lesson's own thread.

    def _hold(self) -> LessonSummary:
        try:
            try:
                self._feeds.start()
                self._follow()
            finally:
                self._feeds.stop()
                try:
                    self._take_in()  # a microphone holds back its newest moment until it is stopped
                finally:
                    chat_counts = self._close_chat()
            return self._finish(chat_counts)
        except BaseException:
            self._close_early()
            raise
        finally:
            self._analyst.stop()
            if self._recorder is not None:
                self._recorder.close()
            if self._pictures is not None:
                self._pictures.close()

    def _follow(self) -> None:
        """Run until the end."""
        while self._duration_s is None or self._closed_s < int(self._duration_s):
            stopping = self._stop.is_set()
            self._errands.run()
            self._take_in()
            self._take_seconds()
            self._ask_seconds()
            if stopping:
                break
            self._wake.wait(POLL_S)
            self._wake.clear()

    def _ask_seconds(self) -> None:
        now_s = to_s(self._clock.now_ns())
        end_s = None if self._duration_s is None else int(self._duration_s)
        while now_s >= self._asked_s + 1 + LATENESS_S and (end_s is None or self._asked_s < end_s):
            self._asked_s += 1
            self._follow_devices(now_s)
            if self._analyst.ready:
                self._analyst.close_second(self._asked_s)
            else:
                self._lose(self._asked_s)

    def _take_seconds(self) -> None:
        for second in self._analyst.poll():
            self._ledger.add_second(second)
            self._closed_s = second.t_s
            self._board.publish(second, to_s(self._clock.now_ns()) - second.t_s, self._ledger.warnings)
        if self._analyst.restarts > self._restarts:
            self._restarts = self._analyst.restarts
            self._ledger.begin_anew()
            self._ledger.warn(GONE_NOTICE if self._analyst.gone else LOST_NOTICE)
            self._ledger.writer.add_event(self._closed_s, "analysis", "gone" if self._analyst.gone else "begun anew")
            self._lose(self._asked_s)

    def _lose(self, to_s: int) -> None:
        """Keep seconds that nobody will close any more as a gap."""
        while self._closed_s < to_s:
            self._closed_s += 1
            self._board.publish(self._ledger.add_lost_second(self._closed_s), None, self._ledger.warnings)

    def _take_in(self) -> None:
        feeds, paused = self._feeds, self._paused_from_s is not None
        for track, (source, method) in enumerate(((feeds.sound, "on_audio"), (feeds.call_sound, "on_call_audio"))):
            for block in source.poll() if source is not None else ():
                if not paused and block.t_ns >= self._resumed_ns:
                    self._analyst.call(method, block)
                    if self._recorder is not None:
                        self._recorder.add_audio(block, track)
        if feeds.chat is not None:
            self._tell_chat_connected(feeds.chat.connected and not paused)
            messages = feeds.chat.poll()
            self._take_messages(() if paused else messages)
        for utterance in feeds.words.poll() if feeds.words is not None else ():
            if self._ledger.facts.takes_words and not paused:
                self._ledger.add_utterance(utterance)
                self._analyst.call("on_utterance", utterance)
        if self._pictures is not None:
            self._pictures.follow(self._analyst.seen)
            frame = self._pictures.next_to_record() if self._recorder is not None else None
            if frame is not None and self._recorder is not None and not paused and frame.t_ns >= self._resumed_ns:
                self._recorder.add_frame(frame)

    def _tell_chat_connected(self, connected: bool) -> None:
        told = (connected, self._analyst.restarts, self._analyst.ready)
        if told != self._told:
            self._analyst.call("set_chat_connected", connected)
            self._told = told

    def _take_messages(self, messages: Iterable[ChatMessage]) -> None:
        for message in messages:
            self._ledger.add_message(message)
            self._analyst.call("on_message", message)
            self._board.add_message(message)

    def _pause(self) -> None:
        if self._paused_from_s is None:
            self._paused_from_s = to_s(self._clock.now_ns())
            self._analyst.pause(True)
            if self._recorder is not None:
                self._recorder.pause()
            self._ledger.writer.add_event(int(self._paused_from_s), "lesson", "paused")

    def _resume(self) -> None:
        if self._paused_from_s is not None:
            self._resumed_ns = self._clock.now_ns()
            self._keep_pause(to_s(self._resumed_ns))
            self._analyst.pause(False)
            self._ledger.writer.add_event(int(to_s(self._resumed_ns)), "lesson", "resumed")

    def _keep_pause(self, until_s: float) -> None:
        """End a pause, if there is one, as a gap."""
        from_s, self._paused_from_s = self._paused_from_s, None
        if from_s is None or from_s >= until_s:
            return
        for modality in MODALITIES:
            if modality in self._ledger.facts.switched_on:
                self._ledger.writer.add_gap(modality, from_s, until_s, "paused")

    def _follow_devices(self, now_s: float) -> None:
        ended, changed = self._gaps.follow(now_s, self._health())
        for gap in ended:
            self._ledger.writer.add_gap(gap.modality, gap.from_s, gap.to_s, gap.reason)
        for device in changed:
            self._ledger.writer.add_event(int(now_s), "source", f"{device.name}: {device.state.value}")

    def _health(self) -> tuple[DeviceHealth, ...]:
        devices = self._feeds.health(self._dropped_pictures())
        if self._analyst.seen.gallery_hidden:
            devices = tuple(
                replace(d, detail=HIDDEN_WORDS) if d.modality is Modality.VISION and not d.detail else d
                for d in devices
            )
        if not self._analyst.gone:
            return devices
        gone = (Modality.VISION, Modality.AUDIO, Modality.TEXT)
        return tuple(
            replace(d, state=SourceState.OFF, detail=GONE_NOTICE) if d.modality in gone else d for d in devices
        )

    def _dropped_pictures(self) -> int:
        """Pictures that were due and will not be analysed: while the lesson runs the newest one still may be."""
        if self._pictures is None:
            return 0
        behind = self._pictures.due_count - self._analyst.taken
        return behind if self._future.done() else max(0, behind - 1)

    def _close_chat(self) -> dict[str, int]:
        """Take the rest of the chat into the lesson's last moment; return counters of what is not in it."""
        inbox = self._feeds.inbox
        if inbox is None:
            return {}
        rest = inbox.close()
        self._take_messages(rest if self._paused_from_s is None else ())
        self._ledger.writer.commit()  # there may be no second to come, where the lesson failed
        for text in inbox.warnings():
            self._ledger.warn(text)
        account = inbox.account
        return {
            "chat_merged": account.merged,
            "chat_private": account.private,
            "chat_unreadable": account.unreadable,
        }

    def _finish(self, chat_counts: dict[str, int]) -> LessonSummary:
        self._errands.run()
        whole = self._duration_s is not None and self._asked_s >= int(self._duration_s)
        duration_s = self._duration_s if whole and self._duration_s is not None else float(self._asked_s)
        self._keep_pause(duration_s)
        closed, ending = self._analyst.finish(duration_s, HURRY_S if self._hurry else FINISH_S)
        for second in closed:
            self._ledger.add_second(second)
            self._closed_s = second.t_s
        self._lose(self._asked_s)
        for gap in self._gaps.close(duration_s):
            self._ledger.writer.add_gap(gap.modality, gap.from_s, gap.to_s, gap.reason)
        if self._recorder is not None:
            self._recorder.close()  # its last segment belongs to the folder that is closed now
        counters = {**self._counters(), **chat_counts}
        self._errands.close()  # what was pressed while the analysis took its time
        return self._ledger.finish(duration_s, ending, complete=True, processing_s=None, counters=counters)

    def _close_early(self) -> None:
        """Close the folder of a lesson that failed, as far as that is possible; else it is recovered later."""
        if self._recorder is not None:
            self._recorder.close()
        self._errands.close()
        with suppress(ClassroomAnalyzerError):
            self._ledger.finish(float(self._closed_s), None, complete=False, processing_s=None)

    def _counters(self) -> dict[str, int]:
        feeds = self._feeds
        counts = {"dropped_audio": sum(s.dropped for s in (feeds.sound, feeds.call_sound) if s is not None)}
        if feeds.pictures is not None and self._pictures is not None:
            due, taken, analysed = self._pictures.due_count, self._analyst.taken, self._analyst.analysed
            counts |= {
                "captured_vision": feeds.pictures.grabbed,
                "due_vision": due,
                "analysed_vision": analysed,
                "paused_vision": taken - analysed,
                "dropped_vision": due - taken,
            }
        if self._recorder is not None:
            counts["dropped_recording"] = self._recorder.health().dropped
        return counts

    def _error(self) -> str | None:
        error = self._future.exception()
        if error is None:
            return None
        if isinstance(error, ClassroomAnalyzerError):
            return str(error)
        return (
            f"the lesson ended by a fault of the program ({type(error).__name__}: {error}); what was measured is kept"
        )
