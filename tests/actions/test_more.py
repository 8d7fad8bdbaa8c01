import pytest

from actions.answer import ActionAnswer
from actions.more import STARTERS, ActionMore
from tests.actions.turns import CONTENT, run


def told(reply):
    return [block.fact for block in reply.blocks if block.fact]


def test_more_and_more_until_the_end():
    topic = CONTENT.topics["signs"]
    reply, slots = run(ActionAnswer(), "signs")
    facts = told(reply)
    while slots["shown"] < len(topic.facts):
        reply, changed = run(ActionMore(), "more", **slots)
        assert (reply.topic, list(changed)) == ("signs", ["shown"])
        assert told(reply) and changed["shown"] == slots["shown"] + len(told(reply))
        facts += told(reply)
        slots |= changed
    assert tuple(facts) == topic.facts
    assert "more" not in [choice.id for choice in reply.choices]
    reply, changed = run(ActionMore(), "more", **slots)
    assert reply.blocks[0].text == CONTENT.phrase("more_nothing_left")
    assert tuple(choice.id for choice in reply.choices) == topic.related[:3]
    assert changed == {}


@pytest.mark.parametrize("topic", [None, "", "no_such_topic"])
def test_more_of_nothing_offers_where_to_start(topic):
    reply, slots = run(ActionMore(), "more", topic=topic, shown=3)
    assert (reply.topic, reply.blocks[0].text) == ("more", CONTENT.phrase("more_no_topic"))
    assert tuple(choice.id for choice in reply.choices) == STARTERS
    assert slots == {}


def test_topics_about_the_assistant_have_no_more():
    reply, _ = run(ActionMore(), "more", topic="bot_privacy", shown=0)
    assert reply.blocks[0].text == CONTENT.phrase("more_nothing_left")


@pytest.mark.parametrize("shown", [2.0, "2"])
def test_a_store_may_give_the_number_back_in_another_form(shown):
    assert run(ActionMore(), "more", topic="signs", shown=shown) == run(ActionMore(), "more", topic="signs", shown=2)


def test_what_was_shown_first_is_not_repeated():
    reply, slots = run(ActionAnswer(), "myths", text="only girls are trafficked, right?")
    facts = told(reply)
    assert facts[0] == slots["first"] == "MYTH07"
    assert set(CONTENT.topics["myths"].facts[: CONTENT.topics["myths"].first]) <= set(facts)
    while slots["shown"] < len(CONTENT.topics["myths"].facts):
        reply, changed = run(ActionMore(), "more", **slots)
        facts += told(reply)
        slots |= changed
    assert sorted(facts) == sorted(CONTENT.topics["myths"].facts)


def test_in_short_is_the_first_fact_alone_and_the_rest_can_follow():
    _, slots = run(ActionAnswer(), "myths", text="only girls are trafficked, right?")
    reply, changed = run(ActionMore(), "smalltalk", text="in short", **slots)
    assert (reply.topic, told(reply)) == ("myths", ["MYTH07"])
    assert len(reply.blocks) == 1 and changed == {"shown": 1}
    reply, _ = run(ActionMore(), "more", **(slots | changed))
    assert "MYTH07" not in told(reply)


def test_in_short_of_nothing_offers_where_to_start():
    reply, _ = run(ActionMore(), "short")
    assert reply.blocks[0].text == CONTENT.phrase("more_no_topic")
