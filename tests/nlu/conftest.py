"""The sentence model, read once."""

import pytest

from bot.nlu.minilm import SentenceEncoder


@pytest.fixture(scope="session")
def encoder():
    return SentenceEncoder()
