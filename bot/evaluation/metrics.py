"""The arithmetic: shares, calibration, recall and precision by topic, confusions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.evaluation.outcomes import Outcome
from bot.evaluation.questions import Heard

BINS = 10

Guess = tuple[float, bool]
"""How sure the model was of its first guess, from 0 to 1, and whether the guess was right."""


class Share(NamedTuple):
    """So many of so many."""

    hits: int
    of: int

    @staticmethod
    def among(flags: Iterable[bool]) -> Share:
        """How many of the flags are set."""
        listed = list(flags)
        return Share(sum(listed), len(listed))

    @property
    def value(self) -> float:
        """From 0 to 1; 0 of nothing is 0."""
        return self.hits / self.of if self.of else 0.0

    def interval(self) -> tuple[float, float]:
        """Where the true share lies with 95 % certainty (Wilson)."""
        from scipy.stats import binomtest

        found = binomtest(self.hits, self.of).proportion_ci(method="wilson")
        return float(found.low), float(found.high)

    def __str__(self) -> str:
        return f"{self.value:.1%}" if self.of else "–"


class Bin(NamedTuple):
    """Guesses of like confidence: how many, how sure on average, which share of them was right."""

    size: int
    confidence: float
    right: float


def reliability(guesses: Iterable[Guess]) -> list[Bin]:
    """The guesses in BINS equal steps of confidence, from unsure to sure; empty steps are left out."""
    steps: dict[int, list[Guess]] = defaultdict(list)
    for confidence, right in guesses:
        steps[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    return [
        Bin(len(step), sum(sure for sure, _ in step) / len(step), sum(right for _, right in step) / len(step))
        for _, step in sorted(steps.items())
    ]


def calibration_error(guesses: Sequence[Guess]) -> float:
    """Expected calibration error: how far confidence and share right lie apart, by bin, weighed by its size."""
    return sum(found.size * abs(found.confidence - found.right) for found in reliability(guesses)) / len(guesses)


class TopicScore(NamedTuple):
    """How often questions about a topic found it, and how often its answer was right."""

    topic: Heard
    recall: Share
    precision: Share


def by_topic(outcomes: Iterable[Outcome]) -> list[TopicScore]:
    """One score for each topic that was expected or answered, the least recalled first."""
    recall: dict[Heard, list[bool]] = defaultdict(list)
    precision: dict[Heard, list[bool]] = defaultdict(list)
    for outcome in outcomes:
        recall[outcome.expected].append(outcome.right)
        precision[outcome.heard].append(outcome.right)
    scores = [
        TopicScore(topic, Share.among(recall[topic]), Share.among(precision[topic]))
        for topic in recall.keys() | precision.keys()
    ]
    return sorted(scores, key=lambda score: (score.recall.of == 0, score.recall.value, str(score.topic)))


class Confusion(NamedTuple):
    """What was expected, what was heard instead, and the ids of the questions."""

    expected: Heard
    heard: Heard
    ids: tuple[str, ...]


def confusions(outcomes: Iterable[Outcome]) -> list[Confusion]:
    """The commonest first."""
    found: dict[tuple[Heard, Heard], list[str]] = defaultdict(list)
    for outcome in outcomes:
        if not outcome.right:
            found[outcome.expected, outcome.heard].append(outcome.question.id)
    listed = [Confusion(expected, heard, tuple(ids)) for (expected, heard), ids in found.items()]
    return sorted(listed, key=lambda confusion: (-len(confusion.ids), str(confusion.expected), str(confusion.heard)))
