"""Reviewed example sentences: `examples/<lang>.yml`, per tier, and under `none` what only looks like one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.safety.normalise import plain_words
from bot.safety.verdict import TIERS
from bot.yamlfile import Problem, YamlError, read_as, read_mapping

DIRECTORY = Path(__file__).parent / "examples"
LANGUAGES = ("en", "es")
NONE = "none"
"""Key of the look-alikes and of ordinary questions."""

FEWEST = 80


def load_examples(lang: str, directory: Path = DIRECTORY) -> Mapping[str, list[str]]:
    """Sentences by tier.

    Raises:
        YamlError: the file cannot be used; it says where and why.
    """
    path = directory / f"{lang}.yml"
    return read_as(path, path.name, dict[str, list[str]])


@cache
def word_counts(lang: str) -> Counter[str]:
    """How often each word stands in the examples, as `plain_words` gives it."""
    return Counter(word for texts in load_examples(lang).values() for text in texts for word in plain_words(text))


def known_words(lang: str) -> frozenset[str]:
    """The words of the examples: they are right as they are."""
    return frozenset(word_counts(lang))


def problems(lang: str, directory: Path = DIRECTORY) -> Iterator[Problem]:
    """What `lantern check` says of the examples."""
    name = f"bot/safety/examples/{lang}.yml"
    try:
        examples = load_examples(lang, directory)
        lines = read_mapping(directory / f"{lang}.yml", name).lines
    except YamlError as error:
        yield error.problem
        return
    seen: dict[str, str] = {}
    for tier in (*TIERS, NONE):
        if len(examples.get(tier, ())) < FEWEST:
            yield Problem(name, lines.get(tier, 1), f"'{tier}' has {len(examples.get(tier, ()))} of {FEWEST} sentences")
    for tier, texts in examples.items():
        if tier not in (*TIERS, NONE):
            yield Problem(name, lines[tier], f"there is no tier '{tier}'")
        for text in texts:
            if text.casefold() in seen:
                yield Problem(name, lines[tier], f'"{text}" stands twice, under {seen[text.casefold()]} and {tier}')
            seen[text.casefold()] = tier
