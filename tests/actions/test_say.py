import pytest

from actions.say import CHOICES, ActionSay
from bot.check import PROJECT
from bot.yamlfile import read_mapping
from tests.actions.turns import CONTENT, run

(SAID,) = (
    [step["intent"] for step in rule["steps"][0]["or"]]
    for rule in read_mapping(PROJECT / "data" / "rules.yml", "data/rules.yml")["rules"]
    if rule["steps"][-1]["action"] == "action_say"
)


@pytest.mark.parametrize("intent", SAID)
def test_every_act_says_its_phrase(intent):
    reply, slots = run(ActionSay(), intent, topic="signs", shown=3)
    assert (reply.topic, reply.blocks[0].text) == (intent, CONTENT.phrase(intent))
    assert tuple(choice.id for choice in reply.choices) == CHOICES.get(intent, ())
    assert slots == {}


def test_choices_are_given_for_acts_only():
    assert set(CHOICES) <= set(SAID)
    assert {"greeting", "goodbye", "thanks", "smalltalk", "feedback", "language", "refuse", "out_of_scope"} <= set(SAID)
