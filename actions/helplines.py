"""Show ways to reach help: one number first, the fitting ones after."""

from actions.base import ReplyAction, Said, Turn, content, finder
from bot.answer import helplines_reply

HELPLINES = ("hotline", "emergency", "other_helplines")
"""The topics that it answers, as in `data/rules.yml`."""


class ActionHelplines(ReplyAction):
    """A topic about reaching help, with the best number in its first line."""

    def name(self) -> str:
        return "action_helplines"

    @classmethod
    def takes(cls, intent: str) -> bool:
        return intent in HELPLINES

    def say(self, turn: Turn) -> Said:
        first = finder().nearest(turn.asked, turn.intent)
        reply, shown = helplines_reply(content(), turn.intent, turn.lang, first)
        return Said(reply, {"topic": turn.intent, "shown": shown, "first": first})
