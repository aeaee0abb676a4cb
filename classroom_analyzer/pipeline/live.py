"""Drives the engine at the pace of the lesson clock; late pictures are dropped, sound and chat never.

One thread owns the engine and the lesson folder. Views poll snapshots (``LiveSession``); nothing is pushed at them.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Event, Lock
from typing import TYPE_CHECKING

from classroom_analyzer.domain.chat import ChatMessage, ChatTaken
from classroom_analyzer.domain.clock import to_s
from classroom_analyzer.domain.estimates import ClassEstimate
from classroom_analyzer.domain.faces import FrameAnalysis
from classroom_analyzer.domain.live import Dashboard, Preview
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.domain.summary import LessonSummary
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.pipeline.clock import LessonClock
from classroom_analyzer.pipeline.engine import ClosedSecond, LessonEngine
from classroom_analyzer.pipeline.feeds import LiveFeeds

if TYPE_CHECKING:
    from classroom_analyzer.sources.chat.endpoint import ChatAddress

__all__ = ["LiveLesson"]

LATENESS_S = 0.6  # a second is closed this long after its end, so that its last block of sound is in
POLL_S = 0.02
HISTORY_S = 600
CHAT_LINES = 200


class LiveLesson:
    """A running lesson: starts at once, ends by ``stop`` or when ``duration_s`` is over.

    Args:
        engine: A fresh engine; this lesson's thread owns it from now on.
        feeds: Started and stopped by the lesson.
        clock: What its feeds stamp by.
        policy: Of the lesson.
        duration_s: When to end by itself; None runs until stopped.
    """

    def __init__(
        self,
        engine: LessonEngine,
        feeds: LiveFeeds,
        clock: LessonClock,
        *,
        policy: Policy,
        duration_s: float | None,
    ) -> None:
        self._engine = engine
        self._feeds = feeds
        self._duration_s = duration_s
        self._clock = clock
        self._stop = Event()
        self._markers: SimpleQueue[tuple[int, str]] = SimpleQueue()
        self._analysis = FrameAnalysis(0, ())
        self._estimates: deque[ClassEstimate] = deque(maxlen=HISTORY_S)
        self._chat: deque[ChatMessage] = deque(maxlen=CHAT_LINES)
        self._lock = Lock()
        self._snapshot = Dashboard(
            0, duration_s, policy, (), (), {}, (), (), engine.writer.folder, engine.warnings, False, None
        )
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="lesson")
        self._future: Future[LessonSummary] = self._executor.submit(self._hold)
        self._executor.shutdown(wait=False)

    def preview(self) -> Preview | None:
        """Return the newest picture, None when there is none newer than at the last call."""
        frame = self._feeds.slots.preview.take() if self._feeds.slots is not None else None
        if frame is None:
            return None
        analysis = self._analysis
        return Preview(frame.t_ns, self._engine.masked(frame, analysis), analysis.seats)

    def dashboard(self) -> Dashboard:
        """Return the newest snapshot."""
        with self._lock:
            snapshot = self._snapshot
        finished = self._future.done()
        return replace(
            snapshot,
            devices=self._feeds.health(),
            finished=finished,
            error=self._error() if finished else None,
        )

    def add_marker(self, note: str) -> int:
        """Keep a note at the present time; return that time in seconds."""
        t_s = int(to_s(self._clock.now_ns()))
        self._markers.put((t_s, note))
        return t_s

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

    def stop(self) -> None:
        """Ask the lesson to end."""
        self._stop.set()

    def wait(self, timeout_s: float | None = None) -> LessonSummary:
        """Wait for the end and return the summary.

        Raises:
            TimeoutError: It did not end in time.
            ClassroomAnalyzerError: The lesson ended by this error.
        """
        return self._future.result(timeout_s)

    def _hold(self) -> LessonSummary:
        with self._engine:
            return self._run()

    def _run(self) -> LessonSummary:
        self._feeds.start()
        try:
            closed_s = self._follow()
        finally:
            try:
                self._feeds.stop()
                self._take_in()  # a microphone holds back its newest moment until it is stopped
            finally:
                chat_counts = self._close_chat()
        whole = self._duration_s is not None and closed_s >= int(self._duration_s)
        duration_s = self._duration_s if whole and self._duration_s is not None else float(closed_s)
        dropped: Counter[str] = Counter()
        for health in self._feeds.health():
            dropped[f"dropped_{health.modality.value}"] += health.dropped
        counters = {**dropped, **chat_counts}
        return self._engine.finish(duration_s, complete=True, processing_s=None, counters=counters)

    def _follow(self) -> int:
        """Run until the end; return the last closed second."""
        closed_s = 0
        end_s = None if self._duration_s is None else int(self._duration_s)
        while end_s is None or closed_s < end_s:
            stopping = self._stop.is_set()
            self._take_in()
            now_s = to_s(self._clock.now_ns())
            while now_s >= closed_s + 1 + LATENESS_S and (end_s is None or closed_s < end_s):
                closed_s += 1
                self._publish(self._engine.close_second(closed_s))
            if stopping:
                break
            self._stop.wait(POLL_S)
        return closed_s

    def _take_in(self) -> None:
        feeds = self._feeds
        if feeds.sound is not None:
            for block in feeds.sound.poll():
                self._engine.on_audio(block)
        if feeds.call_sound is not None:
            for block in feeds.call_sound.poll():
                self._engine.on_call_audio(block)
        if feeds.chat is not None:
            self._engine.set_chat_connected(feeds.chat.connected)
            self._take_messages(feeds.chat.poll())
        for utterance in feeds.words.poll() if feeds.words is not None else ():
            self._engine.on_utterance(utterance)
        while True:
            try:
                t_s, note = self._markers.get_nowait()
            except Empty:
                break
            self._engine.writer.add_marker(t_s, note)
        frame = feeds.pictures.take() if feeds.pictures is not None else None
        if frame is not None:
            self._analysis = self._engine.on_frame(frame) or self._analysis

    def _take_messages(self, messages: Iterable[ChatMessage]) -> None:
        for message in messages:
            self._engine.on_message(message)
            self._chat.append(message)

    def _close_chat(self) -> dict[str, int]:
        """Take the rest of the chat into the lesson's last moment; return counters of what is not in it."""
        inbox = self._feeds.inbox
        if inbox is None:
            return {}
        self._take_messages(inbox.close())
        self._engine.writer.commit()  # there may be no second to come, where the lesson failed
        for text in inbox.warnings():
            self._engine.warn(text)
        account = inbox.account
        return {
            "chat_merged": account.merged,
            "chat_private": account.private,
            "chat_unreadable": account.unreadable,
        }

    def _publish(self, second: ClosedSecond) -> None:
        if second.estimate is not None:
            self._estimates.append(second.estimate)
        readings = {r.name: r for r in second.readings}
        with self._lock:
            self._snapshot = replace(
                self._snapshot,
                t_s=second.t_s,
                estimates=tuple(self._estimates),
                seats=second.seats,
                readings=readings,
                chat=tuple(self._chat),
                warnings=self._engine.warnings,
            )

    def _error(self) -> str | None:
        error = self._future.exception()
        if error is None:
            return None
        if isinstance(error, ClassroomAnalyzerError):
            return str(error)
        return (
            f"the lesson ended by a fault of the program ({type(error).__name__}: {error}); what was measured is kept"
        )
