"""The words of `content/talk/` in the form in which messages are compared with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.content import Spoken, Talk

_WORD = re.compile(r"\w+|#")
_APOSTROPHE = re.compile("['’ʼ`´]")  # noqa: RUF001 (what phones type)


def words(text: str) -> list[str]:
    """The words of a text in small letters, without punctuation and apostrophes."""
    return _WORD.findall(_APOSTROPHE.sub("", text.lower()))


class Lexicon:
    """The lists of `words.yml`: `lexicon["connector"]` is a set of phrases, words parted by one space."""

    def __init__(self, talk: Talk) -> None:
        self._sets = {entry.id: _phrases(entry.words) for entry in talk.words.values()}
        self.families = {family.id: _phrases(family.words) for family in talk.families.values()}
        self.aspects = {aspect.id: _phrases(aspect.words) for aspect in talk.aspects.values()}

    def __getitem__(self, name: str) -> frozenset[str]:
        """The phrases of the list `name`; none when it is not kept."""
        return self._sets.get(name, frozenset())

    def pattern(self, *names: str) -> str:
        """A regular expression for any phrase of those lists, the longest first; apostrophes may stand in it."""
        return alternatives(phrase for name in names for phrase in self[name])


@lru_cache(maxsize=2)
def lexicon_for(talk: Talk) -> Lexicon:
    """The lists of these words; made once."""
    return Lexicon(talk)


def alternatives(phrases: Iterable[str]) -> str:
    """A regular expression for any of the phrases, the longest first; never matches when there are none."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + ("|".join(_loose(phrase) for phrase in ordered) or "(?!)") + ")"


def take(found: list[str], phrases: frozenset[str]) -> tuple[list[str], bool]:
    """The words without those of the phrases in them, and whether there was any."""
    rest, index, taken = [], 0, False
    longest = max((phrase.count(" ") + 1 for phrase in phrases), default=0)
    while index < len(found):
        for length in range(longest, 0, -1):
            if " ".join(found[index : index + length]) in phrases:
                index, taken = index + length, True
                break
        else:
            rest.append(found[index])
            index += 1
    return rest, taken


def _phrases(spoken: Spoken) -> frozenset[str]:
    return frozenset(" ".join(words(phrase)) for phrases in spoken.values() for phrase in phrases)


def _loose(phrase: str) -> str:
    return r"[\s,.!]+".join("['’]?".join(map(re.escape, word)) for word in phrase.split())  # noqa: RUF001
