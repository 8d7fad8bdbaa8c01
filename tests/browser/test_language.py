"""The page in another language, which appears as soon as the content has one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from bot.load import load_content
from tests.browser.conftest import Visit
from tests.browser.test_leaving import press_shift

Open = Callable[..., Visit]


@pytest.fixture
def foreign(visit: Open, standin: str) -> Callable[..., Visit]:
    """A visit where the content has two languages."""
    return lambda path="/", **options: visit(address=f"{standin}{path}", own=(standin,), **options)


def test_there_is_a_link_for_each_other_language_that_the_content_has(visit: Open) -> None:
    assert visit().page.locator("#languages a").count() == len(load_content().languages) - 1


def test_the_language_changes_in_place(foreign: Open) -> None:
    visitor = foreign()
    page = visitor.page
    visitor.ask("what are the signs?")
    page.locator("#field").fill("half a sentence")
    before = page.evaluate("[location.href, history.length]")
    page.get_by_role("link", name="[es] English").click()
    expect(page.locator("#exit")).to_have_text("[es] Leave this page")
    assert page.evaluate("[location.href, history.length]") == before
    assert page.evaluate("document.documentElement.lang") == "es"
    assert page.evaluate("document.activeElement.lang") == "en", "the focus is on the way back"
    assert page.locator("#history").get_attribute("aria-label") == "[es] Chat history"
    assert page.locator("#help-bar").get_attribute("aria-label") == "[es] Help now"
    assert page.locator("#transcript > .reply").count() == 1
    assert page.locator("#field").input_value() == "half a sentence"
    assert page.locator("header a[href^='tel:']").count() == 0
    page.locator("#field").fill("otra pregunta")
    answer = visitor.after(lambda: page.keyboard.press("Enter"))
    assert visitor.requests[-1].post_data_json["lang"] == "es"
    assert answer.get_attribute("lang") == "es"
    assert len(set(visitor.sessions)) == 1
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.locator("#exit")).to_have_text("Leave this page")
    assert visitor.complaints == []


def test_T4_shift_leaves_in_every_language(foreign: Open) -> None:
    page = foreign().page
    page.get_by_role("link", name="[es] English").click()
    expect(page.locator("#exit")).to_have_text("[es] Leave this page")
    press_shift(page)
    page.wait_for_url("https://www.weather.gov/")


def test_T13_the_first_stops_of_the_keyboard(foreign: Open) -> None:
    page = foreign("/?lang=es").page
    stops = []
    for _ in range(2):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.innerText"))
    assert stops == ["[es] Skip to chat", "[es] Leave this page"]


def test_the_language_of_the_browser_is_the_first(foreign: Open) -> None:
    visitor = foreign(locale="es-MX")
    assert visitor.page.locator("#exit").inner_text() == "[es] Leave this page"
    visitor.ask("señales")
    assert visitor.requests[-1].post_data_json["lang"] == "es"


def test_while_nobody_has_chosen_the_visitors_words_tell_the_language(foreign: Open) -> None:
    visitor = foreign()
    visitor.ask("hola")
    assert "lang" not in visitor.requests[-1].post_data_json


def test_a_language_that_cannot_be_had_changes_nothing(foreign: Open) -> None:
    visitor = foreign()
    visitor.context.set_offline(True)
    visitor.page.locator("#languages a").click()
    expect(visitor.page.locator("#transcript > .crisis")).to_contain_text("911")
    assert visitor.page.locator("#exit").inner_text() == "Leave this page"
