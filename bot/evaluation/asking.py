"""Asking Lantern, and stock Rasa if wanted, all questions."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.assistant import Assistant
from bot.channels.turn import clean
from bot.evaluation.metrics import Guess
from bot.evaluation.outcomes import Outcome, Parse
from bot.evaluation.questions import Question
from bot.evaluation.stock import StockParser
from bot.evaluation.variants import TYPOS, VARIANTS, variant

WARM = 20


@dataclass
class Side:
    """The understanding of one side: outcomes and confidence by its NLU alone, and how long each parse took."""

    outcomes: list[Outcome] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    def add(self, question: Question, parse: Parse) -> None:
        """Note one parse."""
        self.outcomes.append(Outcome.of_parse(question, parse))
        self.milliseconds.append(parse.milliseconds)
        for heard, confidence in parse.ranking[:1]:
            self.guesses.append((confidence, question.accepts(heard)))


@dataclass
class Found:
    """All that was measured.

    Args:
        turns: by the whole turn, as a visitor meets it.
        nlu, stock: by NLU alone; single questions only, since NLU does not know the turn before.
        second: whether the second question of a message that asks two was answered, too.
        turn_milliseconds: of whole turns with texts that came for the first time, typed with slips.
        robust: name of a variant -> right as it was written, right as varied, for each question that it changes.
    """

    turns: list[Outcome] = field(default_factory=list)
    nlu: Side = field(default_factory=Side)
    stock: Side = field(default_factory=Side)
    second: list[bool] = field(default_factory=list)
    turn_milliseconds: list[float] = field(default_factory=list)
    robust: dict[str, list[tuple[bool, bool]]] = field(default_factory=lambda: {name: [] for name in VARIANTS})


async def ask_all(
    assistant: Assistant,
    questions: Sequence[Question],
    stock: StockParser | None = None,
    tick: Callable[[], object] = lambda: None,
) -> Found:
    """Ask everything.

    NLU is timed on the questions as they are written, before anything else has seen them; the whole turn on those with
    typing slips, which are new again: some parts remember what they have just read. Both sides take turns with every
    question, so that noise falls on both.

    Args:
        stock: the other side, or None.
        tick: called after each question.
    """
    found = Found()
    for number in range(WARM):
        await _parse(assistant, f"warming up, round {number}")
        if stock:
            stock.parse(f"warming up, round {number}")
    for question in questions:
        parse = None
        if len(question.turns) == 1:
            parse = await _parse(assistant, question.text)
            found.nlu.add(question, parse)
            if stock:
                found.stock.add(question, stock.parse(clean(question.text)))
        replies = (await assistant.converse(question.turns))[-1]
        outcome = Outcome.of_reply(question, replies[0], parse)
        found.turns.append(outcome)
        if question.also:
            found.second.append(any(reply.topic in question.also for reply in replies[1:2]))
        if len(question.turns) == 1:
            await _vary(assistant, outcome, found)
        tick()
    return found


async def _vary(assistant: Assistant, written: Outcome, found: Found) -> None:
    question = written.question
    for name in VARIANTS:
        text = variant(question.text, name, question.lang)
        if text == question.text:
            continue
        began = time.perf_counter()
        reply = (await assistant.converse([text]))[0][0]
        if name == TYPOS:
            found.turn_milliseconds.append((time.perf_counter() - began) * 1000)
        found.robust[name].append((written.right, Outcome.of_reply(question, reply, None).right))


async def _parse(assistant: Assistant, text: str) -> Parse:
    cleaned = clean(text)
    began = time.perf_counter()
    result = await assistant.agent.parse_message(cleaned)
    return Parse.of(result, (time.perf_counter() - began) * 1000)
