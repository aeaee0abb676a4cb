"""Every shape, written from random messages and read back: what people wrote comes out, whatever they wrote."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from classroom_analyzer.domain.clock import to_s
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.sources.chat.decode import MAX_LINE_CHARS, MAX_LINES, read_text, split_lines
from classroom_analyzer.sources.chat.lines import clean_name, clean_text
from classroom_analyzer.sources.chat.pseudonyms import Pseudonyms
from classroom_analyzer.sources.chat.read import read_chat
from classroom_analyzer.sources.chat.shapes import recognise
from classroom_analyzer.sources.chat.tail import ChatTail

FILE = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True)
class Line:
    t_s: int
    name: str
    text: str
    private: bool


def clock(t_s: int) -> str:
    return f"{t_s // 3600:02d}:{t_s // 60 % 60:02d}:{t_s % 60:02d}"


def zoom_a(lines: list[Line]) -> str:
    return "".join(
        f"{clock(m.t_s)}\t From  {m.name}{' to   Bo(Privately)' if m.private else ''} : {m.text}\n" for m in lines
    )


def zoom_c(lines: list[Line]) -> str:
    return "".join(
        f"{clock(m.t_s)}\t From  {m.name}  to  {'Bo' if m.private else 'Everyone'} : {m.text}\n" for m in lines
    )


def zoom_d(lines: list[Line]) -> str:
    found = ""
    for m in lines:
        found += f"{clock(m.t_s)} From  {m.name}  to  {'Bo(Direct Message)' if m.private else 'Everyone'}:\n"
        found += "".join(f"\t{part}\n" for part in m.text.split("\n"))
    return found


def zoom_b(lines: list[Line]) -> str:
    return "".join(f"{clock(m.t_s)}\t{m.name}:\t{m.text}\n" for m in lines if not m.private)


def json_lines(lines: list[Line]) -> str:
    return "".join(
        json.dumps({"t": m.t_s, "name": m.name, "text": m.text} | ({"to": "Bo"} if m.private else {})) + "\n"
        for m in lines
    )


def comma(lines: list[Line], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(["t_s", "name", "text", "to"])
    writer.writerows([m.t_s, m.name, m.text, "Bo" if m.private else ""] for m in lines)
    return out.getvalue()


def semicolon(lines: list[Line]) -> str:
    return comma(lines, ";")


def meet(lines: list[Line]) -> str:
    return "\n".join(f"{clock(m.t_s)}.500,{clock(m.t_s + 3)}.500\n{m.name}: {m.text}\n" for m in lines if not m.private)


SHAPES: dict[Callable[[list[Line]], str], bool] = {  # whether private messages can stand in it
    zoom_a: True,
    zoom_b: False,
    zoom_c: True,
    zoom_d: True,
    json_lines: True,
    comma: True,
    semicolon: True,
    meet: False,
}
NAMES = st.sampled_from(
    ["Ana Silva", "Bo", "مريم", "אבי", "李小龍", "Zoë 🙂", "Road to Fame", "<b>Bob</b>", "O'Neil, Pat"]
)
PIECES = st.one_of(
    st.sampled_from(
        [
            "hello",
            "هل هذا صحيح؟",
            "🙂👩‍🏫",
            "\u202e reversed",
            "<img src=http://127.0.0.1:1/x>",
            "<script>alert(1)</script>",
            "=1+1",
            '"quoted", with comma; and semicolon',
            "at 10:15:00 we meet",
            "a : b",
            "From here to there",
            "00:01,00:02",
            "{not json}",
            "tab\tinside",
        ]
    ),
    st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=20),
)
# Continuation lines that themselves look like an opening line cannot be told from one, in any reader.
TEXTS = st.lists(PIECES, min_size=1, max_size=3).map("\n".join)


@st.composite
def chats(draw) -> list[Line]:
    times = sorted(draw(st.lists(st.integers(0, 3000), min_size=1, max_size=6)))
    return [Line(t, draw(NAMES), draw(TEXTS), draw(st.booleans())) for t in times]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@FILE
@given(
    chat=chats(),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_was_written_is_read_back(tmp_path, shape, chat, end, encoding):
    public = [m for m in chat if not m.private and clean_text(m.text)]
    chat = [m for m in chat if clean_text(m.text)]
    assume(public and not any(_opens(part) for m in chat for part in m.text.split("\n")))
    path = tmp_path / "chat"
    path.write_bytes(shape(chat).replace("\n", end).encode(encoding))
    names = Pseudonyms()
    found = read_chat(path, duration_s=3600.0, pseudonyms=names)
    name_of = {pseudonym: real for real, pseudonym in names.roster.items()}
    assert found.problems == ()
    assert [(int(to_s(m.t_ns)), name_of[m.participant], m.text) for m in found.messages] == [
        (m.t_s, clean_name(m.name), clean_text(m.text)) for m in public
    ]
    assert found.private_dropped == (len(chat) - len(public) if SHAPES[shape] else 0)


def _opens(line: str) -> bool:
    """Whether a line of text alone is taken for a chat."""
    return recognise([line]) is not None


@FILE
@given(chat=chats(), cut=st.integers(0, 400), shape=st.sampled_from([zoom_c, zoom_d, json_lines, meet]))
def test_a_growing_file_gives_the_same_wherever_it_is_cut(tmp_path, chat, cut, shape):
    public = [m for m in chat if not m.private and clean_text(m.text)]
    chat = [m for m in chat if clean_text(m.text)]
    assume(public and not any(_opens(part) for m in chat for part in m.text.split("\n")))
    raw = shape(chat).encode()
    path = tmp_path / "chat"
    path.write_bytes(b"")
    tail = ChatTail(path)
    found = []
    for stop in (min(cut, len(raw)), len(raw)):
        path.write_bytes(raw[:stop])
        found += tail.read_new()
    found += tail.finish()
    assert [m.text for m in found if not m.private] == [clean_text(m.text) for m in public]


ODD = st.one_of(
    st.sampled_from(
        ['{"name": "a", "text": "b"}', '{"name": "a", "text": "b", "t": "soon"}', "{", "[1]", "null", "x" * 40]
    ),
    st.text(max_size=30),
)


@FILE
@given(odd=st.lists(ODD, max_size=20))
def test_of_json_lines_each_filled_line_is_a_message_a_problem_or_private(tmp_path, odd):
    path = tmp_path / "chat.jsonl"
    path.write_bytes("\n".join(['{"t": 1, "name": "a", "text": "b"}', *odd]).encode("utf-8", "surrogatepass"))
    found = read_chat(path, duration_s=60.0)
    filled = [n for n, line in enumerate(split_lines(read_text(path)), 1) if line.strip()]
    assert len(found.messages) + len(found.problems) + found.private_dropped == len(filled)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_line_of_a_megabyte_is_a_problem_with_its_number_and_the_rest_is_read(tmp_path, shape):
    raw = shape([Line(1, "Ana", "before", False), Line(2, "Bo", "after", False)])
    lines = raw.splitlines()
    last = next(i for i in reversed(range(len(lines))) if lines[i].startswith(("00:00:02", "{", "2,", "2;")))
    lines.insert(last, "x" * 2**20)
    path = tmp_path / "chat"
    path.write_text("\n".join(lines) + "\n")
    found = read_chat(path, duration_s=60.0)
    assert [m.text for m in found.messages] == ["before", "after"]
    assert [(p.line_number, p.reason) for p in found.problems] == [
        (last + 1, f"longer than {MAX_LINE_CHARS} characters")
    ]


def test_lines_without_a_time_stand_at_the_line_before_and_the_rule_says_so(tmp_path):
    path = tmp_path / "chat.jsonl"
    path.write_text(
        '{"name": "a", "text": "first of all"}\n{"t": 5, "name": "a", "text": "x"}\n{"name": "b", "text": "y"}\n'
        '{"t": "", "name": "c", "text": "z"}\n{"t": null, "name": "c", "text": "secret", "to": "b"}\n'
    )
    found = read_chat(path, duration_s=60.0)
    assert [(to_s(m.t_ns), m.text) for m in found.messages] == [(5.0, "x"), (5.0, "y"), (5.0, "z")]
    assert [p.line_number for p in found.problems] == [1]
    assert "2 lines without a time" in found.clock_rule


def test_a_table_row_without_quotes_around_its_commas_keeps_its_words(tmp_path):
    path = tmp_path / "chat.csv"
    path.write_text("t_s,name,text\n1,Ana,yes, no, maybe\n2,Bo,ok,,\n")
    assert [m.text for m in read_chat(path, duration_s=60.0).messages] == ["yes, no, maybe", "ok"]
    path.write_text("t_s,name,text,to\n1,Ana,yes, no,Everyone\n2,Bo,ok,\n")
    found = read_chat(path, duration_s=60.0)
    assert [m.text for m in found.messages] == ["ok"]
    assert [p.reason for p in found.problems] == ["1 more cells than columns"]


def test_a_text_above_the_cap_is_cut_where_it_can_be_seen(tmp_path):
    path = tmp_path / "chat.jsonl"
    path.write_text('{"t": 1, "name": "a", "text": "' + "y" * 9000 + '"}\n')
    (message,) = read_chat(path, duration_s=60.0).messages
    assert len(message.text) == 4096
    assert message.text.endswith("…")


def test_lines_above_the_cap_are_counted(tmp_path, monkeypatch):
    monkeypatch.setattr("classroom_analyzer.sources.chat.read.MAX_LINES", 2)
    path = tmp_path / "chat.jsonl"
    path.write_text('{"t": 1, "name": "a", "text": "b"}\n' * 5)
    found = read_chat(path, duration_s=60.0)
    assert len(found.messages) == 2
    assert "3 are not" in found.problems[0].reason
    assert MAX_LINES > 2


def test_hostile_meet_lines_take_linear_time(tmp_path):
    path = tmp_path / "chat.sbv"
    path.write_text("00:00:01.0,00:00:02.0\nAna: hi\n" + ("," * 16_000 + "\n") * 100)
    with pytest.raises(BadInputError):
        read_chat(tmp_path / "none", duration_s=60.0)
    assert len(read_chat(path, duration_s=60.0).messages) == 1
