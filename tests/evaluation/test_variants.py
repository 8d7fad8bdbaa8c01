"""The same question, typed otherwise."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.variants import TYPOS, VARIANTS, variant

TEXT = "What's the difference between smuggling and trafficking?"


@given(st.text(max_size=80), st.sampled_from(list(VARIANTS)))
def test_the_same_text_gives_the_same_variant(text: str, name: str) -> None:
    assert variant(text, name) == variant(text, name)


@pytest.mark.parametrize("name", VARIANTS)
def test_every_way_changes_a_question(name: str) -> None:
    assert variant(TEXT, name) != TEXT


def test_typing_slips_change_two_words_a_little() -> None:
    pairs = list(zip(TEXT.split(), variant(TEXT, TYPOS).split(), strict=True))
    changed = [(old, new) for old, new in pairs if old != new]
    assert len(changed) == 2
    for old, new in changed:
        assert old[0] == new[0]
        assert abs(len(old) - len(new)) <= 1
        assert set(new) <= set(old)


@given(st.from_regex(r"[a-z]{4,12}", fullmatch=True))
def test_one_long_word_gets_one_slip(word: str) -> None:
    slipped = variant(word, TYPOS)
    assert slipped != word
    assert abs(len(slipped) - len(word)) <= 1


def test_short_words_are_left_alone() -> None:
    assert variant("is it ok to ask?", TYPOS) == "is it ok to ask?"


def test_the_other_ways() -> None:
    assert variant("don't ask", "ALL CAPS") == "DON'T ASK"
    assert variant("¿qué es? don't, can’t", "no apostrophes, no accents") == "¿que es? dont, cant"
    stretched = variant("please", "stretched letters")
    assert re.sub(r"(.)\1+", r"\1", stretched) == "please"
    assert 2 <= len(stretched) - len("please") <= 5
    greeted = variant(TEXT, "a greeting in front")
    assert greeted.endswith(TEXT)
    spanish = {variant(f"qué es {number}", "a greeting in front", "es").split(" qué")[0] for number in range(40)}
    assert "hola," in spanish
    assert not {"hi,", "hello!"} & spanish
