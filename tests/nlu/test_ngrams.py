"""Words and pieces of words: the same features as scikit-learn gives, without it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.ngrams import NgramTable, char_ngrams, word_ngrams

DOCUMENTS = [["a", "b", "a"], ["b", "c"], ["c", "c", "c", "d"], ["e"]]


def test_words_go_alone_and_in_pairs():
    assert word_ngrams(["what", "are", "signs"], 1, 2) == ["what", "are", "signs", "what are", "are signs"]
    assert word_ngrams([], 1, 2) == []


def test_pieces_stay_within_a_word_and_know_its_ends():
    assert char_ngrams("Is it", 2, 3) == [" i", "is", "s ", " is", "is ", " i", "it", "t ", " it", "it "]


@given(st.text())
def test_pieces_of_anything(text):
    assert all(1 < len(piece) < 5 for piece in char_ngrams(text, 2, 4))


@pytest.mark.parametrize("least", [1, 2])
def test_one_document_gets_the_features_it_had_in_training(least):
    table, features = NgramTable.fit(DOCUMENTS, least)
    assert features.shape == (len(DOCUMENTS), len(table.idf))
    for row, document in zip(features.toarray(), DOCUMENTS, strict=True):
        columns, values = table.features(document)
        alone = np.zeros(len(table.idf))
        alone[columns] = values
        np.testing.assert_allclose(alone, row, rtol=1e-5)


def test_what_was_never_seen_has_no_features():
    table, _ = NgramTable.fit(DOCUMENTS, 1)
    columns, values = table.features(["z"])
    assert (len(columns), len(values)) == (0, 0)
