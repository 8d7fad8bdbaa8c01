"""How many messages are answered, and for whom."""

from __future__ import annotations

import pytest

from bot.channels.limits import BURST_SECONDS, Limit, Limits
from bot.channels.settings import Settings


class Clock:
    """Time that passes when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def sent(limit: Limit, sender: str, times: int) -> int:
    """How many of `times` messages at once are answered."""
    return sum(limit.wait(sender) == 0 for _ in range(times))


def test_a_burst_is_answered_and_no_more(clock: Clock) -> None:
    assert sent(Limit(60, clock), "one", 100) == BURST_SECONDS


def test_the_wait_that_is_told_is_enough(clock: Clock) -> None:
    limit = Limit(60, clock)
    sent(limit, "one", 100)
    wait = limit.wait("one")
    assert 0 < wait <= 1
    clock.now += wait
    assert limit.wait("one") == 0
    assert limit.wait("one") > 0


@pytest.mark.parametrize("per_minute", [1, 2, 3, 7])
def test_a_low_limit_lets_through_what_it_says(clock: Clock, per_minute: int) -> None:
    limit = Limit(per_minute, clock)
    assert limit.wait("one") == 0, "nobody is refused before the first message"
    minutes, answered = 10, 0
    for _ in range(minutes * 60):
        clock.now += 1
        answered += limit.wait("one") == 0
    assert answered == pytest.approx(minutes * per_minute, abs=2)


def test_what_is_refused_does_not_count(clock: Clock) -> None:
    limit = Limit(60, clock)
    sent(limit, "one", 1000)
    clock.now += BURST_SECONDS
    assert sent(limit, "one", 100) == BURST_SECONDS


def test_each_sender_counts_alone(clock: Clock) -> None:
    limit = Limit(60, clock)
    sent(limit, "one", 100)
    assert limit.wait("other") == 0


def test_who_is_silent_is_forgotten_and_there_are_never_too_many(clock: Clock) -> None:
    limit = Limit(60, clock, most=50)
    for sender in range(200):
        limit.wait(str(sender))
    assert len(limit._even) == 50
    clock.now += 61
    limit.wait("last")
    assert list(limit._even) == ["last"]


def test_zero_is_no_limit(clock: Clock) -> None:
    assert sent(Limit(0, clock), "one", 10_000) == 10_000


def test_E_T2_thirty_pupils_behind_one_address_are_answered() -> None:
    clock = Clock()
    limits = Limits(Settings(), clock)
    for _ in range(120):  # a minute, two messages a second each
        assert not any(limits.wait(f"pupil {pupil}", "203.0.113.9") for pupil in range(30))
        clock.now += 0.5


def test_a_flood_from_one_address_is_slowed_down_whatever_sessions_it_makes_up(clock: Clock) -> None:
    limits = Limits(Settings(address_limit=60), clock)
    assert sum(not limits.wait(str(n), "203.0.113.9") for n in range(100)) == BURST_SECONDS
    assert limits.wait("another", "203.0.113.10") == 0


def test_a_proxy_that_tells_no_addresses_is_not_taken_for_one_visitor(clock: Clock) -> None:
    limits = Limits(Settings(address_limit=60), clock)
    for ours in ("127.0.0.1", "::1", ""):
        assert not any(limits.wait(str(n), ours) for n in range(100))


def test_no_address_is_kept(clock: Clock) -> None:
    limits = Limits(Settings(), clock)
    limits.wait("session", "203.0.113.9")
    assert "203.0.113" not in repr(vars(limits._address))
