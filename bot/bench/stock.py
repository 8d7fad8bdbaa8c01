"""Stock Rasa as a side of the measurement: `rasa run` of 3.6.21, spoken to over its REST channel."""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.bench import project as stock_project
from bot.bench.client import CannotMeasure
from bot.bench.disk import installed_size
from bot.bench.figures import Training
from bot.bench.project import EPOCHS
from bot.bench.side import Side, run
from bot.load import load_content

REQUIREMENTS = ("rasa==3.6.21", "click<8.2")  # a newer click breaks its typer
NO_PYTHON = (
    "Stock Rasa needs Python 3.10, which is not on this machine: install it (`uv python install 3.10` or "
    "`pyenv install 3.10`), or leave out --stock to measure Lantern alone."
)
_IS_3_10 = "import sys, venv, ensurepip; print(sys.executable); sys.exit(sys.version_info[:2] != (3, 10))"
_VERSIONS = (
    "import platform; from importlib.metadata import version as v; "
    'print(f\'Rasa {v("rasa")}, TensorFlow {v("tensorflow")}, Python {platform.python_version()}\')'
)


class Stock(Side):
    """Lantern's intents and examples in Rasa's default pipeline, in an environment of its own.

    Args:
        folder: where the environment and the project go.
        project: Lantern's tree.
        reuse: take the model of the last measurement, when there is one, and the time its training took.
        epochs: how long its models learn.
    """

    name = "stock"
    path = "/webhooks/rest/webhook"
    epochs: int = EPOCHS

    def __init__(self, folder: Path, project: Path, reuse: bool = False, epochs: int = EPOCHS) -> None:
        super().__init__(folder / "project", folder / "project" / "data" / "nlu")
        self._reuse = reuse
        self.epochs = epochs
        self._environment = folder / "venv"
        self._project = project

    def prepare(self) -> None:
        stamp = self._environment / "installed"
        wanted = "\n".join(REQUIREMENTS)
        if not stamp.is_file() or stamp.read_text() != wanted:
            self._install()
            stamp.write_text(wanted)
        stock_project.write(self.folder, self._project, load_content(), self.epochs)

    def _install(self) -> None:
        python = find_python()
        shutil.rmtree(self._environment, ignore_errors=True)
        self._environment.parent.mkdir(parents=True, exist_ok=True)
        run([python, "-m", "venv", str(self._environment)], self._environment.parent, "making an environment")
        pip = [self.python, "-m", "pip", "install"]
        if (uv := find_uv(self._project)) is not None:  # the same packages, sooner
            pip = [uv, "pip", "install", "--python", self.python]
        run([*pip, *REQUIREMENTS], self._environment.parent, "installing stock Rasa")

    @property
    def python(self) -> str:
        """Its interpreter."""
        return self._binary("python")

    @property
    def model(self) -> Path:
        """The model that `train` made or found."""
        return next((self.folder / "models").glob("*.tar.gz"))

    def _binary(self, name: str) -> str:
        return str(self._environment / "bin" / name)

    def size(self) -> float:
        return installed_size(next(self._environment.glob("lib/python3.10/site-packages")))

    def versions(self) -> str:
        asked = subprocess.run([self.python, "-c", _VERSIONS], capture_output=True, text=True, check=True)
        return asked.stdout.strip()

    def train(self) -> Training:
        return (self.trained() if self._reuse else None) or super().train()

    @property
    def training(self) -> Sequence[str]:
        return (self._binary("rasa"), "train", "--force")

    @property
    def serving(self) -> Sequence[str]:
        return (self._binary("rasa"), "run", "--interface", "127.0.0.1", "--port", "{port}")

    def message(self, text: str, session: str | None) -> bytes:
        return json.dumps({"sender": session, "message": text}).encode()

    def press(self, choice: str, session: str | None) -> bytes:
        """Rasa's own form of a button's payload."""
        return self.message(f"/{choice}", session)

    def new_session(self) -> str | None:
        return secrets.token_urlsafe(16)

    def session(self, answer: bytes) -> str | None:
        return None

    def answered(self, answer: bytes) -> bool:
        """Also when it says nothing, `[]`, which stock Rasa sometimes does."""
        return answer.startswith(b"[")


def learned(training: Training) -> str:
    """How long stock learned, in words: an accuracy after few epochs is a lower bound, and so is its training time."""
    epochs = "an unknown number" if training.epochs is None else f"{training.epochs}"
    return f"stock learned for {epochs} of the {EPOCHS} epochs that Rasa gives it by default"


def find_python(candidates: Iterable[str | Path] | None = None) -> str:
    """A Python 3.10 of this machine.

    Raises:
        CannotMeasure: there is none.
    """
    for candidate in _candidates() if candidates is None else candidates:
        if (found := _printed([str(candidate), "-c", _IS_3_10])) is not None:
            return found
    raise CannotMeasure(NO_PYTHON)


def _candidates() -> Iterable[str | Path]:
    yield "python3.10"
    yield from sorted(Path.home().glob(".pyenv/versions/3.10.*/bin/python"), reverse=True)
    if (found := _printed(["uv", "python", "find", "3.10"])) is not None:
        yield found


def find_uv(project: Path) -> str | None:
    """uv, when this machine or the project has it."""
    return next((uv for uv in ("uv", str(project / ".tools/bin/uv")) if _printed([uv, "--version"])), None)


def _printed(command: Sequence[str]) -> str | None:
    """What a command prints, or None when it fails or does not exist."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
