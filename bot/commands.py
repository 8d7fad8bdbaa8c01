"""What each subcommand of `lantern` does. Every function takes the parsed arguments and returns the exit code."""

from __future__ import annotations

import asyncio
import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bot.load import ContentError
from bot.progress import elapsed
from bot.yamlfile import YamlError

if TYPE_CHECKING:
    from bot.assistant import Assistant


class Stop(Exception):
    """The command cannot go on; the text says why and what to do."""


def run(arguments: Namespace) -> int:
    """Serve until interrupted."""
    from bot import server
    from bot.channels.settings import BadSetting
    from bot.runtime import logs, model

    logs.configure()
    file = Path(arguments.model) if arguments.model else _trained()
    try:
        server.serve(file, arguments.host, arguments.port)
    except (model.NoModel, ContentError, BadSetting, OSError) as error:
        raise Stop(str(error)) from error
    return 0


def train(arguments: Namespace) -> int:
    """Train when needed."""
    from bot.runtime import logs, model
    from bot.safety import meaning

    logs.configure()

    if model.is_current() and meaning.is_current() and not arguments.force:
        print("The model is current; nothing to train.")
        return 0
    _trained(arguments.force)
    return 0


def ask(arguments: Namespace) -> int:
    """Answer on the command line, without a server."""
    from bot.runtime import logs

    logs.configure()
    if bool(arguments.jsonl) == bool(arguments.text):
        raise Stop('ask something: lantern ask "what are the signs?", or give a file: lantern ask --jsonl FILE')
    file = Path(arguments.model) if arguments.model else _trained()
    if arguments.jsonl:
        return asyncio.run(_ask_file(file, arguments.jsonl))
    return asyncio.run(_ask_here(file, arguments.text))


def check(arguments: Namespace) -> int:
    """Check the content."""
    from bot import check as checks
    from bot import coverage, launch

    problems = [*checks.check_project(), *checks.check_net()]
    for problem in problems:
        print(problem)
    if arguments.coverage and not problems:
        Path(arguments.coverage).write_text(coverage.table(), encoding="utf-8")
    if arguments.launch and not problems:
        try:
            open_points = launch.open_points()
        except YamlError as error:
            raise Stop(str(error)) from error
        print("\n".join(open_points) or "Everything is confirmed.")
        return 1 if open_points else 0
    print(f"{len(problems)} problem(s)." if problems else "The content is in order.")
    return 1 if problems else 0


def evaluate(arguments: Namespace) -> int:
    """Measure understanding, or the safety net."""
    from bot.runtime import logs

    logs.configure()
    if arguments.safety:
        return _evaluate_safety(Path(arguments.write) if arguments.write else None)
    return asyncio.run(_evaluate(Path(arguments.model) if arguments.model else _trained(), arguments))


def bench(arguments: Namespace) -> int:
    """Measure speed and size."""
    from bot.bench.client import CannotMeasure
    from bot.bench.command import bench as measure

    try:
        write = Path(arguments.write) if arguments.write else None
        print(measure(arguments.stock, write, arguments.reuse, arguments.epochs))
    except (CannotMeasure, ContentError) as error:
        raise Stop(str(error)) from error
    return 0


def _trained(force: bool = False) -> Path:
    """The project's model, trained first when it is missing or not current."""
    from bot.runtime import model
    from bot.safety import meaning

    try:
        if force or not model.is_current():
            with elapsed("Training the model (a minute or two)"):
                model.train()
        if not meaning.is_current():
            with elapsed("Training the safety net"):
                model.train_safety()
    except model.NoModel as error:
        raise Stop(str(error)) from error
    return model.model_path()


def _evaluate_safety(write: Path | None) -> int:
    from bot.runtime import model
    from bot.safety import evaluation, meaning
    from bot.safety.net import Net

    if not meaning.is_current():
        with elapsed("Training the safety net"):
            model.train_safety()
    with elapsed("Judging the sentences"):
        results = evaluation.evaluate(Net.load(meaning.DIRECTORY), evaluation.WAYS)
    report = evaluation.report(results)
    print(report)
    if write:
        write.write_text(evaluation.PREFACE + report, encoding="utf-8")
    return 0


async def _evaluate(file: Path, arguments: Namespace) -> int:
    from bot.bench.client import CannotMeasure
    from bot.evaluation.command import Wanted
    from bot.evaluation.command import evaluate as measure
    from bot.runtime.model import NoModel

    wanted = Wanted(
        into=Path(arguments.into) if arguments.into else Wanted.into,
        stock=arguments.stock,
        reuse=arguments.reuse,
        epochs=arguments.epochs,
        clinc=Path(arguments.clinc) if arguments.clinc else None,
        hint3=Path(arguments.hint3) if arguments.hint3 else None,
    )
    try:
        print(await measure(await _assistant(file), wanted))
    except (CannotMeasure, NoModel) as error:
        raise Stop(str(error)) from error
    return 0


async def _ask_here(file: Path, turns: list[str]) -> int:
    answers = await (await _assistant(file)).converse(turns)
    for asked, replies in zip(turns, answers, strict=True):
        if len(turns) > 1:
            print(f"> {asked}\n")
        print("\n\n".join(reply.text() for reply in replies), end="\n\n")
    return 0


async def _ask_file(file: Path, name: str) -> int:
    from tqdm import tqdm

    with _open(name) as lines:
        asked = list(_questions(lines, name))
    assistant = await _assistant(file)
    for question in tqdm(asked, unit="question", disable=None, file=sys.stderr):
        answers = await assistant.converse(question["turns"], question["lang"])
        line = {"id": question["id"], "replies": [[reply.to_dict() for reply in replies] for replies in answers]}
        print(json.dumps(line, ensure_ascii=False), flush=True)
    return 0


async def _assistant(file: Path) -> Assistant:
    from bot.assistant import Assistant
    from bot.runtime.model import NoModel

    try:
        with elapsed("Loading the model"):
            return await Assistant.load(file)
    except (NoModel, ContentError) as error:
        raise Stop(str(error)) from error


def _open(name: str) -> Any:
    if name == "-":
        return nullcontext(sys.stdin)
    try:
        return open(name, encoding="utf-8")  # noqa: SIM115 (closed by the caller's `with`)
    except OSError as error:
        raise Stop(f"{name}: {error.strerror}") from error


def _questions(lines: IO[str], name: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)
            turns = question["turns"] if "turns" in question else [question["text"]]
            if not all(isinstance(turn, str) for turn in turns):
                raise TypeError
            yield {"id": question["id"], "turns": turns, "lang": question.get("lang")}
        except (ValueError, KeyError, TypeError) as error:
            raise Stop(f'{name}:{number}: write {{"id": "…", "text": "…"}} or {{"id": "…", "turns": ["…"]}}') from error
