"""Showing that something is going on, on standard error and only where a person is watching."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def elapsed(doing: str) -> Iterator[None]:
    """A line with the seconds that have passed, for work whose end nobody can foresee."""
    done = threading.Event()
    with tqdm(desc=doing, bar_format="{desc} … {elapsed}", disable=None, leave=False) as line:

        def tick() -> None:
            while not done.wait(0.5):
                line.refresh()

        clock = threading.Thread(target=tick, daemon=True)
        clock.start()
        try:
            yield
        finally:
            done.set()
            clock.join()
