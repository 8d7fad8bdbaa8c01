"""Over HTTP, with the real server: the right card when the model, the action server or Rasa's processor is gone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.load import load_content
from tests.conftest import ROOT, Server, free_port

EMERGENCY = load_content().helplines["emergency"].call
DANGER = "he locked me in and he has a gun"
QUESTION = "what are the signs of trafficking?"


class Alive(Server):
    """A server that has to answer, though it may have no model."""

    ready_path = "/healthz"


class FaultyProcessor(Alive):
    """Rasa's processor raises at every message."""

    def command(self, model_file: Path) -> list[str]:
        command = super().command(model_file)
        fault = (
            "import sys; from rasa.core.processor import MessageProcessor as P\n"
            "async def broken(self, message): raise RuntimeError(message.text)\n"
            "P.handle_message = broken\n"
            "from bot.cli import main; sys.exit(main(sys.argv[1:]))"
        )
        return [command[0], "-c", fault, *command[3:]]


def talk(server: Server, *texts: str) -> list[dict]:
    replies, session = [], None
    with httpx.Client(base_url=server.url, timeout=20) as http:
        for text in texts:
            answer = http.post("/chat", json={"session": session, "text": text})
            assert answer.status_code == 200, answer.text
            session = answer.json()["session"]
            replies.append(answer.json()["replies"][0])
    return replies


@pytest.fixture(params=["no model file", "broken model file", "model deleted while running", "processor raises"])
def faulty(request: pytest.FixtureRequest, model_file: Path, tmp_path: Path) -> Iterator[Server]:
    copy = tmp_path / "lantern.tar.gz"
    if request.param == "broken model file":
        copy.write_bytes(b"no model")
    elif request.param != "no model file":
        shutil.copy(model_file, copy)
    kind = FaultyProcessor if request.param == "processor raises" else Alive
    server = kind(copy, tmp_path / "server.log")
    server.wait()
    if request.param == "model deleted while running":
        copy.unlink()
    yield server
    server.stop()
    assert "gun" not in server.log.read_text(errors="replace"), "no word of it is logged"


def test_the_card_comes_all_the_same(faulty: Server) -> None:
    card, after, question = talk(faulty, DANGER, "ok", QUESTION)
    assert (card["topic"], card["tier"]) == ("crisis", "immediate_danger")
    assert EMERGENCY in card["blocks"][0]["text"]
    assert after["tier"], "help stays"
    assert EMERGENCY in {contact["call"] for contact in question["contacts"]}


def test_the_card_comes_when_the_action_server_is_down(model_file: Path, tmp_path: Path) -> None:
    endpoints = (ROOT / "endpoints.yml").read_text() + f"\naction_endpoint:\n  url: http://127.0.0.1:{free_port()}/\n"
    (tmp_path / "endpoints.yml").write_text(endpoints)

    class Down(Alive):
        def command(self, model_file: Path) -> list[str]:
            command = super().command(model_file)
            change = (
                "import sys; from pathlib import Path; from bot.runtime import model\n"
                f"model.load.__defaults__ = (Path({os.fspath(tmp_path / 'endpoints.yml')!r}),)\n"
                "from bot.cli import main; sys.exit(main(sys.argv[1:]))"
            )
            return [command[0], "-c", change, *command[3:]]

    server = Down(model_file, tmp_path / "server.log")
    server.wait()
    try:
        card, question = talk(server, DANGER, QUESTION)
    finally:
        server.stop()
    assert card["tier"] == "immediate_danger"
    assert EMERGENCY in {contact["call"] for contact in question["contacts"]}
