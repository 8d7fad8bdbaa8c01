"""The two pictures of the report, 800 pixels wide."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.evaluation.metrics import BINS, Guess, Share, confusions, reliability
from bot.evaluation.outcomes import Outcome
from bot.evaluation.questions import Heard

DPI = 100
WIDTH = 8.0
LABELS = 14
"""Topics in the picture of confusions: more could not be read."""

OTHERS = "any other"
_COLORS = ("#1f4e79", "#b5651d")
_GREY = "#777777"


def reliability_diagram(path: Path, sides: Sequence[tuple[str, Sequence[Guess]]]) -> None:
    """How often guesses of one confidence are right; on the diagonal the confidence says the truth."""
    figure = Figure(figsize=(WIDTH, 5.2), dpi=DPI, layout="constrained")
    upper, lower = figure.subplots(2, 1, height_ratios=(3, 1), sharex=True)
    upper.plot((0, 1), (0, 1), color=_GREY, linewidth=1, linestyle="--", label="confidence = share right")
    width = 0.08 / len(sides)
    for number, ((name, guesses), color) in enumerate(zip(sides, _COLORS, strict=False)):
        bins = reliability(guesses)
        shares = [Share(round(found.right * found.size), found.size) for found in bins]
        upper.errorbar(
            [found.confidence for found in bins],
            [share.value for share in shares],
            np.transpose([_spread(share) for share in shares]),
            color=color,
            marker="o",
            linewidth=1.8,
            elinewidth=0.9,
            capsize=3,
            label=f"{name}, with its 95 % interval",
        )
        shift = (number - (len(sides) - 1) / 2) * width
        middles = [(int(found.confidence * BINS - 1e-9) + 0.5) / BINS for found in bins]
        lower.bar([middle + shift for middle in middles], [found.size for found in bins], width, color=color)
    upper.set(ylim=(0, 1.02), xlim=(0, 1.02), ylabel="share of guesses right")
    lower.set(xlabel="confidence of the first guess", ylabel="guesses", yscale="log")
    lower.yaxis.set_major_formatter("{x:.0f}")
    upper.legend(frameon=False, loc="lower right")
    for axes in (upper, lower):
        _plain(axes)
    _save(figure, path)


def confusion_picture(path: Path, outcomes: Sequence[Outcome]) -> None:
    """The topics most often taken for one another: what was expected, against what was answered."""
    labels = _confused(outcomes)
    columns = [*labels, OTHERS]
    expected = {str(outcome.expected) for outcome in outcomes}
    counts = {label: [0] * len(columns) for label in labels if label in expected}
    for outcome in outcomes:
        if (line := counts.get(str(outcome.expected))) is not None:
            heard = str(outcome.heard)
            line[columns.index(heard if heard in labels else OTHERS)] += 1
    figure = Figure(figsize=(WIDTH, 7.6), dpi=DPI, layout="constrained")
    axes = figure.subplots()
    shares = [[count / sum(line) for count in line] for line in counts.values()]
    if shares:
        axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for row, (label, line) in enumerate(counts.items()):
        for column, count in enumerate(line):
            if count:
                right = columns[column] == label
                color = "white" if shares[row][column] > 0.5 else "#222222" if right else _COLORS[1]
                weight = "normal" if right else "bold"
                axes.text(column, row, str(count), ha="center", va="center", fontsize=10, color=color, weight=weight)
    axes.set_xticks(range(len(columns)), columns, rotation=55, ha="right", rotation_mode="anchor", fontsize=9)
    axes.set_yticks(range(len(counts)), list(counts), fontsize=9)
    axes.set(xlabel="answered", ylabel="expected")
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    _save(figure, path)


def _confused(outcomes: Sequence[Outcome]) -> list[str]:
    """The topics of the commonest confusions, those that belong together side by side."""
    found: dict[Heard, None] = {}
    for confusion in confusions(outcomes):
        new = {confusion.expected, confusion.heard} - found.keys()
        if len(found) + len(new) > LABELS:
            break
        found |= dict.fromkeys((confusion.expected, confusion.heard))
    return [str(heard) for heard in found]


def _spread(share: Share) -> tuple[float, float]:
    """How far the interval reaches below and above."""
    low, high = share.interval()
    return max(0.0, share.value - low), max(0.0, high - share.value)


def _plain(axes: Axes) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)


def _save(figure: Figure, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Software": None})
