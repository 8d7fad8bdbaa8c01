import pytest

from actions.answer import ActionAnswer
from actions.cite import ActionCite
from bot.answer import sources_reply, topic_reply
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


def test_the_source_of_the_fact_that_was_shown_first_is_among_them():
    _, slots = run(ActionAnswer(), "how_common", text="is it really 17,000 a year?")
    reply, _ = run(ActionCite(), "cite", **slots)
    shown, _ = topic_reply(CONTENT, "how_common", first=slots["first"])
    assert slots["first"] == "E17" and reply.sources == shown.sources
