"""Each question as others would type it. The same question always gives the same variant."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

TYPOS = "two typing slips"

_GREETINGS = {
    "en": ("hi, ", "hello! ", "hey there ", "good morning. ", "sorry to bother you but ", "hi im new here, "),
    "es": ("hola, ", "buenas! ", "buenos días. ", "disculpe la molestia, ", "oye "),
}
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)


def _typos(text: str, chosen: random.Random, lang: str) -> str:
    """In two of the longer words, a letter is left out, doubled or swapped with the next; the first letter stays."""
    words = list(_LETTERS.finditer(text))
    for word in sorted(chosen.sample(words, min(2, len(words))), key=lambda word: -word.start()):
        at = chosen.randrange(word.start() + 1, word.end() - 1)
        pair = text[at : at + 2]
        slips = {pair[1], pair[0] * 2 + pair[1], pair[::-1]} - {pair}
        text = text[:at] + chosen.choice(sorted(slips)) + text[at + 2 :]
    return text


def _caps(text: str, chosen: random.Random, lang: str) -> str:
    return text.upper()


def _bare(text: str, chosen: random.Random, lang: str) -> str:
    """Without apostrophes, and without accents, which some keyboards lack."""
    plain = unicodedata.normalize("NFD", re.sub("['’‘]", "", text))
    return "".join(char for char in plain if not unicodedata.combining(char))


def _stretched(text: str, chosen: random.Random, lang: str) -> str:
    """In two words one vowel goes on and on."""
    words = [word for word in _LETTERS.finditer(text) if _VOWEL.search(word.group())]
    for word in sorted(chosen.sample(words, min(2, len(words))), key=lambda word: -word.start()):
        at = word.start() + chosen.choice([vowel.start() for vowel in _VOWEL.finditer(word.group())])
        text = text[:at] + text[at] * chosen.randint(3, 6) + text[at + 1 :]
    return text


def _greeted(text: str, chosen: random.Random, lang: str) -> str:
    return chosen.choice(_GREETINGS[lang]) + text


VARIANTS: dict[str, Callable[[str, random.Random, str], str]] = {
    TYPOS: _typos,
    "ALL CAPS": _caps,
    "no apostrophes, no accents": _bare,
    "stretched letters": _stretched,
    "a greeting in front": _greeted,
}


def variant(text: str, name: str, lang: str = "en") -> str:
    """The text in the way of `name`, a key of VARIANTS; unchanged when there is nothing to change in it."""
    return VARIANTS[name](text, random.Random(f"{name}: {text}"), lang)
