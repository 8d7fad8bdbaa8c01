"""A whole assistant in this process: for the command line and for tests. No server, the same path a message takes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from actions.base import content as read_content
from bot.answer import error_reply
from bot.channels.turn import Unusable, clean, take_turn
from bot.content import Content
from bot.reply import Reply
from bot.runtime import model

if TYPE_CHECKING:
    from rasa.core.agent import Agent


class Assistant:
    """A loaded model and the content."""

    def __init__(self, agent: Agent, content: Content) -> None:
        self.agent, self.content = agent, content

    @classmethod
    async def load(cls, model_file: Path) -> Assistant:
        """Load both.

        Raises:
            bot.runtime.model.NoModel: there is no model in `model_file`.
            bot.load.ContentError: the content cannot be used.
        """
        content = read_content()  # first: it is quick, and says what to mend
        return cls(await model.load(model_file), content)

    async def converse(self, turns: Sequence[str], lang: str | None = None) -> list[list[Reply]]:
        """The Replies to each turn of a fresh conversation, which is forgotten afterwards."""
        session = secrets.token_urlsafe(16)
        answers = [await self._turn(session, text, lang) for text in turns]
        await self.agent.tracker_store.forget(session)
        return answers

    async def _turn(self, session: str, text: str, lang: str | None) -> list[Reply]:
        try:
            return await take_turn(self.agent.handle_message, self.content, session, clean(text), lang)
        except Unusable as unusable:
            return [error_reply(self.content, unusable.phrase, lang or "en")]
