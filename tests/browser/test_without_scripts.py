"""The page in a browser that runs no scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.channels.settings import EXIT_URL
from bot.load import load_content
from tests.browser.conftest import Visit

Open = Callable[..., Visit]

CONTENT = load_content()
NUMBERS = [CONTENT.helplines[line].call for line in ("emergency", "hotline", "lifeline")] + [
    CONTENT.helplines["hotline"].text
]


@pytest.fixture
def plain(visit: Open, standin: str) -> Callable[[], Visit]:
    """A visit without scripts."""
    return lambda: visit(address=f"{standin}/", own=(standin,), java_script_enabled=False)


def test_T6_the_way_out_and_the_numbers_are_there(plain: Open) -> None:
    visitor = plain()
    assert [number for number in NUMBERS if number not in visitor.text] == []
    visitor.page.locator("#exit").click()
    visitor.page.wait_for_url(EXIT_URL)


def test_A24_the_form_is_answered_by_a_full_page(plain: Open) -> None:
    visitor = plain()
    visitor.page.locator("#field").fill("what are the canary signs?")
    visitor.page.locator("#send").click()
    answer = visitor.page.locator("#transcript > .reply")
    assert answer.locator(".sources li").count() >= 1
    assert "canary" not in visitor.text
    assert visitor.page.url.endswith("/ask")
    answer.get_by_role("button", name="Tell me more").click()
    assert visitor.page.locator("#transcript > .reply").count() == 1
    visitor.page.locator("#field").fill("I am in danger")
    visitor.page.locator("#send").click()
    assert visitor.page.locator("#transcript > .crisis").is_visible()
    assert visitor.page.title() == "Safety facts and chat"


def test_after_an_answer_the_language_can_be_changed_and_the_address_opened_again(plain: Open) -> None:
    page = plain().page
    page.locator("#start [data-choice]").first.click()
    address = page.url
    page.get_by_role("link", name="[es] English").click()
    assert page.locator("#exit").inner_text() == "[es] Leave this page"
    page.goto(address)
    assert page.locator("#start").is_visible()


def test_A24_the_first_screen_can_be_used(plain: Open) -> None:
    visitor = plain()
    visitor.page.locator(".role summary").first.click()
    visitor.page.locator(".role [data-choice]:visible").first.click()
    assert visitor.page.locator("#transcript > .reply").is_visible()
    visitor.page.locator("#safety summary").click()
    assert visitor.page.locator("#safety li").first.is_visible()


def test_A24_every_answer_can_be_read_and_searched(plain: Open) -> None:
    visitor = plain()
    visitor.page.get_by_role("link", name="All answers").click()
    visitor.page.get_by_role("link", name=CONTENT.topics["signs"].question["en"], exact=True).click()
    text = visitor.text
    assert [fact for fact in CONTENT.topics["signs"].facts if CONTENT.facts[fact].text["en"] not in text] == []
    assert NUMBERS[1] in text
    address = f"{visitor.page.title()} {visitor.page.url}".lower()
    assert not any(word in address for word in ("traffick", "abuse", "exploit", "sex", "trata", "victim", "sign"))
    visitor.page.locator("#exit").click()
    visitor.page.wait_for_url(EXIT_URL)
