from __future__ import annotations

import time

from classroom_analyzer.domain.chat import ChatProblem
from classroom_analyzer.sources.chat.lines import RawMessage
from classroom_analyzer.sources.chat.tail import ChatTail


def texts(tail: ChatTail) -> list[str]:
    return [m.text for m in tail.read_new() if isinstance(m, RawMessage) and not m.private]


def append(path, text, encoding="utf-8"):
    with path.open("ab") as file:
        file.write(text.encode(encoding))


def test_new_lines_come_once_and_half_a_line_waits(tmp_path):
    path = tmp_path / "chat.jsonl"
    tail = ChatTail(path)
    assert texts(tail) == []
    assert not tail.connected
    append(path, '{"t": 500, "name": "Ana", "text": "hi"}\n{"t": 501, "na')
    assert texts(tail) == ["hi"]
    append(path, 'me": "Bo", "text": "there"}\n')
    assert texts(tail) == ["there"]
    assert texts(tail) == []
    assert tail.connected


def test_a_message_that_goes_on_is_given_whole_at_the_first_quiet_look(tmp_path):
    path = tmp_path / "chat.txt"
    tail = ChatTail(path)
    append(path, "10:00:00 From  Ana  to  Everyone:\r\n")
    assert texts(tail) == []
    assert texts(tail) == []  # its text is still missing
    append(path, "\tfirst\r\n\tsecond\r\n")
    assert texts(tail) == []
    assert texts(tail) == ["first\nsecond"]
    assert tail.shape == "zoom saved chat (D)"


def test_private_and_bad_lines_come_too(tmp_path):
    path = tmp_path / "chat.jsonl"
    append(path, '{"t": 1, "name": "Ana", "text": "x", "to": "Bo"}\n{"t": 1, "name": "Ana", "text": "y"}\nnonsense\n')
    private, public, problem = ChatTail(path).read_new()
    assert (private.private, public.text, problem) == (True, "y", ChatProblem(3, "no JSON object"))


def test_at_the_end_what_was_held_back_comes_and_a_last_line_without_its_end(tmp_path):
    path = tmp_path / "chat.txt"
    tail = ChatTail(path)
    append(path, "10:00:00\t From  Ana : one\n10:00:01\t From  Ana : two")
    assert texts(tail) == []
    assert [m.text for m in tail.finish()] == ["one", "two"]


def test_a_file_that_starts_over_is_read_from_its_start(tmp_path):
    path = tmp_path / "chat.csv"
    append(path, "t_s,name,text\n1,Ana,a long first message\n")
    tail = ChatTail(path)
    assert len(texts(tail)) == 1
    assert tail.starts == 0
    path.write_text("t_s,name,text\n2,Bo,new\n")
    assert texts(tail) == ["new"]
    assert tail.starts == 1


def test_utf_16_is_followed_too(tmp_path):
    path = tmp_path / "chat.txt"
    tail = ChatTail(path)
    append(path, "10:00:00\t From  Ana : olá\r\n", "utf-16")
    append(path, "10:00:01\t From  Ana : sim\r\n", "utf-16-le")
    assert texts(tail) == ["olá"]
    assert texts(tail) == ["sim"]


def test_an_unknown_format_is_not_connected(tmp_path):
    path = tmp_path / "chat.txt"
    append(path, "Dear all,\n")
    tail = ChatTail(path)
    assert texts(tail) == []
    assert not tail.connected
    append(path, "10:00:00\t From  Ana : hi\n10:00:01\t From  Ana : there\n")
    assert texts(tail) == ["hi"]
    assert tail.connected


def test_an_overlong_line_is_a_problem_however_slowly_it_comes(tmp_path):
    path = tmp_path / "chat.jsonl"
    tail = ChatTail(path)
    append(path, '{"t": 1, "name": "Ana", "text": "a"}\n')
    assert texts(tail) == ["a"]
    for _ in range(4):
        append(path, "x" * 2**18)
        assert tail.read_new() == []
    append(path, '\n{"t": 1, "name": "Ana", "text": "b"}\n')
    problem, message = tail.read_new()
    assert (problem.line_number, message.text) == (2, "b")


def test_a_transcript_is_not_connected_and_says_where_it_belongs(tmp_path):
    path = tmp_path / "meeting.vtt"
    append(path, "WEBVTT\n\n0:0:1.0 --> 0:0:2.0\n<v Ana>00:00:01\t From  Ana : hi</v>\n")
    tail = ChatTail(path)
    assert texts(tail) == []
    assert not tail.connected
    assert "--transcript" in tail.detail


def test_many_lines_of_no_known_format_are_counted_and_what_follows_is_still_read(tmp_path):
    path = tmp_path / "chat.txt"
    path.write_text("a letter\n\n" * 20_000)
    tail = ChatTail(path)
    began_s = time.process_time()
    problems = [item for _ in range(3) for item in tail.read_new()]
    assert time.process_time() - began_s < 2
    assert not tail.connected
    append(path, "10:00:00\t From  Ana : hi\n")
    *more, message = [*tail.read_new(), *tail.finish()]
    assert message.text == "hi"
    assert tail.connected
    assert len(problems) + len(more) == 20_000
    assert {p.reason for p in problems} == {"its format is not known"}
