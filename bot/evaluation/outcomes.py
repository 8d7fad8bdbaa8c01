"""What became of one question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.evaluation.questions import AMBIGUOUS, CLARIFY, CRISIS, FALLBACK, OUT_OF_SCOPE, Heard, Question
from bot.reply import Reply

FIRST = 3
"""How many guesses a visitor can take in: as many as there are buttons."""


@dataclass(frozen=True)
class Parse:
    """What Rasa's NLU made of a text.

    Args:
        heard: its intent, after its own fallback.
        ranking: its guesses before the fallback, the likeliest first, each with its probability.
        milliseconds: how long it took.
    """

    heard: Heard
    ranking: tuple[tuple[Heard, float], ...]
    milliseconds: float

    @staticmethod
    def of(result: Mapping[str, Any], milliseconds: float) -> Parse:
        """From what Rasa's `parse_message` gives."""
        ranking = [
            (Heard.of_intent(guess["name"]), float(guess["confidence"]))
            for guess in result["intent_ranking"]
            if guess["name"] != FALLBACK
        ]
        return Parse(Heard.of_intent(result["intent"]["name"] or FALLBACK), tuple(ranking), milliseconds)


@dataclass(frozen=True)
class Outcome:
    """A question and what it was taken for; `first` are the best guesses, the answer first."""

    question: Question
    heard: Heard
    first: tuple[Heard, ...]

    @staticmethod
    def of_reply(question: Question, reply: Reply, parse: Parse | None) -> Outcome:
        """By the whole turn: the reply's topic, the choices when it asks back, then what NLU thought likely."""
        heard = Heard.in_reply(reply)
        if reply.tier == AMBIGUOUS and question.kind == CRISIS:  # the line of help counts there, not the topic below it
            heard = Heard(CRISIS, AMBIGUOUS)
        asked = [Heard(choice.id) for choice in reply.choices] if heard.topic == CLARIFY else [heard]
        return Outcome(question, heard, _first([*asked, *(guess for guess, _ in parse.ranking)] if parse else asked))

    @staticmethod
    def of_parse(question: Question, parse: Parse) -> Outcome:
        """By NLU alone."""
        return Outcome(question, parse.heard, _first(guess for guess, _ in parse.ranking))

    @property
    def right(self) -> bool:
        """The first answer is right."""
        return self.question.accepts(self.heard)

    @property
    def in_first(self) -> bool:
        """It is right, or a right one is among the first guesses."""
        return self.right or any(map(self.question.accepts, self.first))

    @property
    def refused(self) -> bool:
        """It was not answered: called out of scope, or asked back."""
        return not self.right and self.heard.topic in (OUT_OF_SCOPE, CLARIFY)

    @property
    def expected(self) -> Heard:
        """What it is counted under: what was heard if that is right, else what its author would answer."""
        return self.heard if self.right else self.question.expected


def _first(guesses: Iterable[Heard]) -> tuple[Heard, ...]:
    return tuple(dict.fromkeys(guesses))[:FIRST]
