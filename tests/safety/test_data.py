"""The data of the net: patterns find their own sentences and only those; the checks find what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.check_examples import examples_of
from bot.runtime.model import PROJECT
from bot.safety import examples, patterns
from bot.safety.evaluation import load_sentences
from bot.safety.examples import LANGUAGES, load_examples


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_pattern_finds_its_sentences_and_only_those(lang: str) -> None:
    assert list(patterns.problems(lang)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_examples_are_in_order(lang: str) -> None:
    assert list(examples.problems(lang)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_test_sentence_is_an_example(lang: str) -> None:
    ours = {_plain(text) for texts in load_examples(lang).values() for text in texts}
    ours |= {_plain(text) for _, _, text in examples_of(PROJECT)}  # the net learns from them too
    tested = {
        _plain(turn)
        for (_, of), sentences in load_sentences().items()
        if of == lang
        for sentence in sentences
        for turn in sentence.all_turns
        if len(turn.split()) > 5  # short ones are anybody's
    }
    assert ours & tested == set()


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


BROKEN = """
spellings: {{}}
words: {{}}
patterns:
  en-a:
    tier: {tier}
    why: test
    {more}say: ["{say}"]
    match: ["{match}"]
    no_match: ["{no_match}"]
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tier": "danger"}, "there is no tier 'danger'"),
        ({"match": "nothing here"}, 'does not find "nothing here"'),
        ({}, ""),
        ({"no_match": "i am trapped"}, 'must not find "i am trapped"'),
        ({"say": "Trapped"}, "'Trapped' is no word"),
        ({"say": "{unheard}"}, "there is no list 'unheard'"),
        ({"say": "*3"}, "has no word that must stand there"),
        ({"more": "variant: labor\n    "}, "tier 'immediate_danger' has no variant 'labor'"),
        ({"more": "cue: true\n    "}, "a cue needs a variant"),
    ],
)
def test_the_check_says_what_is_wrong(tmp_path: Path, change: dict[str, str], said: str) -> None:
    entry = {
        "tier": "immediate_danger",
        "say": "trapped",
        "match": "im trapped",
        "no_match": "hello",
        "more": "",
        **change,
    }
    (tmp_path / "en.yml").write_text(BROKEN.format(**entry))
    found = [str(problem) for problem in patterns.problems("en", tmp_path)]
    assert len(found) == bool(said) and all(said in problem for problem in found)
    assert all(problem.startswith("bot/safety/patterns/en.yml:5") for problem in found)
