"""Every way into a live chat: each line once, in order, under one set of pseudonyms, and nothing lost unseen."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_analyzer.domain.chat import ChatTaken
from classroom_analyzer.sources.chat.inbox import AT_ONCE, ChatInbox, Way
from classroom_analyzer.sources.chat.ledger import LEAST_INSIDE, ChatLedger, LedgerLine, _columns, _offset
from classroom_analyzer.sources.chat.lines import Clock, RawMessage, Stamp
from classroom_analyzer.sources.chat.tail import ChatTail


def inbox(**options) -> ChatInbox:
    ticks = iter(range(10**9))
    return ChatInbox(lambda: next(ticks), **options)


def zoom(*lines: tuple[str, str, str]) -> str:
    return "".join(f"{time}\t From  {name} : {text}\n" for time, name, text in lines)


def texts(box: ChatInbox) -> list[str]:
    found = []
    while messages := box.poll():
        found += [m.text for m in messages]
    return found


LINES = [("10:00:01", "Ana", "hi"), ("10:00:02", "Bo", "yes"), ("10:00:02", "Ana", "yes"), ("10:00:09", "Ana", "yes")]


@pytest.mark.parametrize("known", range(5))
@pytest.mark.parametrize("start", range(4))
def test_pasting_the_chat_again_adds_only_what_is_new(known, start):
    box = inbox()
    box.add_pasted(zoom(*LINES[:known]))
    again = LINES[min(start, known) :]
    assert box.add_pasted(zoom(*again)) == ChatTaken(taken=4 - known, merged=len(again) - 4 + known)
    assert texts(box) == ["hi", "yes", "yes", "yes"]


def test_lines_without_times_are_known_by_the_longest_overlap_with_the_end():
    box = inbox()
    box.add_pasted("Ana: hi\nBo: yes\nAna: yes")
    assert box.add_pasted("Bo: yes\nAna: yes\nAna: yes\nCai: no") == ChatTaken(taken=2, merged=2)
    assert box.add_pasted("Ana: hi\nBo: yes\nAna: yes\nAna: yes\nCai: no\nAna: end") == ChatTaken(taken=1, merged=5)
    assert texts(box) == ["hi", "yes", "yes", "yes", "no", "end"]


def test_the_same_text_twice_on_purpose_stays_twice():
    box = inbox()
    assert box.add_pasted("Ana: yes\nAna: yes").taken == 2
    box.add_pasted("Bo: ok")
    assert box.add_pasted("Ana: yes").taken == 1


def test_older_lines_pasted_later_are_taken_and_known_from_then_on():
    whole = [(f"10:00:{n:02d}", "Ana", f"line {n}") for n in range(12)]
    box = inbox()
    box.add_pasted(zoom(*whole[6:]))
    assert box.add_pasted(zoom(*whole)) == ChatTaken(taken=6, merged=6)
    plain = "\n".join(f"Ana: line {n}" for n in range(13))
    assert box.add_pasted(plain) == ChatTaken(taken=1, merged=12)


def test_what_the_growing_file_gave_is_merged_and_what_was_pasted_first_too(tmp_path):
    path = tmp_path / "chat.txt"
    path.write_text(zoom(*LINES[:2]) + "10:00:03\t From  Cai  to  Bo : psst\n")
    box = inbox(tail=ChatTail(path))
    assert texts(box) == ["hi", "yes"]
    assert box.add_pasted(zoom(*LINES)) == ChatTaken(taken=2, merged=2)
    with path.open("a") as stream:
        stream.write(zoom(*LINES[2:], ("10:00:20", "Bo", "bye")))
    assert texts(box) == ["yes", "yes", "bye"]
    assert box.account == ChatTaken(taken=5, merged=4, private=1)
    assert [w.split(" ", 1)[0] for w in box.warnings()] == ["1", "4"]


def test_a_file_that_is_written_anew_gives_each_message_once(tmp_path):
    path = tmp_path / "chat.txt"
    path.write_text(zoom(*LINES))
    box = inbox(tail=ChatTail(path))
    assert texts(box) == ["hi", "yes", "yes", "yes"]
    path.write_text(zoom(*LINES[:1]))
    assert texts(box) == []
    with path.open("a") as stream:
        stream.write(zoom(*LINES[1:], LINES[3], ("10:00:20", "Bo", "bye")))
    assert texts(box) == ["yes", "bye"]
    assert box.account.merged == 4


def test_lines_happen_when_they_are_seen(tmp_path):
    path, now = tmp_path / "chat.jsonl", [7]
    box = ChatInbox(lambda: now[0], tail=ChatTail(path))
    path.write_text('{"t": 500, "name": "Ana", "text": "hi"}\n')
    assert [m.t_ns for m in box.poll()] == [7]
    now[0] = 9
    box.add_typed("there")
    assert [m.t_ns for m in box.poll()] == [9]


def test_ways_share_their_pseudonyms_and_a_typed_line_is_the_teachers_own(tmp_path):
    path = tmp_path / "chat.jsonl"
    path.write_text('{"t": 1, "name": "Ana", "text": "a"}\n')
    box = inbox(tail=ChatTail(path))
    box.add_pasted("Bo: b\nAna: c")
    box.deliver([RawMessage(1, Stamp(1.0, Clock.START), "Bo", "d", private=False)], Way.ENDPOINT)
    assert box.add_typed("  my own line ").taken == 1
    assert box.add_typed(" \n ").taken == 0
    found = [(m.participant, m.text) for m in (*box.poll(), *box.poll())]
    assert found == [("P01", "b"), ("P02", "c"), ("P01", "d"), ("T", "my own line"), ("P02", "a")]


def test_pasted_lines_that_cannot_be_read_are_counted_and_a_transcript_is_none_of_the_chat():
    box = inbox()
    assert box.add_pasted("no colon here\nAna: hi\nand more\n") == ChatTaken(taken=1, unreadable=1)
    assert texts(box) == ["hi\nand more"]
    assert box.add_pasted("WEBVTT\n\n0:0:1.0 --> 0:0:2.0\nAna: hi\n").unreadable == 3
    assert "4 chat lines could not be read (first: line 1" in box.warnings()[0]
    assert box.add_pasted("x" * 2**20) == ChatTaken(unreadable=1)
    assert box.add_pasted("") == ChatTaken()


def test_silence_of_pasted_text_is_no_observation_that_of_a_file_is(tmp_path):
    box = inbox()
    box.add_pasted("Ana: hi")
    assert not box.connected
    path = tmp_path / "chat.jsonl"
    box = inbox(tail=ChatTail(path))
    box.poll()
    assert not box.connected
    assert box.detail == "waiting for the file to appear"
    path.touch()
    box.poll()
    assert box.connected


def test_a_flood_is_given_in_bounded_portions_in_order_and_whole():
    box = inbox()
    box.add_pasted("\n".join(f"P: {n}" for n in range(2 * AT_ONCE + 5)))
    sizes = [len(box.poll()) for _ in range(4)]
    assert sizes == [AT_ONCE, AT_ONCE, 5, 0]


def test_threads_that_write_at_once_lose_nothing():
    box = ChatInbox(lambda: 0)

    def write(name: int) -> None:
        for n in range(300):
            box.deliver([RawMessage(1, None, f"N{name}", str(n), private=False)], Way.ENDPOINT)

    threads = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    found = []
    while len(found) < 1200:
        found += box.poll()
    for thread in threads:
        thread.join()
    assert not box.poll()
    for who in {m.participant for m in found}:
        assert [int(m.text) for m in found if m.participant == who] == list(range(300))


def test_neither_the_lesson_nor_a_typed_line_waits_while_a_paste_is_compared(tmp_path, monkeypatch):
    path = tmp_path / "chat.txt"
    path.write_text(zoom(*LINES[:1]))
    box = inbox(tail=ChatTail(path))
    comparing, go_on = threading.Event(), threading.Event()
    take_pasted = ChatLedger.take_pasted

    def slow(ledger, lines):
        comparing.set()
        assert go_on.wait(10)
        return take_pasted(ledger, lines)

    monkeypatch.setattr(ChatLedger, "take_pasted", slow)
    paste = threading.Thread(target=lambda: box.add_pasted(zoom(*LINES[:2])))
    paste.start()
    assert comparing.wait(10)
    assert box.add_typed("mine").taken == 1  # would wait for ever
    assert texts(box) == ["mine"]
    go_on.set()
    paste.join()
    assert texts(box) == ["hi", "yes"]
    assert box.account == ChatTaken(taken=3, merged=1)


KEYS = st.lists(st.tuples(st.integers(0, 1), st.sampled_from([None, 1.0, 2.0])), max_size=14)


@settings(max_examples=200, deadline=None)
@given(old=KEYS, new=KEYS)
def test_the_overlap_is_the_longest_that_agrees_in_full(old, new):
    def agree(offset: int) -> int:
        pairs = [(old[offset + k], new[k]) for k in range(len(new)) if 0 <= offset + k < len(old)]
        same = all(a[0] == b[0] and (None in (a[1], b[1]) or a[1] == b[1]) for a, b in pairs)
        reaches_end = offset + len(new) >= len(old)
        return len(pairs) if pairs and same and (reaches_end or len(pairs) >= LEAST_INSIDE) else 0

    best = max(range(-len(new), len(old) + 1), key=lambda offset: (agree(offset), offset))
    found = _offset(*(_columns([LedgerLine(key, time) for key, time in lines]) for lines in (old, new)))
    assert found == (best if agree(best) else None)


CHAT = st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["yes", "no", "ok"])), max_size=12)


@settings(max_examples=150, deadline=None)
@given(chat=CHAT, cuts=st.lists(st.integers(0, 12), max_size=4))
def test_pasting_all_so_far_again_and_again_gives_each_timed_line_once(chat, cuts):
    lines = [(f"10:00:{n:02d}", name, text) for n, (name, text) in enumerate(chat)]
    box = inbox()
    for cut in [*sorted(cuts), len(lines)]:
        box.add_pasted(zoom(*lines[:cut]))
    assert texts(box) == [text for _, text in chat]


@settings(max_examples=100, deadline=None)
@given(chat=CHAT, cuts=st.lists(st.integers(0, 12), max_size=4))
def test_pasting_all_so_far_gives_each_plain_line_once(chat, cuts):
    box = inbox()
    for cut in [*sorted(cuts), len(chat)]:
        box.add_pasted("\n".join(f"{name}: {text}" for name, text in chat[:cut]))
    assert texts(box) == [text for _, text in chat]


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=200))
def test_no_pasted_text_raises_and_each_line_is_accounted_for(text):
    box = inbox()
    taken = box.add_pasted(text)
    filled = sum(bool(line.strip()) for line in text.removeprefix("\ufeff").replace("\r", "\n").split("\n"))
    assert taken.taken + taken.merged + taken.private + taken.unreadable <= filled
    assert filled == 0 or taken != ChatTaken()
