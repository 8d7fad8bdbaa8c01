"""Stock Rasa's understanding of a text, by a process in stock's own environment."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import TracebackType

from bot.bench.client import CannotMeasure
from bot.bench.server import clean_environment, last_line
from bot.evaluation.outcomes import Parse

WORKER = Path(__file__).with_name("stock_worker.py")
LOG = "parse.log"


class StockParser:
    """A Rasa model in another environment.

    Args:
        python: the interpreter of that environment.
        model: the model file.
        folder: where the process runs and writes its log.
    """

    def __init__(self, python: str, model: Path, folder: Path) -> None:
        self._command = [python, str(WORKER), str(model)]
        self._folder = folder

    def __enter__(self) -> StockParser:
        """Start it and wait until it can answer.

        Raises:
            CannotMeasure: it cannot load the model.
        """
        with (self._folder / LOG).open("wb") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                env=clean_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
            )
        self._answer()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def parse(self, text: str) -> Parse:
        """What it makes of the text.

        Raises:
            CannotMeasure: the process has ended.
        """
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(text) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # `_answer` says why
        result, milliseconds = json.loads(self._answer())
        return Parse.of(result, milliseconds)

    def _answer(self) -> str:
        assert self._process.stdout
        if not (line := self._process.stdout.readline()):
            log = self._folder / LOG
            raise CannotMeasure(f"stock Rasa stopped: {last_line(log)} (all of it: {log})")
        return line
