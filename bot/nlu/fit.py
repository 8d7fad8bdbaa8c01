"""What the classifier of intents finds out on examples kept back. Serving does not import it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from bot.linear import Array, Names, fit
from bot.nlu.scope import Neighbours

HELD_OUT = 0.2

KEPT = 0.94
"""Share of the examples kept back that the intent for what is out of scope may not take.

Many examples stand at the border on purpose: of blind questions inside the scope it then takes one in a hundred.
"""


@dataclass(frozen=True)
class ScopeRule:
    """The intent for what is out of scope, and what a unit of strangeness adds to its margin."""

    intent: str
    weight: float


@dataclass(frozen=True)
class Calibration:
    """What is found on examples kept back: the divisor that makes margins probabilities, and the bias of the scope."""

    temperature: float
    scope_bias: float


def calibrate(
    features: csr_matrix, vectors: Array | None, intents: Names, freedom: float, scope: ScopeRule | None
) -> Calibration:
    """Keep a fifth of the examples back, fit on the others, and look.

    The temperature makes the softmax of the margins likeliest (Guo et al. 2017), with targets as far from certain as so
    few looks allow (Platt 1999): one that saw four right answers must not be sure of the fifth. The scope's bias is
    such that of the examples inside it only 1 - KEPT are lost to it.

    Returns:
        Temperature 1 and bias 0 when there are too few examples to keep some back; bias 0 when those kept back are too
        few for the share 1 - KEPT to be one of them.
    """
    from scipy.optimize import minimize_scalar
    from scipy.special import log_softmax
    from sklearn.model_selection import train_test_split

    counts = np.unique(intents, return_counts=True)[1]
    if counts.min() < 2 or len(intents) * HELD_OUT < len(counts):
        return Calibration(1.0, 0.0)
    rows = np.arange(len(intents))
    fitted_on, kept_back = train_test_split(rows, test_size=HELD_OUT, stratify=intents, random_state=0)
    machine = fit(features[fitted_on], intents[fitted_on], freedom)
    margins, truth = machine.margins(features[kept_back]), np.searchsorted(machine.classes, intents[kept_back])
    bias = 0.0
    if scope is not None and vectors is not None:
        neighbours = Neighbours.fit(vectors[fitted_on], intents[fitted_on], scope.intent)
        column = machine.classes.index(scope.intent)
        margins[:, column] += scope.weight * neighbours.strangeness(vectors[kept_back])
        lead = (np.delete(margins, column, axis=1).max(1) - margins[:, column])[truth != column]
        if len(lead) * (1 - KEPT) >= 1:
            bias = float(np.quantile(lead, 1 - KEPT))
        margins[:, column] += bias
    doubt = 1 / (len(truth) + 2)

    def loss(log_temperature: float) -> float:
        likelihood = log_softmax(margins / np.exp(log_temperature), axis=1)
        right = likelihood[np.arange(len(truth)), truth]
        return -float((1 - doubt) * right.mean() + doubt * likelihood.mean())

    return Calibration(float(np.exp(minimize_scalar(loss, bounds=(-4, 2), method="bounded").x)), bias)
