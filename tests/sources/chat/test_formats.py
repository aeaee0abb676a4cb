"""One golden file per shape: what stands in it is what comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from classroom_analyzer.domain.clock import to_s
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.sources.chat.pseudonyms import Pseudonyms
from classroom_analyzer.sources.chat.read import read_chat

FORMATS = Path(__file__).parents[2] / "data" / "formats"


def lines_of(name: str, **options) -> tuple[str, list[tuple[float, str, str]], int]:
    names = Pseudonyms()
    chat = read_chat(FORMATS / name, duration_s=3600.0, pseudonyms=names, **options)
    assert chat.problems == ()
    name_of = {pseudonym: real for real, pseudonym in names.roster.items()}
    return (
        chat.shape,
        [(to_s(m.t_ns), name_of[m.participant], m.text) for m in chat.messages],
        chat.private_dropped,
    )


def test_zoom_saved_chat_a_keeps_names_with_to_and_continuation_lines_and_drops_private():
    shape, lines, private = lines_of("zoom_saved_a.txt", start_clock="10:02:00")
    assert shape == "zoom saved chat (A)"
    assert lines == [
        (5.0, "Ana Silva", "Good morning"),
        (9.0, "Road to Fame", "is this on page 12?"),
        (31.0, "Bo", "two lines\nof one message"),
        (44.0, "Ana Silva", "from the next generation"),
    ]
    assert private == 1


def test_zoom_cloud_chat_b():
    shape, lines, private = lines_of("zoom_cloud_b.txt")
    assert shape == "zoom cloud chat (B)"
    assert lines == [
        (4.0, "Ana Silva", "Good morning"),
        (21.0, "Bo", "is it 3:4?"),
        (70.0, "Cai: the third", "yes"),
    ]
    assert private == 0


def test_zoom_saved_chat_c_takes_an_unknown_recipient_for_private_and_text_never_for_a_recipient():
    shape, lines, private = lines_of("zoom_saved_c.txt", start_clock="10:02:00")
    assert shape == "zoom saved chat (C)"
    assert lines == [(5.0, "Ana Silva", "Good morning"), (12.0, "Road to Fame", "note to self : read it")]
    assert private == 2


def test_zoom_saved_chat_d_takes_indented_lines_and_strips_one_tab():
    shape, lines, private = lines_of("zoom_saved_d.txt", start_clock="10:02:00")
    assert shape == "zoom saved chat (D)"
    assert lines == [(5.0, "Ana Silva", "Good morning\n\tindented"), (50.0, "Bo", "answer: 42")]
    assert private == 1


def test_zoom_saved_chat_d_with_single_blanks():
    shape, lines, private = lines_of("zoom_saved_d_single_spaced.txt", start_clock="10:02:00")
    assert shape == "zoom saved chat (D, single-spaced)"
    assert lines == [(5.0, "Ana Silva", "Good morning"), (40.0, "Road to Fame", "hello")]
    assert private == 1


def test_utf_16_with_byte_order_mark():
    _, lines, _ = lines_of("zoom_saved_c_utf16.txt", start_clock="10:02:00")
    assert lines == [(5.0, "Ána Silva", "Olá"), (9.0, "Bo", "hi")]


def test_json_lines_with_other_key_names():
    shape, lines, private = lines_of("chat.jsonl")
    assert shape == "json lines"
    assert lines == [(1.5, "Ana Silva", "Good morning"), (7.0, "Bo", "two\nlines")]
    assert private == 1


def test_json_lines_with_dates_over_midnight():
    _, lines, _ = lines_of("chat_dated.jsonl", start_clock="23:59:40")
    assert lines == [(10.0, "Ana Silva", "Good evening"), (40.0, "Bo", "past midnight")]


def test_csv_with_quotes_and_lines_inside_a_cell():
    shape, lines, private = lines_of("chat_comma.csv")
    assert shape == "csv"
    assert lines == [(1.5, "Ana Silva", "Good morning, all"), (9.0, "Bo", 'two\nlines "quoted"')]
    assert private == 1


def test_csv_with_semicolons_and_decimal_commas():
    _, lines, _ = lines_of("chat_semicolon.csv")
    assert lines == [(1.5, "Ana Silva", "Good morning"), (12.0, "Bo", "3; 4")]


@pytest.mark.parametrize("content", ["Hello,\nthis is a letter.\n", "a,b,c\n1,2,3\n", '{"x": 1}\n', "\0\1\2\3"])
def test_an_unknown_format_is_refused_with_the_list_of_what_is_read(tmp_path, content):
    path = tmp_path / "chat.txt"
    path.write_text(content)
    with pytest.raises(BadInputError, match=r"Zoom.*JSON lines.*CSV.*Meet"):
        read_chat(path, duration_s=60.0)


@pytest.mark.parametrize(
    ("name", "start_clock", "count", "last_s"),
    [
        ("inperson/chat.txt", None, 25, 58.0),
        ("inperson/chat_clock.txt", "10:15:00", 25, 58.0),
        ("gallery/chat.jsonl", None, 20, 58.2),
    ],
)
def test_every_message_of_the_shared_lessons_is_counted(shared_data, name, start_clock, count, last_s):
    chat = read_chat(shared_data / "lessons" / name, duration_s=60.0, start_clock=start_clock)
    assert len(chat.messages) == count
    assert chat.problems == ()
    assert to_s(chat.messages[-1].t_ns) == pytest.approx(last_s)


def test_meet_chat_with_padded_and_unpadded_times_and_lines_that_go_on():
    shape, lines, private = lines_of("meet_chat.sbv", start_clock="10:00:00")
    assert shape == "meet chat"
    assert lines == [
        (20.906, "Ana Silva", "Good morning"),
        (62.5, "Bo", "two lines\nof one: message"),
        (70.5, "مريم", "هل هذا صحيح؟ 🙂"),
    ]
    assert private == 0


@pytest.mark.parametrize(
    "content",
    [
        "WEBVTT\n\n1\n00:00:04.859 --> 00:00:07.410\nAna Silva: Okay, so we are recording.\n",
        "\ufeffWEBVTT\r\n\r\n0:0:0.0 --> 0:0:5.320\r\n<v Ana Silva>This is a transcript test.</v>\r\n",
    ],
)
def test_a_transcript_given_as_chat_is_refused_with_the_option_that_takes_it(tmp_path, content):
    path = tmp_path / "meeting.vtt"
    path.write_bytes(content.encode())
    with pytest.raises(BadInputError, match=r"transcript.*--transcript"):
        read_chat(path, duration_s=60.0)
