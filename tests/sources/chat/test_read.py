"""Whatever is in a chat file: a typed refusal or an import that accounts for every line."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classroom_analyzer.errors import BadInputError, UsageError
from classroom_analyzer.sources.chat import decode
from classroom_analyzer.sources.chat.pseudonyms import Pseudonyms
from classroom_analyzer.sources.chat.read import read_chat

FRAGMENTS = st.sampled_from(
    [
        "00:00:01\t From  Ana : hi",
        "00:00:02\t From  Ana  to  Everyone : hi",
        "00:00:03 From  Ana  to  Bo:",
        "\ttext",
        "00:00:04\tBo:\thi",
        "00:99:00\t From  Ana : bad",
        '{"t": 1, "name": "a", "text": "b"}',
        '{"t": NaN, "name": "a", "text": "b"}',
        '{"t": 1e999, "name": 3, "text": null}',
        "t_s,name,text",
        "1,a,b",
        '1,a,"b',
        "t;sender;message",
        "",
        " : ",
        "From",
        "to",
        "\ufeff",
        '{"t": 1, "name": "\\ud800", "text": "\\ud800"}',
        "[" * 3000,
    ]
)
LINES = st.lists(
    st.one_of(FRAGMENTS, st.text(max_size=40), st.tuples(FRAGMENTS, st.text(max_size=10)).map("".join)), max_size=12
)
FILE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FILE
@given(lines=LINES, end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_text_raises_anything_but_bad_input(tmp_path, lines, end):
    path = tmp_path / "chat"
    path.write_bytes(end.join(lines).encode("utf-8", "surrogatepass"))
    try:
        chat = read_chat(path, duration_s=60.0)
    except BadInputError:
        return
    filled = sum(bool(line.strip()) for line in decode.split_lines(decode.read_text(path)))
    assert len(chat.messages) + len(chat.problems) + chat.private_dropped <= filled
    assert [m.t_ns for m in chat.messages] == sorted(m.t_ns for m in chat.messages)
    for message in chat.messages:
        assert 0 <= message.t_ns <= 60 * 10**9
        assert message.text.encode()
        assert message.participant.startswith("P")


@FILE
@given(raw=st.binary(max_size=400))
def test_no_bytes_raise_anything_but_bad_input(tmp_path, raw):
    path = tmp_path / "chat"
    path.write_bytes(raw)
    try:
        read_chat(path, duration_s=None)
    except BadInputError:
        return


@FILE
@given(rows=st.lists(st.booleans(), min_size=1, max_size=30))
def test_each_json_line_is_a_message_or_a_problem(tmp_path, rows):
    path = tmp_path / "chat.jsonl"
    good, bad = '{"t": 1, "name": "a", "text": "b"}', '{"t": "soon", "name": "a", "text": "b"}'
    path.write_text(good + "\n" + "\n".join(good if row else bad for row in rows))
    chat = read_chat(path, duration_s=60.0)
    assert len(chat.messages) == 1 + sum(rows)
    assert [p.line_number for p in chat.problems] == [i + 2 for i, row in enumerate(rows) if not row]


def test_each_bad_line_is_kept_with_its_number_and_reason(tmp_path):
    path = tmp_path / "chat.csv"
    path.write_text('t_s,name,text\n1,a,hi\nsoon,a,hi\n3,,hi\n4,a,\n-5,a,hi\n6,a,"never closed\n7,a,hi\n')
    chat = read_chat(path, duration_s=60.0)
    assert [m.t_ns // 10**9 for m in chat.messages] == [1, 7]
    assert [p.line_number for p in chat.problems] == [3, 4, 5, 6, 7]
    assert all(p.reason for p in chat.problems)


def test_a_line_before_the_first_message_and_an_impossible_time_are_problems(tmp_path):
    path = tmp_path / "chat.txt"
    path.write_text("Meeting chat\n00:00:61\t From  Ana : hi\nmore\n00:00:03\t From  Ana : there\n")
    chat = read_chat(path, duration_s=60.0)
    assert [m.text for m in chat.messages] == ["there"]
    assert [p.line_number for p in chat.problems] == [1, 2, 3]


def test_pseudonyms_follow_the_order_of_appearance_and_private_senders_get_none(tmp_path):
    path = tmp_path / "chat.jsonl"
    path.write_text(
        '{"t": 1, "name": "Zoe", "text": "x", "to": "Ana"}\n{"t": 9, "name": "Bo", "text": "x"}\n'
        '{"t": 2, "name": "Ana", "text": "x"}\n{"t": 10, "name": "Ana", "text": "x"}\n'
    )
    names = Pseudonyms()
    chat = read_chat(path, duration_s=60.0, pseudonyms=names)
    assert [m.participant for m in chat.messages] == ["P01", "P02", "P01"]
    assert dict(names.roster) == {"Ana": "P01", "Bo": "P02"}
    assert "Ana" not in repr(chat)


def test_messages_far_outside_the_recording_are_problems_and_near_ones_move_to_its_edge(tmp_path):
    path = tmp_path / "chat.txt"
    path.write_text("".join(f"10:0{m}:{s:02d}\t From  A : x\n" for m, s in [(0, 0), (0, 57), (1, 30), (2, 3), (2, 50)]))
    chat = read_chat(path, duration_s=60.0, start_clock="10:01:00")
    assert [m.t_ns / 10**9 for m in chat.messages] == [0.0, 30.0, 60.0]
    assert [(p.line_number, p.reason) for p in chat.problems] == [
        (1, "sent before the recording began"),
        (5, "sent after the recording ended"),
    ]


def test_a_start_that_is_no_time_is_a_usage_error(tmp_path):
    path = tmp_path / "chat.txt"
    path.write_text("10:00:00\t From  A : x\n")
    with pytest.raises(UsageError, match="HH:MM:SS"):
        read_chat(path, duration_s=60.0, start_clock="half past")


@pytest.mark.parametrize("kind", ["missing", "empty", "folder"])
def test_what_is_no_file_is_refused(tmp_path, kind):
    path = tmp_path / kind
    if kind == "empty":
        path.touch()
    elif kind == "folder":
        path.mkdir()
    with pytest.raises(BadInputError):
        read_chat(path, duration_s=60.0)


def test_a_file_above_the_cap_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(decode, "MAX_BYTES", 100)
    path = tmp_path / "chat.txt"
    path.write_text("10:00:00\t From  A : x\n" * 10)
    with pytest.raises(BadInputError, match="too large for a chat"):
        read_chat(path, duration_s=60.0)


def test_an_overlong_line_is_a_problem(tmp_path):
    path = tmp_path / "chat.txt"
    path.write_text("00:00:01\t From  A : x\n00:00:02\t From  A : " + "y" * 20_000 + "\n00:00:03\t From  A : z\n")
    chat = read_chat(path, duration_s=60.0)
    assert [m.text for m in chat.messages] == ["x", "z"]
    assert [p.line_number for p in chat.problems] == [2]


def test_hostile_lines_take_linear_time(tmp_path):
    path = tmp_path / "chat.txt"
    worst = ["00:00:01 From" + " " * 16_000, "00:00:01 From  a" + "  to  a" * 2_000, "00:00:01 From  " + " : " * 5_000]
    path.write_text("\n".join(worst * 20) + "\n00:00:03\t From  A : z\n")
    began_s = time.process_time()
    read_chat(path, duration_s=60.0)
    assert time.process_time() - began_s < 2.0
