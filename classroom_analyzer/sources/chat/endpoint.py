"""A door on this machine for programs that hand chat lines to a live lesson: HTTP POST and WebSocket on 127.0.0.1.

A client needs the token of this run. Lines are JSON objects as in a JSON lines file, one or many in a post or message.
Each gets an answer that says what became of its lines; a line that was answered for as taken is never dropped: when
more come than the lesson can take, clients wait. Foreign ``Host`` and ``Origin`` headers are refused, so that no web
page can reach it by a name of its own (DNS rebinding).
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

from aiohttp import WSCloseCode, WSMsgType, web

from classroom_analyzer.domain.chat import ChatProblem
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.chat.decode import MAX_LINE_CHARS, split_lines
from classroom_analyzer.sources.chat.inbox import MAX_WAITING, ChatInbox, Way
from classroom_analyzer.sources.chat.jsonl import JsonLinesParser
from classroom_analyzer.sources.chat.lines import Parsed

__all__ = ["MAX_BYTES", "ChatAddress", "ChatEndpoint", "listen"]

HOST = "127.0.0.1"
PATH = "/chat"
MAX_BYTES = 2**20  # of one post or message
MAX_SOCKETS = 16
PROBLEMS_TOLD = 20
ROOM_POLL_S = 0.02
CLOSE_S = 1.0
JOIN_S = 5.0
TOKEN_BYTES = 24

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class ChatAddress:
    """Where the endpoint listens.

    Attributes:
        url: For posts; a WebSocket uses the same with ``ws``.
        token: Secret of this run.
    """

    url: str
    token: str = field(repr=False)


def listen(port: int) -> socket.socket:
    """Take a port on 127.0.0.1; clients wait there until an endpoint answers them.

    Args:
        port: 0 to 65535; 0 takes any free one.

    Raises:
        DeviceUnavailableError: It cannot be had.
    """
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        reason = f"{error.strerror}; choose another with --chat-port, 0 takes any free one"
        raise DeviceUnavailableError(f"the chat port {port}", reason) from error


class ChatEndpoint:
    """Answers between ``start`` and ``stop``.

    Args:
        server: As ``listen`` gave it; the endpoint closes it.
        inbox: Where lines go.
    """

    def __init__(self, server: socket.socket, inbox: ChatInbox) -> None:
        self._inbox = inbox
        self._server = server
        self._port: int = self._server.getsockname()[1]
        self.address = ChatAddress(f"http://{HOST}:{self._port}{PATH}", secrets.token_urlsafe(TOKEN_BYTES))
        self._sockets: set[web.WebSocketResponse] = set()
        self._posted = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended: asyncio.Event | None = None
        self._ready = Event()
        self._stopping = Lock()
        self._thread = Thread(target=lambda: asyncio.run(self._serve()), name="chat endpoint", daemon=True)
        inbox.watch_endpoint(lambda: self._posted or bool(self._sockets))

    @property
    def name(self) -> str:
        """As the user knows it."""
        return f"port {self._port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()
        self._ready.wait(JOIN_S)

    def stop(self) -> None:
        """End; lines that were answered for are in the inbox when this returns, and none comes after."""
        if self._loop is None or self._ended is None:
            self._server.close()
            return
        with self._stopping:
            if self._thread.is_alive():
                self._loop.call_soon_threadsafe(self._ended.set)
                self._thread.join(JOIN_S)

    async def _serve(self) -> None:
        self._ended = asyncio.Event()
        self._loop = asyncio.get_running_loop()

        @web.middleware
        async def guard(request: web.Request, handler: _Handler) -> web.StreamResponse:
            refused = self._refusal(request)
            return refused if refused is not None else await handler(request)

        application = web.Application(client_max_size=MAX_BYTES, middlewares=[guard])
        application.router.add_post(PATH, self._post)
        application.router.add_get(PATH, self._socket)
        runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=CLOSE_S)
        await runner.setup()
        await web.SockSite(runner, self._server).start()
        self._ready.set()
        await self._ended.wait()
        for client in tuple(self._sockets):
            await client.close(code=WSCloseCode.GOING_AWAY, message=b"the lesson has ended")
        await runner.cleanup()

    def _refusal(self, request: web.Request) -> web.Response | None:
        """Let nobody in but local programs that know the token."""
        here = {f"{HOST}:{self._port}", f"localhost:{self._port}"}
        origin = request.headers.get("Origin")
        if request.host not in here or (origin is not None and origin not in {f"http://{name}" for name in here}):
            return web.json_response({"error": "only programs on this machine may write here"}, status=403)
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            given = request.query.get("token", "")
        if not hmac.compare_digest(given.strip().encode(errors="replace"), self.address.token.encode()):
            error = {"error": "the token of this run is needed: Authorization: Bearer TOKEN, or ?token=TOKEN"}
            return web.json_response(error, status=401, headers={"WWW-Authenticate": "Bearer"})
        return None

    async def _post(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        answer = await self._take(body.decode("utf-8-sig", errors="replace"))
        if answer is None:
            return web.json_response({"error": "the lesson has ended; nothing was taken"}, status=503)
        self._posted = self._posted or answer["taken"] != 0
        return web.json_response(answer)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if len(self._sockets) >= MAX_SOCKETS:
            return web.json_response({"error": f"{MAX_SOCKETS} programs are connected already"}, status=503)
        client = web.WebSocketResponse(max_msg_size=MAX_BYTES, heartbeat=20.0, timeout=CLOSE_S)
        await client.prepare(request)
        self._sockets.add(client)
        try:
            async for message in client:
                if message.type is WSMsgType.TEXT:
                    answer = await self._take(message.data)
                    if answer is None:
                        break
                    await client.send_json(answer)
                elif message.type is WSMsgType.BINARY:
                    await client.close(code=WSCloseCode.UNSUPPORTED_DATA, message=b"send text, JSON lines")
        finally:
            self._sockets.discard(client)
        return client

    async def _take(self, text: str) -> dict[str, object] | None:
        """Hand lines to the inbox once there is room; return the answer, None when the lesson ended before."""
        while self._inbox.waiting >= MAX_WAITING and not self._over:
            await asyncio.sleep(ROOM_POLL_S)
        if self._over:
            return None
        parser = JsonLinesParser()
        parsed: list[Parsed] = []
        for number, line in enumerate(split_lines(text), start=1):
            if len(line) > MAX_LINE_CHARS:
                parsed.append(ChatProblem(number, f"longer than {MAX_LINE_CHARS} characters"))
            else:
                parsed += parser.feed(number, line)
        taken = self._inbox.deliver(parsed, Way.ENDPOINT)
        problems = [item for item in parsed if isinstance(item, ChatProblem)][:PROBLEMS_TOLD]
        return {
            "taken": taken.taken,
            "merged": taken.merged,
            "private": taken.private,
            "unreadable": taken.unreadable,
            "problems": [{"line": p.line_number, "reason": p.reason} for p in problems],
        }

    @property
    def _over(self) -> bool:
        return self._ended is None or self._ended.is_set()
