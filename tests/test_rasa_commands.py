"""The plain Rasa commands behave as their manual says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT, Server, free_port

RASA = Path(sys.executable).with_name("rasa")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture()
def rasa(tmp_path: Path) -> Run:
    """Run `rasa ARGUMENTS` in a copy of the project's data and configuration."""
    for name in ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "data", tmp_path / "data")

    def run(*arguments: str, seconds: int = 120) -> subprocess.CompletedProcess[str]:
        command = [str(RASA), *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=seconds, check=False)

    return run


def test_the_data_is_valid(rasa: Run) -> None:
    result = rasa("data", "validate", "--fail-on-warnings")
    assert result.returncode == 0, result.stdout + result.stderr


def test_validation_sees_a_rule_without_an_action(rasa: Run, tmp_path: Path) -> None:
    (tmp_path / "data" / "wrong.yml").write_text(
        'version: "3.1"\nrules:\n  - rule: wrong\n    steps:\n      - intent: cite\n      - action: action_missing\n'
    )
    assert rasa("data", "validate", "--fail-on-warnings").returncode == 1


def test_stories_pass(rasa: Run, model_file: Path, tmp_path: Path) -> None:
    assert model_file.is_file(), "without a model `rasa test` says nothing and exits 0"
    result = _test_stories(rasa, model_file, ROOT / "tests" / "stories")
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]


def test_a_wrong_story_fails(rasa: Run, model_file: Path, tmp_path: Path) -> None:
    stories = tmp_path / "stories"
    stories.mkdir()
    text = (ROOT / "tests" / "stories" / "test_acts.yml").read_text()
    assert "action: action_cite" in text
    (stories / "test_wrong.yml").write_text(text.replace("action: action_cite", "action: action_more"))
    assert _test_stories(rasa, model_file, stories).returncode == 1


def _test_stories(rasa: Run, model_file: Path, stories: Path) -> subprocess.CompletedProcess[str]:
    arguments = ("--stories", str(stories), "--fail-on-prediction-errors", "--model", str(model_file), "--no-plot")
    return rasa("test", "core", *arguments)


class RasaRun(Server):
    """`rasa run` with the project's own credentials and endpoints."""

    ready_path = "/webhooks/web/readyz"

    def command(self, model_file: Path) -> list[str]:
        return [str(RASA), "run", "--port", str(self.port), "--interface", "127.0.0.1", "--model", str(model_file)]


def test_rasa_run_serves_the_same_channel_and_actions(model_file: Path, tmp_path: Path) -> None:
    server = RasaRun(model_file, tmp_path / "rasa.log")
    server.wait()
    try:
        url = f"{server.url}/webhooks/web"
        first = httpx.post(f"{url}/chat", json={"text": "what are the signs of trafficking?"}, timeout=20).json()
        assert first["replies"][0]["topic"] == "signs"
        more = httpx.post(f"{url}/chat", json={"session": first["session"], "choice": "more"}, timeout=20).json()
        assert more["replies"][0]["topic"] == "signs"
        assert "Safety" in httpx.get(f"{url}/", timeout=20).text
        assert httpx.post(f"{server.url}/webhooks/rest/webhook", json={"message": "hi"}, timeout=20).status_code == 404
    finally:
        server.stop()


def test_rasa_shell_answers(model_file: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [str(RASA), "shell", "--model", str(model_file), "--port", str(free_port())],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as shell:  # fmt: skip
        output, _ = shell.communicate("what are the signs of trafficking?\n/stop\n", timeout=90)
    assert "No single sign proves" in output or "signs" in output.lower(), output[-2000:]


def test_an_action_server_can_take_the_actions(model_file: Path, tmp_path: Path) -> None:
    port = free_port()
    endpoints = tmp_path / "endpoints.yml"
    endpoints.write_text(
        (ROOT / "endpoints.yml").read_text() + f"\naction_endpoint:\n  url: http://127.0.0.1:{port}/webhook\n"
    )
    actions = subprocess.Popen(
        [str(RASA), "run", "actions", "--port", str(port)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    server = WithEndpoints(model_file, tmp_path / "rasa.log", endpoints)
    try:
        server.wait()
        _wait_for(f"http://127.0.0.1:{port}/health")
        url = f"{server.url}/webhooks/web/chat"
        assert (
            httpx.post(url, json={"text": "what are the signs?"}, timeout=20).json()["replies"][0]["topic"] == "signs"
        )
        actions.terminate()
        actions.wait(timeout=10)
        reply = httpx.post(url, json={"text": "what are the signs?"}, timeout=20).json()["replies"][0]
        assert reply["contacts"] and "wrong" in reply["blocks"][0]["text"], (
            "with the action server gone: help, not silence"
        )
    finally:
        actions.kill()
        server.stop()


class WithEndpoints(RasaRun):
    """`rasa run` with another endpoints file."""

    def __init__(self, model_file: Path, log: Path, endpoints: Path) -> None:
        self.endpoints = endpoints
        super().__init__(model_file, log)

    def command(self, model_file: Path) -> list[str]:
        return [*super().command(model_file), "--endpoints", str(self.endpoints)]


def _wait_for(url: str) -> None:
    for _ in range(300):
        try:
            if httpx.get(url, timeout=1).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    pytest.fail(f"{url} did not answer")
