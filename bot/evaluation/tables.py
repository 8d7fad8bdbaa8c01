"""The tables of the report, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.bench.figures import fraction, number, percentile
from bot.evaluation.asking import Found, Side
from bot.evaluation.metrics import Guess, Share, by_topic, calibration_error, confusions, reliability
from bot.evaluation.outcomes import FIRST, Outcome
from bot.evaluation.questions import CLARIFY, CRISIS, FOLLOW_UP, OUT_OF_SCOPE, REFUSE, TOPIC

GOALS = {"en": (0.95, 0.99), "es": (0.92, None)}
"""Language -> the share wanted of right topics first, and among the first three."""

GOAL = "goal"
LANGUAGES = {"en": "English", "es": "Spanish"}
IMMEDIATE = "immediate_danger"
WORTH_FIXING = 25
SCARCE = 10
"""Rows about fewer questions than this are marked: they say little."""

Outcomes = Sequence[Outcome]


def markdown(head: Sequence[str], rows: Iterable[Sequence[object]], left: int = 1) -> str:
    """A table; all columns but the first `left` and the goal are numbers."""
    ruler = ["---" if column < left or name == GOAL else "---:" for column, name in enumerate(head)]
    return "\n".join(f"| {' | '.join(map(str, cells))} |" for cells in (head, ruler, *rows))


@dataclass(frozen=True)
class _Row:
    """A line of the first table: over which outcomes, what is counted, and the goal."""

    what: str
    over: Callable[[Outcome], bool]
    counts: Callable[[Outcome], bool] = lambda outcome: outcome.right
    goal: float | None = None
    falling: bool = False

    def share(self, outcomes: Outcomes) -> Share:
        return Share.among(self.counts(outcome) for outcome in outcomes if self.over(outcome))

    def cells(self, found: Found) -> list[object]:
        turn = self.share(found.turns)
        low, high = turn.interval()
        return [
            self.what,
            turn.of,
            turn,
            f"{low:.1%} to {high:.1%}",
            self.share(found.nlu.outcomes),
            self.share(found.stock.outcomes),
            self._judged(turn.value),
        ]

    def _judged(self, value: float) -> str:
        if self.goal is None:
            return ""
        met = value <= self.goal if self.falling else value >= self.goal
        return f"{'≤' if self.falling else '≥'} {self.goal:.0%}: {'met' if met else '**missed**'}"


def _kind(kind: str) -> Callable[[Outcome], bool]:
    return lambda outcome: outcome.question.kind == kind


def _rows(outcomes: Outcomes) -> Iterable[_Row]:
    asked = {outcome.question.lang for outcome in outcomes if outcome.question.kind == TOPIC}
    for lang in sorted(asked):
        name, (first, three) = LANGUAGES.get(lang, lang), GOALS.get(lang, (None, None))

        def over(outcome: Outcome, lang: str = lang) -> bool:
            return outcome.question.kind == TOPIC and outcome.question.lang == lang

        yield _Row(f"in scope, {name}: right topic first", over, goal=first)
        yield _Row(
            f"in scope, {name}: right topic in the first {FIRST}", over, lambda outcome: outcome.in_first, goal=three
        )
    yield _Row("in scope: not answered", _kind(TOPIC), lambda outcome: outcome.refused, goal=0.02, falling=True)
    for topic, what in ((OUT_OF_SCOPE, "called out of scope"), (CLARIFY, "asked back")):

        def counts(outcome: Outcome, topic: str = topic) -> bool:
            return outcome.refused and outcome.heard.topic == topic

        yield _Row(f"in scope: {what}", _kind(TOPIC), counts)
    yield _Row("out of scope: said so", _kind(OUT_OF_SCOPE), goal=0.95)
    for immediate, what, wanted in ((True, "immediate danger", 1.0), (False, "other danger", 0.98)):

        def danger(outcome: Outcome, immediate: bool = immediate) -> bool:
            return outcome.question.kind == CRISIS and (outcome.question.expected.tier == IMMEDIATE) == immediate

        yield _Row(f"{what}: a right card, or line of help", danger, goal=wanted)
    yield _Row("requests to refuse: refused", _kind(REFUSE))
    yield _Row("a turn that needs the turns before", _kind(FOLLOW_UP))


def glance(found: Found) -> str:
    """The first table."""
    rows = [row.cells(found) for row in _rows(found.turns) if row.share(found.turns).of]
    if found.second:
        second = Share.among(found.second)
        low, high = second.interval()
        what = "the second question of a message, answered too"
        rows.append([what, second.of, second, f"{low:.1%} to {high:.1%}", "–", "–", ""])
    return markdown(["", "questions", "Lantern", "95 % interval", "its NLU alone", "stock's NLU", GOAL], rows)


def latency(found: Found) -> str:
    """How long understanding takes."""
    rows: list[list[str]] = []
    for share, goal in ((0.50, 1 / 10), (0.95, 1 / 5)):
        ours = percentile(found.nlu.milliseconds, share)
        row = [f"NLU, p{share * 100:.0f}, ms", number(ours), "–", "–", f"≤ {fraction(goal)}"]
        if found.stock.milliseconds:
            theirs = percentile(found.stock.milliseconds, share)
            met = "met" if ours <= goal * theirs else "**missed**"
            row[2:] = [number(theirs), fraction(ours / theirs), f"{row[-1]}: {met}"]
        rows.append(row)
    for share in (0.50, 0.95) if found.turn_milliseconds else ():
        rows.append(
            [f"whole turn, p{share * 100:.0f}, ms", number(percentile(found.turn_milliseconds, share)), "–", "–", ""]
        )
    return markdown(["", "Lantern", "stock", "ratio", GOAL], rows)


def breakdown(title: str, outcomes: Outcomes, key: Callable[[Outcome], str]) -> str:
    """Right first and in the first three, by `key`; outcomes without one are left out."""
    rows = []
    for name in sorted({key(outcome) for outcome in outcomes} - {""}):
        mine = [outcome for outcome in outcomes if key(outcome) == name]
        few = " (few)" if len(mine) < SCARCE else ""
        first, three = (Share.among(getattr(o, flag) for o in mine) for flag in ("right", "in_first"))
        rows.append((first.value, [f"{name.replace('_', ' ')}{few}", first.of, first, three]))
    head = [title, "questions", "right first", f"in the first {FIRST}"]
    return markdown(head, [cells for _, cells in sorted(rows, key=lambda row: row[0])])


def robustness(found: Found) -> str:
    """What each way of typing costs, on the questions that it changes."""
    rows = []
    for name, pairs in found.robust.items():
        before, after = (Share.among(pair[at] for pair in pairs) for at in (0, 1))
        rows.append([name, before.of, before, after, f"{(before.value - after.value) * 100:+.1f}" if pairs else "–"])
    return markdown(["typed with", "questions", "as written", "so typed", "points lost"], rows)


def calibration(sides: Sequence[tuple[str, Sequence[Guess]]]) -> str:
    """Confidence against what was right, by bin."""
    rows = [
        [name, f"{found.confidence:.2f}", f"{found.right:.2f}", found.size]
        for name, guesses in sides
        for found in reliability(guesses)
    ]
    return markdown(["", "mean confidence", "share right", "guesses"], rows)


def calibration_errors(sides: Sequence[tuple[str, Sequence[Guess]]]) -> str:
    """The expected calibration error of each side, in words."""
    return "; ".join(f"{name} {calibration_error(guesses):.3f}" for name, guesses in sides)


def worth_fixing(outcomes: Outcomes) -> str:
    """The commonest confusions, with the questions' ids."""
    listed = confusions(outcomes)[:WORTH_FIXING]
    rows = [[found.expected, found.heard, len(found.ids), ", ".join(found.ids[:6])] for found in listed]
    return markdown(["expected", "answered", "times", "questions"], rows, left=2)


def topics(outcomes: Outcomes) -> str:
    """Recall and precision by topic, the least recalled first, and their means."""
    scores = by_topic(outcomes)
    rows: list[list[object]] = [
        [score.topic, score.recall.of, score.recall, score.precision.of, score.precision] for score in scores
    ]
    recall = [score.recall.value for score in scores if score.recall.of]
    precision = [score.precision.value for score in scores if score.precision.of]
    means = [sum(values) / len(values) for values in (recall, precision)]
    rows.append(["**mean over topics**", "", f"**{means[0]:.1%}**", "", f"**{means[1]:.1%}**"])
    return markdown(["topic", "asked", "recall", "answered", "precision"], rows)


def sides(found: Found) -> list[tuple[str, Sequence[Guess]]]:
    """The sides that were measured, with their guesses."""
    both: list[tuple[str, Side]] = [("Lantern", found.nlu), ("stock", found.stock)]
    return [(name, side.guesses) for name, side in both if side.guesses]
