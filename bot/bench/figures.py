"""What is measured of one side, and the table of two."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Training:
    """How long one training took, in seconds and in seconds of processor time, on how many examples and what day.

    `epochs` is how often stock saw its examples, None where there are none to count or nobody noted them; `data` is
    `texts.digest` of the examples.
    """

    seconds: float
    processor_seconds: float
    examples: int
    date: str
    epochs: int | None = None
    data: str = ""

    def __str__(self) -> str:
        return f"{self.examples:,} examples on {self.date}"


@dataclass
class Figures:
    """The measurements of one side: times in milliseconds unless the name says otherwise, sizes in MiB."""

    size: float = 0.0
    training: Training = Training(0.0, 0.0, 0, "")
    start_seconds: list[float] = field(default_factory=list)
    memory: float = 0.0
    typed: list[float] = field(default_factory=list)
    pressed: list[float] = field(default_factory=list)
    repeated: list[float] = field(default_factory=list)
    early: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    crowd_answers: int = 0
    crowd_seconds: float = 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of `values` that at least `share` of them do not exceed (nearest rank).

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("no values")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Args:
        what: what is measured, with its unit.
        value: how it is read from the figures.
        goal: for Lantern's value divided by stock's, or, when `alone`, for Lantern's value itself.
        rising: whether more is better.
    """

    what: str
    value: Callable[[Figures], float]
    goal: float | None = None
    rising: bool = False
    alone: bool = False

    def cells(self, lantern: Figures, stock: Figures | None) -> list[str]:
        """The line: what, Lantern, stock, ratio, goal."""
        ours = self.value(lantern)
        theirs = self.value(stock) if stock is not None else None
        ratio = ours / theirs if theirs else None
        judged = ours if self.alone else ratio
        return [
            self.what,
            number(ours),
            "–" if theirs is None else number(theirs),
            "–" if ratio is None else fraction(ratio),
            self._goal(judged),
        ]

    def _goal(self, judged: float | None) -> str:
        if self.goal is None:
            return ""
        wanted = number(self.goal) if self.alone else fraction(self.goal)
        said = f"{'≥' if self.rising else '≤'} {wanted}{' by itself' if self.alone else ''}"
        if judged is None:
            return said
        met = judged >= self.goal if self.rising else judged <= self.goal
        return f"{said}: {'met' if met else '**missed**'}"


ROWS = (
    Row("environment on disk, MiB", lambda f: f.size, 1 / 3),
    Row("training on all examples, s", lambda f: f.training.seconds, 1 / 5),
    Row("training, processor time, s", lambda f: f.training.processor_seconds),
    Row("start to first answer, s", lambda f: median(f.start_seconds), 1 / 6),
    Row("resident memory after 50 messages, MiB", lambda f: f.memory, 1 / 5),
    Row("typed message never seen before, p50, ms", lambda f: percentile(f.typed, 0.50), 1 / 10),
    Row("typed message never seen before, p95, ms", lambda f: percentile(f.typed, 0.95), 1 / 5),
    Row("typed message never seen before, p99, ms", lambda f: percentile(f.typed, 0.99)),
    Row("button press, p50, ms", lambda f: percentile(f.pressed, 0.50), 1 / 15),
    Row("repeated text, p50, ms", lambda f: percentile(f.repeated, 0.50), 1 / 15),
    Row("30 clients at once, messages a second", lambda f: f.crowd_answers / f.crowd_seconds, 15, rising=True),
    Row(
        "message 200 of one conversation / message 2",
        lambda f: median(f.late) / median(f.early),
        1.1,
        alone=True,
    ),
)


def table(lantern: Figures, stock: Figures | None) -> str:
    """The comparison as a Markdown table."""
    lines = [["", "Lantern", "stock", "ratio", "goal"], ["---", "---:", "---:", "---:", "---"]]
    lines += [row.cells(lantern, stock) for row in ROWS]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def number(value: float) -> str:
    """A figure with about three digits that mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}".removesuffix("0")


def fraction(ratio: float) -> str:
    """A ratio as one says it: 1/12 or 3.4×."""
    if ratio < 1:
        inverse = round(1 / ratio, 1) if ratio > 0.1 else round(1 / ratio)
        return f"1/{inverse:g}"
    return f"{ratio:.1f}".removesuffix(".0") + "×" if ratio < 10 else f"{ratio:.0f}×"
