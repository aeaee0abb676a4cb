"""Transcripts: one golden file per shape, who teaches, and whatever else may stand in such a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classroom_analyzer.domain.clock import to_s
from classroom_analyzer.domain.transcript import SpeakerRole, TranscriptImport
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.sources.chat.pseudonyms import Pseudonyms
from classroom_analyzer.sources.chat.read import read_chat
from classroom_analyzer.sources.transcript.read import read_transcript

FORMATS = Path(__file__).parents[2] / "data" / "formats"
T, S, U = SpeakerRole.TEACHER, SpeakerRole.STUDENT, SpeakerRole.UNKNOWN


def golden(name: str, **options: object) -> tuple[TranscriptImport, list[tuple[float, float, str | None, str]]]:
    names = Pseudonyms()
    found = read_transcript(FORMATS / name, duration_s=None, pseudonyms=names, **options)  # type: ignore[arg-type]
    name_of = {pseudonym: real for real, pseudonym in names.roster.items()}
    assert found.problems == ()
    return found, [
        (to_s(u.start_ns), to_s(u.end_ns), name_of[u.speaker] if u.speaker else None, u.text) for u in found.utterances
    ]


def vtt(tmp_path: Path, *cues: tuple[float, float, str]) -> Path:
    blocks = [f"0:0:{start} --> 0:0:{end}\n{text}\n" for start, end, text in cues]
    path = tmp_path / "t.vtt"
    path.write_text("WEBVTT\n\n" + "\n".join(blocks), encoding="utf-8")
    return path


def test_zoom_names_stand_before_the_first_colon_and_a_sentence_goes_on_in_the_next_cue() -> None:
    found, said = golden("zoom_transcript.vtt")
    assert found.shape == "zoom transcript"
    assert said == [
        (4.859, 7.41, "Ana Silva", "Okay, so we are recording."),
        (7.6, 11.0, "Ana Silva", "What is the next step, and why is it the next one?"),
        (14.5, 16.0, "Bo Li", "We add: five and two."),
        (17.0, 18.0, None, "somebody off the microphone"),
    ]
    assert [u.role for u in found.utterances] == [T, T, S, U]


def test_teams_names_are_tags_times_are_not_padded_and_cues_have_several_lines() -> None:
    found, said = golden("teams_transcript.vtt")
    assert found.shape == "teams transcript"
    assert said == [
        (0.0, 5.32, "Ana Silva", "This is a transcript test."),
        (6.5, 10.5, "Bo Li", "two lines of one cue & more"),
        (3723.45, 3725.0, "Ana Silva", "Good."),
    ]


def test_meet_times_are_joined_by_a_comma_and_may_overlap() -> None:
    found, said = golden("meet_transcript.sbv")
    assert found.shape == "meet transcript"
    assert [(s, e, n) for s, e, n, _ in said] == [(20.906, 23.906, "Ana"), (23.0, 25.5, "Bo"), (31.0, 33.0, "Ana")]
    assert said[1][3] == "Good morning, miss how are you?"


def test_plain_webvtt_has_ids_settings_notes_and_styles_and_a_colon_in_a_sentence_names_nobody() -> None:
    found, said = golden("plain.vtt")
    assert found.shape == "webvtt transcript"
    assert said == [(1.0, 3.0, None, "The answer is: five."), (4.0, 6.0, None, "Really five?")]
    assert "names nobody" in found.teacher_rule


def test_one_cue_with_two_voices_is_shared_out(tmp_path: Path) -> None:
    path = vtt(tmp_path, (0.0, 4.0, "<v Ana>abcd</v>\n<v Bo>efgh</v>"))
    first, second = read_transcript(path, duration_s=None).utterances
    assert (first.speaker, first.text, second.speaker, second.text) == ("P01", "abcd", "P02", "efgh")
    assert to_s(first.end_ns) == to_s(second.start_ns) == 2.0


@pytest.mark.parametrize("wanted", ["Bo Li", "bo", "BO L"])
def test_the_teacher_is_whom_the_user_names(wanted: str) -> None:
    found, _ = golden("zoom_transcript.vtt", teacher=wanted)
    assert [u.role for u in found.utterances] == [S, S, T, U]
    assert "P02" in found.teacher_rule
    assert "Bo" not in found.teacher_rule


def test_a_whole_name_wins_over_names_that_begin_so(tmp_path: Path) -> None:
    path = vtt(tmp_path, (0.0, 1.0, "<v Ana>a</v>"), (1.0, 2.0, "<v Anaïs>b</v>"))
    assert read_transcript(path, duration_s=None, teacher="ana").utterances[0].role is T
    with pytest.raises(BadInputError, match=r"2 names in it begin.*2 speakers"):
        read_transcript(path, duration_s=None, teacher="an")


def test_an_unknown_teacher_is_refused_without_a_name() -> None:
    with pytest.raises(BadInputError, match="2 speakers") as caught:
        read_transcript(FORMATS / "zoom_transcript.vtt", duration_s=None, teacher="Zed")
    assert "Ana" not in str(caught.value)
    assert caught.value.exit_code == 3


def test_one_name_for_a_whole_room_tells_nobody_apart(tmp_path: Path) -> None:
    path = vtt(tmp_path, (0.0, 1.0, "<v Room 7>a</v>"), (2.0, 3.0, "<v Room 7>b</v>"))
    found = read_transcript(path, duration_s=None)
    assert {u.role for u in found.utterances} == {U}
    assert "one name for everybody" in found.teacher_rule


def test_a_person_has_one_pseudonym_in_chat_and_transcript(tmp_path: Path) -> None:
    chat = tmp_path / "chat.jsonl"
    chat.write_text('{"t": 1, "name": "Bo Li", "text": "hello"}\n', encoding="utf-8")
    names = Pseudonyms()
    read_chat(chat, duration_s=60.0, pseudonyms=names)
    found = read_transcript(FORMATS / "zoom_transcript.vtt", duration_s=60.0, pseudonyms=names)
    assert [u.speaker for u in found.utterances] == ["P02", "P02", "P01", None]


def test_what_cannot_be_read_is_kept_as_a_problem_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "t.vtt"
    path.write_text(
        "WEBVTT\n\n1\n00:00:05.0 --> 00:00:04.0\nAna: back\n\n2\n00:00:0x.0 --> 00:00:04.0\nAna: odd\n\n"
        "stray\n\n3\n00:00:06.0 --> 00:00:07.0\n\n4\n00:00:08.0 --> 00:00:09.0\nAna: fine\n"
        "5\n00:00:10.0 --> 00:00:11.0\nAna: no blank line before\n\n00:01:10.0 --> 00:01:11.0\nAna: late\n",
        encoding="utf-8",
    )
    found = read_transcript(path, duration_s=60.0)
    assert [u.text for u in found.utterances] == ["fine", "no blank line before"]
    assert [(p.line_number, p.reason) for p in found.problems] == [
        (4, "it ends before it starts"),
        (8, "its times cannot be read"),
        (11, "belongs to no cue that could be read"),
        (14, "a cue without words"),
        (23, "said after the recording ended"),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("WEBVTT\n", "no cue with words"),
        ("just words\n", "not known"),
        ("00:00:01\t From  Ana : hi\n", "--chat"),
    ],
)
def test_what_is_no_transcript_is_refused_with_what_to_do(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "t.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match=says):
        read_transcript(path, duration_s=None)


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "WEBVTT",
                "NOTE",
                "1",
                "",
                "-->",
                "00:00:01.0 --> 00:00:02.0",
                "0:0:3.5 --> 0:0:2.0 align:start",
                "00:00:01.0,00:00:02.0",
                "<v Ana>hi</v> <v Bo>ho",
                "<v >",
                "Ana: hi",
                ": ",
                "&#x0; &#xD800; &lt;v X&gt;",
            ]
        ),
        st.text(max_size=30),
    ),
    max_size=14,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_text_raises_anything_but_bad_input_and_times_are_in_order(tmp_path: Path, lines: list[str], end: str):
    path = tmp_path / "any.vtt"
    path.write_bytes(end.join(lines).encode("utf-8", "surrogatepass"))
    try:
        found = read_transcript(path, duration_s=60.0)
    except BadInputError:
        return
    starts = [u.start_ns for u in found.utterances]
    assert starts == sorted(starts)
    for utterance in found.utterances:
        assert 0 <= utterance.start_ns < utterance.end_ns <= 60 * 10**9
        assert utterance.text.strip()
        assert utterance.text.encode()


def test_a_large_file_is_read_in_time(tmp_path: Path) -> None:
    cue = "{n}\n{h:02d}:{m:02d}:{s:02d}.000 --> {h:02d}:{m:02d}:{s:02d}.900\nAna: " + "word " * 12 + "\n\n"
    blocks = [cue.format(n=n, h=n // 3600, m=n // 60 % 60, s=n % 60) for n in range(10_000)]
    path = tmp_path / "long.vtt"
    path.write_text("WEBVTT\n\n" + "".join(blocks), encoding="utf-8")
    found = read_transcript(path, duration_s=None)
    assert len(found.utterances) > 300
    assert all(to_s(u.end_ns - u.start_ns) <= 30 for u in found.utterances)


def test_an_endless_line_of_half_open_tags_is_no_trouble(tmp_path: Path) -> None:
    path = vtt(tmp_path, (0.0, 1.0, "<v " * 5000), (2.0, 3.0, "Ana: " + "<" * 16_000))
    assert read_transcript(path, duration_s=None).problems is not None
