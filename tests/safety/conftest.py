"""The net with its trained part (made here when it is not current), and the one that has only its patterns."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.runtime import model
from bot.safety import meaning
from bot.safety.evaluation import AS_WRITTEN, WAYS, Result, evaluate
from bot.safety.net import Net


@pytest.fixture(scope="session")
def net() -> Net:
    model.train_safety()
    net = Net.load(meaning.DIRECTORY)
    assert net.has_meaning, "the trained part is loaded"
    return net


@pytest.fixture(scope="session")
def patterns_alone() -> Net:
    return Net()


@pytest.fixture(scope="session")
def results(net: Net) -> Sequence[Result]:
    """Every test sentence as it is written; half of the development part typed in every way besides."""
    otherwise = [way for way in WAYS if way != AS_WRITTEN]
    return [*evaluate(net), *evaluate(net, otherwise, parts=("dev",), every=2)]
