"""What all actions share: the turn they see, and help lines instead of silence when they fail."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.answer import error_reply
from bot.content import Content
from bot.load import load_content
from bot.reply import Reply

logger = logging.getLogger(__name__)


@cache
def content() -> Content:
    """The content, read once per process."""
    return load_content()


@dataclass(frozen=True)
class Turn:
    """What an action may know of the conversation.

    `ranking` holds (intent, confidence) pairs, the likeliest first; `topic` is the last topic answered and `shown`
    how many of its facts were shown.
    """

    intent: str
    ranking: tuple[tuple[str, float], ...]
    lang: str
    topic: str | None
    shown: int

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        """Read a rasa_sdk tracker."""
        message = tracker.latest_message or {}
        return cls(
            intent=(message.get("intent") or {}).get("name") or "",
            ranking=tuple((item["name"], item["confidence"]) for item in message.get("intent_ranking") or ()),
            lang=(message.get("metadata") or {}).get("lang") or tracker.get_slot("lang") or "en",
            topic=tracker.get_slot("topic"),
            shown=int(tracker.get_slot("shown") or 0),
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

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say it; whatever goes wrong on the way, say where help is."""
        try:
            said = self.say(Turn.of(tracker))
        except Exception as error:
            # Not the error's own text: it may quote what the visitor wrote.
            logger.error("action.failed action=%s error=%s", self.name(), type(error).__name__)
            said = Said(error_reply(content(), "error_help"), {})
        dispatcher.utter_message(text=said.reply.text(), json_message=said.reply.to_dict())
        return [SlotSet(name, value) for name, value in said.slots.items()]
