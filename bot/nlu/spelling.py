"""Typing mistakes mended before a message is understood: "wehre do u reprot it" -> "where do u report it".

Sentence meaning suffers most from them, because a misspelt word falls into pieces that mean nothing. Only words that
nobody knows are touched, and only towards words of the training examples; what the visitor typed stays as it was
everywhere else.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from safetensors.numpy import load_file, save_file

OFTEN = 4
"""Times a word must be used in the examples to be what somebody may have meant: rarer ones may be mistakes."""
SHORTEST = 4
LONG = 7
"""Letters from which a word may have two mistakes instead of one."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_APOSTROPHES = str.maketrans("", "", "'’")
_REPEATED = re.compile(r"(.)\1{2,}")


class Words:
    """A set of words, kept as their checksums: four bytes a word instead of ninety.

    One unknown word in thirty thousand passes for a known one, and is then left as it was typed.
    """

    def __init__(self, sums: NDArray[np.uint32]) -> None:
        self.sums = sums

    @classmethod
    def of(cls, words: Iterable[str]) -> Words:
        """The set of these words."""
        return cls(np.unique(np.array([crc32(word.encode()) for word in words], np.uint32)))

    def __contains__(self, word: str) -> bool:
        looked_for = np.uint32(crc32(word.encode()))
        place = int(np.searchsorted(self.sums, looked_for))
        return place < len(self.sums) and self.sums[place] == looked_for


class Speller:
    """Mends words of one language.

    Args:
        meant: word -> how often it is used; these are what a misspelt word may become.
        known: all words that are right as they are.
    """

    def __init__(self, meant: dict[str, int], known: Words) -> None:
        self.meant, self.known = meant, known
        self._by_initial: dict[str, list[str]] = {}
        for word in meant:
            if len(word) >= SHORTEST and word.isalpha():
                self._by_initial.setdefault(word[0], []).append(word)

    @classmethod
    def fit(cls, texts: Iterable[str]) -> Speller:
        """Learn which words are used; English words of any kind are known besides."""
        from spellchecker import SpellChecker

        used = Counter(word.lower() for text in texts for word in _WORD.findall(text))
        meant = {word: count for word, count in sorted(used.items()) if count >= OFTEN}
        english = [*meant, *SpellChecker("en").word_frequency.words()]
        return cls(meant, Words.of(word.translate(_APOSTROPHES) for word in english))

    def mend(self, text: str) -> str:
        """The text with its misspelt words replaced; all else as it was."""
        return _WORD.sub(lambda match: self._mended(match.group(), is_name=_is_name(match)), text)

    def _mended(self, typed: str, is_name: bool) -> str:
        word = typed.lower().translate(_APOSTROPHES)
        if is_name or word in self.known:
            return typed
        for shorter in (_REPEATED.sub(r"\1\1", word), _REPEATED.sub(r"\1", word)):
            if shorter in self.known:
                return shorter
        if len(word) < SHORTEST:
            return typed
        near = extract(
            word,
            self._by_initial.get(word[0], ()),
            scorer=OSA.distance,
            score_cutoff=2 if len(word) >= LONG else 1,
            limit=None,
        )
        return min(near, key=lambda found: (found[1], -self.meant[found[0]]))[0] if near else typed


def _is_name(word: re.Match[str]) -> bool:
    """Whether a word has one capital letter, its first, and does not begin the text: "El Paso" is no past."""
    return word.start() > 0 and word.group().istitle()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellingMender(GraphComponent):
    """Mends the text of each message for the components after it."""

    @staticmethod
    def required_packages() -> list[str]:
        return ["rapidfuzz"]

    def __init__(self, model_storage: ModelStorage, resource: Resource, speller: Speller | None = None) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._speller = speller or Speller({}, Words.of(()))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpellingMender:
        return cls(model_storage, resource)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to set."""

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which words the examples use."""
        self._speller = Speller.fit(example.get(TEXT, "") for example in training_data.intent_examples)
        with self._model_storage.write_to(self._resource) as directory:
            save_file({"known": self._speller.known.sums}, directory / "known.safetensors")
            (directory / "meant.json").write_text(json.dumps(self._speller.meant), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Mend the text of the messages."""
        for message in messages:
            if text := message.get(TEXT):
                message.set(TEXT, self._speller.mend(text))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Mend the examples too, so that training sees what serving will."""
        self.process(training_data.training_examples)
        return training_data

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SpellingMender:
        """Read what `train` kept."""
        with model_storage.read_from(resource) as directory:
            meant = json.loads((directory / "meant.json").read_text(encoding="utf-8"))
            known = Words(load_file(directory / "known.safetensors")["known"])
        return cls(model_storage, resource, Speller(meant, known))
