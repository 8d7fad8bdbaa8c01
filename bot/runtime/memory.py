"""Give memory back to the system when starting is over."""

from __future__ import annotations

import ctypes
import gc


def give_back() -> None:
    """Drop what starting left behind, and let the collector never look at the rest again.

    Loading a model takes and frees some forty megabytes in small pieces, which the C library would keep for later.
    Only glibc has the call; elsewhere nothing happens.
    """
    gc.collect()
    gc.freeze()  # what is there now stays: looking through it again and again would cost messages their time
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
