"""The measuring client: somebody who writes over HTTP, and a crowd of them."""

from __future__ import annotations

import asyncio
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AsyncExitStack
from types import TracebackType

PATIENCE = 60.0
"""Seconds to wait for one answer."""

TURNS = 5
"""Messages in one conversation, unless a long one is what is measured."""

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class CannotMeasure(RuntimeError):
    """The measurement cannot go on; the text says why and what to do, in one sentence."""


class Wire(ABC):
    """How one side is spoken to."""

    name: str
    path: str

    @abstractmethod
    def message(self, text: str, session: str | None) -> bytes:
        """The request body for something typed."""

    @abstractmethod
    def press(self, choice: str, session: str | None) -> bytes:
        """The request body for a pressed button."""

    @abstractmethod
    def new_session(self) -> str | None:
        """The session to begin a conversation with; None when the server issues it."""

    @abstractmethod
    def session(self, answer: bytes) -> str | None:
        """The session that the answer to a first message gives; None when the client chose it."""

    @abstractmethod
    def answered(self, answer: bytes) -> bool:
        """Whether the body of a 200 is an answer."""


class Visitor:
    """One keep-alive connection with one conversation, which begins anew after `turns` messages."""

    def __init__(self, wire: Wire, port: int, turns: int = TURNS) -> None:
        self._wire, self._port, self._turns = wire, port, turns
        self._session: str | None = None
        self._said = 0

    async def __aenter__(self) -> Visitor:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**20)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._writer.close()

    async def type(self, text: str) -> float:
        """Type something; returns the milliseconds until the answer was there."""
        self._begin()
        return await self._send(self._wire.message(text, self._session))

    async def press(self, choice: str) -> float:
        """Press a button; returns the milliseconds until the answer was there."""
        self._begin()
        return await self._send(self._wire.press(choice, self._session))

    def _begin(self) -> None:
        if self._said % self._turns == 0:
            self._session = self._wire.new_session()
        self._said += 1

    async def _send(self, body: bytes) -> float:
        request = (
            f"POST {self._wire.path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body
        began = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            self._writer.write(request)
            head = await self._reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            answer = await self._reader.readexactly(int(length.group(1)) if length else 0)
        took = (time.perf_counter() - began) * 1000
        if head[9:12] != b"200" or not self._wire.answered(answer):
            raise CannotMeasure(f"{self._wire.name} answered {head[9:12].decode()} with {answer[:200]!r}.")
        self._session = self._session or self._wire.session(answer)
        return took


async def crowd(wire: Wire, port: int, texts: Iterator[str], clients: int, seconds: float) -> tuple[int, float]:
    """Let `clients` visitors type at once, each as soon as the last answer is there.

    Returns:
        How many messages were answered, and in how many seconds.
    """

    async def visit(visitor: Visitor) -> int:
        answered = 0
        while time.perf_counter() < deadline and (text := next(texts, None)) is not None:
            await visitor.type(text)
            answered += 1
        return answered

    async with AsyncExitStack() as doors:
        visitors = [await doors.enter_async_context(Visitor(wire, port)) for _ in range(clients)]
        began = time.perf_counter()
        deadline = began + seconds
        answered = await asyncio.gather(*(visit(visitor) for visitor in visitors))
        return sum(answered), time.perf_counter() - began
