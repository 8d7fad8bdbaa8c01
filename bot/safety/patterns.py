"""Wordings that people in danger are known to use: data in `patterns/<lang>.yml`.

One line of `say` is words in order, in the spelling that `normalise` gives:

    word        that word                       a|b|c       one of them
    stem*       words that begin so             {name}      one of the list `name` of `words` here or of words.yml
    x?          x or nothing                    *3          up to three other words, not across the end of a sentence
    ^  $        beginning, end of a sentence
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from bot.safety.concepts import load_words
from bot.safety.examples import known_words
from bot.safety.normalise import END, Speller
from bot.safety.verdict import TIERS, VARIANTS
from bot.yamlfile import Problem, YamlError, read_as, read_mapping

DIRECTORY = Path(__file__).parent / "patterns"
FRAMING = "framing"
"""Tier of the patterns that say: this is about an essay, a film, a law, not about somebody here."""


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One entry of `patterns`.

    `cue`: it only chooses the kind of card once a tier is found. `certain`: neither a likelier tier nor examples of no
    danger outdo it. `unless`: lines in the same notation; where one of them stands in the text, the pattern does not
    count. `match` and `no_match` are its tests.
    """

    tier: str
    why: str
    say: list[str]
    match: list[str]
    no_match: list[str]
    variant: str = ""
    cue: bool = False
    certain: bool = False
    unless: list[str] = []


class PatternFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`patterns/<lang>.yml`: how words are typed, lists of words, and the patterns by id."""

    spellings: dict[str, str]
    words: dict[str, list[str]]
    patterns: dict[str, Pattern]


class PatternError(ValueError):
    """A line that is not in the notation; `pattern_id` says whose."""

    pattern_id = ""


@dataclass(frozen=True)
class Hit:
    """A pattern that was found."""

    id: str
    tier: str
    variant: str
    cue: bool
    certain: bool = False


class Patterns:
    """The patterns of one language.

    Raises:
        PatternError: a line is not in the notation.
    """

    def __init__(self, lang: str, file: PatternFile, known: frozenset[str] = frozenset()) -> None:
        self.lang = lang
        self.file = file
        shared = load_words()
        self._lists = {name: languages[lang] for name, languages in shared.items()} | file.words
        self._lines: dict[str, list[_Line]] = {}
        self._unless: dict[str, list[_Line]] = {}
        self._elements = _Elements()
        keys: set[str] = set()
        for pattern_id, pattern in file.patterns.items():
            try:
                self._lines[pattern_id] = [self._line(line, keys) for line in pattern.say]
                self._unless[pattern_id] = [self._line(line, keys) for line in pattern.unless]
            except PatternError as error:
                error.pattern_id = pattern_id
                raise
        stems = {key for key in keys if key.endswith("*")}
        self.speller = Speller(file.spellings, keys - stems, known, (stem[:-1] for stem in stems))

    def find(self, text: str) -> list[Hit]:
        """The patterns that a text holds, in the order of the file."""
        words = self.speller.words(text)
        places = self._elements.places(words)
        ends = sum(1 << place for place, word in enumerate(words) if word == END)
        anywhere = (1 << len(words)) - 1

        def stands(line: _Line) -> bool:
            return line.needs <= places.keys() and line.stands(places, ends, anywhere)

        return [
            Hit(pattern_id, pattern.tier, pattern.variant, pattern.cue, pattern.certain)
            for pattern_id, pattern in self.file.patterns.items()
            if any(map(stands, self._lines[pattern_id])) and not any(map(stands, self._unless[pattern_id]))
        ]

    def _line(self, line: str, keys: set[str]) -> _Line:
        steps = []
        for part in line.split():
            if re.fullmatch(r"\*\d+", part):
                steps.append(_Step(gap=int(part[1:])))
            else:
                options = _options(part.removesuffix("?"), self._lists)
                keys.update(options)
                steps.append(_Step(self._elements.add(options), part.endswith("?")))
        needs = frozenset(step.element for step in steps if not step.gap and not step.optional)
        if not needs:
            raise PatternError(f"'{line}' has no word that must stand there")
        return _Line(needs, tuple(steps))


@dataclass(frozen=True)
class _Step:
    """An element that stands next, or may; or a gap of at most so many words."""

    element: int = -1
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True)
class _Line:
    """A line ready to run; `needs` are the elements without which it cannot match.

    Bit n of a number stands for word n, so a whole text is searched with a few operations on integers. spaCy's Matcher
    runs the same notation, but a gap of ten words takes it 2^10 ways: seconds for one message.
    """

    needs: frozenset[int]
    steps: tuple[_Step, ...]

    def stands(self, places: Mapping[int, int], ends: int, anywhere: int) -> bool:
        """Whether the text holds the line.

        Args:
            places: where each element stands; those that stand nowhere are left out.
            ends: where sentences begin and end.
            anywhere: all words.
        """
        following = anywhere  # where the next element may stand
        for step in self.steps:
            if step.gap:
                for _ in range(step.gap):
                    following |= (following & ~ends) << 1
            else:
                found = (following & places.get(step.element, 0)) << 1
                following = found | following if step.optional else found
            if not following:
                return False
        return True


class _Elements:
    """Where the elements of all lines stand in a text."""

    def __init__(self) -> None:
        self._ids: dict[frozenset[str], int] = {}
        self._by_word: dict[str, set[int]] = {}
        self._by_stem: dict[str, set[int]] = {}
        self._lengths: set[int] = set()

    def add(self, options: frozenset[str]) -> int:
        """The number of this element."""
        number = self._ids.setdefault(options, len(self._ids))
        for option in options:
            if option.endswith("*"):
                self._by_stem.setdefault(option[:-1], set()).add(number)
                self._lengths.add(len(option) - 1)
            else:
                self._by_word.setdefault(option, set()).add(number)
        return number

    def places(self, words: list[str]) -> dict[int, int]:
        """The elements that some word satisfies, and the bits of these words."""
        bits: dict[str, int] = {}
        for place, word in enumerate(words):
            bits[word] = bits.get(word, 0) | 1 << place
        found: dict[int, int] = {}
        for word, where in bits.items():
            tables = [self._by_word.get(word, ())]
            tables += [self._by_stem.get(word[:length], ()) for length in self._lengths if length <= len(word)]
            for numbers in tables:
                for number in numbers:
                    found[number] = found.get(number, 0) | where
        return found


def _options(part: str, lists: Mapping[str, list[str]]) -> frozenset[str]:
    found: set[str] = set()
    for option in part.split("|"):
        if match := re.fullmatch(r"\{(\w+)\}", option):
            if match[1] not in lists:
                raise PatternError(f"there is no list '{match[1]}' under words")
            for word in lists[match[1]]:
                found |= _options(word, lists)
        elif option in ("^", "$"):
            found.add(END)
        elif re.fullmatch(r"[a-z0-9]+\*?", option):
            found.add(option)
        else:
            raise PatternError(f"'{option}' is no word: write small letters without accents or apostrophes")
    return frozenset(found)


@cache
def load_patterns(lang: str) -> Patterns:
    """The patterns of a language; read once, for the net and for its trained part.

    Raises:
        YamlError: the file cannot be used; it says where and why.
    """
    path = DIRECTORY / f"{lang}.yml"
    try:
        return Patterns(lang, read_as(path, path.name, PatternFile), known_words(lang))
    except PatternError as error:
        raise YamlError(Problem(path.name, 1, str(error))) from error


def problems(lang: str, directory: Path = DIRECTORY) -> Iterator[Problem]:
    """What `lantern check` says of the patterns: each finds its own examples and only those."""
    name = f"bot/safety/patterns/{lang}.yml"
    path = directory / f"{lang}.yml"
    try:
        file = read_as(path, name, PatternFile)
        lines = read_mapping(path, name)["patterns"].lines
        patterns = Patterns(lang, file, known_words(lang))
    except YamlError as error:
        yield error.problem
        return
    except PatternError as error:
        yield Problem(name, lines.get(error.pattern_id, 1), str(error))
        return
    for pattern_id, pattern in file.patterns.items():
        wrong = _wrong(patterns, pattern_id, pattern)
        yield from (Problem(name, lines[pattern_id], f"'{pattern_id}': {text}") for text in wrong)


def _wrong(patterns: Patterns, pattern_id: str, pattern: Pattern) -> Iterator[str]:
    if pattern.tier not in (*TIERS, FRAMING):
        yield f"there is no tier '{pattern.tier}'"
    if pattern.variant and pattern.tier not in VARIANTS.get(pattern.variant, ()):
        yield f"tier '{pattern.tier}' has no variant '{pattern.variant}'"
    if pattern.cue and not pattern.variant:
        yield "a cue needs a variant"
    if not pattern.match or not pattern.no_match:
        yield "name at least one sentence under match and one under no_match"

    def found(text: str) -> bool:
        return pattern_id in {hit.id for hit in patterns.find(text)}

    yield from (f'does not find "{text}"' for text in pattern.match if not found(text))
    yield from (f'must not find "{text}"' for text in pattern.no_match if found(text))
