"""The linear machine under the classifier of intents and the safety net, trained by scikit-learn.

Serving does not import scikit-learn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

TOLERANCE = 0.1
"""Where fitting stops: a thousandth of it takes half as long again and changes no answer."""

Array = NDArray[np.float32]
Names = NDArray[np.str_]


@dataclass(frozen=True)
class Machine:
    """A trained linear machine: weights of shape (features, classes), bias of shape (classes,)."""

    classes: list[str]
    weights: Array
    bias: Array

    def margins(self, features: csr_matrix) -> Array:
        """Shape (features' rows, classes)."""
        margins: Array = features @ self.weights + self.bias
        return margins


def fit(features: csr_matrix, classes: Names, freedom: float, importance: NDArray[np.float64] | None = None) -> Machine:
    """A support vector machine without a kernel.

    Args:
        features: shape (examples, features).
        classes: of each example.
        freedom: its C.
        importance: how much each example counts; all alike by default.
    """
    from sklearn.svm import LinearSVC

    machine = LinearSVC(C=freedom, random_state=0, tol=TOLERANCE).fit(features, classes, importance)
    # Row by row: safetensors writes any other array scrambled.
    weights = np.ascontiguousarray(machine.coef_.T, np.float32)
    bias = machine.intercept_.astype(np.float32)
    if len(machine.classes_) == 2:  # then there is one plane, and its other side is the first class
        weights, bias = np.hstack([-weights, weights]), np.concatenate([-bias, bias])
    return Machine(machine.classes_.tolist(), weights, bias)
