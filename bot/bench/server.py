"""A server under measurement: started, waited for, weighed and stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from bot.bench.client import CannotMeasure, Visitor, Wire

START_PATIENCE = 300.0
"""Seconds a server may take until its first answer."""

_FIRST = "what are the signs of trafficking?"


def clean_environment() -> dict[str, str]:
    """Variables for a measured process: none that changes how Python or Rasa behave, and no reports."""
    dropped = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CONDA_PREFIX", "LOG_LEVEL")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    unlimited = {"LANTERN_SESSION_LIMIT": "0", "LANTERN_ADDRESS_LIMIT": "0"}  # else the limit would be measured
    return {**kept, **unlimited, "RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}


class Server:
    """The process of one side, on a free port of 127.0.0.1, in a process group of its own.

    Args:
        wire: how it is spoken to.
        command: what starts it; "{port}" stands for the port.
        cwd: where it is started; its output goes to `server.log` there.
    """

    def __init__(self, wire: Wire, command: Sequence[str], cwd: Path) -> None:
        self.wire = wire
        self.port = _free_port()
        self._log = cwd / "server.log"
        self._began = time.perf_counter()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [part.format(port=self.port) for part in command],
                cwd=cwd,
                env=clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    async def first_answer(self) -> float:
        """Wait for the first answered message; returns the seconds since the process was started.

        Raises:
            CannotMeasure: it ended, or took too long.
        """
        while time.perf_counter() - self._began < START_PATIENCE:
            if self._process.poll() is not None:
                raise CannotMeasure(f"{self.wire.name} ended while it started: {last_line(self._log)}")
            try:
                async with Visitor(self.wire, self.port) as visitor:
                    await visitor.type(_FIRST)
                return time.perf_counter() - self._began
            except (OSError, EOFError):  # not listening yet
                await asyncio.sleep(0.02)
        raise CannotMeasure(f"{self.wire.name} gave no answer within {START_PATIENCE:.0f} seconds.")

    def memory(self) -> float:
        """Resident memory of the process and all its children, in MiB."""
        sizes = _processes()
        family = {self._process.pid}
        while more := {pid for pid, (parent, _) in sizes.items() if parent in family} - family:
            family |= more
        return sum(sizes[pid][1] for pid in family if pid in sizes) / 1024

    def stop(self) -> None:
        """End the process and its children."""
        for sign, patience in ((signal.SIGTERM, 10), (signal.SIGKILL, 10)):
            if self._process.poll() is not None:
                return
            os.killpg(self._process.pid, sign)
            try:
                self._process.wait(patience)
            except subprocess.TimeoutExpired:
                continue


def last_line(log: Path) -> str:
    """The last line of a log that says something."""
    lines = [line for line in log.read_text(errors="replace").replace("\r", "\n").splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it printed nothing."


def _processes() -> dict[int, tuple[int, int]]:
    """Each process's parent and resident memory in KiB."""
    try:
        listed = subprocess.check_output(["ps", "-A", "-o", "pid=,ppid=,rss="], text=True)
    except FileNotFoundError as error:
        raise CannotMeasure("`ps` is not on this machine: install it (Debian: procps).") from error
    rows = (map(int, line.split()) for line in listed.splitlines())
    return {pid: (parent, size) for pid, parent, size in rows}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
