"""No text of a visitor is left anywhere: not in the log, not on disk, not in memory after the turn."""

from __future__ import annotations

import os
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT, Server

CANARY = "qzxcanary"
SKIP = {".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", "node_modules"}

MESSAGES = [
    f"what are the signs of trafficking {CANARY}",
    f"my name is {CANARY} and someone is hurting me",
    f"/restart {CANARY}",
    f'/ask{{"x": "{CANARY}"}}',
    f"{CANARY} " * 400,  # too long
    f"\x00{CANARY}\x00",
]


@pytest.fixture(scope="module")
def after_talking(model_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The log of a server, and its private temporary folder, after it was told the canary in every way."""
    folder = tmp_path_factory.mktemp("private")
    before = dict(os.environ)
    os.environ["TMPDIR"] = str(folder)
    try:
        server = Server(model_file, folder / "server.log")
    finally:
        os.environ.clear()
        os.environ.update(before)
    server.wait()
    with httpx.Client(base_url=server.url, timeout=20) as http:
        session = None
        for text in MESSAGES:
            answer = http.post("/chat", json={"session": session, "text": text})
            session = answer.json().get("session", session)
        http.post("/chat", content=f'{{"text": "{CANARY}'.encode(), headers={"content-type": "application/json"})
        http.post("/chat", json={"choice": CANARY})
        http.post("/chat", json={"session": CANARY, "text": "hello"})
        http.post("/chat", json={"text": CANARY}, headers={"origin": "https://elsewhere.example"})
        for field in ("text", "choice", "session", "lang"):
            assert CANARY not in http.post("/ask", data={"text": CANARY, field: CANARY}).text
        http.get(f"/{CANARY}")
    server.stop()
    return server.log.read_text(errors="replace"), folder


def test_the_log_holds_no_text_and_no_address(after_talking: tuple[str, Path]) -> None:
    log, _ = after_talking
    assert "Lantern answers at" in log, "the log is the server's"
    assert CANARY not in log
    assert log.count("127.0.0.1") == 1, "the only address is the server's own"


def test_no_file_holds_text(after_talking: tuple[str, Path]) -> None:
    _, folder = after_talking
    places = [folder, ROOT]
    holding = [
        path
        for place in places
        for path in place.rglob("*")
        if path.is_file()
        and not SKIP & set(path.parts)
        and path.suffix != ".py"
        and CANARY.encode() in path.read_bytes()
    ]
    assert holding == []
