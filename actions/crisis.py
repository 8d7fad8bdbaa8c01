"""Show the card for danger, or what makes it hard to reach out."""

from actions.base import ReplyAction, Said, Turn, content
from bot.answer import barrier_reply, card_reply
from bot.content import BARRIER
from bot.talk.sense import CRISIS


class ActionCrisis(ReplyAction):
    """The reviewed card of the tier that the intent is named after."""

    def name(self) -> str:
        return "action_crisis"

    @classmethod
    def takes(cls, intent: str) -> bool:
        return intent.startswith(BARRIER)

    def say(self, turn: Turn) -> Said:
        if turn.intent.startswith(BARRIER):
            return Said(barrier_reply(content(), turn.intent, turn.lang), {})
        return Said(card_reply(content(), turn.intent.removeprefix(CRISIS), turn.lang), {})
