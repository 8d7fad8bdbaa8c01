"""What is said in front of an answer because of how the question was put."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.answer import MAX_CHOICES, button, contacts
from bot.content import Content
from bot.reply import Block, Reply
from bot.talk.parts import PLACE

STATE = "child_protective_services"
"""The topic that leads to a state's own line."""
STATE_LINES = ("state_cps", "childhelp")


def with_notes(reply: Reply, content: Content, notes: Sequence[str], lang: str = "en") -> Reply:
    """Say first what an answer from facts is not: about one state, or an essay.

    Args:
        notes: of a `bot.talk.parts.Part`; a reply that states no fact takes none of them.
    """
    if not reply.sources or not notes:
        return reply
    said = tuple(Block(text=content.phrase(f"note_{note}", lang)) for note in notes)
    reply = msgspec.structs.replace(reply, blocks=(*said, *reply.blocks))
    if PLACE not in notes:
        return reply
    return msgspec.structs.replace(
        reply,
        contacts=tuple(dict.fromkeys((*reply.contacts, *contacts(content, STATE_LINES, lang)))),
        choices=tuple(dict.fromkeys((*reply.choices[:MAX_CHOICES], button(content, STATE, lang)))),
    )
