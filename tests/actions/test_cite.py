import pytest

from actions.cite import ActionCite
from bot.answer import sources_reply
from tests.actions.turns import CONTENT, run


@pytest.mark.parametrize("shown", [2, 6])
def test_the_sources_of_what_was_shown(shown):
    reply, slots = run(ActionCite(), "cite", topic="signs", shown=shown)
    assert reply == sources_reply(CONTENT, "signs", shown)
    assert reply.sources and slots == {}


@pytest.mark.parametrize("topic", [None, "", "no_such_topic", "bot_privacy"])
def test_without_a_topic_or_facts_there_is_nothing_to_show(topic):
    reply, slots = run(ActionCite(), "cite", topic=topic, shown=3)
    assert (reply.topic, reply.blocks[0].text) == ("cite", CONTENT.phrase("cite_nothing"))
    assert (reply.sources, slots) == ((), {})
