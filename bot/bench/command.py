"""`lantern bench`: measure, print the table, write the report."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tqdm import tqdm

from bot.bench import figures, report
from bot.bench.lantern import Lantern
from bot.bench.measure import CROWD_TEXTS, TEXTS, measure, steps
from bot.bench.project import EPOCHS
from bot.bench.side import Side, cache_folder
from bot.bench.stock import Stock, find_python, learned
from bot.bench.texts import unseen
from bot.load import load_content

PROJECT = Path(__file__).resolve().parent.parent.parent


def bench(stock: bool, write: Path | None, reuse: bool = False, epochs: int = EPOCHS) -> str:
    """Measure Lantern; stock Rasa too when `stock`, with its last model when `reuse`; report to `write`.

    Stock learns for `epochs`.

    Returns:
        The table.

    Raises:
        CannotMeasure: something is missing on this machine, or a side failed.
        ContentError: the content cannot be used.
    """
    if stock:
        find_python()  # said before anything has taken its time
    sides: list[Side] = [Lantern(cache_folder() / "bench", PROJECT)]
    if stock:
        sides.append(Stock(cache_folder() / "stock", PROJECT, reuse, epochs))
    choices = list(load_content().topics)
    texts = unseen(PROJECT, TEXTS + CROWD_TEXTS)
    date, load = datetime.now(UTC).date(), os.getloadavg()[0]
    found = _measured(sides, texts, choices)
    table = figures.table(found[0], found[1] if stock else None)
    if write is not None:
        trained = "; stock: ".join(dict.fromkeys(str(side.training) for side in found))
        if stock and found[1].training.epochs != EPOCHS:
            trained += f"; {learned(found[1].training)}, so the time of its training is a lower bound"
        write.parent.mkdir(parents=True, exist_ok=True)
        text = report.document(table, [side.versions() for side in sides], trained, f"{date}", load)
        write.write_text(text, encoding="utf-8")
    return table


@contextmanager
def _moving(bar: tqdm) -> Iterator[None]:  # type: ignore[type-arg]
    """Show the time going by: one step may take an hour."""
    ended = threading.Event()

    def refresh() -> None:
        while not ended.wait(1):
            bar.refresh()

    threading.Thread(target=refresh, daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def _measured(sides: Sequence[Side], texts: Sequence[str], choices: Sequence[str]) -> list[figures.Figures]:
    bar = tqdm(total=steps(len(sides)), unit="step", file=sys.stderr, disable=None)

    @contextmanager
    def step(name: str) -> Iterator[None]:
        bar.set_description(name)
        yield
        bar.update()

    with bar, _moving(bar):
        return asyncio.run(measure(sides, texts, choices, step))
