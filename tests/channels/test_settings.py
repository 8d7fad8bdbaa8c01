"""What can be set in the environment."""

from __future__ import annotations

import pytest

from bot.channels.settings import EXIT_URL, BadSetting, Settings


def test_nothing_has_to_be_set() -> None:
    assert Settings.read({}) == Settings(exit_url=EXIT_URL)


def test_everything_can_be_set() -> None:
    assert Settings.read(
        {
            "LANTERN_EXIT_URL": "https://example.org/news",
            "LANTERN_EMBED_ORIGINS": "https://www.example.org https://*.school.example http://localhost:8000",
            "LANTERN_SESSION_LIMIT": "0",
            "LANTERN_ADDRESS_LIMIT": "9000",
            "LANTERN_PROXIES": "1",
        }
    ) == Settings(
        exit_url="https://example.org/news",
        embed_origins=("https://www.example.org", "https://*.school.example", "http://localhost:8000"),
        session_limit=0,
        address_limit=9000,
        proxies=1,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LANTERN_EXIT_URL", "javascript:alert(1)"),
        ("LANTERN_EXIT_URL", "weather.gov"),
        ("LANTERN_EMBED_ORIGINS", "*"),
        ("LANTERN_EMBED_ORIGINS", "https://example.org/path"),
        ("LANTERN_EMBED_ORIGINS", "https://example.org; script-src *"),
        ("LANTERN_SESSION_LIMIT", "many"),
        ("LANTERN_PROXIES", "-1"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_name(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        Settings.read({name: value})
