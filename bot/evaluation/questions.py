"""The questions that understanding is measured with. Nobody trains on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import yaml

from bot.bench.client import CannotMeasure
from bot.content import Content
from bot.coverage import carriers
from bot.reply import Reply

TESTS = Path(__file__).resolve().parent.parent.parent / "tests"
FILES = ("understanding/*.yml", "nlu/read_*.yml", "nlu/blind_*.yml", "nlu/followups.yml")

CRISIS, REFUSE, OUT_OF_SCOPE, CLARIFY = "crisis", "refuse", "out_of_scope", "clarify"
AMBIGUOUS = "ambiguous"
"""The tier of an answer with a line of help above it, instead of a card."""

FALLBACK = "nlu_fallback"
"""Rasa's own intent for "not sure enough": the question is not answered."""

TOPIC, FOLLOW_UP = "topic", "follow_up"
KINDS = {
    TOPIC: "in scope",
    OUT_OF_SCOPE: "out of scope",
    CRISIS: "danger",
    REFUSE: "to refuse",
    FOLLOW_UP: "needs the turns before",
}

VOICES = {
    "nonnative": "non_native_speaker",
    "non_native": "non_native_speaker",
    "twelve_year_old": "child",
    "preteen": "child",
    "scared_teen": "teen",
    "teacher_in_a_hurry": "teacher",
}
"""Names of one voice in different files -> the one it is counted under."""


class Heard(NamedTuple):
    """What a question was taken for: an id of the topic catalogue and, for danger, the tier of the card."""

    topic: str
    tier: str = ""

    def __str__(self) -> str:
        return f"{self.topic} ({self.tier})" if self.tier else self.topic

    @staticmethod
    def in_reply(reply: Reply) -> Heard:
        """By what was answered."""
        return Heard(reply.topic, reply.tier if reply.topic == CRISIS else "")

    @staticmethod
    def of_intent(name: str) -> Heard:
        """By the intent alone. The fallback says "I cannot answer that"."""
        if name.startswith(f"{CRISIS}_"):
            return Heard(CRISIS, name.removeprefix(f"{CRISIS}_"))
        return Heard(OUT_OF_SCOPE if name == FALLBACK else name)


class _Entry(msgspec.Struct, frozen=True):
    """A question as it stands in a file; `docs` of the fields: :class:`Question`."""

    id: str
    topics: Annotated[list[str], msgspec.Meta(min_length=1)]
    text: str = ""
    turns: list[str] = []
    tiers: list[str] = []
    also: list[str] = []
    voice: str = ""
    style: str = ""
    lang: str = ""
    claim: str = ""


@dataclass(frozen=True)
class Question:
    """What is asked, and what counts as understanding it.

    Args:
        turns: one text, or the turns of a conversation, of which the last is judged.
        topics: any of them is right; the first is what the author would answer.
        tiers: for `crisis`, any of these cards is right.
        also: right for the second question of a message that asks two.
        group: name of the file.
    """

    id: str
    turns: tuple[str, ...]
    topics: tuple[str, ...]
    tiers: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    voice: str = ""
    style: str = ""
    lang: str = "en"
    group: str = ""

    @property
    def text(self) -> str:
        """What is judged."""
        return self.turns[-1]

    @property
    def kind(self) -> str:
        """One of KINDS, by what its author would answer."""
        if len(self.turns) > 1:
            return FOLLOW_UP
        return self.topics[0] if self.topics[0] in (OUT_OF_SCOPE, CRISIS, REFUSE) else TOPIC

    @property
    def expected(self) -> Heard:
        """What its author would answer."""
        return Heard(self.topics[0], self.tiers[0] if self.topics[0] == CRISIS and self.tiers else "")

    def accepts(self, heard: Heard) -> bool:
        """Whether that is right."""
        if heard.topic == CRISIS and self.tiers:
            return heard.tier in self.tiers
        return heard.topic in self.topics


def load_questions(content: Content, tests: Path = TESTS) -> list[Question]:
    """All questions; one about a claim of the starting document is answered by any topic that carries the claim.

    Raises:
        CannotMeasure: a file cannot be used, or there is no question at all.
    """
    carried = carriers(content)
    questions = []
    for path in (path for pattern in FILES for path in sorted(tests.glob(pattern))):
        for entry in _entries(path):
            claim = carried.get(entry.claim, ([], []))[1]
            questions.append(
                Question(
                    entry.id,
                    tuple(entry.turns or [entry.text]),
                    tuple(dict.fromkeys((*entry.topics, *claim))),
                    tuple(entry.tiers),
                    tuple(entry.also),
                    VOICES.get(entry.voice, entry.voice),
                    entry.style,
                    entry.lang or ("es" if path.stem.endswith("_es") else "en"),
                    path.stem,
                )
            )
    if not questions:
        raise CannotMeasure(f"There are no questions in {tests}.")
    return questions


def _entries(path: Path) -> Iterator[_Entry]:
    try:
        entries = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")) or [], list[_Entry])
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise CannotMeasure(f"{path}: {error}; write `- {{id: …, text: …, topics: […]}}`.") from error
    for entry in entries:
        if not all(turn.strip() for turn in entry.turns or [entry.text]):
            raise CannotMeasure(f"{path}: {entry.id} asks nothing; give it `text` or `turns`.")
        yield entry
