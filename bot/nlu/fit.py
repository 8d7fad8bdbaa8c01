"""Training of the classifier, by scikit-learn. Serving does not import it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

HELD_OUT = 0.2

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Machine:
    """A trained linear machine: weights of shape (features, intents), bias of shape (intents,)."""

    intents: list[str]
    weights: Array
    bias: Array


def fit(features: csr_matrix, intents: NDArray[np.str_], freedom: float) -> Machine:
    """A support vector machine without a kernel; `freedom` is its C."""
    from sklearn.svm import LinearSVC

    machine = LinearSVC(C=freedom, random_state=0).fit(features, intents)
    weights, bias = machine.coef_.T.astype(np.float32), machine.intercept_.astype(np.float32)
    if len(machine.classes_) == 2:  # then there is one plane, and its other side is the first intent
        weights, bias = np.hstack([-weights, weights]), np.concatenate([-bias, bias])
    return Machine(machine.classes_.tolist(), weights, bias)


def temperature(features: csr_matrix, intents: NDArray[np.str_], freedom: float) -> float:
    """The divisor of the margins that makes their softmax likeliest for examples the machine was not fitted on.

    1.0 when there are too few examples to keep some back.
    """
    from scipy.optimize import minimize_scalar
    from scipy.special import log_softmax
    from sklearn.model_selection import train_test_split

    counts = np.unique(intents, return_counts=True)[1]
    if counts.min() < 2 or len(intents) * HELD_OUT < len(counts):
        return 1.0
    fitted_on, kept_back, fitted_intents, truth = train_test_split(
        features, intents, test_size=HELD_OUT, stratify=intents, random_state=0
    )
    fitted = fit(fitted_on, fitted_intents, freedom)
    margins = kept_back @ fitted.weights + fitted.bias
    right = np.searchsorted(fitted.intents, truth)

    def loss(log_temperature: float) -> float:
        likelihood = log_softmax(margins / np.exp(log_temperature), axis=1)
        return -float(likelihood[np.arange(len(right)), right].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4, 2), method="bounded").x))
