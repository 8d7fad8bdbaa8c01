"""The page for docs/: the tables, with what one must know to trust and to repeat them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.bench.report import machine
from bot.evaluation import tables
from bot.evaluation.asking import Found
from bot.evaluation.outcomes import FIRST, Outcome
from bot.evaluation.public_run import PublicResult
from bot.evaluation.public_table import public
from bot.evaluation.questions import KINDS

RELIABILITY = "pictures/reliability.png"
CONFUSIONS = "pictures/confusions.png"
"""Where the pictures stand, seen from the page."""

NOT_RUN = "Not measured in this run."
FEW = f"Rows marked *few* rest on fewer than {tables.SCARCE} questions."


@dataclass(frozen=True)
class About:
    """The circumstances of a run, in words; `stock` is empty when it was not measured."""

    date: str
    load: float
    version: str
    stock: str = ""


_TEXT = """\
# How well questions are understood

Written by `lantern evaluate`; do not edit by hand. {questions} questions that nobody trained on: the files of
`tests/understanding/` and `tests/nlu/`. Each names the topics its author would accept as an answer. *Right first*: the
first answer is one of them. *In the first {first}*: it, the buttons when Lantern asks back, or what the classifier
thought likeliest next.

## At a glance

{glance}

*Lantern* is the whole turn, as a visitor meets it. *Its NLU alone* and *stock's NLU* are Rasa's intent, where the
fallback counts as "out of scope"; a turn that needs those before it is beyond them.

{stock}

{latency}

## By voice, style and set

{voices}

{styles}

{groups}

{few}

## However it is typed

The same questions, changed by a program in the same way each time. Losses are in points, by the whole turn.

{robustness}

## Confidence

Expected calibration error (0 is perfect): {error}. Of all first guesses, before the fallback.

![Share of right guesses against confidence]({reliability})

{bins}

## Confusions worth fixing

What happened once may be chance.

![Topics most often taken for one another]({picture})

{worth}

The remedy is more training examples of the kind, never the question itself.

## By topic

*Asked* counts each question under the topic that was answered, where that is right, and under its author's first
choice where it is not.

{topics}

## Public test sets

Lantern's own pipeline, trained and asked on files that others have published results for.

{public}

## How it was measured

- {date}: {machine}. Load average before it began: {load:.1f}. {version}.
- NLU is timed on each question as written, the first time it is seen; the whole turn on each question with typing
  slips, which NLU mends first and so may have read before. All in one process, without a network. The sides take turns
  with every question.
- The 95 % interval says how much chance there is in a share of so many questions.

## To repeat it

    make evaluate                                            # Lantern alone, some minutes; renews this page
    .venv/bin/lantern evaluate --stock                       # beside stock Rasa, which trains for an hour or two
    .venv/bin/lantern evaluate --stock --reuse               # with stock's model of the last time
    .venv/bin/lantern evaluate --clinc FILE                  # data_full.json of clinc/oos-eval
    .venv/bin/lantern evaluate --hint3 DIR                   # the tree of hellohaptik/HINT3
"""


def document(found: Found, results: Sequence[PublicResult], about: About) -> str:
    """The whole page."""
    sides = tables.sides(found)
    return _TEXT.format(
        questions=f"{len(found.turns):,}",
        first=FIRST,
        glance=tables.glance(found),
        stock=about.stock or "Stock Rasa was not measured in this run.",
        latency=tables.latency(found),
        voices=tables.breakdown("voice", found.turns, lambda outcome: outcome.question.voice),
        styles=tables.breakdown("style", found.turns, lambda outcome: outcome.question.style or "not noted"),
        groups=tables.breakdown("set, kind of question", found.turns, _group),
        few=FEW,
        robustness=tables.robustness(found) if any(found.robust.values()) else NOT_RUN,
        error=tables.calibration_errors(sides),
        reliability=RELIABILITY,
        bins=tables.calibration(sides),
        picture=CONFUSIONS,
        worth=tables.worth_fixing(found.turns),
        topics=tables.topics(found.turns),
        public=public(results) or NOT_RUN,
        date=about.date,
        machine=machine(),
        load=about.load,
        version=about.version,
    )


def summary(found: Found, results: Sequence[PublicResult], about: About) -> str:
    """What the command prints."""
    parts = [tables.glance(found), about.stock, tables.latency(found), tables.robustness(found), public(results)]
    return "\n\n".join(part for part in parts if part)


def _group(outcome: Outcome) -> str:
    return f"{outcome.question.group}: {KINDS[outcome.question.kind]}"
