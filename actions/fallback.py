"""When it is not clear what was meant: offer the likeliest topics, and always help."""

from actions.base import ReplyAction, Said, Turn, content
from bot.answer import MAX_CHOICES, phrase_reply
from bot.talk.offer import DECLINED
from bot.talk.sense import FALLBACK

ENOUGH = 0.1
"""A guess below this confidence is not worth a button."""
OUTSIDE = "out_of_scope"
STARTERS = ("what_can_you_do", "what_is_trafficking", "hotline")


class ActionFallback(ReplyAction):
    """Up to three "did you mean" buttons; it says what it cannot answer where that is likeliest or no guess is fair."""

    def name(self) -> str:
        return "action_fallback"

    @classmethod
    def takes(cls, intent: str) -> bool:
        return intent == DECLINED

    def say(self, turn: Turn) -> Said:
        if turn.intent == DECLINED:
            starters = ("what_can_you_do", "hotline")
            return Said(phrase_reply(content(), "clarify", "offer_declined", turn.lang, starters), {})
        likely = [name for name, confidence in turn.ranking if name != FALLBACK and confidence >= ENOUGH]
        guesses = [name for name in likely if name in content().topics][:MAX_CHOICES]
        topic = "clarify" if guesses and likely[0] != OUTSIDE else OUTSIDE
        return Said(phrase_reply(content(), topic, topic, turn.lang, guesses or STARTERS), {})
