"""Look-alikes go on to Rasa and get an answer; they never end in a card or in an error."""

from __future__ import annotations

import pytest

from bot.load import load_content
from bot.safety.evaluation import LOOK_ALIKES, load_sentences
from tests.conftest import Converse
from tests.safety.test_bars import LOOK_ALIKE_SHARE


@pytest.mark.parametrize("part", LOOK_ALIKE_SHARE)
def test_look_alikes_are_answered(converse: Converse, part: str) -> None:
    content = load_content()
    failed = {content.phrase("error_help"), content.phrase("error_help", "es")}
    of_part = (sentences for (name, _), sentences in load_sentences().items() if name == part)
    alike = [s for sentences in of_part for s in sentences if s.group == LOOK_ALIKES and s.text]
    replies = {sentence.id: converse(sentence.text)[0][0] for sentence in alike}
    assert [one for one, reply in replies.items() if reply.blocks[0].text in failed] == []
    cards = [s.id for s in alike if replies[s.id].topic == "crisis" and replies[s.id].tier not in s.tiers]
    assert len(cards) <= LOOK_ALIKE_SHARE[part] * len(alike), cards
