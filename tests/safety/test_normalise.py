"""One spelling for the same words, however they were typed."""

from __future__ import annotations

import pytest

from bot.safety.normalise import MAX_WORDS, Speller, readable

SPELLER = Speller({"im": "i am", "dont": "do not", "u": "you", "🔫": "gun"}, ["trapped", "locked", "kill", "police"])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("I'm TRAPPED", "i am trapped"),
        ("I’m trapped", "i am trapped"),  # noqa: RUF001
        ("im traped", "i am trapped"),
        ("im trpaped", "i am trapped"),
        ("im trapppped", "i am trapped"),
        ("l0cked", "locked"),
        ("p0l1ce", "police"),
        ("k i l l", "kill"),
        ("k*ll", "kill"),
        ("*kill*", "kill"),
        ("k.i.l.l", "kill"),
        ("u dont", "you do not"),
        ("🔫", "gun"),
        ("está Niño", "esta nino"),
        ("$", "money"),
        ("they'll", "they will"),
        ("h3 b3at5 m3", "h3 beats m3"),
        ("14yr 2nite mp3 covid19", "14yr 2nite mp3 covid19"),
    ],
)
def test_spellings(typed: str, words: str) -> None:
    spellings = {"im": "i am", "dont": "do not", "u": "you", "🔫": "gun", "ll": "will", "k*ll": "kill"}
    speller = Speller(spellings, SPELLER.known)
    assert speller.words(typed) == [".", *words.split(), "."]


def test_sentences_are_parted() -> None:
    assert SPELLER.words("one. two? three\nfour") == [".", "one", ".", "two", ".", "three", ".", "four", "."]


def test_a_known_word_is_never_mended() -> None:
    assert Speller({}, ["locked"], ["rocked"]).words("rocked") == [".", "rocked", "."]
    assert Speller({}, ["locked"]).words("lockeed") == [".", "locked", "."]


def test_a_long_text_is_cut() -> None:
    assert len(SPELLER.words("word " * 5_000)) <= MAX_WORDS + 2


@pytest.mark.parametrize(
    ("text", "as_read"),
    [
        ("😭 h3lp me 🙏", "help me"),
        ("i am 14 and 16f", "i am 14 and 16f"),
        ("he l0ck3d me in at 10pm", "he locked me in at 10pm"),
        ("¿qué es?", "¿qué es?"),
        ("😭", "😭"),
    ],
)
def test_what_the_sentence_vector_is_made_of(text: str, as_read: str) -> None:
    assert readable(text) == as_read
