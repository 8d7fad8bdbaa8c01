"""One turn of a conversation: a visitor's words in, Replies out, whatever happens in between."""

from __future__ import annotations

import asyncio
import logging
import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from bot.answer import AMBIGUOUS, MORE, barrier_reply, button, error_reply
from bot.channels.guard import Guard, default_guard
from bot.content import BARRIER, Content
from bot.reply import Block, Reply
from bot.talk.offer import chosen
from bot.talk.parts import Part, apart, parts_for
from bot.talk.words import lexicon_for

logger = logging.getLogger(__name__)

MAX_CHARACTERS = 2_000
SECONDS = 8.0
"""How long a turn is waited for before the visitor is told where help is instead.

It bounds waiting, not computing: understanding and actions run in the event loop, and nothing interrupts them.
"""

Handler = Callable[[UserMessage], Awaitable[Any]]


class Unusable(ValueError):
    """A message that cannot be answered: the reason as a code, the phrase that says it, the HTTP status."""

    def __init__(self, code: str, phrase: str, status: int = 400) -> None:
        super().__init__(code)
        self.code, self.phrase, self.status = code, phrase, status


class ReplyCollector(OutputChannel):
    """Rasa output channel that keeps the Replies of one turn."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []

    @classmethod
    def name(cls) -> str:
        return "collector"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take what an action said; plain `utter_` responses of a Rasa project become Replies too."""
        if message.get("custom"):
            self.replies.append(Reply.from_dict(message["custom"]))
        elif message.get("text"):
            self.replies.append(Reply(topic="out_of_scope", blocks=(Block(text=message["text"]),)))


def clean(text: str) -> str:
    """What a visitor typed, made safe to handle; the words themselves stay.

    Control characters, invisible ones and lone surrogates go, look-alike letters become the ordinary ones, and a
    leading "/" is taken off: to Rasa it is a command, which a visitor must not be able to give.

    Raises:
        Unusable: nothing is left, or it is far too long.
    """
    _need_short(text)
    kept = "".join(_DROPPED.get(unicodedata.category(char), char) for char in text)
    plain = unicodedata.normalize("NFKC", kept)
    _need_short(plain)  # one character may have become eighteen
    stripped = " ".join(plain.split()).lstrip("/ ")
    if not stripped:
        raise Unusable("text_empty", "error_empty")
    return stripped


_DROPPED = {"Cc": " ", "Cs": " ", "Co": " ", "Cn": " ", "Cf": ""}
"""What stands in for the characters of a category; those that only shape or order others (Cf) part no word."""


def _need_short(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise Unusable("text_too_long", "error_too_long", status=413)


def pressed(content: Content, choice: str) -> str:
    """The Rasa message for a pressed button; only ids that were ever offered are accepted.

    Raises:
        Unusable: no button has this id.
    """
    if choice not in content.topics and choice not in (MORE, "cite") and not _is_barrier(content, choice):
        raise Unusable("choice_unknown", "error_unknown_choice")
    return f"/{choice}"


def _is_barrier(content: Content, choice: str) -> bool:
    step, _, key = choice.partition("_")
    return step == BARRIER and (choice == step or key in content.barriers)


async def take_turn(
    handle: Handler,
    content: Content,
    session: str,
    message: str,
    lang: str | None = None,
    channel: str = "web",
    guard: Guard | None = None,
) -> list[Reply]:
    """Answer one cleaned message: with a card when it tells of danger, else let Rasa answer it.

    Args:
        handle: Rasa's handler for a message (`Agent.handle_message`, or what a channel is given).
        session: id of the conversation.
        message: what `clean` or `pressed` returned.
        lang: the visitor's language, where it is known. Rasa is told only a language that everything is offered in.
        channel: name of the channel the message came by.
        guard: the check for danger; that of the process by default.

    Returns:
        At least one Reply. When anything fails or takes too long, it says so and where help is.
    """
    guard = guard or default_guard()
    command, offered = message.startswith("/"), guard.offered(session)
    choice = message.removeprefix("/") if command else _typed(content, offered, message)
    if _is_barrier(content, choice):  # fixed words: they need no model
        return guard.shown(session, [barrier_reply(content, choice, lang or guard.language(session) or "en")])
    verdict = None if command else guard.check(session, message)
    if verdict and verdict.tier != AMBIGUOUS:
        return guard.shown(session, [guard.card(content, verdict, lang)])
    said = await _in_parts(handle, content, session, message, lang, channel, offered)
    replies = guard.support(content, session, verdict, said, lang) if verdict else said
    return guard.shown(session, replies or [_sorry(content, lang)], said)


def _typed(content: Content, offered: Sequence[str], message: str) -> str:
    """Which of the choices `offered` was typed, in any language that cards are in; empty when none was."""
    labels = ([button(content, choice, lang) for choice in offered] for lang in content.card_languages)
    return next(filter(None, (chosen(message, each, lexicon_for(content.talk)) for each in labels)), "")


async def _in_parts(
    handle: Handler,
    content: Content,
    session: str,
    message: str,
    lang: str | None,
    channel: str,
    offered: Sequence[str],
) -> list[Reply]:
    """The answers to each question of a message, where they are answers of their own; else that to the whole."""
    deadline = asyncio.get_running_loop().time() + SECONDS  # for all of them together

    async def ask(part: Part) -> list[Reply]:
        known = {"lang": lang if lang in content.languages else None, "notes": part.notes, "offered": offered}
        metadata = {name: value for name, value in known.items() if value}
        return await _rasa(handle, session, part.text, metadata, channel, deadline)

    if message.startswith("/"):
        return await ask(Part(message))
    questions, whole = _taken_apart(content, message)
    replies: list[Reply] = []
    for question in questions:
        answer = await ask(question)
        if not answer:
            return replies
        replies += answer
        if any(reply.topic == "crisis" for reply in answer):
            return answer  # nothing else matters beside a card
    return replies if len(questions) == 1 or apart(replies) else await ask(whole)


def _taken_apart(content: Content, message: str) -> tuple[list[Part], Part]:
    """The questions of a message, and the whole of it as one; the whole as it is when it cannot be taken apart."""
    try:
        parts = parts_for(content.talk)
        return parts.of(message), parts.whole(message)
    except Exception as error:
        # Not the error's own text: it may quote what the visitor wrote.
        logger.error("parts.failed error=%s", type(error).__name__)
        return [Part(message)], Part(message)


async def _rasa(
    handle: Handler, session: str, text: str, metadata: dict[str, Any], channel: str, deadline: float
) -> list[Reply]:
    """What Rasa answers; what it said before it failed, when it does."""
    collector = ReplyCollector()
    turn = UserMessage(text, collector, session, input_channel=channel, metadata=metadata)
    try:
        async with asyncio.timeout_at(deadline):
            await handle(turn)
    except Exception as error:
        # Not the error's own text: it may quote what the visitor wrote.
        logger.error("turn.failed error=%s", type(error).__name__)
    return collector.replies


def _sorry(content: Content, lang: str | None) -> Reply:
    return error_reply(content, "error_help", lang or "en")
