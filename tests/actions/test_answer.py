import pytest

from actions.answer import ActionAnswer
from bot.answer import topic_reply
from tests.actions.turns import CONTENT, run


@pytest.mark.parametrize("topic", ["signs", "how_common", "bot_privacy"])
def test_the_topic_is_answered_and_remembered(topic):
    reply, slots = run(ActionAnswer(), topic, topic="myths", shown=9)
    expected, shown = topic_reply(CONTENT, topic)
    assert reply == expected
    assert slots == {"topic": topic, "shown": shown, "first": ""}


def test_a_topic_that_does_not_exist_gets_help():
    reply, slots = run(ActionAnswer(), "no_such_topic", topic="myths", shown=3)
    assert reply.blocks[0].text == CONTENT.phrase("error_help")
    assert slots == {}
