"""`lantern evaluate`: ask, measure, write the report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tqdm import tqdm

from bot.assistant import Assistant
from bot.bench.lantern import Lantern
from bot.bench.project import EPOCHS
from bot.bench.side import cache_folder
from bot.bench.stock import Stock, find_python, learned
from bot.bench.texts import digest, examples
from bot.evaluation import pictures, report, tables
from bot.evaluation.asking import Found, ask_all
from bot.evaluation.public_run import PublicResult, run_public
from bot.evaluation.public_sets import PublicSet, read_clinc, read_hint3
from bot.evaluation.questions import TESTS, load_questions
from bot.evaluation.stock import StockParser
from bot.progress import elapsed

PROJECT = Path(__file__).resolve().parent.parent.parent
PAGE = "evaluation.md"


@dataclass(frozen=True)
class Wanted:
    """What to measure beside Lantern, and where to write.

    Args:
        into: folder of the page and its pictures.
        questions: folder of the test sets.
        stock: also stock Rasa, trained for `epochs`, or with the model of the last time when `reuse`.
        clinc: data_full.json of CLINC150.
        hint3: the tree of HINT3.
    """

    into: Path = PROJECT / "docs"
    questions: Path = TESTS
    stock: bool = False
    reuse: bool = False
    epochs: int = EPOCHS
    clinc: Path | None = None
    hint3: Path | None = None


async def evaluate(assistant: Assistant, wanted: Wanted) -> str:
    """Measure and write the report.

    Returns:
        Its most important tables.

    Raises:
        CannotMeasure: something is missing on this machine, or a file cannot be used.
    """
    sets = _public_sets(wanted)  # read before anything takes its time
    questions = load_questions(assistant.content, wanted.questions)
    date, load = datetime.now(UTC).date(), os.getloadavg()[0]
    with ExitStack() as running:
        parser, stock = _start_stock(wanted, running) if wanted.stock else (None, "")
        with _bar("question", len(questions)) as bar:
            found = await ask_all(assistant, questions, parser, tick=bar.update)
    results = [await _run(public) for public in sets]
    version = Lantern(cache_folder() / "bench", PROJECT).versions()
    about = report.About(f"{date}", load, version, stock)
    _write(wanted.into, found, results, about)
    return report.summary(found, results, about)


def _write(into: Path, found: Found, results: Sequence[PublicResult], about: report.About) -> None:
    pictures.reliability_diagram(into / report.RELIABILITY, tables.sides(found))
    pictures.confusion_picture(into / report.CONFUSIONS, found.turns)
    (into / PAGE).write_text(report.document(found, results, about), encoding="utf-8")


def _public_sets(wanted: Wanted) -> list[PublicSet]:
    return [*([read_clinc(wanted.clinc)] if wanted.clinc else []), *(read_hint3(wanted.hint3) if wanted.hint3 else [])]


async def _run(public: PublicSet) -> PublicResult:
    with _bar("text", len(public.test)) as bar:
        bar.set_description(public.name)
        return await run_public(public, PROJECT / "config.yml", bar.update)


def _start_stock(wanted: Wanted, running: ExitStack) -> tuple[StockParser, str]:
    """Its running process, until `running` is closed, and what to say about it."""
    find_python()
    stock = Stock(cache_folder() / "stock", PROJECT, wanted.reuse, wanted.epochs)
    with elapsed("Preparing stock Rasa (its training takes an hour or more)"):
        stock.prepare()
        training = stock.train()
    said = f"Stock is {stock.versions()}; {learned(training)}, on {training}."
    if training.epochs != EPOCHS:
        said += " **After less than its full training, only stock's times can be compared, not its accuracy.**"
    if not training.data:
        said += " Whether it learned from the examples of today was not noted."
    elif training.data != digest(examples(stock.nlu)):
        said += " **It learned from other examples than those of today**, so the columns do not compare like with like."
    return running.enter_context(StockParser(stock.python, stock.model, stock.folder)), said


@contextmanager
def _bar(unit: str, total: int) -> Iterator[tqdm]:  # type: ignore[type-arg]
    with tqdm(total=total, unit=unit, disable=None, leave=False, file=sys.stderr) as bar:
        yield bar
