"""Starting `lantern run` where it cannot start."""

from __future__ import annotations

import socket
import subprocess
import sys

from tests.conftest import ROOT


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    """`lantern run`, which needs no model to find out that it cannot listen."""
    command = [sys.executable, "-m", "bot", "run", "--model", "none.tar.gz", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def said(result: subprocess.CompletedProcess[str]) -> str:
    """What it said of itself."""
    assert (result.returncode, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    return line


def test_a_busy_port_is_said_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        line = said(start("--port", str(port)))
    assert line == f"lantern: cannot listen on 127.0.0.1:{port}: Address already in use"


def test_a_port_that_cannot_be_is_said_in_one_line() -> None:
    assert said(start("--port", "70000")).startswith("lantern: cannot listen on 127.0.0.1:70000: ")
