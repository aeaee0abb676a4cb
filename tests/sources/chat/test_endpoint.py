"""The chat port, by real clients over loopback: who gets in, what becomes of lines, and that it ends."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import threading
import time
from contextlib import contextmanager

import aiohttp
import pytest

from classroom_analyzer.domain.chat import ChatTaken
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.chat import inbox as inbox_module
from classroom_analyzer.sources.chat.endpoint import MAX_BYTES, ChatEndpoint, listen
from classroom_analyzer.sources.chat.inbox import ChatInbox

LINE = '{"t": 1.5, "name": "Ana", "text": "hi"}'


@contextmanager
def listening():
    box = ChatInbox(lambda: 0)
    endpoint = ChatEndpoint(listen(0), box)
    endpoint.start()
    try:
        yield box, endpoint
    finally:
        endpoint.stop()
    assert not any(thread.name == "chat endpoint" for thread in threading.enumerate())


def port_of(endpoint: ChatEndpoint) -> int:
    return int(endpoint.address.url.split(":")[2].split("/")[0])


def post(endpoint: ChatEndpoint, body: str | bytes, *, token: str | None = "", path="/chat", **headers: str):
    token = endpoint.address.token if token == "" else token
    if token is not None:
        headers.setdefault("Authorization", f"Bearer {token}")
    client = http.client.HTTPConnection("127.0.0.1", port_of(endpoint), timeout=10)
    try:
        client.request("POST", path, body.encode() if isinstance(body, str) else body, headers)
        answer = client.getresponse()
        return answer.status, json.loads(answer.read() or b"{}") if answer.status in (200, 401, 403, 503) else {}
    finally:
        client.close()


def test_posted_lines_arrive_under_pseudonyms_and_are_answered_for():
    body = "\n".join(
        [LINE, '{"name": "Bo", "text": "no time"}', '{"name": "Bo", "text": "x", "to": "Ana"}', "", "nope"]
    )
    with listening() as (box, endpoint):
        assert not box.connected
        status, answer = post(endpoint, body)
        assert (status, answer["taken"], answer["private"], answer["unreadable"]) == (200, 2, 1, 1)
        assert answer["problems"] == [{"line": 5, "reason": "no JSON object"}]
        assert [(m.participant, m.text) for m in box.poll()] == [("P01", "hi"), ("P02", "no time")]
        assert box.connected
    assert box.account == ChatTaken(taken=2, private=1, unreadable=1)


@pytest.mark.parametrize("token", [None, "wrong", "ä"])
def test_without_the_token_nobody_gets_in(token):
    with listening() as (box, endpoint):
        assert post(endpoint, LINE, token=None if token == "ä" else token)[0] == 401
        assert post(endpoint, LINE, token=None, path="/chat?token=%C3%A4")[0] == 401
        assert post(endpoint, LINE, token=None, path=f"/chat?token={endpoint.address.token}")[0] == 200
        assert len(box.poll()) == 1
        assert endpoint.address.token not in repr(endpoint.address)


@pytest.mark.parametrize("given", [b"Bearer \xe4", b"Bearer \xff\xfe", "Bearer 口令".encode(), b"\xe4"])
def test_a_token_of_other_bytes_is_refused_like_any_wrong_one(given):
    with listening() as (box, endpoint), socket.create_connection(("127.0.0.1", port_of(endpoint)), 5) as client:
        head = f"POST /chat HTTP/1.1\r\nHost: 127.0.0.1:{port_of(endpoint)}\r\nContent-Length: 0\r\n".encode()
        client.sendall(head + b"Authorization: " + given + b"\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 401")
        assert not box.connected


@pytest.mark.parametrize("body", ["", "\n \n", "nonsense", '{"name": "Bo", "text": "x", "to": "Ana"}'])
def test_a_post_of_which_nothing_was_taken_does_not_make_the_chat_connected(body):
    with listening() as (box, endpoint):
        assert post(endpoint, body)[0] == 200
        assert not box.connected
        post(endpoint, LINE)
        post(endpoint, body)
        assert box.connected


def test_each_run_has_a_token_of_its_own():
    tokens = set()
    for _ in range(2):
        with listening() as (_, endpoint):
            tokens.add(endpoint.address.token)
    assert len(tokens) == 2
    assert all(len(token) >= 32 for token in tokens)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:80"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_web_page_cannot_reach_it_even_with_the_token(headers):
    with listening() as (box, endpoint):
        assert post(endpoint, LINE, **headers)[0] == 403
        assert post(endpoint, LINE, Host=f"localhost:{port_of(endpoint)}")[0] == 200
        assert len(box.poll()) == 1


def test_a_post_above_the_cap_is_refused_whole_and_a_long_line_is_a_problem():
    with listening() as (box, endpoint):
        assert post(endpoint, b"x" * (MAX_BYTES + 1))[0] == 413
        status, answer = post(endpoint, "x" * (MAX_BYTES - 100) + "\n" + LINE)
        assert (status, answer["taken"], answer["unreadable"]) == (200, 1, 1)
        assert len(box.poll()) == 1


def test_bytes_that_are_no_text_are_counted():
    with listening() as (_, endpoint):
        status, answer = post(endpoint, b"\xff\xfe\x00\xd8")
        assert (status, answer["unreadable"]) == (200, 1)


def test_a_socket_takes_many_lines_and_counts_as_connected_while_it_is_open():
    async def talk(url: str, token: str) -> list[dict]:
        headers = {"Authorization": f"Bearer {token}"}
        async with aiohttp.ClientSession() as session, session.ws_connect(url, headers=headers) as client:
            answers = []
            for n in range(20):
                await client.send_str(f'{{"name": "Ana", "text": "{n}"}}\n{{"name": "Bo", "text": "{n}"}}')
                answers.append(await client.receive_json())
            assert box.connected
            return answers

    with listening() as (box, endpoint):
        answers = asyncio.run(talk(endpoint.address.url.replace("http", "ws"), endpoint.address.token))
        assert [a["taken"] for a in answers] == [2] * 20
        assert [m.text for m in box.poll()] == [str(n) for n in range(20) for _ in range(2)]
        deadline = time.monotonic() + 5
        while box.connected and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not box.connected


def test_a_socket_without_the_token_is_refused():
    async def talk(url: str) -> int:
        async with aiohttp.ClientSession() as session:
            try:
                async with session.ws_connect(url):
                    return 101
            except aiohttp.WSServerHandshakeError as error:
                return error.status

    with listening() as (_, endpoint):
        assert asyncio.run(talk(endpoint.address.url.replace("http", "ws"))) == 401


def test_an_open_socket_is_told_when_the_lesson_ends():
    async def talk(url: str, token: str, stop) -> int | None:
        async with aiohttp.ClientSession() as session, session.ws_connect(f"{url}?token={token}") as client:
            await client.send_str(LINE)
            await client.receive_json()
            threading.Thread(target=stop).start()
            await client.receive()
            return client.close_code

    with listening() as (_, endpoint):
        url = endpoint.address.url.replace("http", "ws")
        assert asyncio.run(talk(url, endpoint.address.token, endpoint.stop)) == 1001


def test_when_too_much_waits_clients_wait_too_and_nothing_is_lost(monkeypatch):
    monkeypatch.setattr("classroom_analyzer.sources.chat.endpoint.MAX_WAITING", 50)
    monkeypatch.setattr(inbox_module, "AT_ONCE", 10)
    sent = 300
    with listening() as (box, endpoint):
        answers = []

        def write() -> None:
            for n in range(sent // 10):
                lines = "\n".join(f'{{"name": "Ana", "text": "{10 * n + k}"}}' for k in range(10))
                answers.append(post(endpoint, lines))

        writer = threading.Thread(target=write)
        writer.start()
        time.sleep(0.3)
        assert box.waiting <= 60
        assert writer.is_alive()
        found = []
        while len(found) < sent:
            found += box.poll()
        writer.join()
    assert [int(m.text) for m in found] == list(range(sent))
    assert all(status == 200 and answer["taken"] == 10 for status, answer in answers)


def test_a_client_that_waits_when_the_lesson_ends_is_told_that_nothing_was_taken(monkeypatch):
    monkeypatch.setattr("classroom_analyzer.sources.chat.endpoint.MAX_WAITING", 0)
    with listening() as (box, endpoint):
        answers = []
        writer = threading.Thread(target=lambda: answers.append(post(endpoint, LINE)))
        writer.start()
        time.sleep(0.2)
        endpoint.stop()
        writer.join()
    assert answers[0][0] == 503
    assert box.account == ChatTaken()


def test_a_client_that_hangs_half_way_through_its_post_does_not_keep_the_lesson_from_its_end():
    with listening() as (box, endpoint), socket.create_connection(("127.0.0.1", port_of(endpoint))) as client:
        host = f"127.0.0.1:{port_of(endpoint)}"
        head = f"POST /chat HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {endpoint.address.token}\r\n"
        client.sendall(f"{head}Content-Length: 500\r\n\r\n{LINE}\n".encode())
        time.sleep(0.1)
        began_s = time.monotonic()
        endpoint.stop()
        assert time.monotonic() - began_s < 4
        assert box.account == ChatTaken()


def test_a_port_that_is_taken_is_one_sentence():
    with (
        socket.create_server(("127.0.0.1", 0)) as other,
        pytest.raises(DeviceUnavailableError, match="--chat-port"),
    ):
        listen(other.getsockname()[1])


def test_an_endpoint_that_was_never_started_lets_go_of_its_port():
    endpoint = ChatEndpoint(listen(0), ChatInbox(lambda: 0))
    endpoint.stop()
    with socket.create_server(("127.0.0.1", port_of(endpoint))):
        pass
