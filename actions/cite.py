"""Say where the last answer came from."""

from actions.base import ReplyAction, Said, Turn, content
from bot.answer import phrase_reply, sources_reply
from bot.talk.followup import CITE


class ActionCite(ReplyAction):
    """Title, publisher, year, address and page of every source of the last answer."""

    def name(self) -> str:
        return "action_cite"

    @classmethod
    def takes(cls, intent: str) -> bool:
        return intent == CITE

    def say(self, turn: Turn) -> Said:
        if turn.topic is None or turn.topic not in content().topics:
            return Said(phrase_reply(content(), "cite", "cite_nothing", turn.lang, ("bot_sources",)), {})
        return Said(sources_reply(content(), turn.topic, turn.shown, turn.lang, turn.first), {})
