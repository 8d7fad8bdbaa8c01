"""Text -> words that can be compared, however they were typed: case, accents, leet, repeats, emoji, typos."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

END = "."
"""Stands before, between and after sentences."""

MAX_WORDS = 400
SHORTEST_MENDED = 5

_APOSTROPHES = re.compile("['’‘`´ʼ]")  # noqa: RUF001
_CONTRACTED = re.compile(f"{_APOSTROPHES.pattern}(ll|re|ve)\\b")
_WORD = re.compile(r"[^\W_]+(?:[@$!*][^\W_]+)*|[.?!\n;…]+|[$€]|[^\w\s]", re.UNICODE)
_LEET = str.maketrans("013457@$!", "oieastasi")
_LEET_WORD = re.compile(r"(?=\w*[^\W\d_]{2})(?=\w*\d)[^\W\d_]+[013457]+[^\W\d_][^\W_]*|(?=[013457]+[^\W\d_]{3})[^\W_]+")
_NUMBER = re.compile(r"\d\d|[2689]")
"""A number in a word; single digits that look like letters may stand for them."""

_REPEATED = re.compile(r"(.)\1{2,}")
_SPACED = re.compile(r"(?<!\w)(?:\w[ .\-_*]){2,}\w(?!\w)")


class Speller:
    """Brings words of one language to one spelling.

    Args:
        spellings: a way to type something -> the words meant (`{"im": "i am"}`); also emoji.
        keys: the words worth mending a typo for.
        known: words that are right as they are.
        stems: beginnings of such words.
    """

    def __init__(
        self,
        spellings: Mapping[str, str],
        keys: Iterable[str] = (),
        known: Iterable[str] = (),
        stems: Iterable[str] = (),
    ) -> None:
        self._spellings = {key: value.split() for key, value in spellings.items()}
        self._known = {*keys, *known, *self._spellings, *(w for words in self._spellings.values() for w in words)}
        self.known = frozenset(keys) | frozenset(self._spellings)
        self._stems = tuple(stems)
        self._near: dict[str, str] = {}
        for key in sorted(set(keys), key=lambda key: (-len(key), key)):  # the same in every process
            if len(key) >= SHORTEST_MENDED and key.isalpha():
                self._near.update(dict.fromkeys(_shorter(key), key))

    def words(self, text: str) -> list[str]:
        """The words of a text, with :data:`END` around each sentence."""
        found = [END]
        for raw in _WORD.findall(_plain(text)):
            for word in self._spell(raw):
                if word != END or found[-1] != END:
                    found.append(word)
            if len(found) > MAX_WORDS:
                break
        return found if found[-1] == END else [*found, END]

    def _spell(self, raw: str) -> list[str]:
        if raw in self._spellings:
            return self._spellings[raw]
        if raw[0] in ".?!\n;…":
            return [END]
        if raw == "$":
            return ["money"]
        if not raw[0].isalnum():
            return []
        if raw.isdigit():
            return [raw]
        word = raw if raw in self._known or raw.startswith(self._stems) else self._mend(raw)
        return self._spellings.get(word) or [word]

    def _mend(self, word: str) -> str:
        """The known word that was meant, or the word itself."""
        for candidate in (_REPEATED.sub(r"\1\1", word), _REPEATED.sub(r"\1", word), word.translate(_LEET)):
            if candidate in self._known:
                return candidate
        if any(char.isdigit() for char in word):
            lettered = len(word) >= SHORTEST_MENDED and not _NUMBER.search(word)
            return word.translate(_LEET) if lettered else word
        word = _REPEATED.sub(r"\1", word)
        if len(word) < SHORTEST_MENDED:
            return word
        if word in self._near:  # a letter is missing
            return self._near[word]
        for shorter in _shorter(word):  # a letter too many, a wrong one, or two swapped
            if shorter in self._known and len(shorter) >= SHORTEST_MENDED:
                return shorter
            near = self._near.get(shorter)
            if near and near[0] == word[0]:
                return near
        return word


def readable(text: str) -> str:
    """The text as its sentence vector is made of it: without emoji, and letters where digits stood for them."""
    kept = "".join(char for char in text if unicodedata.category(char) not in ("So", "Sk"))
    return _lettered(kept).strip() or text


def plain_words(text: str) -> list[str]:
    """The words as they were typed, but for case, accents, apostrophes and digits that stand for letters."""
    return re.findall(r"[^\W\d_]+", _plain(_lettered(text)))


def _lettered(text: str) -> str:
    return _LEET_WORD.sub(lambda match: match.group().translate(_LEET), text)


def _plain(text: str) -> str:
    """Lower case, no accents, no apostrophes; words typed with gaps ("k i l l", "k*i*l*l") closed up."""
    text = _APOSTROPHES.sub("", _CONTRACTED.sub(r" \1", text.lower()))
    text = _SPACED.sub(lambda match: re.sub(r"[ .\-_*]", "", match.group()), text)
    if text.isascii():  # most are: it has no accents
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")


def _shorter(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]
