"""Answer the topic that the message is about."""

from actions.base import ReplyAction, Said, Turn, content, finder
from actions.helplines import HELPLINES
from bot.answer import topic_reply


class ActionAnswer(ReplyAction):
    """The first facts of a topic, with their sources; before them the one fact that the question is about, if any."""

    def name(self) -> str:
        return "action_answer"

    @classmethod
    def takes(cls, intent: str) -> bool:
        return intent in content().topics and intent not in HELPLINES

    def say(self, turn: Turn) -> Said:
        first = finder().nearest(turn.asked, turn.intent)
        reply, shown = topic_reply(content(), turn.intent, turn.lang, first=first)
        return Said(reply, {"topic": turn.intent, "shown": shown, "first": first})
