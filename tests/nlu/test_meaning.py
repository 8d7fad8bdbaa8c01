"""Sentence meaning as Rasa features."""

from types import SimpleNamespace

import numpy as np
import pytest
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.meaning import SentenceMeaningFeaturizer


@pytest.fixture(scope="module")
def featurizer():
    return SentenceMeaningFeaturizer.create({}, None, None, SimpleNamespace(node_name="meaning"))


def vector(message):
    sequence, sentence = message.get_dense_features(TEXT)
    assert sequence is None
    return sentence and sentence.features


def test_each_message_with_text_gets_its_vector(featurizer, encoder):
    messages = [Message({TEXT: "help"}), Message({TEXT: ""}), Message({}), Message({TEXT: "what are the signs"})]
    assert featurizer.process(messages) is messages
    assert [vector(message) is not None for message in messages] == [True, False, False, True]
    expected = encoder.encode(["help", "what are the signs"])
    np.testing.assert_allclose(np.vstack([vector(messages[0]), vector(messages[3])]), expected, atol=1e-5)
    (features,) = messages[0].features
    assert (features.type, features.attribute) == (FEATURE_TYPE_SENTENCE, TEXT)
    assert features.features.shape == (1, 384)


def test_nothing_to_featurize(featurizer):
    assert featurizer.process([]) == []


def test_examples_are_featurized_in_place(featurizer):
    data = TrainingData([Message({TEXT: "help"})])
    assert featurizer.process_training_data(data) is data
    assert vector(data.training_examples[0]) is not None


def test_a_model_that_is_not_there_is_said_in_rasas_way(tmp_path):
    with pytest.raises(
        InvalidConfigException, match=f"SentenceMeaningFeaturizer: {tmp_path}.* is missing; .*model_dir"
    ):
        SentenceMeaningFeaturizer.create({"model_dir": str(tmp_path)}, None, None, SimpleNamespace(node_name="x"))
