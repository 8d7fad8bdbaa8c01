import pytest

from actions.helplines import ActionHelplines
from bot.answer import helplines_reply
from tests.actions.turns import CONTENT, run


@pytest.mark.parametrize("topic", ["hotline", "emergency", "other_helplines"])
def test_the_number_comes_first_and_the_topic_is_remembered(topic):
    reply, slots = run(ActionHelplines(), topic)
    expected, shown = helplines_reply(CONTENT, topic)
    assert reply == expected
    assert slots == {"topic": topic, "shown": shown, "first": ""}
