"""In front of everything: every text is checked before Rasa sees it, and the card comes whatever Rasa does."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.answer import AMBIGUOUS, card_reply, with_support
from bot.content import Content
from bot.reply import Reply
from bot.safety import meaning
from bot.safety.memory import Memory
from bot.safety.net import Net, State
from bot.safety.verdict import Verdict

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Offering(State):
    """What is remembered while choices are shown that Rasa may not know of: their ids too."""

    offered: tuple[str, ...] = ()


class Guard:
    """The safety net with what it remembers of the conversations.

    Args:
        net: the check; the project's, with its trained part where there is one, by default.
    """

    def __init__(self, net: Net | None = None) -> None:
        self.net = net or Net.load(meaning.DIRECTORY)
        self.memory = Memory()

    def check(self, session: str, text: str) -> Verdict | None:
        """Judge the next text of a conversation; doubt when the check itself fails, which is logged."""
        verdict, state = self._judge(text, self.memory.state(session))
        self.memory.keep(session, state)
        return verdict

    def _judge(self, text: str, before: State) -> tuple[Verdict | None, State]:
        try:
            return self.net.check(text, before)
        except Exception as error:
            # The answer must come all the same. Not the error's own text: it may quote what the visitor wrote.
            logger.error("safety.failed error=%s", type(error).__name__)
            return Verdict(AMBIGUOUS, reason="the check failed"), before  # nobody knows, so help stands in front

    def card(self, content: Content, verdict: Verdict, lang: str | None) -> Reply:
        """The card of a verdict, in the language of the text it was given for."""
        return card_reply(content, verdict.tier, verdict.lang or lang or "en", verdict.variant)

    def card_for(self, content: Content, text: str) -> Reply | None:
        """The card for a text outside any conversation; None when it tells of no danger."""
        verdict, _ = self._judge(text, State())
        return self.card(content, verdict, None) if verdict and verdict.tier != AMBIGUOUS else None

    def offered(self, session: str) -> tuple[str, ...]:
        """Ids of the choices that were shown last; none after an ordinary answer of Rasa, which knows them itself."""
        state = self.memory.state(session)
        return state.offered if isinstance(state, Offering) else ()

    def shown(self, session: str, replies: list[Reply], said: Sequence[Reply] = ()) -> list[Reply]:
        """Remember what the last of `replies` offers, unless it is an ordinary one that Rasa `said`; returns them."""
        before, last = self.memory.state(session), replies[-1]
        offered = () if last in said and not last.tier else tuple(choice.id for choice in last.choices)
        state = State(before.card, before.turns, before.suspicion)
        self.memory.keep(session, Offering(**vars(state), offered=offered) if offered else state)
        return replies

    def language(self, session: str) -> str:
        """The language of the card that the conversation is still about; empty when there is none."""
        card = self.memory.state(session).card
        return card.lang if card else ""

    def support(
        self, content: Content, session: str, verdict: Verdict, replies: Sequence[Reply], lang: str | None
    ) -> list[Reply]:
        """What Rasa said, with help in front; after a card, the card again where Rasa had no answer to a question.

        Args:
            verdict: of tier `ambiguous`.
            replies: what Rasa said; nothing when it failed.
        """
        before = self.memory.state(session).card
        if before and (not replies or replies[0].topic not in content.topics and not replies[0].tier):
            return [self.card(content, before, lang)]
        if not replies or replies[0].tier:  # nothing to add to, or it has its own help
            return list(replies)
        return [with_support(replies[0], content, verdict.lang or lang or "en"), *replies[1:]]


@cache
def default_guard() -> Guard:
    """The one of this process."""
    return Guard()
