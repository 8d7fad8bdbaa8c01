"""Which fact of a topic a question is about: "is it really 17,000?" wants another one first than "how many?".

A fact is as near as its meaning (cosine of sentence vectors) plus the share of the question's words that it holds,
rare words counting more: vectors alone confuse facts that differ in a number or a group of people.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.lang.en.stop_words import STOP_WORDS

from bot.content import DEFAULT_LANGUAGE, Content, Fact, Topic

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

LEAST = 0.45
"""Below this no fact is near: found on the questions of `tests/understanding/`, where it changes little by 0.1."""

FIGURE = 2
"""How much more a figure tells than a word."""

CLEARLY = 0.15
"""How much nearer a fact must be than the topic's own question."""

_WORD = re.compile(r"\d[\d,.]*|[a-z]+")
STEM = 6
"""Letters by which words are compared: "traffickers" and "trafficked" are one word."""


@dataclass(frozen=True)
class _Text:
    vector: NDArray[np.float32]
    words: frozenset[str]


class FactFinder:
    """Finds the nearest fact. What the facts mean is worked out per topic, when it is first asked for, and kept.

    Args:
        encode: texts -> vectors of length one.
    """

    def __init__(self, content: Content, encode: Encode) -> None:
        self._content, self._encode = content, encode
        self._topics: dict[str, tuple[list[list[_Text]], list[_Text]]] = {}
        self._rarity = _rarity(_says(fact) for fact in content.facts.values())

    def nearest(self, text: str, topic_id: str) -> str:
        """Id of the fact that `text` asks for; empty when it asks for the topic in general, or the order must stay.

        Raises:
            KeyError: there is no such topic.
        """
        topic = self._content.topics[topic_id]
        if not text or not topic.facts or topic.keep_order:
            return ""
        facts, general = self.prepare(topic_id)
        asked = self._read([text])[0]
        near = [self._nearness(asked, texts) for texts in facts]
        best = int(np.argmax(near))
        return topic.facts[best] if near[best] >= max(LEAST, self._nearness(asked, general) + CLEARLY) else ""

    def prepare(self, topic_id: str) -> tuple[list[list[_Text]], list[_Text]]:
        """What each fact of a topic says, and what the topic is asked with; worked out once, in about 0.1 s.

        Raises:
            KeyError: there is no such topic.
        """
        if topic_id not in self._topics:
            topic = self._content.topics[topic_id]
            facts = [self._read([_says(self._content.facts[fact]), *self._claims(fact)]) for fact in topic.facts]
            self._topics[topic_id] = facts, self._read(_asks(topic))
        return self._topics[topic_id]

    def _claims(self, fact: str) -> list[str]:
        claims = self._content.talk.claims.get(fact)
        return [claim for spoken in claims.claims.values() for claim in spoken] if claims else []

    def _read(self, texts: Sequence[str]) -> list[_Text]:
        return [_Text(vector, _words(text)) for vector, text in zip(self._encode(texts), texts, strict=True)]

    def _nearness(self, asked: _Text, texts: Iterable[_Text]) -> float:
        return max(float(asked.vector @ one.vector) + self._shared(asked, one) for one in texts)

    def _shared(self, asked: _Text, one: _Text) -> float:
        """The share of the question's words that the other text holds, 0 to 1."""
        known, missing = self._weight(asked.words & one.words), self._weight(asked.words - one.words)
        return known / (known + missing) if known else 0.0

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._rarity.get(word, self._rarity[""]) * (FIGURE if word.isdigit() else 1) for word in words)


def _says(fact: Fact) -> str:
    caveat = f" {fact.caveat[DEFAULT_LANGUAGE]}" if fact.caveat else ""
    return fact.text[DEFAULT_LANGUAGE] + caveat


def _asks(topic: Topic) -> list[str]:
    return [topic.question[DEFAULT_LANGUAGE], topic.title[DEFAULT_LANGUAGE], topic.id.replace("_", " ")]


def _words(text: str) -> frozenset[str]:
    found = _WORD.findall(text.lower().replace("'", ""))
    return frozenset(word.replace(",", "").rstrip(".")[:STEM] for word in found if word not in STOP_WORDS)


def _rarity(texts: Iterable[str]) -> Mapping[str, float]:
    """How much a word tells: the logarithm of how few texts hold it; under "" for words that none holds."""
    read = [_words(text) for text in texts]
    held = Counter(word for words in read for word in words)
    return {word: math.log((len(read) + 1) / (count + 0.5)) for word, count in [*held.items(), ("", 0)]}
