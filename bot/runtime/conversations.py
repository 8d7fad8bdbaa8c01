"""The conversations that are going on: a few slots each, in memory, forgotten after 30 minutes or on leaving.

Rasa's own stores keep every event of a conversation, with what was typed, and read all of it again for each message.
Lantern's dialogue needs only its slots (the last topic, how far it was read, the language), so only these are kept:
no text is held past its turn, and message two hundred costs what message two did.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_SLOT_NAMES
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

MINUTES = 30


@dataclass(frozen=True, slots=True)
class _Kept:
    expires: float
    slots: dict[str, Any]


class ConversationStore(TrackerStore):
    """Rasa tracker store that keeps slots only, in memory.

    Args:
        minutes: how long a conversation is kept after its last message.
        most: how many are kept at once; the one silent for longest goes first.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        minutes: float = MINUTES,
        most: int = 100_000,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._seconds = minutes * 60
        self._most = most
        self._kept: dict[str, _Kept] = {}  # the one silent for longest stands first

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the slots of a conversation that has any turn behind it."""
        self.sweep()
        self._kept.pop(tracker.sender_id, None)
        slots = {
            name: slot.value
            for name, slot in tracker.slots.items()
            if name not in DEFAULT_SLOT_NAMES and slot.value != slot.initial_value
        }
        self._kept[tracker.sender_id] = _Kept(time.monotonic() + self._seconds, slots)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """A conversation ready for its next message, or None when it is unknown, expired or was ended."""
        self.sweep()
        kept = self._kept.get(sender_id)
        if kept is None:
            return None
        tracker = self.init_tracker(sender_id)
        tracker.update(SessionStarted())
        for name, value in kept.slots.items():
            if name in tracker.slots:
                tracker.update(SlotSet(name, value))
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def exists(self, conversation_id: str) -> bool:
        """Whether the conversation is still going on."""
        self.sweep()
        return conversation_id in self._kept

    async def forget(self, sender_id: str) -> None:
        """Drop a conversation at once; nothing happens when there is none."""
        self._kept.pop(sender_id, None)

    async def keys(self) -> Iterable[str]:
        """Ids of the conversations that are going on."""
        self.sweep()
        return list(self._kept)

    def sweep(self) -> None:
        """Drop what has expired."""
        now = time.monotonic()
        while self._kept:
            oldest = next(iter(self._kept))
            if self._kept[oldest].expires > now and len(self._kept) <= self._most:
                return
            del self._kept[oldest]
