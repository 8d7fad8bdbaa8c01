"""Show ways to reach help: one number first, the fitting ones after."""

from actions.base import ReplyAction, Said, Turn, content
from bot.answer import helplines_reply


class ActionHelplines(ReplyAction):
    """A topic about reaching help, with the best number in its first line."""

    def name(self) -> str:
        return "action_helplines"

    def say(self, turn: Turn) -> Said:
        reply, shown = helplines_reply(content(), turn.intent, turn.lang)
        return Said(reply, {"topic": turn.intent, "shown": shown})
