"""The fact that a question is about."""

import pytest

from bot.load import load_content
from bot.talk.nearest import FactFinder

CONTENT = load_content()


@pytest.fixture(scope="module")
def finder(encoder):
    return FactFinder(CONTENT, encoder.encode)


@pytest.mark.parametrize(
    ("typed", "topic", "says"),
    [
        ("only girls are trafficked, right?", "myths", "Boys are trafficked too"),
        ("only girls are trafficked, right?", "who_are_victims", "Boys are trafficked too"),
        ("kids mostly get snatched by strangers", "myths", "mostly kidnapping"),
        ("is it really 17,000?", "how_common", "17,000"),
        ("300,000 children a year are sold", "disputed_statistics", "300,000"),
        ("isn't the average age 13", "disputed_statistics", "average age"),
        ("did a furniture company sell kids", "viral_rumors", "cabinets sold online"),
        ("should i pay him", "sextortion", "Do not pay"),
        ("does it call immigration", "hotline_privacy", "not the police"),
    ],
)
def test_the_fact_that_settles_it_is_found(finder, typed, topic, says):
    assert says in CONTENT.facts[finder.nearest(typed, topic)].text["en"]


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("what are the signs of trafficking", "signs"),
        ("myths", "myths"),
        ("what do people get wrong", "myths"),
        ("purple elephants", "signs"),
        ("", "signs"),
        ("does it have to be 24 hours", "missing_child"),  # its steps keep their order
        ("who can see this", "bot_privacy"),  # it has no facts
    ],
)
def test_a_question_in_general_moves_no_fact(finder, typed, topic):
    assert finder.nearest(typed, topic) == ""


def test_an_unknown_topic_is_an_error(finder):
    with pytest.raises(KeyError):
        finder.nearest("signs", "no_such_topic")


def test_what_facts_mean_is_worked_out_once():
    asked = []

    def encode(texts):
        import numpy as np

        asked.extend(texts)
        return np.ones((len(texts), 2), np.float32)

    finder = FactFinder(CONTENT, encode)
    finder.nearest("one", "signs")
    finder.nearest("two", "signs")
    assert len(asked) == len(set(asked))
