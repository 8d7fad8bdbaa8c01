"""Requests that another site's page has sent."""

from __future__ import annotations

import pytest

from bot.channels.headers import from_elsewhere, page_policy

OWN = {"host": "lantern.example"}


@pytest.mark.parametrize(
    ("headers", "elsewhere"),
    [
        ({}, False),  # a program, not a browser
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, False),  # our own form
        ({"sec-fetch-site": "cross-site", "origin": "https://lantern.example"}, True),
        ({"origin": "https://lantern.example"}, False),
        ({"origin": "https://lantern.example.evil.example"}, True),
        ({"origin": "https://evil.example"}, True),
        ({"origin": "null"}, False),
        ({"origin": "https://www.lantern.example", "x-forwarded-host": "www.lantern.example"}, False),
    ],
)
def test_another_sites_page_is_known(headers: dict[str, str], elsewhere: bool) -> None:
    assert from_elsewhere({**OWN, **headers}) is elsewhere


def test_only_the_sites_that_were_named_may_frame_a_page() -> None:
    assert "frame-ancestors 'none'" in page_policy("sha256-x")["Content-Security-Policy"]
    named = page_policy("sha256-x", ("https://a.example", "https://b.example"))["Content-Security-Policy"]
    assert "frame-ancestors https://a.example https://b.example;" in named
