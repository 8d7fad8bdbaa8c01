"""What the two sides have in common: something to install, to train, to start and to speak to."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import time
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bot.bench.client import CannotMeasure, Wire
from bot.bench.figures import Training
from bot.bench.server import Server, clean_environment, last_line
from bot.bench.texts import digest, examples


def cache_folder() -> Path:
    """Where environments and models of measurements are kept for the next time: outside the project."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "lantern"


class Side(Wire):
    """Lantern or stock: how it is made ready, started and spoken to.

    Args:
        folder: where it keeps its models and logs.
        nlu: where its training examples are.
    """

    epochs: int | None = None
    """How long it learns, where that can be chosen."""

    def __init__(self, folder: Path, nlu: Path) -> None:
        self.folder, self.nlu = folder, nlu

    @abstractmethod
    def prepare(self) -> None:
        """Bring everything there that training needs.

        Raises:
            CannotMeasure: something is missing on this machine.
        """

    @abstractmethod
    def size(self) -> float:
        """MiB of the installed packages."""

    @abstractmethod
    def versions(self) -> str:
        """What was measured, in a few words."""

    @property
    @abstractmethod
    def training(self) -> Sequence[str]:
        """The command that trains from nothing."""

    @property
    @abstractmethod
    def serving(self) -> Sequence[str]:
        """The command that serves; "{port}" stands for the port."""

    def train(self) -> Training:
        """Train without anything kept from before, and note how long it took.

        Raises:
            CannotMeasure: training failed.
        """
        for kept in ("models", ".rasa"):
            shutil.rmtree(self.folder / kept, ignore_errors=True)
        began, used = time.perf_counter(), _processor_seconds()
        run(self.training, self.folder, f"training {self.name}")
        took, worked = time.perf_counter() - began, _processor_seconds() - used
        learned = list(examples(self.nlu))
        date = f"{datetime.now(UTC).date()}"
        trained = Training(took, worked, len(learned), date, self.epochs, digest(learned))
        (self.folder / "models" / "training.json").write_text(json.dumps(asdict(trained)))
        return trained

    def trained(self) -> Training | None:
        """What the last training took, when its model is there."""
        try:
            return Training(**json.loads((self.folder / "models" / "training.json").read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def start(self) -> Server:
        """Start its server."""
        return Server(self, self.serving, self.folder)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(command: Sequence[str], cwd: Path, doing: str) -> None:
    """Run something to its end, its output in a log.

    Raises:
        CannotMeasure: it failed.
    """
    log = cwd / "run.log"
    with log.open("wb") as output:
        done = subprocess.run(
            command,
            cwd=cwd,
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    if done.returncode:
        raise CannotMeasure(f"{doing} failed: {last_line(log)} (all of it: {log})")
