"""Go on with the last topic."""

from actions.base import ReplyAction, Said, Turn, content
from bot.answer import phrase_reply, topic_reply


class ActionMore(ReplyAction):
    """The next facts of the last topic, or what to ask next when there are none left."""

    def name(self) -> str:
        return "action_more"

    def say(self, turn: Turn) -> Said:
        topic = content().topics.get(turn.topic or "")
        if topic is None:
            return Said(phrase_reply(content(), "more", "more_no_topic", turn.lang, STARTERS), {})
        if turn.shown >= len(topic.facts):
            return Said(phrase_reply(content(), "more", "more_nothing_left", turn.lang, topic.related[:3]), {})
        reply, shown = topic_reply(content(), topic.id, turn.lang, start=turn.shown)
        return Said(reply, {"shown": shown})


STARTERS = ("what_is_trafficking", "signs", "what_to_do")
