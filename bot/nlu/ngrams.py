"""Words and pieces of words, weighed by tf-idf.

Fitted by scikit-learn; asked without it, because its vectorizers are made for many texts: for a single one they take
milliseconds instead of a tenth of one, and importing them costs as much memory as the rest of a server.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Array = NDArray[np.float32]


def word_ngrams(words: Sequence[str], shortest: int, longest: int) -> list[str]:
    """Neighbouring words, joined by a space."""
    return [" ".join(words[at : at + n]) for n in range(shortest, longest + 1) for at in range(len(words) - n + 1)]


def char_ngrams(text: str, shortest: int, longest: int) -> list[str]:
    """Pieces of the words of `text`; a word begins and ends with a space, and no piece goes beyond it."""
    pieces = []
    for word in text.lower().split():
        word = f" {word} "
        for n in range(shortest, min(longest, len(word)) + 1):
            pieces += [word[at : at + n] for at in range(len(word) - n + 1)]
    return pieces


class NgramTable:
    """The n-grams of a training set, each with its column and its inverse document frequency.

    Args:
        columns: n-gram -> column.
        idf: shape (columns,).
    """

    def __init__(self, columns: Mapping[str, int], idf: Array) -> None:
        self.columns, self.idf = columns, idf

    @classmethod
    def fit(cls, documents: Iterable[list[str]], least: int) -> tuple[NgramTable, csr_matrix]:
        """Learn from lists of n-grams, leaving out those found in fewer than `least` lists.

        Returns:
            The table, and the features of the documents: shape (documents, columns), float32.
        """
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectorizer = TfidfVectorizer(analyzer=_as_they_are, sublinear_tf=True, min_df=least, dtype=np.float32)
        features = vectorizer.fit_transform(documents)
        columns = {ngram: int(column) for ngram, column in vectorizer.vocabulary_.items()}
        return cls(dict(sorted(columns.items(), key=lambda item: item[1])), vectorizer.idf_), features

    def features(self, ngrams: Iterable[str]) -> tuple[NDArray[np.int64], Array]:
        """The columns that are not zero and their values, as `fit` gives them for a document."""
        found = [(self.columns[ngram], count) for ngram, count in Counter(ngrams).items() if ngram in self.columns]
        if not found:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        columns, counts = np.array(found).T
        values = (1 + np.log(counts)) * self.idf[columns]
        return columns, (values / np.linalg.norm(values)).astype(np.float32)


def _as_they_are(ngrams: list[str]) -> list[str]:
    return ngrams
