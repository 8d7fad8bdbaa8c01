"""Neighbours inside and outside the scope."""

import numpy as np
import pytest

from bot.nlu import fit as fitting
from bot.nlu.fit import ScopeRule, calibrate
from bot.nlu.scope import EXAMPLES_EACH, Neighbours


def around(angle, count, seed):
    """Unit vectors of two dimensions near an angle."""
    angles = angle + np.random.default_rng(seed).normal(0, 0.1, count)
    return np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)


@pytest.fixture(scope="module")
def examples():
    vectors = np.vstack([around(0, 60, 1), around(2.1, 60, 2), around(4.2, 60, 3)])
    return vectors, np.repeat(["one", "other", "outside"], 60)


def test_what_is_near_the_examples_outside_is_strange(examples):
    neighbours = Neighbours.fit(*examples, "outside")
    strangeness = neighbours.strangeness(np.vstack([around(0, 5, 4), around(2.1, 5, 5), around(4.2, 5, 6)]))
    assert (strangeness[:10] < -0.5).all() and (strangeness[10:] > 0.5).all()
    assert neighbours.strangeness(around(0, 1, 4)[0]) == strangeness[0]


def test_there_are_fewer_neighbours_than_examples_all_of_length_one(examples):
    neighbours = Neighbours.fit(*examples, "outside")
    assert (len(neighbours.inside), len(neighbours.outside)) == (120 // EXAMPLES_EACH, 60 // EXAMPLES_EACH)
    np.testing.assert_allclose(np.linalg.norm(neighbours.inside, axis=1), 1, rtol=1e-5)


def test_the_more_examples_must_be_kept_the_less_is_out_of_scope(examples, monkeypatch):
    from scipy.sparse import csr_matrix

    vectors, intents = examples
    biases = []
    for kept in (0.5, 0.9, 1.0):
        monkeypatch.setattr(fitting, "KEPT", kept)
        biases.append(calibrate(csr_matrix(vectors), vectors, intents, 0.5, ScopeRule("outside", 2.0)).scope_bias)
    assert biases[0] > biases[1] > biases[2]


def test_too_few_examples_to_keep_any_back():
    from scipy.sparse import csr_matrix

    found = calibrate(csr_matrix(np.eye(3, dtype=np.float32)), None, np.array(["a", "b", "c"]), 0.5, None)
    assert (found.temperature, found.scope_bias) == (1.0, 0.0)
