from __future__ import annotations

from classroom_analyzer.sources.chat.tail import ChatTail


class Clock:
    now_ns = 0

    def __call__(self) -> int:
        return self.now_ns


def append(path, text, encoding="utf-8"):
    with path.open("ab") as file:
        file.write(text.encode(encoding))


def test_new_lines_come_once_at_the_time_they_were_seen(tmp_path):
    path, clock = tmp_path / "chat.jsonl", Clock()
    tail = ChatTail(path, clock)
    assert tail.poll() == ()
    assert not tail.connected
    append(path, '{"t": 500, "name": "Ana", "text": "hi"}\n{"t": 501, "na')
    clock.now_ns = 7
    (message,) = tail.poll()
    assert (message.t_ns, message.participant, message.text) == (7, "P01", "hi")
    append(path, 'me": "Bo", "text": "there"}\n')
    clock.now_ns = 9
    assert [(m.t_ns, m.participant, m.text) for m in tail.poll()] == [(9, "P02", "there")]
    assert tail.poll() == ()
    assert tail.connected


def test_a_message_that_goes_on_is_given_whole_at_the_first_quiet_look(tmp_path):
    path = tmp_path / "chat.txt"
    tail = ChatTail(path, Clock())
    append(path, "10:00:00 From  Ana  to  Everyone:\r\n")
    assert tail.poll() == ()
    assert tail.poll() == ()  # its text is still missing
    append(path, "\tfirst\r\n\tsecond\r\n")
    assert tail.poll() == ()
    assert [m.text for m in tail.poll()] == ["first\nsecond"]
    assert tail.shape == "zoom saved chat (D)"


def test_private_lines_are_dropped_and_counted_and_bad_lines_are_kept(tmp_path):
    path = tmp_path / "chat.jsonl"
    append(path, '{"t": 1, "name": "Ana", "text": "x", "to": "Bo"}\n{"t": 1, "name": "Ana", "text": "y"}\nnonsense\n')
    tail = ChatTail(path, Clock())
    assert [m.text for m in tail.poll()] == ["y"]
    assert tail.private_dropped == 1
    assert [p.line_number for p in tail.problems] == [3]


def test_a_file_that_starts_over_is_read_from_its_start(tmp_path):
    path = tmp_path / "chat.csv"
    append(path, "t_s,name,text\n1,Ana,a long first message\n")
    tail = ChatTail(path, Clock())
    assert len(tail.poll()) == 1
    path.write_text("t_s,name,text\n2,Bo,new\n")
    assert [(m.participant, m.text) for m in tail.poll()] == [("P02", "new")]


def test_utf_16_is_followed_too(tmp_path):
    path = tmp_path / "chat.txt"
    tail = ChatTail(path, Clock())
    append(path, "10:00:00\t From  Ana : olá\r\n", "utf-16")
    append(path, "10:00:01\t From  Ana : sim\r\n", "utf-16-le")
    assert [m.text for m in tail.poll()] == ["olá"]
    assert [m.text for m in tail.poll()] == ["sim"]


def test_an_unknown_format_is_not_connected(tmp_path):
    path = tmp_path / "chat.txt"
    append(path, "Dear all,\n")
    tail = ChatTail(path, Clock())
    assert tail.poll() == ()
    assert not tail.connected
    append(path, "10:00:00\t From  Ana : hi\n10:00:01\t From  Ana : there\n")
    assert [m.text for m in tail.poll()] == ["hi"]
    assert tail.connected


def test_an_overlong_line_is_a_problem_however_slowly_it_comes(tmp_path):
    path = tmp_path / "chat.jsonl"
    tail = ChatTail(path, Clock())
    append(path, '{"t": 1, "name": "Ana", "text": "a"}\n')
    for _ in range(4):
        append(path, "x" * 2**18)
        tail.poll()
    append(path, '\n{"t": 1, "name": "Ana", "text": "b"}\n')
    assert [m.text for m in tail.poll()] == ["b"]
    assert [p.line_number for p in tail.problems] == [2]


def test_a_transcript_is_not_connected_and_says_where_it_belongs(tmp_path):
    path = tmp_path / "meeting.vtt"
    append(path, "WEBVTT\n\n0:0:1.0 --> 0:0:2.0\n<v Ana>00:00:01\t From  Ana : hi</v>\n")
    tail = ChatTail(path, Clock())
    assert tail.poll() == ()
    assert not tail.connected
    assert "--transcript" in tail.detail
