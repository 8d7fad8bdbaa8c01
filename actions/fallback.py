"""When it is not clear what was meant: offer the likeliest topics, and always help."""

from actions.base import ReplyAction, Said, Turn, content
from bot.answer import MAX_CHOICES, phrase_reply
from bot.talk.offer import DECLINED

ENOUGH = 0.1
"""A guess below this confidence is not worth a button."""


class ActionFallback(ReplyAction):
    """Up to three "did you mean" buttons; without a fair guess it says what it cannot answer."""

    def name(self) -> str:
        return "action_fallback"

    @classmethod
    def takes(cls, intent: str) -> bool:
        return intent == DECLINED

    def say(self, turn: Turn) -> Said:
        if turn.intent == DECLINED:
            starters = ("what_can_you_do", "hotline")
            return Said(phrase_reply(content(), "clarify", "offer_declined", turn.lang, starters), {})
        known = content().topics
        guesses = [name for name, confidence in turn.ranking if name in known and confidence >= ENOUGH][:MAX_CHOICES]
        if guesses:
            return Said(phrase_reply(content(), "clarify", "clarify", turn.lang, guesses), {})
        choices = ("what_can_you_do", "what_is_trafficking", "hotline")
        return Said(phrase_reply(content(), "out_of_scope", "out_of_scope", turn.lang, choices), {})
