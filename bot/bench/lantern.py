"""Lantern as a side of the measurement: `lantern run`, spoken to over `POST /chat`."""

from __future__ import annotations

import json
import platform
import sys
import sysconfig
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from bot.bench.client import CannotMeasure
from bot.bench.disk import installed_size, locked_names
from bot.bench.side import Side
from bot.safety import meaning

_TRAIN = """
import sys
from pathlib import Path
from bot.runtime import model
model.train(Path(sys.argv[1]))
model.train_safety(Path(sys.argv[1]), force=True)
"""


class Lantern(Side):
    """This project, in the environment that runs the measurement."""

    name = "Lantern"
    path = "/chat"

    def __init__(self, folder: Path, project: Path) -> None:
        super().__init__(folder, project / "data" / "nlu")
        self._project = project

    def prepare(self) -> None:
        if not meaning.is_current():  # the server takes that of the project
            raise CannotMeasure("The safety net is not trained, or not as its data are now: run `lantern train` first.")
        self.folder.mkdir(parents=True, exist_ok=True)

    def size(self) -> float:
        """Only what requirements.lock names: what the tests need may be installed here too."""
        return installed_size(Path(sysconfig.get_path("purelib")), locked_names(self._project / "requirements.lock"))

    def versions(self) -> str:
        own = version_of_project(self._project)
        return f"Lantern {own}, Rasa {version('rasa')}, Python {platform.python_version()}"

    @property
    def training(self) -> Sequence[str]:
        return (sys.executable, "-c", _TRAIN, str(self.folder / "models"))

    @property
    def serving(self) -> Sequence[str]:
        model = str(self.folder / "models" / "lantern.tar.gz")
        return (sys.executable, "-m", "bot", "run", "--port", "{port}", "--model", model)

    def message(self, text: str, session: str | None) -> bytes:
        return json.dumps({"session": session, "text": text}).encode()

    def press(self, choice: str, session: str | None) -> bytes:
        return json.dumps({"session": session, "choice": choice}).encode()

    def new_session(self) -> str | None:
        return None

    def session(self, answer: bytes) -> str | None:
        return str(json.loads(answer)["session"])

    def answered(self, answer: bytes) -> bool:
        return b'"replies":[{' in answer


def version_of_project(project: Path) -> str:
    """The version in pyproject.toml."""
    import tomllib

    return str(tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
