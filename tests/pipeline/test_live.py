"""Ten thousand chat lines within a second: all on the disk, sealed, in order, counted, and no second waits for them."""

from __future__ import annotations

import json
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.media import AudioBlock
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.perception.text.analyzer import TextAnalyzer
from classroom_analyzer.pipeline.clock import LessonClock
from classroom_analyzer.pipeline.engine import LessonEngine
from classroom_analyzer.pipeline.feeds import LiveFeeds
from classroom_analyzer.pipeline.live import LiveLesson
from classroom_analyzer.pipeline.parts import EngineParts
from classroom_analyzer.pipeline.seconds import Seen
from classroom_analyzer.sources.chat.endpoint import ChatEndpoint, listen
from classroom_analyzer.sources.chat.inbox import ChatInbox
from classroom_analyzer.storage.database import DATABASE_NAME, reading
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_meta import LessonMeta
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.lesson_writer import LessonWriter
from tests.pipeline.local_analyst import live_lesson

SENT = 10_000


def make_engine(folder: Path, **options) -> LessonEngine:
    grant = PolicyGrant(Policy.ENGAGEMENT, "command line")  # texts are sealed and kept
    meta = LessonMeta(
        title="flood",
        started_wall=datetime.now(UTC),
        clock_origin="start of the live lesson",
        grant=grant,
        software="test",
        models=(),
        seed=0,
        device="cpu",
        source=None,
    )
    writer = LessonWriter.create(folder, "flood", meta, KeySource.from_environment())
    parts = EngineParts(None, None, TextAnalyzer(), None, (), "cpu", [])
    return LessonEngine(parts, writer, grant, class_size=30, seed=0, **options)


def test_ten_thousand_messages_within_a_second_are_all_on_the_disk_and_block_no_second(tmp_path, request):
    engine = make_engine(tmp_path)
    clock = LessonClock()
    inbox = ChatInbox(clock.now_ns)
    endpoint = ChatEndpoint(listen(0), inbox)
    closing_s: list[float] = []
    close, add_message = engine.analysis.close_second, engine.ledger.add_message
    written = 0

    def timed(t_s: int):
        began_s = time.monotonic()
        closed = close(t_s)
        closing_s.append(time.monotonic() - began_s)
        return closed

    def counted(message):
        nonlocal written
        add_message(message)
        written += 1

    engine.analysis.close_second, engine.ledger.add_message = timed, counted
    feeds = LiveFeeds(chat=inbox, chat_name="flood", inbox=inbox, endpoint=endpoint)
    lesson = live_lesson(engine, feeds, clock, policy=Policy.ENGAGEMENT)
    request.addfinalizer(lesson.stop)
    lines = [json.dumps({"name": f"N{n % 30}", "text": f"message {n}? 🙂"}) for n in range(SENT)]
    began_s = time.monotonic()
    for start in range(0, SENT, 2_500):
        body = "\n".join(lines[start : start + 2_500]).encode()
        headers = {"Authorization": f"Bearer {endpoint.address.token}"}
        with urllib.request.urlopen(urllib.request.Request(endpoint.address.url, body, headers), timeout=30) as answer:
            assert json.loads(answer.read())["taken"] == 2_500
    accepted_s = time.monotonic() - began_s
    while written < SENT:
        assert time.monotonic() < began_s + 30
        time.sleep(0.01)
    stored_s = time.monotonic() - began_s
    committed_s = lesson.dashboard().t_s + 2  # each second commits what came before it
    while lesson.dashboard().t_s < committed_s:
        time.sleep(0.05)
    with reading(engine.writer.folder / DATABASE_NAME) as connection:  # another connection sees what was committed
        assert connection.execute("SELECT count(*) FROM chat").fetchone()[0] == SENT
    lesson.stop()
    summary = lesson.wait(60)
    print(
        f"accepted in {accepted_s:.2f} s, written in {stored_s:.2f} s, longest second {max(closing_s, default=0):.3f} s"
    )
    kept = LessonReader.open(Path(summary.lesson), KeySource.from_environment()).messages()
    assert [m.text for m in kept] == [f"message {n}? 🙂" for n in range(SENT)]
    assert (summary.chat.messages, summary.chat.participants, summary.chat.questions) == (SENT, 30, SENT)
    assert stored_s < 10
    assert max(closing_s, default=0.0) < 2


def test_lines_by_hand_are_kept_and_counted_but_their_silence_is_not_observed(tmp_path):
    engine = make_engine(tmp_path, chat_by_hand=True)
    assert engine.close_second(1).text is None
    engine.on_message(ChatMessage(1_500_000_000, "P01", "pasted?"))
    engine.analysis.set_chat_connected(False)
    assert engine.close_second(2).text.messages == 1
    summary = engine.finish(2.0, complete=True, processing_s=None)
    assert summary.coverage.text is None
    assert (summary.chat.messages, summary.chat.questions) == (1, 1)


def test_a_lesson_into_which_nobody_pasted_has_no_chat(tmp_path):
    engine = make_engine(tmp_path, chat_by_hand=True)
    engine.close_second(1)
    summary = engine.finish(1.0, complete=True, processing_s=None)
    assert summary.chat.messages is None
    assert summary.coverage.text is None


class LateClock(LessonClock):
    """A lesson that is asked to end at 20.4 s, as its twentieth second is not closed yet."""

    def now_ns(self) -> int:
        return 20_400_000_000


def late_lesson(folder: Path, chat) -> tuple[LiveLesson, ChatInbox]:
    clock = LateClock()
    inbox = ChatInbox(clock.now_ns)
    inbox.add_pasted("Ana: the last word?")
    feeds = LiveFeeds(chat=chat(inbox), chat_name="late", inbox=inbox)
    return live_lesson(make_engine(folder), feeds, clock, policy=Policy.ENGAGEMENT), inbox


def stored(folder: Path) -> int:
    (lesson,) = folder.iterdir()
    with reading(lesson / DATABASE_NAME) as connection:
        return connection.execute("SELECT count(*) FROM chat").fetchone()[0]


def test_what_is_sent_after_the_last_closed_second_is_in_the_summary_too(tmp_path):
    lesson, inbox = late_lesson(tmp_path, lambda inbox: inbox)
    while lesson.dashboard().t_s < 19:
        time.sleep(0.01)
    inbox.add_pasted("Bo: and mine")
    lesson.stop()
    summary = lesson.wait(30)
    assert summary.duration_s == 19
    assert (summary.chat.messages, summary.chat.participants, summary.chat.questions) == (2, 2, 1)
    assert stored(tmp_path) == 2


def test_what_is_pressed_while_the_lesson_ends_is_kept_and_after_its_end_changes_nothing(tmp_path):
    lesson, _ = late_lesson(tmp_path, lambda inbox: inbox)
    finish, reading_last, finish_ledger = lesson._analyst.finish, Event(), lesson._ledger.finish
    after_end = []

    def slow_finish(duration_s: float, within_s: float):
        reading_last.set()
        time.sleep(0.3)
        return finish(duration_s, within_s)

    def finish_and_press(*arguments, **options):
        summary = finish_ledger(*arguments, **options)
        presser = Thread(target=lambda: after_end.append(lesson.undo_marker()))
        presser.start()
        presser.join()
        return summary

    lesson._analyst.finish, lesson._ledger.finish = slow_finish, finish_and_press
    lesson.stop()
    assert reading_last.wait(10)
    lesson.add_marker("just in time")
    summary = lesson.wait(30)
    assert after_end == [False]
    reader = LessonReader.open(Path(summary.lesson), KeySource.from_environment())
    assert [marker.note for marker in reader.markers()] == ["just in time"]


class Microphone:
    """A microphone that holds its sound back for a moment."""

    name, state, detail, retry_in_s, dropped = "lectern", SourceState.OK, "", None, 0

    def __init__(self) -> None:
        self.late: list[AudioBlock] = []

    def start(self) -> None:
        pass

    def stop(self) -> bool:
        return True

    def poll(self) -> tuple[AudioBlock, ...]:
        return tuple(self.late.pop(0) for _ in range(len(self.late)))


def test_what_was_said_in_a_pause_stays_unheard_also_where_it_comes_late(tmp_path):
    microphone, clock, heard = Microphone(), LessonClock(), []
    feeds = LiveFeeds(sound=microphone)
    lesson = live_lesson(make_engine(tmp_path), feeds, clock, policy=Policy.ENGAGEMENT)
    lesson._analyst.call = lambda method, *arguments: heard.append((method, *arguments))
    lesson.pause()
    in_pause = AudioBlock(clock.now_ns(), np.ones(160, np.float32))
    lesson.resume()
    after = AudioBlock(clock.now_ns(), np.ones(160, np.float32))
    microphone.late += [in_pause, after]
    lesson.stop()
    lesson.wait(30)
    assert heard == [("on_audio", after)]


class SlowToStop(Microphone):
    """A microphone whose sound server hangs."""

    def stop(self) -> bool:
        time.sleep(0.5)
        return False


def test_devices_that_hang_are_left_side_by_side():
    began_s = time.monotonic()
    LiveFeeds(pictures=SlowToStop(), sound=SlowToStop(), call_sound=SlowToStop()).stop()
    assert time.monotonic() - began_s < 1.0


def test_lines_that_come_while_a_paused_lesson_ends_are_not_read(tmp_path):
    clock = LessonClock()
    inbox = ChatInbox(clock.now_ns)
    lesson = live_lesson(make_engine(tmp_path), LiveFeeds(chat=inbox, inbox=inbox), clock, policy=Policy.ENGAGEMENT)
    lesson.pause()
    close = inbox.close
    inbox.close = lambda: (inbox.add_pasted("Ana: between us"), close())[1]
    lesson.stop()
    lesson.wait(30)
    assert stored(tmp_path) == 0


class Fails:
    """A chat that cannot be asked."""

    connected, detail = False, "torn"

    def poll(self) -> tuple[ChatMessage, ...]:
        raise RuntimeError("torn")


def test_a_lesson_that_fails_keeps_the_lines_that_it_was_given(tmp_path):
    lesson, _ = late_lesson(tmp_path, lambda inbox: Fails())
    with pytest.raises(RuntimeError, match="torn"):
        lesson.wait(30)
    assert not lesson.takes_chat
    assert stored(tmp_path) == 1


def test_a_chat_that_never_connected_gives_no_counts_and_a_silent_one_gives_zero(tmp_path):
    for connected, counted in ((False, None), (True, 0)):
        engine = make_engine(tmp_path / str(connected))
        engine.analysis.set_chat_connected(connected)
        engine.close_second(1)
        chat = engine.finish(1.0, complete=True, processing_s=None).chat
        assert (chat.messages, chat.participants, chat.questions) == (counted,) * 3


class Camera:
    """A camera that works."""

    name, state, detail, retry_in_s, grabbed = "call", SourceState.OK, "", None, 0

    def start(self) -> None:
        pass

    def stop(self) -> bool:
        return True


def test_a_call_that_shows_no_gallery_says_so_at_its_camera(tmp_path, request):
    lesson = live_lesson(make_engine(tmp_path), LiveFeeds(pictures=Camera()), LessonClock(), policy=Policy.ENGAGEMENT)
    request.addfinalizer(lesson.stop)
    assert lesson.dashboard().devices[0].detail == ""
    lesson._analyst.seen = Seen(gallery_hidden=True)
    assert "hidden" in lesson.dashboard().devices[0].detail
