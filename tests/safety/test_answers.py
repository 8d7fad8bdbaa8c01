"""Look-alikes go on to Rasa and get an answer; they never end in a card or in an error."""

from __future__ import annotations

from bot.load import load_content
from bot.safety.evaluation import LOOK_ALIKES, load_sentences
from tests.conftest import Converse

SHARE_OF_CARDS = 0.05  # the goal is 0.02; see test_bars.py


def test_look_alikes_are_answered(converse: Converse) -> None:
    content = load_content()
    failed = {content.phrase("error_help"), content.phrase("error_help", "es")}
    alike = [s for part in load_sentences().values() for s in part if s.group == LOOK_ALIKES and s.text]
    replies = {sentence.id: converse(sentence.text)[0][0] for sentence in alike}
    assert [one for one, reply in replies.items() if reply.blocks[0].text in failed] == []
    cards = [s.id for s in alike if replies[s.id].topic == "crisis" and replies[s.id].tier not in s.tiers]
    assert len(cards) <= SHARE_OF_CARDS * len(alike), cards
