"""Memory that starting left behind goes back to the system."""

import gc
from pathlib import Path

from bot.runtime.memory import give_back


def resident() -> int:
    """Resident memory of this process, in pages."""
    return int(Path("/proc/self/statm").read_text().split()[1])


def test_freed_memory_is_given_back() -> None:
    pieces = [bytes(1000) for _ in range(100_000)]
    kept = pieces[-1]  # at the end of the heap, so that the C library does not give it back by itself
    before = resident()
    del pieces
    give_back()
    assert before - resident() > 10_000  # of 24,000 pages
    assert kept


def test_the_collector_leaves_alone_what_was_there() -> None:
    give_back()
    assert gc.get_freeze_count() > 1000
    gc.unfreeze()
