"""spaCy's rules in Rasa: which pieces a text falls into, and their normal forms."""

import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.tokenizer import NORM, BlankSpacyTokenizer


@pytest.fixture(scope="module")
def tokenizer():
    return BlankSpacyTokenizer.create({}, None, None, None)


def norms(tokenizer, text):
    return [token.get(NORM) for token in tokenizer.tokenize(Message({TEXT: text}), TEXT)]


@pytest.mark.parametrize(
    ("typed", "same"),
    [("I dont know", "i don't know"), ("cant leave", "can't leave"), ("couldnt", "couldn't")],
)
def test_a_missing_apostrophe_makes_no_difference(tokenizer, typed, same):
    assert norms(tokenizer, typed) == norms(tokenizer, same)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What are the signs?", ["what", "are", "the", "signs", "?"]),
        ("  two   spaces ", ["two", "spaces"]),
        ("a\nb\tc", ["a", "b", "c"]),
        ("   ", []),
        ("¿Qué es?", ["¿", "qué", "es", "?"]),
        ("whats up", ["what", "s", "up"]),
        ("help😢", ["help", "😢"]),
    ],
)
def test_pieces_of_a_text(tokenizer, text, expected):
    assert norms(tokenizer, text) == expected


def test_tokens_know_where_they_stand(tokenizer):
    text = "  They can't   go.\nNow!"
    tokens = tokenizer.tokenize(Message({TEXT: text}), TEXT)
    assert [text[token.start : token.end] for token in tokens] == [token.text for token in tokens]
    assert [token.text for token in tokens] == ["They", "ca", "n't", "go", ".", "Now", "!"]


def test_rasa_tokenizes_messages_and_training_data_with_it(tokenizer):
    message, example = Message({TEXT: "help me"}), Message({TEXT: "help us", INTENT: "hotline_help"})
    tokenizer.process([message, Message({})])
    tokenizer.process_training_data(TrainingData([example]))
    assert [token.text for token in message.get(TOKENS_NAMES[TEXT])] == ["help", "me"]
    assert [token.text for token in example.get(TOKENS_NAMES[TEXT])] == ["help", "us"]
    assert [token.text for token in example.get(TOKENS_NAMES[INTENT])] == ["hotline_help"]


def test_another_language_has_other_rules():
    spanish = BlankSpacyTokenizer.create({"lang": "es"}, None, None, None)
    assert norms(spanish, "dont") == ["dont"]
    assert norms(spanish, "la Sra. Díaz") == ["la", "sra.", "díaz"]


def test_a_language_without_rules_is_said():
    with pytest.raises(
        InvalidConfigException, match="BlankSpacyTokenizer: spaCy has no rules for lang 'qq'; use a code"
    ):
        BlankSpacyTokenizer.create({"lang": "qq"}, None, None, None)
