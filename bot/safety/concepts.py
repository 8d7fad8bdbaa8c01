"""Words that mean much the same, in `words.yml`: for patterns, and to compare what is said in either language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.yamlfile import read_as

FILE = Path(__file__).parent / "words.yml"
WINDOW = 8
"""How many words two concepts may be apart to count as a pair."""

MAX_WORDS = 150


@cache
def load_words(path: Path = FILE) -> Mapping[str, Mapping[str, list[str]]]:
    """Concept -> language -> words.

    Raises:
        YamlError: the file cannot be used; it says where and why.
    """
    return read_as(path, path.name, dict[str, dict[str, list[str]]])


class Concepts:
    """Finds the concepts in the words of one language."""

    def __init__(self, lang: str, words: Mapping[str, Mapping[str, list[str]]]) -> None:
        self._exact: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        for concept, languages in words.items():
            for word in languages[lang]:
                table = self._stems if word.endswith("*") else self._exact
                table.setdefault(word.removesuffix("*"), set()).add(concept)
        self._longest = max(map(len, self._stems), default=0)

    def features(self, words: list[str]) -> set[str]:
        """The concepts that occur, and the pairs of them that follow each other closely."""
        found: set[str] = set()
        near: list[frozenset[str]] = []
        for word in words[:MAX_WORDS]:
            here = self._find(word)
            found |= here
            for before in near:
                found.update(f"{first}>{second}" for first in before for second in here)
            near = [*near[-(WINDOW - 2) :], here]
        return found

    def _find(self, word: str) -> frozenset[str]:
        found = set(self._exact.get(word, ()))
        for length in range(2, min(len(word), self._longest) + 1):
            found |= self._stems.get(word[:length], set())
        return frozenset(found)
