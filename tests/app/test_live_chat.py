"""A live lesson's chat from all its ways, whole in the folder; the port, the flood, and lines that come by hand."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.app.live import LiveSources, start_live
from classroom_analyzer.domain.chat import ChatTaken
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.errors import BadInputError, DeviceUnavailableError, UsageError
from classroom_analyzer.settings.schema import Settings
from classroom_analyzer.storage.lesson_reader import LessonReader

FORMATS = Path(__file__).parents[1] / "data" / "formats"


@pytest.fixture
def request_observe(tmp_path: Path):
    """Needs no encoder, so the lesson starts at once."""
    grant = PolicyGrant(Policy.OBSERVE, "command line")
    return replace(demo_request(Settings(), tmp_path / "out"), grant=grant, class_size=None)


def post(address, body: str) -> dict:
    asked = urllib.request.Request(address.url, body.encode(), {"Authorization": f"Bearer {address.token}"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return json.loads(answer.read())


def wait_for(condition, timeout_s: float = 10.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_all_ways_at_once_end_in_one_chat(tmp_path, own_home, request_observe):
    chat = tmp_path / "chat.txt"
    chat.write_text("10:00:01\t From  Ana : from the file\n10:00:02\t From  Ana  to  Bo : psst\n")
    sources = LiveSources(chat=chat, chat_port=0, attendance=FORMATS / "zoom_participants.csv", name="chat")
    lesson = start_live(sources, request_observe, own_home)
    wait_for(lambda: lesson.dashboard().chat)
    assert post(lesson.chat_address, '{"name": "Bo", "text": "by the port"}\nnonsense')["taken"] == 1
    pasted = "10:00:01\t From  Ana : from the file\n10:00:05\t From  Cai : pasted?\n"
    assert lesson.paste_chat(pasted) == ChatTaken(taken=1, merged=1)
    assert lesson.type_chat("my line").taken == 1
    with chat.open("a") as stream:
        stream.write("10:00:09\t From  Ana : last, without a line end")
    wait_for(lambda: len(lesson.dashboard().chat) >= 4)
    lesson.stop()
    summary = lesson.wait(30)
    assert not lesson.takes_chat
    assert lesson.paste_chat("Ana: too late") == ChatTaken()
    assert (summary.chat.messages, summary.chat.participants, summary.chat.questions) == (
        4,
        3,
        1,
    )  # the teacher's own line is kept, not counted
    assert summary.seats.expected == 2
    said = "\n".join(summary.warnings)
    assert "1 private chat messages were left out" in said
    assert "1 chat lines could not be read (first: line 2, no JSON object)" in said
    assert "1 chat messages came twice" in said
    counters = LessonReader.open(Path(summary.lesson)).counters()
    assert (counters["chat_private"], counters["chat_unreadable"], counters["chat_merged"]) == (1, 1, 1)
    assert not any(thread.name == "chat endpoint" for thread in threading.enumerate())


def test_a_port_that_is_taken_and_a_transcript_are_told_before_anything_is_written(own_home, tmp_path, request_observe):
    lesson = start_live(LiveSources(chat_port=0), request_observe, own_home)
    port = int(lesson.chat_address.url.split(":")[2].split("/")[0])
    with pytest.raises(DeviceUnavailableError, match=f"chat port {port}"):
        start_live(LiveSources(chat_port=port), replace(request_observe, out=tmp_path / "none"), own_home)
    lesson.stop()
    lesson.wait(30)
    transcript = tmp_path / "m.vtt"
    transcript.write_text("WEBVTT\n\n0:0:1.0 --> 0:0:2.0\n<v Ana>hi</v>\n")
    with pytest.raises(BadInputError, match="--transcript"):
        start_live(LiveSources(chat=transcript), replace(request_observe, out=tmp_path / "none"), own_home)
    assert not (tmp_path / "none").exists()


def test_lines_by_hand_alone_are_no_source_to_observe(own_home, request_observe):
    with pytest.raises(UsageError, match="chat port"):
        start_live(LiveSources(chat_by_hand=True), request_observe, own_home)
