import pytest

from actions.crisis import ActionCrisis
from bot.answer import barrier_reply, card_reply
from bot.content import TIERS
from tests.actions.turns import CONTENT, run


@pytest.mark.parametrize("tier", TIERS)
def test_every_tier_gets_its_card_and_nothing_is_remembered(tier):
    reply, slots = run(ActionCrisis(), f"crisis_{tier}", topic="signs", shown=3)
    assert reply == card_reply(CONTENT, tier)
    assert (reply.topic, reply.tier, slots) == ("crisis", tier, {})


def test_a_tier_without_a_card_gets_help():
    reply, _ = run(ActionCrisis(), "crisis_of_another_kind")
    assert reply.blocks[0].text == CONTENT.phrase("error_help")


def test_a_typed_choice_leads_to_what_makes_it_hard_to_reach_out():
    reply, _ = run(ActionCrisis(), "smalltalk", text="it's hard to reach out", offered=["hotline", "barrier"])
    assert reply == barrier_reply(CONTENT, "barrier")


def test_a_guess_at_danger_that_is_not_certain_gets_help_and_the_best_topic():
    ranking = [("crisis_family_abuse", 0.6), ("child_abuse", 0.3)]
    reply, slots = run(ActionCrisis(), "crisis_family_abuse", ranking, text="is it abuse", confidence=0.6)
    assert (reply.topic, reply.tier) == ("child_abuse", "ambiguous")
    assert slots["topic"] == "child_abuse"
