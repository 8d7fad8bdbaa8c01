"""What is remembered of a conversation between its turns: a `State`, which holds no words, for half an hour at most."""

from __future__ import annotations

import time
from dataclasses import dataclass

from bot.safety.net import State

MINUTES = 30
NOTHING = State()


@dataclass(frozen=True, slots=True)
class _Kept:
    expires: float
    state: State


class Memory:
    """The states of the conversations that are going on.

    Args:
        minutes: how long one is kept after its last message.
        most: how many are kept at once; the one silent for longest goes first.
    """

    def __init__(self, minutes: float = MINUTES, most: int = 100_000) -> None:
        self._seconds = minutes * 60
        self._most = most
        self._kept: dict[str, _Kept] = {}  # the one silent for longest stands first

    def state(self, session: str) -> State:
        """The state of a conversation; an empty one when it is unknown or expired."""
        self._sweep()
        kept = self._kept.get(session)
        return kept.state if kept else NOTHING

    def keep(self, session: str, state: State) -> None:
        """Remember a state, unless there is nothing in it."""
        self._kept.pop(session, None)
        if state != NOTHING:
            self._kept[session] = _Kept(time.monotonic() + self._seconds, state)
        self._sweep()

    def knows(self, session: str) -> bool:
        """Whether anything is kept of the conversation."""
        self._sweep()
        return session in self._kept

    def forget(self, session: str) -> None:
        """Drop a conversation at once; nothing happens when there is none."""
        self._kept.pop(session, None)

    def _sweep(self) -> None:
        now = time.monotonic()
        while self._kept:
            oldest = next(iter(self._kept))
            if self._kept[oldest].expires > now and len(self._kept) <= self._most:
                return
            del self._kept[oldest]
