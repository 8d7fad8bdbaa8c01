import pytest

from actions.crisis import ActionCrisis
from bot.answer import card_reply
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
