"""What all actions share: the turn they see, and help when they fail."""

import pytest
from rasa_sdk import Tracker

from actions.answer import ActionAnswer
from actions.base import Turn
from actions.say import ActionSay
from tests.actions.turns import CONTENT, run

CANARY = "my name is Zebedee"


@pytest.mark.parametrize("error", [ValueError, KeyError, RecursionError, AssertionError])
def test_an_action_that_fails_says_help_and_logs_no_word(caplog, monkeypatch, error):
    def fail(self, turn):
        raise error(CANARY)

    monkeypatch.setattr(ActionAnswer, "say", fail)
    caplog.set_level("DEBUG")
    reply, slots = run(ActionAnswer(), "signs", text=CANARY, topic="signs", shown=3)
    assert [block.text for block in reply.blocks] == [CONTENT.phrase("error_help"), CONTENT.phrase("help_line")]
    assert slots == {}
    assert [one.getMessage() for one in caplog.records] == [
        f"action.failed action=action_answer error={error.__name__}"
    ]
    assert CANARY not in caplog.text and all(one.exc_info is None for one in caplog.records)


@pytest.mark.parametrize("shown", ["many", [1]])
def test_slots_that_make_no_sense_get_help_too(shown):
    reply, _ = run(ActionAnswer(), "signs", shown=shown)
    assert reply.blocks[0].text == CONTENT.phrase("error_help")


def test_a_turn_is_read_from_the_tracker():
    message = {
        "intent": {"name": "signs", "confidence": 0.7},
        "intent_ranking": [{"name": "signs", "confidence": 0.7}, {"name": "myths", "confidence": 0.2}],
    }
    tracker = Tracker(
        "s",
        {"topic": "myths", "shown": 4, "first": "MYTH02", "offered": ["signs"], "lang": "es"},
        message,
        [],
        False,
        None,
        {},
        None,
    )
    assert Turn.of(tracker) == Turn(
        "signs", 0.7, (("signs", 0.7), ("myths", 0.2)), "es", "myths", 4, "MYTH02", offered=("signs",)
    )


@pytest.mark.parametrize("message", [None, {}, {"intent": None}, {"intent": {}, "intent_ranking": None}])
def test_a_turn_without_a_message_is_empty(message):
    tracker = Tracker(
        "s",
        {"topic": None, "shown": None, "first": None, "offered": None, "lang": None},
        message,
        [],
        False,
        None,
        {},
        None,
    )
    assert Turn.of(tracker) == Turn("", 0.0, (), "en", None, 0)


@pytest.mark.parametrize(
    ("metadata", "slot", "lang"), [({"lang": "es"}, "en", "es"), ({}, "es", "es"), ({}, None, "en"), ({}, "en", "en")]
)
def test_the_language_is_that_of_the_message_or_else_of_the_conversation(metadata, slot, lang):
    reply, _ = run(ActionSay(), "thanks", metadata=metadata, lang=slot)
    assert reply.lang == lang


@pytest.mark.parametrize(
    ("action", "heard", "text", "topic", "spoken"),
    [
        (ActionSay(), "smalltalk", "what about labor?", "signs", "signs_labor_trafficking"),
        (ActionAnswer(), "myths", "in short", "signs", "signs"),
        (ActionAnswer(), "myths", "says who?", "signs", "cite"),
        (ActionAnswer(), "myths", "ok and the statistics?", "recruitment", "how_common"),
        (ActionSay(), "greeting", "and the hotline", "signs", "hotline"),
    ],
)
def test_the_right_action_speaks_once_it_is_clear_what_was_meant(action, heard, text, topic, spoken):
    reply, _ = run(action, heard, text=text, topic=topic, shown=2)
    assert reply.topic == spoken


def test_a_number_helps_first_after_a_follow_up_too():
    reply, _ = run(ActionSay(), "smalltalk", text="and the hotline", topic="signs")
    assert CONTENT.helplines["hotline"].call in reply.blocks[0].text


def test_what_a_channel_showed_itself_is_what_a_typed_number_chooses():
    known = {"offered": ["hotline"]}
    assert run(ActionSay(), "smalltalk", text="1", offered=["what_not_to_do"], metadata=known)[0].topic == "hotline"
    assert run(ActionSay(), "smalltalk", text="1", offered=["what_not_to_do"])[0].topic == "what_not_to_do"
    nothing = {"offered": []}
    assert run(ActionSay(), "smalltalk", text="1", offered=["hotline"], metadata=nothing)[0].topic == "smalltalk"


def test_notes_stand_before_the_answer():
    reply, _ = run(ActionAnswer(), "federal_law", text="what is the law", metadata={"notes": ["place"]})
    assert reply.blocks[0].text == CONTENT.phrase("note_place")
