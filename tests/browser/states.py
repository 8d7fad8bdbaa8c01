"""The states of the page that are looked at: by axe, for the way out, and for the pictures in docs/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_chat import QUESTION

CRISIS = "I am in danger"


def _talk(visitor: Visit) -> None:
    for turn in range(5):
        visitor.ask(f"{QUESTION} {turn}")


def _use_choices(visitor: Visit) -> None:
    visitor.choose("signs")
    visitor.choose("more")


def _lose_the_server(visitor: Visit) -> None:
    visitor.context.set_offline(True)
    visitor.page.locator("#field").fill("please help me")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#transcript > .crisis")).to_be_visible()


def _change_language(visitor: Visit) -> None:
    visitor.page.locator("#languages a").click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "es")
    visitor.ask(QUESTION)


def _say_it_was_not_useful(visitor: Visit) -> None:
    visitor.ask(QUESTION).get_by_role("button", name="No", exact=True).click()


STATES: dict[str, Callable[[Visit], Any]] = {
    "start": lambda visitor: None,
    "safety": lambda visitor: visitor.page.locator("#safety summary").click(),
    "role": lambda visitor: visitor.page.locator(".role summary").first.click(),
    "answer": lambda visitor: visitor.ask(QUESTION),
    "source": lambda visitor: visitor.ask(QUESTION).locator(".cite").first.click(),
    "ten messages": _talk,
    "choices used": _use_choices,
    "not useful": _say_it_was_not_useful,
    "crisis": lambda visitor: visitor.ask(CRISIS),
    "offline": _lose_the_server,
    "hidden": lambda visitor: visitor.page.locator("#hide").click(),
    "Spanish": _change_language,
}
"""What a visitor does, from the first screen on, to come there."""
