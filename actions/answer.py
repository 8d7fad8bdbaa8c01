"""Answer the topic that the message is about."""

from actions.base import ReplyAction, Said, Turn, content
from bot.answer import topic_reply


class ActionAnswer(ReplyAction):
    """The first facts of a topic, with their sources."""

    def name(self) -> str:
        return "action_answer"

    def say(self, turn: Turn) -> Said:
        reply, shown = topic_reply(content(), turn.intent, turn.lang)
        return Said(reply, {"topic": turn.intent, "shown": shown})
