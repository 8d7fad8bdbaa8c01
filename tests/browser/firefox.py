"""Debian's Firefox, driven over its own protocol, Marionette: as little of it as the tests need.

Playwright drives only a Firefox of its own: to Debian's it sends commands that this one does not know.
"""

from __future__ import annotations

import itertools
import json
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.conftest import free_port

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
PATIENCE = 30
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key of an element in WebDriver's answers


class Firefox:
    """One window with a fresh profile in `folder`."""

    def __init__(self, folder: Path) -> None:
        assert FIREFOX, "no Firefox"
        port = free_port()
        (folder / "user.js").write_text(
            f'user_pref("marionette.port", {port});\n'
            'user_pref("network.captive-portal-service.enabled", false);\n'
            'user_pref("app.update.enabled", false);\n'
        )
        self._process = subprocess.Popen(
            [FIREFOX, "--marionette", "--headless", "--profile", str(folder), "--no-remote"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
                break
            except OSError:
                if time.monotonic() > deadline:
                    self._process.kill()
                    raise
                time.sleep(0.2)
        self._ids = itertools.count()
        self._read()  # it introduces itself
        self._send("WebDriver:NewSession", capabilities={"alwaysMatch": {"acceptInsecureCerts": False}})

    def open(self, url: str) -> None:
        self._send("WebDriver:Navigate", url=url)

    def back(self) -> None:
        self._send("WebDriver:Back")

    @property
    def url(self) -> str:
        return str(self._send("WebDriver:GetCurrentURL")["value"])

    def run(self, script: str, *arguments: Any) -> Any:
        """What a function body returns; promises are waited for."""
        return self._send("WebDriver:ExecuteScript", script=script, args=list(arguments))["value"]

    def click(self, selector: str) -> None:
        self._send("WebDriver:ElementClick", id=self._find(selector))

    def type(self, selector: str, text: str) -> None:
        self._send("WebDriver:ElementSendKeys", id=self._find(selector), text=text)

    def press_shift(self, times: int) -> None:
        keys = [{"type": kind, "value": "\ue008"} for _ in range(times) for kind in ("keyDown", "keyUp")]
        self._send("WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": keys}])

    def enter_frame(self, frame: dict[str, str] | None = None) -> None:
        """Go on in a frame, which `run` has returned, or in the whole page again."""
        self._send("WebDriver:SwitchToFrame", element=frame and frame[ELEMENT])

    def wait(self, script: str) -> None:
        """Until a condition of the page holds."""
        deadline = time.monotonic() + PATIENCE
        while not self.run(f"return Boolean({script})"):
            assert time.monotonic() < deadline, script
            time.sleep(0.05)

    def wait_for_url(self, url: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.url != url:
            assert time.monotonic() < deadline, self.url
            time.sleep(0.05)

    def close(self) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(PATIENCE)

    def _find(self, selector: str) -> str:
        return str(self._send("WebDriver:FindElement", using="css selector", value=selector)["value"][ELEMENT])

    def _send(self, command: str, **parameters: Any) -> Any:
        text = json.dumps([0, next(self._ids), command, parameters])
        self._socket.sendall(f"{len(text.encode())}:{text}".encode())
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result

    def _read(self) -> Any:
        length = b""
        while (char := self._socket.recv(1)) != b":":
            length += char
        body = b""
        while len(body) < int(length):
            body += self._socket.recv(int(length) - len(body))
        return json.loads(body)
