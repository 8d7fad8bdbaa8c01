"""The page on small screens, at a large zoom, in both color schemes, with the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Visit
from tests.browser.test_chat import CRISIS, QUESTION

Open = Callable[..., Visit]
Act = Callable[[Visit], Any]

PHONE = {"width": 320, "height": 568}
ZOOMED = {"width": 320, "height": 256}  # 1280 x 1024 at 400 %

STATES: dict[str, Act] = {
    "start": lambda visitor: None,
    "answer": lambda visitor: visitor.ask(QUESTION).locator(".cite").first.click(),
    "crisis": lambda visitor: visitor.ask(CRISIS),
    "long word": lambda visitor: visitor.ask("a" * 300),
}

SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, summary, textarea")]
    .filter((element) => element.checkVisibility() && !element.matches(".cite, .skip"))
    .filter((element) => {
        const { width, height } = element.getBoundingClientRect()
        return width < 43.5 || height < 43.5
    }).map((element) => element.outerHTML)"""

# The color of every text against what is painted behind it.
CONTRASTS = """() => {
    const read = (color) => color.match(/[\\d.]+/g).map(Number)
    const light = (color) => read(color).slice(0, 3)
        .map((part) => part / 255)
        .map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
        .reduce((sum, part, index) => sum + part * [.2126, .7152, .0722][index], 0)
    const behind = (element) => {
        for (; element; element = element.parentElement) {
            const color = getComputedStyle(element).backgroundColor
            if (read(color)[3] !== 0) return color
        }
    }
    const texts = [...document.querySelectorAll("body *")]
        .filter((element) => element.checkVisibility() && !element.closest(".hidden"))
        .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    return texts.map((element) => {
        const [a, b] = [light(getComputedStyle(element).color), light(behind(element))].sort((x, y) => y - x)
        return [(a + .05) / (b + .05), element.closest(".crisis") !== null, element.outerHTML.slice(0, 120)]
    })
}"""


@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
@pytest.mark.parametrize("size", [PHONE, ZOOMED], ids=["phone", "zoomed"])
def test_nothing_runs_off_a_small_screen(visit: Open, size: dict[str, int], state: Act) -> None:
    visitor = visit(viewport=size)
    state(visitor)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    on_top = """(selector) => [...document.querySelectorAll(selector)].every((element) => {
        const box = element.getBoundingClientRect()
        const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
        return found && element.contains(found) && box.top >= 0 && box.bottom <= innerHeight
    })"""
    assert visitor.page.evaluate(on_top, "#exit")
    assert visitor.page.evaluate(on_top, ".help li > *")
    assert visitor.page.locator(".help li > *").count() == 4
    if size is PHONE:
        assert visitor.page.evaluate(on_top, "#field")


@pytest.mark.parametrize("state", [STATES["answer"], STATES["crisis"]], ids=["answer", "crisis"])
def test_everything_to_press_is_large_enough(visit: Open, state: Act) -> None:
    visitor = visit(viewport=PHONE)
    state(visitor)
    assert visitor.page.evaluate(SMALL_TARGETS) == []
    area = "(cite) => { const { width, height } = getComputedStyle(cite, '::after'); return [width, height] }"
    for cite in visitor.page.locator(".cite").all():
        assert all(float(side.removesuffix("px")) >= 43 for side in cite.evaluate(area))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out(visit: Open, scheme: str) -> None:
    visitor = visit(color_scheme=scheme)
    visitor.ask(QUESTION).locator(".cite").first.click()
    visitor.choose("more")
    visitor.ask(CRISIS)
    measured = visitor.page.evaluate(CONTRASTS)
    weak = [text for ratio, crisis, text in measured if ratio < (7 if crisis else 4.5)]
    assert weak == []


def test_text_follows_the_visitors_own_size(visit: Open) -> None:
    visitor = visit(viewport=PHONE)
    visitor.page.evaluate("document.documentElement.style.fontSize = '200%'")
    visitor.ask(QUESTION)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert visitor.page.locator("#exit").bounding_box()["y"] >= 0


def test_T13_the_first_stops_of_the_keyboard(visit: Open) -> None:
    visitor = visit()
    stops = []
    for _ in range(2):
        visitor.page.keyboard.press("Tab")
        stops.append(visitor.page.evaluate("document.activeElement.innerText"))
    assert stops == ["Skip to chat", "Leave this page"]


def test_nothing_moves(visit: Open) -> None:
    visitor = visit()
    visitor.ask(QUESTION)
    assert visitor.page.evaluate("document.getAnimations().length") == 0
