"""The classifier in Rasa: trained, kept, read back, asked."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import classifier
from bot.nlu.classifier import LinearIntentClassifier
from bot.nlu.meaning import SentenceMeaningFeaturizer
from bot.nlu.tokenizer import BlankSpacyTokenizer

EXAMPLES = {
    "signs": ["what are the signs", "which signs are there", "how do I spot it", "red flags", "warning signs"],
    "hotline": ["what is the number", "who can I call", "the hotline number please", "call for help", "phone line"],
    "greeting": ["hello", "hi there", "good morning", "hey", "hello there"],
    "thanks": ["thank you", "thanks a lot", "many thanks", "thank you so much", "thx"],
}
ASKED = ["what signs are there", "whats the nubmer", "hello!", "thanks", "banana", "¿qué?"]


@pytest.fixture(scope="module")
def storage(tmp_path_factory):
    return LocalModelStorage.create(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def before():
    """What stands before the classifier in the pipeline."""
    tokenizer = BlankSpacyTokenizer.create({}, None, None, None)
    featurizer = SentenceMeaningFeaturizer.create({}, None, None, SimpleNamespace(node_name="meaning"))
    return lambda messages: featurizer.process(tokenizer.process(messages))


def prepared(before):
    return TrainingData(
        before([Message({TEXT: text, INTENT: name}) for name, texts in EXAMPLES.items() for text in texts])
    )


def make(storage, name="classifier", **config):
    return LinearIntentClassifier.create(config, storage, Resource(name), None)


def loaded(storage, name="classifier", **config):
    return LinearIntentClassifier.load(config, storage, Resource(name), None)


@pytest.fixture(scope="module")
def trained(storage, before):
    classifier = make(storage)
    assert classifier.train(prepared(before)) == Resource("classifier")
    return classifier


def ask(classifier, before, *texts):
    messages = classifier.process(before([Message({TEXT: text}) for text in texts]))
    return [message.get(INTENT_RANKING_KEY) for message in messages]


def test_it_learns(trained, before):
    firsts = [ranking[0]["name"] for ranking in ask(trained, before, *ASKED[:4])]
    assert firsts == ["signs", "hotline", "greeting", "thanks"]


def test_probabilities_are_shared_among_all_intents(trained, before):
    for ranking in ask(trained, before, *ASKED):
        confidences = [guess["confidence"] for guess in ranking]
        assert {guess["name"] for guess in ranking} == set(EXAMPLES)
        assert sum(confidences) == pytest.approx(1, abs=1e-6)
        assert confidences == sorted(confidences, reverse=True) and min(confidences) >= 0


def test_what_it_knows_is_surer_than_what_it_does_not(trained, before):
    known, unknown = ("what are the signs", "hello", "thanks"), ("banana bread recipe", "elephant", "it rained")
    surest = [
        np.mean([ranking[0]["confidence"] for ranking in ask(trained, before, *texts)]) for texts in (known, unknown)
    ]
    assert surest[0] > surest[1] + 0.1


def test_the_temperature_makes_it_more_or_less_sure(trained, before, monkeypatch):
    monkeypatch.setattr(trained, "_temperature", 1e6)
    (ranking,) = ask(trained, before, "hello")
    assert [guess["confidence"] for guess in ranking] == pytest.approx([1 / len(EXAMPLES)] * len(EXAMPLES), abs=1e-3)


def test_the_first_guess_is_the_intent_and_both_are_put_out(trained, before):
    (message,) = trained.process(before([Message({TEXT: "hello"})]))
    assert message.get(INTENT) == message.get(INTENT_RANKING_KEY)[0]
    assert {INTENT, INTENT_RANKING_KEY} <= message.as_dict(only_output_properties=True).keys()


def test_what_is_read_back_gives_the_same_ranking(trained, storage, before):
    again = ask(loaded(storage), before, *ASKED)
    for kept, ranking in zip(again, ask(trained, before, *ASKED), strict=True):
        assert [guess["name"] for guess in kept] == [guess["name"] for guess in ranking]
        np.testing.assert_allclose(
            [guess["confidence"] for guess in kept], [guess["confidence"] for guess in ranking], rtol=1e-5
        )


@pytest.mark.parametrize("worth_processes", [2000, 0])
def test_training_again_gives_the_same_model(trained, storage, before, worth_processes, monkeypatch):
    monkeypatch.setattr(classifier, "WORTH_PROCESSES", worth_processes)
    make(storage, "again").train(prepared(before))
    with storage.read_from(Resource("classifier")) as first, storage.read_from(Resource("again")) as second:
        assert {file.name for file in first.iterdir()} == {"model.safetensors", "names.json"}
        for file in first.iterdir():
            assert file.read_bytes() == (second / file.name).read_bytes()


def test_nothing_that_is_kept_can_run(trained, storage):
    with storage.read_from(Resource("classifier")) as directory:
        names = json.loads((directory / "names.json").read_text(encoding="utf-8"))
        assert (directory / "model.safetensors").read_bytes()[8:9] == b"{"
    assert names["intents"] == sorted(EXAMPLES) and names["temperature"] > 0


def test_the_ranking_may_be_cut(trained, storage, before):
    (short,), (whole,) = ask(loaded(storage, ranking_length=2), before, "hello"), ask(trained, before, "hello")
    assert short == whole[:2]


def test_a_message_without_text_has_no_intent(trained):
    (message,) = trained.process([Message({})])
    assert (message.get(INTENT), message.get(INTENT_RANKING_KEY)) == ({"name": None, "confidence": 0.0}, [])


def test_before_training_it_knows_nothing(storage, before):
    assert ask(make(storage, "new"), before, "hello") == [[]]


def test_it_also_learns_without_sentence_meaning(storage):
    tokenizer = BlankSpacyTokenizer.create({}, None, None, None)
    make(storage, "words").train(prepared(tokenizer.process))
    (ranking,) = ask(loaded(storage, "words"), tokenizer.process, "which signs")
    assert ranking[0]["name"] == "signs"


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (
            {"c": 1},
            "LinearIntentClassifier: there is no option 'c'; there are C, word_ngrams, char_ngrams, ranking_length",
        ),
        ({"C": 0}, "LinearIntentClassifier: C must be a number above 0"),
        ({"C": -1.5}, "LinearIntentClassifier: C must be a number above 0"),
        ({"C": "much"}, "LinearIntentClassifier: C must be a number above 0"),
        ({"C": None}, "LinearIntentClassifier: C must be a number above 0"),
    ],
)
def test_a_wrong_option_is_said(config, message):
    with pytest.raises(InvalidConfigException, match=f"^{message}"):
        LinearIntentClassifier.validate_config(config)


@pytest.mark.parametrize(
    "config", [{}, {"name": "x.LinearIntentClassifier"}, {"C": 2}, {"C": 0.1, "char_ngrams": [3, 4]}]
)
def test_right_options_pass(config):
    LinearIntentClassifier.validate_config(config)


@pytest.mark.parametrize("share", [6, 9])
def test_it_is_as_sure_as_it_is_right(storage, share):
    """What means one thing in so many cases out of ten is believed to that degree."""
    tokenizer = BlankSpacyTokenizer.create({}, None, None, None)
    meant = {"apple": ("a", "b"), "pear": ("b", "c"), "plum": ("c", "a")}
    examples = [
        Message({TEXT: text, INTENT: mostly if n % 10 < share else sometimes, "n": n})  # Rasa drops what is the same
        for text, (mostly, sometimes) in meant.items()
        for n in range(100)
    ]
    classifier = make(storage, "calibrated")
    classifier.train(TrainingData(tokenizer.process(examples)))
    for text, ranking in zip(meant, ask(classifier, tokenizer.process, *meant), strict=True):
        assert ranking[0]["name"] == meant[text][0]
        assert ranking[0]["confidence"] == pytest.approx(share / 10, abs=0.06)
