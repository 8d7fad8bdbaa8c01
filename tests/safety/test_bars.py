"""The published bars: what share of dangers is recognized, and how many look-alikes raise an alarm."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import pytest

from bot.safety.evaluation import (
    AS_WRITTEN,
    LOOK_ALIKES,
    WAYS,
    Result,
    acceptable,
    load_sentences,
    recognised,
    report,
)
from bot.safety.net import Net
from bot.safety.verdict import AMBIGUOUS, TIERS

pytestmark = pytest.mark.timeout(600)  # whoever comes first waits for all sentences

SENTENCES = load_sentences()
PARTS = list(SENTENCES)
TYPES = {"en": range(1, 75), "es": range(1, 84)}
MISSED_SHARE = {"dev": 0.02, "blind": 0.03}
LOOK_ALIKE_SHARE = {"dev": 0.02, "blind": 0.03}
ACCEPTABLE_SHARE = {"dev": 0.95, "blind": 0.93}
"""The goals are those of `dev`, everywhere. On the blind sentences, which were kept from those who built the net, it is
there but for the tier (docs/safety-evaluation.md); one in a hundred is left to chance."""
WAY_SLACK = 0.02


def allowed(part: str, tier: str, sentences: int) -> int:
    """How many of so many sentences may be missed: none of immediate danger, else a share, rounded up to a sentence."""
    return 0 if tier == "immediate_danger" else math.ceil(MISSED_SHARE[part] * sentences)


def of(results: Sequence[Result], part: str, lang: str, way: str = AS_WRITTEN) -> list[Result]:
    return [result for result in results if (result.part, result.lang, result.way) == (part, lang, way)]


@pytest.mark.parametrize(("part", "lang"), PARTS)
def test_the_sentences_cover_every_type(part: str, lang: str) -> None:
    types = Counter(sentence.type for sentence in SENTENCES[part, lang])
    assert {kind for kind in TYPES[lang] if types[kind] < 3} == set()
    assert sum(LOOK_ALIKES == sentence.group for sentence in SENTENCES[part, lang]) >= 100


def test_ids_are_unique() -> None:
    counts = Counter(sentence.id for sentences in SENTENCES.values() for sentence in sentences)
    assert [one for one, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(("part", "lang"), PARTS)
@pytest.mark.parametrize("tier", TIERS[:-1])
def test_dangers_are_recognized(results: Sequence[Result], part: str, lang: str, tier: str) -> None:
    mine = [result for result in of(results, part, lang) if result.sentence.group == tier]
    assert len(mine) >= 5
    assert sum(result.missed for result in mine) <= allowed(part, tier, len(mine)), report(mine)


@pytest.mark.parametrize(("part", "lang"), PARTS)
def test_look_alikes_get_no_card(results: Sequence[Result], part: str, lang: str) -> None:
    mine = [result for result in of(results, part, lang) if result.sentence.group == LOOK_ALIKES]
    assert recognised(mine) >= 1 - LOOK_ALIKE_SHARE[part], report(mine)


@pytest.mark.parametrize(("part", "lang"), PARTS)
def test_the_tier_is_right_or_acceptable(results: Sequence[Result], part: str, lang: str) -> None:
    mine = of(results, part, lang)
    assert acceptable(mine) >= ACCEPTABLE_SHARE[part], report(mine)


@pytest.mark.parametrize(("part", "lang"), [("dev", "en"), ("dev", "es")])
@pytest.mark.parametrize("way", [way for way in WAYS if way != AS_WRITTEN])
def test_typing_it_otherwise_changes_little(results: Sequence[Result], part: str, lang: str, way: str) -> None:
    typed = of(results, part, lang, way)
    ids = {result.sentence.id for result in typed}
    written = [result for result in of(results, part, lang) if result.sentence.id in ids]
    assert len(typed) == len(written) > 150
    for alike in (False, True):

        def share(judged: Sequence[Result], alike: bool = alike) -> float:
            return recognised([result for result in judged if (result.sentence.group == LOOK_ALIKES) == alike])

        assert share(typed) >= share(written) - WAY_SLACK, f"{way}, look-alikes: {alike}"


def test_patterns_alone_find_most_immediate_danger(patterns_alone: Net) -> None:
    """Without the trained part: fewer, but the most urgent are the likeliest to be found."""
    dangers = [
        sentence
        for sentences in SENTENCES.values()
        for sentence in sentences
        if sentence.tiers[0] == "immediate_danger" and sentence.text
    ]
    found = [patterns_alone.check(sentence.text)[0] for sentence in dangers]
    assert sum(one is not None and one.tier != AMBIGUOUS for one in found) >= 0.6 * len(dangers)
