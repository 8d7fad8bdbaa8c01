"""The conversations that are going on: a few slots each, in memory, forgotten after 30 minutes or on leaving.

Rasa's own stores keep every event of a conversation, with what was typed, and read all of it again for each message.
Lantern's dialogue needs only its slots (the last topic, how far it was read, the language), so only these are kept:
no text is held past its turn, and message two hundred costs what message two did.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from cachetools import TTLCache
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_SLOT_NAMES
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

MINUTES = 30


class ConversationStore(TrackerStore):
    """Rasa tracker store that keeps slots only, in memory.

    Args:
        minutes: how long a conversation is kept after its last message.
        most: how many are kept at once; the one silent for longest goes first.
        timer: the clock, in seconds.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        minutes: float = MINUTES,
        most: int = 100_000,
        timer: Callable[[], float] = time.monotonic,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._kept: TTLCache[str, dict[str, Any]] = TTLCache(most, minutes * 60, timer)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the slots of a conversation that has any turn behind it."""
        self._kept[tracker.sender_id] = {
            name: slot.value
            for name, slot in tracker.slots.items()
            if name not in DEFAULT_SLOT_NAMES and slot.value != slot.initial_value
        }

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """A conversation ready for its next message, or None when it is unknown, expired or was ended."""
        kept = self._kept.get(sender_id)
        if kept is None:
            return None
        tracker = self.init_tracker(sender_id)
        tracker.update(SessionStarted())
        for name, value in kept.items():
            if name in tracker.slots:
                tracker.update(SlotSet(name, value))
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def exists(self, conversation_id: str) -> bool:
        """Whether the conversation is still going on."""
        return conversation_id in self._kept

    async def forget(self, sender_id: str) -> None:
        """Drop a conversation at once; nothing happens when there is none."""
        self._kept.pop(sender_id, None)

    async def keys(self) -> Iterable[str]:
        """Ids of the conversations that are going on."""
        return list(self._kept)

    def sweep(self) -> None:
        """Give back what has expired now, not with the next message."""
        self._kept.expire()
