"""How hard a text is to read: the Flesch-Kincaid grade for English, the Fernández-Huerta ease for Spanish.

Kincaid et al. 1975: 0.39 x words per sentence + 11.8 x syllables per word - 15.59. Fernández Huerta 1959, with sentence
length as Law (2011) corrected it: 206.84 - 60 x syllables per word - 1.02 x words per sentence. Written here because
the kept library for both (textstat) wants to download word lists when it runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’])*|\d[\d,.:%/-]*")
_ABBREVIATION = re.compile(r"\bU\.S\.(?:C\.)?|\b(?:Dr|Mr|Ms|St|No(?=\. ?\d)|e\.g|i\.e|P\.L|v)\.")
_SENTENCE_END = re.compile(r"[.!?]+(?=\s|$|[\"”')])")
_VOWELS = re.compile(r"[aeiouy]+")
# A last "e" that is not spoken ("safe", "used", "places"), unlike those in "able", "wanted", "courses".
_SILENT_END = re.compile(r"(?<![^aeiouy]l)e$|(?<![td])ed$|(?<![sczxg])(?<!sh)(?<!ch)es$")
# The same inside compounds: "someone", "caseworker", "themselves".
_SILENT_INSIDE = re.compile(
    r"(?:some|case|safe|home|where|there|life|time|fore|like|care|place|use|hope|shame|close|store)"
    r"(?=[bcdfghjklmnprtvw]|on)|selve(?=s)"
)
# Neighbouring vowels that are spoken apart: "media", "violent", "science", "being".
_APART = re.compile(
    r"ia(?!l|n)|[^tscgx]io|eo(?!u|p)|iu|ua[lt]|[^cgqst]ie[tn](?!d)|[eoy]ing|[aou]yer|scie|idea|ism$|[^q]uet|yone|dian"
    r"|iety|area|creat[ei]"
)

# A nucleus of a Spanish syllable: a strong or accented vowel with the weak ones around it, or weak ones alone.
_NUCLEI = re.compile(r"[iuü]*[aeoáéó](?:[iuü](?![aeoáéó])|y\b)?|[íú]|[iuü]+(?:y\b)?|y\b")
_SILENT_U = re.compile(r"(?<=[gq])u(?=[eiéí])")


def words(text: str) -> list[str]:
    """The words of `text`; a number counts as one."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """`text` cut at full stops, question and exclamation marks that end a sentence."""
    guarded = _ABBREVIATION.sub(lambda match: match.group().replace(".", ""), text)
    return [part.strip() for part in _SENTENCE_END.split(guarded) if words(part)]


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Spoken syllables of an English word, by rule; numbers and initials count as one."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if len(letters) <= 3 or word.isupper():
        return 1
    spoken = _SILENT_END.sub("", letters)
    groups = len(_VOWELS.findall(spoken)) + len(_APART.findall(letters)) - len(_SILENT_INSIDE.findall(spoken))
    return max(1, groups)


def grade(texts: Iterable[str]) -> float:
    """U.S. school grade needed for the texts taken together; 0.0 when there is nothing to read."""
    parts = [sentence for text in texts for sentence in sentences(text)]
    spoken = [word for part in parts for word in words(part)]
    if not spoken:
        return 0.0
    return 0.39 * len(spoken) / len(parts) + 11.8 * sum(map(syllables, spoken)) / len(spoken) - 15.59


@lru_cache(maxsize=20_000)
def syllables_es(word: str) -> int:
    """Spoken syllables of a Spanish word, by rule; numbers and initials count as one."""
    if word.isupper():
        return 1
    return max(1, len(_NUCLEI.findall(_SILENT_U.sub("", word.lower()))))


def ease_es(texts: Iterable[str]) -> float:
    """Ease of Spanish texts taken together: 100 is very easy, 80 a fifth grade, 60 a ninth; 100.0 for nothing."""
    parts = [sentence for text in texts for sentence in sentences(text)]
    spoken = [word for part in parts for word in words(part)]
    if not spoken:
        return 100.0
    return 206.84 - 60 * sum(map(syllables_es, spoken)) / len(spoken) - 1.02 * len(spoken) / len(parts)
