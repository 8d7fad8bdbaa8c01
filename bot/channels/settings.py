"""What whoever runs Lantern can set for the web channel, read from the environment once at start."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

import msgspec

EXIT_URL = "https://www.weather.gov/"
"""Where "Leave this page" goes unless LANTERN_EXIT_URL says otherwise: neutral, the same for everyone."""

_ORIGIN = re.compile(r"https?://(\*\.)?[\w-]+(\.[\w-]+)*(:\d+)?")


class BadSetting(ValueError):
    """A variable holds something that cannot be used; the text says which and what to write."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The web channel's settings.

    Attributes:
        exit_url: where the visitor is taken on leaving.
        embed_origins: sites that may show the chat in a frame.
        session_limit: messages a minute in one conversation; 0 is no limit.
        address_limit: messages a minute from one address; 0 is no limit.
        proxies: how many proxies of our own stand in front and pass on the visitor's address.
    """

    exit_url: str = EXIT_URL
    embed_origins: tuple[str, ...] = ()
    session_limit: int = 180
    address_limit: int = 6000
    proxies: int = 0

    @classmethod
    def read(cls, variables: Mapping[str, str] = os.environ) -> Settings:
        """The settings of the environment.

        Raises:
            BadSetting: a variable is no address or no number.
        """
        given = {field: variables[name] for field, name in VARIABLES.items() if variables.get(name)}
        exit_url = given.get("exit_url", EXIT_URL)
        if not exit_url.startswith(("https://", "http://")):
            raise BadSetting(f"{VARIABLES['exit_url']} must begin with https://")
        origins = tuple(given.get("embed_origins", "").split())
        for origin in origins:
            if not _ORIGIN.fullmatch(origin):
                name = VARIABLES["embed_origins"]
                raise BadSetting(f"{name}: write origins such as https://www.example.org, not {origin!r}")
        return cls(
            exit_url=exit_url,
            embed_origins=origins,
            **{field: _number(VARIABLES[field], given[field]) for field in NUMBERS if field in given},
        )


VARIABLES = {
    "exit_url": "LANTERN_EXIT_URL",
    "embed_origins": "LANTERN_EMBED_ORIGINS",
    "session_limit": "LANTERN_SESSION_LIMIT",
    "address_limit": "LANTERN_ADDRESS_LIMIT",
    "proxies": "LANTERN_PROXIES",
}
NUMBERS = ("session_limit", "address_limit", "proxies")


def _number(name: str, value: str) -> int:
    if not value.isdecimal():
        raise BadSetting(f"{name} must be a whole number, not {value!r}")
    return int(value)
