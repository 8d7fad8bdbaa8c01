"""The trained model, the assistant in this process, and the real server: each made once for all tests."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.encoder import SentenceEncoder, shared
from bot.reply import Reply

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60

Converse = Callable[..., list[list[Reply]]]


@pytest.fixture(scope="session")
def model_file() -> Path:
    """The model of the data as it is now; trained here only when nobody has trained it yet."""
    from bot.runtime import model

    model.train_safety()
    return model.model_path() if model.is_current() else model.train()


@pytest.fixture(scope="session")
def converse(model_file: Path) -> Iterator[Converse]:
    """`converse("first turn", "second turn")` -> the Replies to each turn of a fresh conversation."""
    from bot.assistant import Assistant

    with asyncio.Runner() as runner:
        assistant = runner.run(Assistant.load(model_file))
        yield lambda *turns, lang=None: runner.run(assistant.converse(turns, lang))


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    """The sentence model, read once."""
    return shared()


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Server:
    """A running `lantern run`."""

    ready_path = "/readyz"

    def __init__(self, model_file: Path, log: Path, **variables: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                self.command(model_file),
                cwd=ROOT,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **variables},
            )

    def command(self, model_file: Path) -> list[str]:
        return [sys.executable, "-m", "bot", "run", "--port", str(self.port), "--model", str(model_file)]

    def wait(self) -> None:
        """Until it can answer; fails with the server's own words when it does not."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}{self.ready_path}", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.stop()
        pytest.fail(f"the server did not start:\n{self.log.read_text(errors='replace')}")

    def stop(self) -> None:
        """End it and wait for it."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class StandIn(Server):
    """The web channel without Rasa: see tests/channels/standin.py. `variables` are set in its environment."""

    ready_path = "/healthz"

    def command(self, model_file: Path) -> list[str]:
        return [sys.executable, "-m", "tests.channels.standin", str(self.port)]


@pytest.fixture(scope="session")
def server_process(model_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real server on a free port, with its log."""
    server = Server(model_file, tmp_path_factory.mktemp("server") / "server.log")
    server.wait()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def server(server_process: Server) -> str:
    """Its address."""
    return server_process.url
