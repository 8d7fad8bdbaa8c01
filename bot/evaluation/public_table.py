"""Lantern beside published results, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.bench.figures import number, percentile
from bot.evaluation.public_run import PublicResult
from bot.evaluation.public_sets import CLINC
from bot.evaluation.tables import markdown

PUBLISHED: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("published.yml").read_text(encoding="utf-8"))

HEADS = {
    "in_scope": "in-scope accuracy, %",
    "out_of_scope": "out-of-scope recall, %",
    "at_kept": "the same, keeping 95 % of in-scope",
    "auroc": "AUROC",
    "mcc": "MCC",
}


def clinc(result: PublicResult) -> str:
    """CLINC150."""
    ours = {
        "in_scope": result.in_scope * 100,
        "out_of_scope": result.first_guess * 100,
        "at_kept": result.at_kept * 100,
        "auroc": result.auroc,
    }
    columns = ("in_scope", "out_of_scope", "at_kept", "auroc")
    return _comparison(PUBLISHED["clinc"], ours, PUBLISHED["goals"]["clinc"], columns) + _facts(result)


def hint3(result: PublicResult) -> str:
    """One bot of HINT3, at the threshold with the best correlation."""
    ours = {
        "in_scope": result.best.in_scope * 100,
        "out_of_scope": result.best.out_of_scope * 100,
        "mcc": result.best.mcc,
    }
    goals = {"mcc": PUBLISHED["goals"]["hint3"][result.name]}
    columns = ("in_scope", "out_of_scope", "mcc")
    return _comparison(PUBLISHED["hint3"][result.name], ours, goals, columns) + _facts(result)


def public(results: Sequence[PublicResult]) -> str:
    """All that were measured, each with its heading."""
    return "\n\n".join(
        f"### {result.name}\n\n{clinc(result) if result.name == CLINC else hint3(result)}" for result in results
    )


def _comparison(
    published: Sequence[Mapping[str, Any]],
    ours: Mapping[str, float],
    goals: Mapping[str, float],
    columns: Sequence[str],
) -> str:
    rows = [
        ["**Lantern**", "this run", *(f"**{_figure(name, ours[name])}**" for name in columns)],
        ["goal", "", *(_goal(name, ours[name], goals.get(name)) for name in columns)],
    ]
    rows += [
        [row["system"], row["by"], *(_figure(name, row[name]) if name in row else "–" for name in columns)]
        for row in published
    ]
    return markdown(["system", "measured by", *(HEADS[name] for name in columns)], rows, left=2)


def _figure(name: str, value: float) -> str:
    return f"{value:.3f}" if name == "auroc" else f"{value:.2f}" if name == "mcc" else f"{value:.1f}"


def _goal(name: str, value: float, goal: float | None) -> str:
    if goal is None:
        return ""
    shown = f"{goal:g}"
    return f"≥ {shown}: {'met' if value >= goal else '**missed**'}"


def _facts(result: PublicResult) -> str:
    times = [number(percentile(result.milliseconds, share)) for share in (0.5, 0.95)]
    return (
        f"\n\nTrained on {result.trained:,} texts in {number(result.train_seconds)} s, asked {result.asked:,}; "
        f"{times[0]} ms a text (median), {times[1]} ms (95 %). Best correlation {result.best.mcc:.2f} at threshold "
        f"{result.best.threshold:.1f}."
    )
