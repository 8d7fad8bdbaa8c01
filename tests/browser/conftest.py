"""A visitor with a real browser: Debian's Chromium, looking at the real server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect, sync_playwright

from bot.channels.settings import EXIT_URL
from tests.conftest import StandIn

CHROMIUM = shutil.which(os.environ.get("CHROMIUM", "chromium"))
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
LOUD = ("error", "warning")
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
        pytest.fail("there is no chromium here: `make system` installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def standin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the web channel without Rasa, in two languages (tests/channels/standin.py)."""
    folder = tmp_path_factory.mktemp("standin")
    server = StandIn(folder, folder / "log")
    server.wait()
    yield server.url
    server.stop()


class Visit:
    """One visitor on the page, what their browser asked for, and what it complained about.

    Args:
        own: the servers that are really asked; everything else is made up or refused.
        address: where the visit begins.
        clock: whether the page's time stands still until the test moves it (`page.clock`).
    """

    def __init__(self, context: BrowserContext, own: tuple[str, ...], address: str, clock: bool = False) -> None:
        self.context, self.own = context, own
        self.requests: list[Request] = []
        self.complaints: list[str] = []
        self.sessions: list[str] = []
        context.on("request", lambda request: self.requests.append(request))
        context.route(lambda url: not url.startswith(self.own), self._answer_elsewhere)
        context.set_default_timeout(10_000)
        self.page: Page = context.new_page()
        if clock:
            self.page.clock.install(time=0)
        self.page.on("console", lambda message: message.type in LOUD and self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(address)
        if clock:
            self.page.clock.pause_at(60)  # seconds

    def _answer_elsewhere(self, route: Route) -> None:
        if route.request.url == EXIT_URL:
            route.fulfill(body=EXIT_PAGE, content_type="text/html")
        else:
            route.abort()

    def history(self) -> list[str]:
        """The addresses that the browser's Back and Forward lead to."""
        entries = self.context.new_cdp_session(self.page).send("Page.getNavigationHistory")["entries"]
        return [entry["url"] for entry in entries]

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
def visit(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visit]]:
    """`visit()` opens the page; Playwright's options of a context, such as `viewport`, can be given."""
    contexts = []

    def open_page(address: str = "", own: tuple[str, ...] = (), clock: bool = False, **options: Any) -> Visit:
        if not address:
            server = request.getfixturevalue("server")
            address, own = f"{server}/", (server,)
        options.setdefault("viewport", {"width": 1280, "height": 800})
        context = chromium.new_context(**options)
        contexts.append(context)
        return Visit(context, own, address, clock)

    yield open_page
    for context in contexts:
        context.close()
