"""Show the card for danger."""

from actions.base import ReplyAction, Said, Turn, content
from bot.answer import card_reply

PREFIX = "crisis_"


class ActionCrisis(ReplyAction):
    """The reviewed card of the tier that the intent is named after."""

    def name(self) -> str:
        return "action_crisis"

    def say(self, turn: Turn) -> Said:
        return Said(card_reply(content(), turn.intent.removeprefix(PREFIX), turn.lang), {})
