"""Typing mistakes: what is mended, and what must be left as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.spelling import Speller, SpellingMender, Words

EXAMPLES = ["where do i report trafficking", "is trafficking slavery", "the police and trafficking", "report it"] * 4


@pytest.fixture(scope="module")
def speller():
    return Speller.fit(EXAMPLES)


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("wehre do u reprot it", "where do u report it"),
        ("TRAFICKING?", "trafficking?"),
        ("trafikking, polise!", "trafficking, police!"),
        ("reeeeport", "report"),
        ("sooo many", "so many"),
    ],
)
def test_mistakes_are_mended(speller, typed, mended):
    assert speller.mend(typed) == mended


@pytest.mark.parametrize(
    "typed",
    [
        "repost",  # one letter from "report", but a word that is used
        "I couldn't and he didn’t, she couldnt",
        "Is it in Iowa? brothels, hype, migraine",
        "wht",  # too short to tell what was meant
        "zzyzx qwrtpsd",  # like nothing that is known
        "1-800 😢 ¿qué?",
        "",
    ],
)
def test_other_words_are_left_alone(typed):
    assert Speller.fit([*EXAMPLES, *["repost"] * 4]).mend(typed) == typed


@given(st.text())
def test_anything_can_be_mended_and_stays_mended(text):
    speller = Speller({"report": 4, "police": 4}, Words.of(["report", "police"]))
    once = speller.mend(text)
    assert speller.mend(once) == once


def test_a_set_of_words_knows_them_and_no_others():
    words = Words.of(["police", "report"])
    assert "police" in words and "report" in words
    assert not any(word in words for word in ("polise", "", "reports"))
    assert "police" not in Words.of([])


def test_the_component_learns_keeps_and_reads_back(tmp_path):
    storage = LocalModelStorage.create(tmp_path)
    mender = SpellingMender.create({}, storage, Resource("mender"), None)
    texts = [f"{text} {n}" for n, text in enumerate(EXAMPLES)]  # Rasa keeps one of equal examples
    data = TrainingData([Message({TEXT: text, INTENT: "report"}) for text in texts])
    assert mender.train(data) == Resource("mender")
    for component in (mender, SpellingMender.load({}, storage, Resource("mender"), None)):
        message, pressed = component.process([Message({TEXT: "reprot it"}), Message({INTENT: "report"})])
        assert message.get(TEXT) == "report it" and pressed.get(TEXT) is None
    trained_on = mender.process_training_data(TrainingData([Message({TEXT: "polise"})]))
    assert trained_on.training_examples[0].get(TEXT) == "police"
