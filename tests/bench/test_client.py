"""The measuring client against a server of a few lines."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.bench.client import CannotMeasure, Visitor, crowd
from bot.bench.lantern import Lantern

WIRE = Lantern(Path("nowhere"), Path("nowhere"))


class Echo:
    """Answers like Lantern, numbers its sessions and remembers what it was sent."""

    def __init__(self, status: str = "200 OK") -> None:
        self.status = status
        self.bodies: list[dict[str, str | None]] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            body = json.loads(await reader.readexactly(length))
            self.bodies.append(body)
            session = body["session"] or f"s{len(self.bodies)}"
            answer = json.dumps({"session": session, "replies": [{}]}, separators=(",", ":")).encode()
            writer.write(f"HTTP/1.1 {self.status}\r\ncontent-length: {len(answer)}\r\n\r\n".encode() + answer)


@asynccontextmanager
async def served(echo: Echo) -> AsyncIterator[Echo]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await echo.serve(reader, writer)
        except asyncio.IncompleteReadError:  # the client has left
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    echo.port = server.sockets[0].getsockname()[1]
    async with server:
        yield echo


async def test_a_conversation_keeps_its_session_and_ends_after_some_turns() -> None:
    async with served(Echo()) as echo, Visitor(WIRE, echo.port, turns=3) as visitor:
        for text in "abcd":
            assert await visitor.type(text) > 0
        await visitor.press("signs")
    assert [body["session"] for body in echo.bodies] == [None, "s1", "s1", None, "s4"]
    assert [body.get("text", body.get("choice")) for body in echo.bodies] == ["a", "b", "c", "d", "signs"]


async def test_an_error_is_no_measurement() -> None:
    async with served(Echo("429 Too Many Requests")) as echo, Visitor(WIRE, echo.port) as visitor:
        with pytest.raises(CannotMeasure, match="^Lantern answered 429 with "):
            await visitor.type("hello")


async def test_a_crowd_counts_what_was_answered_and_ends_when_the_texts_do() -> None:
    async with served(Echo()) as echo:
        answered, seconds = await crowd(WIRE, echo.port, iter(map(str, range(100))), clients=7, seconds=20)
    assert answered == 100
    assert sorted(int(body["text"] or "") for body in echo.bodies) == list(range(100))
    assert 0 < seconds < 20


async def test_a_crowd_ends_in_time() -> None:
    async with served(Echo()) as echo:
        answered, seconds = await crowd(WIRE, echo.port, iter(lambda: "again", None), clients=3, seconds=0.1)
    assert answered == len(echo.bodies) > 0
    assert 0.1 <= seconds < 5
