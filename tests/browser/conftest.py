"""A visitor with a real browser: Debian's Chromium, looking at the real server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect, sync_playwright

from bot.channels.page import EXIT_URL

CHROMIUM = shutil.which(os.environ.get("CHROMIUM", "chromium"))
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
EXIT_PAGE = "<!doctype html><title>Weather</title><p>Sunny."

expect.set_options(timeout=15_000)  # machines that test may be busy


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # One per module, not per session: while Playwright's synchronous interface runs, no test may use asyncio.
    if CHROMIUM is None:
        pytest.skip("there is no chromium here: `make system` installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


class Visit:
    """One visitor on the page, what their browser asked for, and what it complained about."""

    def __init__(self, context: BrowserContext, server: str) -> None:
        self.context, self.server = context, server
        self.requests: list[Request] = []
        self.complaints: list[str] = []
        self.sessions: list[str] = []
        context.on("request", lambda request: self.requests.append(request))
        context.route(self._elsewhere, self._answer_elsewhere)
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(f"{server}/")

    def _elsewhere(self, url: str) -> bool:
        return not url.startswith(self.server)

    def _answer_elsewhere(self, route: Route) -> None:
        if route.request.url == EXIT_URL:
            route.fulfill(body=EXIT_PAGE, content_type="text/html")
        else:
            route.abort()

    def ask(self, text: str) -> Any:
        """Type `text`, send it, wait for the answer, and return its `<li>`."""
        self.page.locator("#field").fill(text)
        return self.after(lambda: self.page.keyboard.press("Enter"))

    def choose(self, choice: str) -> Any:
        """Press the latest choice with this id."""
        button = self.page.locator(f"[data-choice={choice}]:not([aria-disabled])").last
        return self.after(button.click)

    def after(self, act: Callable[[], None]) -> Any:
        replies = self.page.locator("#transcript > .reply:not(.wait)")
        before = replies.count()
        with self.page.expect_response("**/chat") as response:
            act()
        self.sessions.append(response.value.json()["session"])
        expect(replies).to_have_count(before + 1)
        return replies.nth(before)

    @property
    def text(self) -> str:
        return str(self.page.locator("body").inner_text())


@pytest.fixture
def visit(chromium: Browser, server: str) -> Iterator[Callable[..., Visit]]:
    """`visit()` opens the page; Playwright's options of a context, such as `viewport`, can be given."""
    contexts = []

    def open_page(**options: Any) -> Visit:
        options.setdefault("viewport", {"width": 1280, "height": 800})
        context = chromium.new_context(**options)
        contexts.append(context)
        return Visit(context, server)

    yield open_page
    for context in contexts:
        context.close()
