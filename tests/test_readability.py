"""The reading grade: known words, known texts, and no text that it fails on."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.readability import ease_es, grade, sentences, syllables, syllables_es, words

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


SPOKEN_ES = {
    1: "que y hay ley soy muy guion bien a gue qui",
    2: "gracias culpa llama texto aire puedes día leer quiero guía pienso ahí yo-yo mayo",
    3: "ayuda persona ahora cuidado peligro avisar policial pingüino",
    4: "policía ayudarte ayudarán lastimando protegiendo hablaría averigüe",
    5: "preguntándome computadora seguridades",
}


@pytest.mark.parametrize(("count", "word"), [(count, word) for count, row in SPOKEN_ES.items() for word in row.split()])
def test_syllables_of_known_spanish_words(count, word):
    assert syllables_es(word) == syllables_es(word.capitalize()) == count


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Te creo."], 206.84 - 60 * 3 / 2 - 1.02 * 2),  # te, cre-o
        (["No es tu culpa.", "Llama al 911 ya."], 206.84 - 60 * 10 / 8 - 1.02 * 4),
        (["No es tu culpa. Llama al 911 ya."], 206.84 - 60 * 10 / 8 - 1.02 * 4),
        ([], 100.0),
    ],
)
def test_ease_of_known_spanish_texts(texts, expected):
    assert ease_es(texts) == pytest.approx(expected, abs=0.01)


def test_a_childs_text_is_easy_and_a_law_is_not():
    assert ease_es(["El sol sale. La casa es roja. Me gusta el pan."]) > 90
    assert ease_es(["La responsabilidad institucional requiere la colaboración interdisciplinaria permanente."]) < 20


@given(st.text())
@example("U.S.")
@example("’")
@example("e" * 5_000)
def test_no_text_fails(text):
    assert math.isfinite(grade([text, text])) and math.isfinite(ease_es([text, text]))
    assert all(min(syllables(word), syllables_es(word)) >= 1 for word in words(text))
    assert sum(len(words(sentence)) for sentence in sentences(text)) <= len(words(text))
