"""What all actions share: the turn they see, what it means, and help lines instead of silence when they fail."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.answer import button, error_reply, with_support
from bot.content import Content
from bot.encoder import shared
from bot.load import load_content
from bot.reply import Reply
from bot.talk.nearest import FactFinder
from bot.talk.notes import with_notes
from bot.talk.sense import Heard, Sense

logger = logging.getLogger(__name__)


@cache
def content() -> Content:
    """The content, read once per process."""
    return load_content()


@cache
def finder() -> FactFinder:
    """What knows which fact of a topic a question is about."""
    return FactFinder(content(), lambda texts: shared().encode(texts))


@cache
def sense() -> Sense:
    """What understands a message by what was said before it."""
    return Sense(content(), finder())


@dataclass(frozen=True)
class Turn:
    """What an action may know of the conversation.

    `ranking` holds (intent, confidence) pairs, the likeliest first; `topic` is the last topic answered, `shown` how
    many of its facts were shown, `first` the fact that was shown before the others; `offered` are the ids of the last
    Reply's choices. `notes` says how the question was put (`bot.talk.parts`), `asked` what is left to look for in the
    facts of its topic.
    """

    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    lang: str
    topic: str | None
    shown: int
    first: str = ""
    text: str = ""
    notes: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    asked: str = ""

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        """Read a rasa_sdk tracker. A channel that showed a Reply by itself says in its metadata what that offered."""
        message = tracker.latest_message or {}
        intent, metadata = message.get("intent") or {}, message.get("metadata") or {}
        offered = metadata.get("offered")
        return cls(
            intent=intent.get("name") or "",
            confidence=float(intent.get("confidence") or 0.0),
            ranking=tuple((item["name"], item["confidence"]) for item in message.get("intent_ranking") or ()),
            lang=metadata.get("lang") or tracker.get_slot("lang") or "en",
            topic=tracker.get_slot("topic"),
            shown=int(tracker.get_slot("shown") or 0),
            first=tracker.get_slot("first") or "",
            text=message.get("text") or "",
            notes=tuple(metadata.get("notes") or ()),
            offered=tuple((tracker.get_slot("offered") if offered is None else offered) or ()),
        )


@dataclass(frozen=True)
class Said:
    """A Reply, and the slots to remember with it."""

    reply: Reply
    slots: Mapping[str, Any]


class ReplyAction(Action, ABC):
    """An action that says one Reply."""

    @abstractmethod
    def say(self, turn: Turn) -> Said:
        """Decide what to say."""

    @classmethod
    def takes(cls, intent: str) -> bool:
        """Whether it speaks when a message turns out to mean `intent`, whatever Rasa took it for."""
        return False

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say it; whatever goes wrong on the way, say where help is."""
        try:
            said = self._answer(Turn.of(tracker))
        except Exception as error:
            # Not the error's own text: it may quote what the visitor wrote.
            logger.error("action.failed action=%s error=%s", self.name(), type(error).__name__)
            said = Said(error_reply(content(), "error_help"), {})
        dispatcher.utter_message(text=said.reply.text(), json_message=said.reply.to_dict())
        offered = [choice.id for choice in said.reply.choices]
        return [SlotSet(name, value) for name, value in {**said.slots, "offered": offered}.items()]

    def _answer(self, turn: Turn) -> Said:
        offered = [button(content(), choice, turn.lang) for choice in turn.offered]
        heard = Heard(turn.text, turn.intent, turn.confidence, turn.ranking, turn.topic, offered, turn.notes)
        meant = sense().understand(heard)
        said = self._speaker(turn.intent, meant.intent).say(replace(turn, intent=meant.intent, asked=meant.asked))
        reply = with_notes(said.reply, content(), turn.notes, turn.lang)
        return replace(said, reply=with_support(reply, content(), turn.lang) if meant.support else reply)

    def _speaker(self, heard: str, meant: str) -> ReplyAction:
        """Itself as long as the message means what Rasa took it for."""
        others = (action for action in ReplyAction.__subclasses__() if heard != meant and action.takes(meant))
        speaker = next(others, None)
        return speaker() if speaker else self
