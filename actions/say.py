"""Say something fixed: hello, goodbye, thanks, no."""

from actions.base import ReplyAction, Said, Turn, content
from bot.answer import phrase_reply

CHOICES = {
    "greeting": ("what_is_trafficking", "signs", "what_to_do"),
    "language": ("other_helplines",),
    "out_of_scope": ("what_can_you_do", "what_is_trafficking", "hotline"),
    "smalltalk": ("what_can_you_do", "what_is_trafficking"),
    "refuse": ("hotline_what_happens", "prevention_teens"),
    "thanks": ("what_to_do", "what_can_you_do"),
}
"""Where to go from each act: topics offered as buttons."""


class ActionSay(ReplyAction):
    """The phrase of `content/phrases.yml` that has the intent's name."""

    def name(self) -> str:
        return "action_say"

    def say(self, turn: Turn) -> Said:
        return Said(phrase_reply(content(), turn.intent, turn.intent, turn.lang, CHOICES.get(turn.intent, ())), {})
