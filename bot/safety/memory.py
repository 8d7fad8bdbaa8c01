"""What is remembered of a conversation between its turns: a `State`, which holds no words, for half an hour at most."""

from __future__ import annotations

import time
from collections.abc import Callable

from cachetools import TTLCache

from bot.safety.net import State

MINUTES = 30
NOTHING = State()


class Memory:
    """The states of the conversations that are going on.

    Args:
        minutes: how long one is kept after its last message.
        most: how many are kept at once; the one silent for longest goes first.
        timer: the clock, in seconds.
    """

    def __init__(
        self, minutes: float = MINUTES, most: int = 100_000, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._kept: TTLCache[str, State] = TTLCache(most, minutes * 60, timer)

    def state(self, session: str) -> State:
        """The state of a conversation; an empty one when it is unknown or expired."""
        return self._kept.get(session, NOTHING)

    def keep(self, session: str, state: State) -> None:
        """Remember a state, unless there is nothing in it."""
        self.forget(session)
        if state != NOTHING:
            self._kept[session] = state

    def knows(self, session: str) -> bool:
        """Whether anything is kept of the conversation."""
        return session in self._kept

    def forget(self, session: str) -> None:
        """Drop a conversation at once; nothing happens when there is none."""
        self._kept.pop(session, None)

    def sweep(self) -> None:
        """Give back what has expired now, not with the next message."""
        self._kept.expire()
