"""What is logged: that something happened and how often, never what was typed."""

from __future__ import annotations

import logging
import warnings

# Rasa writes visitors' messages at DEBUG and sanic their addresses at INFO, so neither level is ever switched on.
_QUIET = (
    "rasa",
    "rasa_sdk",
    "sanic",
    "sanic.root",
    "sanic.error",
    "sanic.access",
    "apscheduler",
    "asyncio",
    "matplotlib",
)


def configure(level: int = logging.INFO) -> None:
    """Send Lantern's own lines to standard error at `level`, other libraries' from WARNING on."""
    import sanic.app  # noqa: F401 (it switches on the notes that the next line switches off)

    warnings.simplefilter("ignore")  # notes of libraries to their developers
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s", force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("bot", "actions"):
        logging.getLogger(name).setLevel(level)

    from rasa.utils.log_utils import configure_structlog

    # Without it structlog prints DEBUG lines, with the visitor's text in them.
    configure_structlog(logging.WARNING)
