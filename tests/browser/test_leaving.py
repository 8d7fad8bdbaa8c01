"""Leaving fast: nothing stays behind, and nobody leaves by accident."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from bot.channels.settings import EXIT_URL
from tests.browser.conftest import Visit
from tests.browser.test_chat import KEPT_BY_THE_BROWSER, QUESTION

Open = Callable[..., Visit]


def stay_there(route: Route) -> None:
    """Answers so that the browser stays where it is: what the visitor would see until the other page comes."""
    route.fulfill(status=204)


def names_read_out(page: Page) -> set[str]:
    """All that a screen reader finds on the page, in frames too."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return {name for node in nodes if (name := node.get("name", {}).get("value"))}


def press_shift(page: Page, times: int = 3) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def same_session(server: str, session: str) -> bool:
    body = {"session": session, "choice": "signs"}
    return bool(httpx.post(f"{server}/chat", json=body, timeout=30).json()["session"] == session)


def assert_ended(server: str, session: str) -> None:
    """The browser sends its last message while it is leaving, so it may take a moment to arrive."""
    deadline = time.monotonic() + 5
    while same_session(server, session):
        assert time.monotonic() < deadline, "the conversation goes on"
        time.sleep(0.1)


def test_T2_T8_T17_the_link_leaves_nothing_behind(visit: Open, server: str) -> None:
    visitor = visit()
    visitor.ask("canary: is this confidential?")
    session = visitor.sessions[-1]
    assert same_session(server, session)
    visitor.page.locator("#exit").click()
    visitor.page.wait_for_url(EXIT_URL)
    assert_ended(server, session)
    assert visitor.history() == ["about:blank", EXIT_URL]
    visitor.page.go_back()
    assert "canary" not in visitor.page.content()
    visitor.page.goto(server)
    assert visitor.page.evaluate(KEPT_BY_THE_BROWSER) == ["", 0, 0, 0, 0, 0]
    assert visitor.page.locator("#transcript > *").count() == 0
    assert visitor.page.locator("#field").input_value() == ""


def test_T1_the_page_is_covered_and_empty_within_a_tenth_of_a_second(visit: Open) -> None:
    visitor = visit()
    visitor.ask("canary: is this confidential?")
    visitor.page.locator("#field").fill("canary")
    visitor.context.route(EXIT_URL, stay_there)
    seen: dict[str, Any] = visitor.page.evaluate("""async () => {
        const began = performance.now()
        document.getElementById("exit").click()
        const { x, y, width, height } = document.querySelector(".cover").getBoundingClientRect()
        const now = {
            covers: x === 0 && y === 0 && width >= innerWidth && height >= innerHeight,
            text: document.body.textContent,
            title: document.title,
            html: document.documentElement.outerHTML,
        }
        await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))
        return { ...now, after: performance.now() - began }
    }""")
    assert seen["text"] == "Loading."
    assert seen["title"] == ""
    assert seen["covers"]
    assert "canary" not in seen["html"]
    assert seen["after"] < 100
    assert names_read_out(visitor.page) == {"Loading."}


def test_T7_a_failed_network_does_not_hinder_leaving(visit: Open) -> None:
    visitor = visit()
    visitor.ask(QUESTION)
    visitor.context.set_offline(True)
    visitor.page.evaluate("document.getElementById('exit').click()")
    visitor.page.wait_for_timeout(300)
    assert "trafficked" not in visitor.page.content()


@pytest.mark.parametrize("place", ["body", "#field", ".sources summary", ".reply [data-choice]"])
def test_T4_shift_three_times_leaves(visit: Open, place: str) -> None:
    visitor = visit()
    visitor.ask(QUESTION)
    if place == "body":
        visitor.page.evaluate("document.activeElement.blur()")
    else:
        visitor.page.locator(place).first.focus()
    press_shift(visitor.page)
    visitor.page.wait_for_url(EXIT_URL)


def test_T4_slow_presses_count_when_less_than_five_seconds_apart(visit: Open) -> None:
    visitor = visit(clock=True)
    press_shift(visitor.page, 1)
    visitor.page.clock.fast_forward(4900)
    press_shift(visitor.page, 1)
    visitor.page.clock.fast_forward(4900)
    press_shift(visitor.page, 1)
    visitor.page.wait_for_url(EXIT_URL)


def _type_in_capitals(page: Page) -> None:
    page.keyboard.down("Shift")
    page.keyboard.type("HELP ME NOW")
    page.keyboard.up("Shift")
    for letter in "HELP ME NOW":
        page.keyboard.press(f"Shift+{letter if letter != ' ' else 'Space'}")


def _wait_too_long(page: Page) -> None:
    press_shift(page, 2)
    page.clock.fast_forward(5100)
    press_shift(page, 1)


def _click_between(page: Page) -> None:
    press_shift(page, 2)
    page.locator("h1").click()
    press_shift(page, 1)


def _press(*keys: str) -> Callable[[Page], None]:
    return lambda page: [page.keyboard.press(key) for key in keys] and None


STAYING: dict[str, Callable[[Page], None]] = {
    "twice": lambda page: press_shift(page, 2),
    "another key between": _press("Shift", "Shift", "a", "Shift", "Shift"),
    "capitals": _type_in_capitals,
    "back through the page": _press(*["Shift+Tab"] * 5),
    "new lines": _press(*["Shift+Enter"] * 4),
    "other keyboard layout": _press(*["Control+Shift"] * 4),
    "Escape": _press(*["Escape"] * 5),
    "too slow": _wait_too_long,
    "a click between": _click_between,
    "held down": lambda page: [page.keyboard.down("Shift") for _ in range(9)] and page.keyboard.up("Shift"),
}


@pytest.mark.parametrize("does", STAYING.values(), ids=STAYING.keys())
def test_T5_nobody_leaves_by_accident(visit: Open, does: Callable[[Page], None]) -> None:
    visitor = visit(clock=True)
    here = visitor.page.url
    visitor.page.locator("#field").focus()
    does(visitor.page)
    visitor.page.wait_for_timeout(200)
    assert visitor.page.url == here
    assert visitor.page.locator("#start").is_visible()


def test_reloading_ends_the_session_and_starts_clean(visit: Open, server: str) -> None:
    visitor = visit()
    visitor.ask(QUESTION)
    visitor.page.locator("#field").fill("half a sentence")
    visitor.page.reload()
    assert_ended(server, visitor.sessions[-1])
    assert visitor.page.locator("#transcript > *").count() == 0
    assert visitor.page.locator("#field").input_value() == ""


def test_S21_a_page_that_the_browser_kept_starts_clean(visit: Open) -> None:
    visitor = visit()
    visitor.ask(QUESTION)
    with visitor.page.expect_navigation():
        visitor.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(visitor.page.locator("#transcript > *")).to_have_count(0)
