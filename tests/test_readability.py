"""The reading grade: known words, known texts, and no text that it fails on."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.readability import grade, sentences, syllables, words

SPOKEN = {
    1: "the you safe used child help friend school change clothes through forced proved known reached lives",
    2: "places people children danger someone police foster online worker wanted being doing going trying science"
    " trafficked hotline money able pictures message themselves hopeless careless creates teacher buyer quiet victims",
    3: "caseworker violent traffickers media exploited another together suspicious history area idea creation"
    " sexual employer families",
    4: "community emergency identify information experience immigration vulnerable society exploitation",
    5: "opportunity university",
    6: "responsibility",
}
PLATYPUS = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."


@pytest.mark.parametrize(("count", "word"), [(count, word) for count, row in SPOKEN.items() for word in row.split()])
def test_syllables_of_known_words(count, word):
    assert syllables(word) == syllables(word.capitalize()) == count


@pytest.mark.parametrize("word", ["FBI", "HHS", "NCMEC", "911", "1,630", "85.03%", "1-888-373-7888", "a", "é", ""])
def test_numbers_and_initials_count_as_one_syllable(word):
    assert syllables(word) == 1


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["The cat sat on the mat."], -1.45),  # 0.39 x 6 + 11.8 x 1 - 15.59
        ([PLATYPUS], 11.3),  # 13 words, 24 syllables
        (["The cat sat on the mat.", PLATYPUS], 6.75),  # 19 words and 30 syllables in two sentences
        (["The cat sat on the mat. " + PLATYPUS], 6.75),
        ([], 0.0),
        (["", " ", "…"], 0.0),
    ],
)
def test_grades_of_known_texts(texts, expected):
    assert grade(texts) == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Is it? Yes! It is.", 3),
        ("Is it a crime? No. It is not.", 3),
        ('They said "stop." Then they left.', 2),
        ("One in six, or 16.7%, was 3.5 more.", 1),
        ("It is 18 U.S.C. 1591, says Dr. Ada, e.g. No. 5.", 1),
        ("No end", 1),
        ("Wait... what?!", 2),
        (" . ! ? ", 0),
    ],
)
def test_a_sentence_ends_where_it_ends(text, parts):
    assert len(sentences(text)) == parts


def test_an_abbreviated_country_ends_no_sentence():
    assert len(sentences("The U.S. law is clear.")) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("don't stop", 2),
        ("call 1-888-373-7888 now", 3),
        ("¿Qué le pasó al niño?", 5),
        ("l’été — 85.03%", 2),
        ("_ - _", 0),
    ],
)
def test_words_are_counted_as_a_reader_would(text, count):
    assert len(words(text)) == count


@given(st.text())
@example("U.S.")
@example("’")
@example("e" * 5_000)
def test_no_text_fails(text):
    assert math.isfinite(grade([text, text]))
    assert all(syllables(word) >= 1 for word in words(text))
    assert sum(len(words(sentence)) for sentence in sentences(text)) <= len(words(text))
