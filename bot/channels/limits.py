"""How often one conversation, or one address, may send something.

A school of thirty shares one address, so the address's limit is wide and the conversation's is the one that matters.
Nothing here decides what an over-limit message gets: whoever is in danger is answered all the same.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import time
from collections.abc import Callable

from cachetools import TLRUCache

from bot.channels.settings import Settings

BURST_SECONDS = 20
"""A sender may use up this many seconds' worth of messages at once, and one message at least."""


class Limit:
    """At most `per_minute` messages a minute for each sender; 0 is no limit.

    For each sender one number is kept: when all that was sent so far would be spread evenly. Senders whose moment has
    passed are forgotten, and beyond `most` the one silent for longest. It is a leaky bucket without a timer.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic, most: int = 100_000) -> None:
        self._seconds = 60 / per_minute if per_minute else 0.0
        self._burst = max(BURST_SECONDS, self._seconds)
        self._clock = clock
        self._even: TLRUCache[str, float] = TLRUCache(most, lambda sender, even, now: even, clock)

    def wait(self, sender: str) -> float:
        """Count a message of `sender`; returns the seconds to wait when there were too many, else 0."""
        if not self._seconds:
            return 0.0
        now = self._clock()
        even = self._even.get(sender, now)
        ahead = even - now - self._burst + self._seconds
        self._even[sender] = even if ahead > 0 else even + self._seconds
        return max(0.0, ahead)


class Limits:
    """Both limits of the web channel."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._session = Limit(settings.session_limit, clock)
        self._address = Limit(settings.address_limit, clock)
        self._key = secrets.token_bytes(16)

    def wait(self, session: str | None, address: str) -> float:
        """Seconds to wait before the next message, 0 when it may be answered now.

        A message that comes from this machine is a proxy's that does not say whose it is: counting it would make all
        visitors one. Addresses are kept only as a keyed hash, in memory.
        """
        by_session = self._session.wait(session) if session else 0.0
        if _is_ours(address):
            return by_session
        hashed = hashlib.blake2b(address.encode(), key=self._key, digest_size=8).hexdigest()
        return max(by_session, self._address.wait(hashed))


def _is_ours(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return True  # a Unix socket
