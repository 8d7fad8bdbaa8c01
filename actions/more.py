"""Go on with the last topic, or say it in short."""

from actions.base import ReplyAction, Said, Turn, content
from bot.answer import MORE, phrase_reply, topic_reply
from bot.talk.followup import SHORT


class ActionMore(ReplyAction):
    """The next facts of the last topic, or what to ask next when there are none left; in short: its first fact."""

    def name(self) -> str:
        return "action_more"

    @classmethod
    def takes(cls, intent: str) -> bool:
        return intent in (MORE, SHORT)

    def say(self, turn: Turn) -> Said:
        topic = content().topics.get(turn.topic or "")
        if topic is None:
            return Said(phrase_reply(content(), "more", "more_no_topic", turn.lang, STARTERS), {})
        if turn.intent == SHORT:
            reply, shown = topic_reply(content(), topic.id, turn.lang, first=turn.first, most=1)
            return Said(reply, {"shown": shown})
        if turn.shown >= len(topic.facts):
            return Said(phrase_reply(content(), "more", "more_nothing_left", turn.lang, topic.related[:3]), {})
        reply, shown = topic_reply(content(), topic.id, turn.lang, start=turn.shown, first=turn.first)
        return Said(reply, {"shown": shown})


STARTERS = ("what_is_trafficking", "signs", "what_to_do")
