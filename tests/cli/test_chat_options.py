"""Chat and attendance on the command line: what is refused, with which exit code, in one sentence."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from classroom_analyzer.app.demo import demo_recording
from classroom_analyzer.cli.main import run

POLICY = ("--policy", "observe", "--place", "other")


def ended(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    code = run(arguments, open_demo=lambda: 0, open_session=lambda session: 0)
    return code, capsys.readouterr().err.strip().splitlines()


@pytest.fixture
def transcript(tmp_path: Path) -> str:
    path = tmp_path / "meeting.vtt"
    path.write_text("WEBVTT\n\n0:0:1.0 --> 0:0:2.0\n<v Ana>hi</v>\n")
    return str(path)


def test_a_transcript_as_chat_is_bad_input_with_the_option_that_takes_it(capsys, tmp_path, transcript):
    out = str(tmp_path / "out")
    code, said = ended(capsys, "analyze", str(demo_recording().path), "--chat", transcript, "--out", out, *POLICY)
    assert (code, len(said)) == (3, 1)
    assert "--transcript" in said[0]
    code, said = ended(capsys, "live", "--headless", "--chat", transcript, "--out", out, *POLICY)
    assert (code, len(said)) == (3, 1)
    assert not Path(out).exists()


def test_an_attendance_file_that_is_none_is_bad_input(capsys, tmp_path, transcript):
    out = str(tmp_path / "out")
    chat = str(tmp_path / "chat.jsonl")
    code, said = ended(capsys, "live", "--headless", "--chat", chat, "--attendance", transcript, "--out", out, *POLICY)
    assert (code, len(said)) == (3, 1)
    assert "attendance" in said[0]
    assert not Path(out).exists()


def test_a_chat_port_that_is_taken_names_the_option_and_one_that_is_none_is_wrong_usage(capsys, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        code, said = ended(capsys, "live", "--headless", "--chat-port", port, "--out", str(tmp_path / "out"), *POLICY)
    assert (code, len(said)) == (4, 1)
    assert "--chat-port" in said[0]
    assert ended(capsys, "live", "--headless", "--chat-port", "70000")[0] == 2


def test_the_address_and_its_token_are_said_once_on_stderr(capsys, tmp_path):
    out = str(tmp_path / "out")
    code, said = ended(capsys, "live", "--headless", "--chat-port", "0", "--duration", "1", "--out", out, *POLICY)
    assert code == 0
    token = next(line for line in said if "curl" in line).split("Bearer ")[1].split("'")[0]
    assert len(token) >= 32
    assert sum(line.count(token) for line in said) == 1
    for path in Path(out).rglob("*"):
        assert not path.is_file() or token.encode() not in path.read_bytes()
