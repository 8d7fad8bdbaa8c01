"""The measurement. The sides take turns, in rounds, so that noise falls on both alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from itertools import chain, islice, repeat

from bot.bench.client import Visitor, crowd
from bot.bench.figures import Figures
from bot.bench.server import Server
from bot.bench.side import Side

Step = Callable[[str], AbstractContextManager[None]]
"""Announces one step and counts it when it is done."""

STARTS = 3
ROUNDS = 5
WARM = 50
TYPED = 100  # a round
PRESSED = REPEATED = 50  # a round
LONG = 202  # messages of the long conversation of each round
EARLY, LATE = slice(1, 6), slice(197, 202)  # messages 2 to 6 and 198 to 202 of it
CLIENTS = 30
CROWD_SECONDS = 4.0  # a round
TEXTS = ROUNDS * (TYPED + REPEATED + LONG) + WARM
CROWD_TEXTS = 60_000


@dataclass
class Script:
    """What is said: the same to each side in the same order, and nothing twice unless that is measured."""

    typed: Iterator[str]
    others: Iterator[str]
    crowd: Iterator[str]
    choices: Iterator[str]

    @staticmethod
    def of(texts: Sequence[str], choices: Sequence[str]) -> Script:
        """From `TEXTS` texts, of which the first are typed, and behind them those for the crowd."""
        typed = ROUNDS * TYPED
        return Script(
            iter(texts[:typed]), iter(texts[typed:TEXTS]), iter(texts[TEXTS:]), chain.from_iterable(repeat(choices))
        )


def steps(sides: int) -> int:
    """How many steps :func:`measure` announces."""
    return sides * (2 + STARTS + 1 + ROUNDS * 4)


async def measure(sides: Sequence[Side], texts: Sequence[str], choices: Sequence[str], step: Step) -> list[Figures]:
    """Measure everything.

    Args:
        sides: Lantern, and stock or not.
        texts: at least `TEXTS`, all different and in no training file.
        choices: buttons that both sides know.
        step: called around each step.

    Raises:
        CannotMeasure: a side cannot be installed, trained, started or does not answer.
    """
    figures = [Figures() for _ in sides]
    scripts = [Script.of(texts, choices) for _ in sides]
    for side, found in zip(sides, figures, strict=True):
        with step(f"{side.name}: environment"):
            side.prepare()
            found.size = side.size()
        with step(f"{side.name}: training"):
            found.training = side.train()
    with ExitStack() as running:
        servers = await _start(sides, figures, step, running)
        for server, found, script in zip(servers, figures, scripts, strict=True):
            with step(f"{server.wire.name}: memory"):
                await _type(server, islice(script.others, WARM))
                found.memory = server.memory()
        for number in range(1, ROUNDS + 1):
            for talk in (_typed, _pressed_and_repeated, _long, _crowd):
                for server, found, script in zip(servers, figures, scripts, strict=True):
                    with step(f"round {number} of {ROUNDS}, {server.wire.name}"):
                        await talk(server, found, script)
    return figures


async def _start(sides: Sequence[Side], figures: Sequence[Figures], step: Step, running: ExitStack) -> list[Server]:
    """Start every side several times; the last server of each goes on, until `running` is closed."""
    servers: dict[str, Server] = {}
    for _ in range(STARTS):
        for side, found in zip(sides, figures, strict=True):
            with step(f"{side.name}: start"):
                if side.name in servers:
                    servers[side.name].stop()
                server = servers[side.name] = side.start()
                running.callback(server.stop)
                found.start_seconds.append(await server.first_answer())
    return list(servers.values())


async def _type(server: Server, texts: Iterator[str]) -> list[float]:
    async with Visitor(server.wire, server.port) as visitor:
        return [await visitor.type(text) for text in texts]


async def _typed(server: Server, found: Figures, script: Script) -> None:
    found.typed += await _type(server, islice(script.typed, TYPED))


async def _pressed_and_repeated(server: Server, found: Figures, script: Script) -> None:
    async with Visitor(server.wire, server.port) as visitor:
        found.pressed += [await visitor.press(choice) for choice in islice(script.choices, PRESSED)]
        again = list(islice(script.others, REPEATED))
        for text in again:
            await visitor.type(text)
        found.repeated += [await visitor.type(text) for text in again]


async def _long(server: Server, found: Figures, script: Script) -> None:
    """One long conversation; late in it, the texts of its beginning return with a word more."""
    texts = list(islice(script.others, LONG))
    texts[LATE] = [f"so {text}" for text in texts[EARLY]]
    async with Visitor(server.wire, server.port, turns=LONG) as visitor:
        took = [await visitor.type(text) for text in texts]
    found.early += took[EARLY]
    found.late += took[LATE]


async def _crowd(server: Server, found: Figures, script: Script) -> None:
    answers, seconds = await crowd(server.wire, server.port, script.crowd, CLIENTS, CROWD_SECONDS)
    found.crowd_answers += answers
    found.crowd_seconds += seconds
