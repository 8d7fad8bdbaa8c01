"""For everyone: screen readers, keyboards, large letters, narrow screens, calm screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.states import CRISIS, STATES
from tests.browser.test_chat import QUESTION
from tests.browser.test_page import IN_REACH, PHONE, ZOOMED

Open = Callable[..., Visit]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: dict[str, dict[str, Any]] = {
    "desk": {},
    "phone": {"viewport": PHONE, "has_touch": True},
    "dark": {"color_scheme": "dark"},
    "forced colors": {"forced_colors": "active"},
}

# https://www.w3.org/TR/WCAG22/#text-spacing
SPACED = """() => { const style = new CSSStyleSheet()
    style.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important } p { margin-bottom: 2em !important }`)
    document.adoptedStyleSheets = [style] }"""
CUT_OFF = """() => [...document.querySelectorAll("body *")]
    .filter((element) => element.checkVisibility() && !element.closest(".hidden, .wide, .skip, label"))
    .filter((element) => getComputedStyle(element).overflow !== "visible" && element.tagName !== "TEXTAREA")
    .filter(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
        scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1)
    .map((element) => element.outerHTML.slice(0, 100))"""


@pytest.fixture
def calm(visit: Open, standin: str) -> Callable[..., Visit]:
    """A visit where nothing has to be understood."""
    return lambda path="", **options: visit(address=f"{standin}/{path}", own=(standin,), **options)


def faults(page: Page) -> list[str]:
    """What axe finds wrong. The window is made tall: the bars must not lie over half a button by chance."""
    page.set_viewport_size({**(page.viewport_size or PHONE), "height": 4000})
    options = {"runOnly": {"type": "tag", "values": TAGS}, "iframes": False}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:150]} {node['failureSummary']}" for fault in found for node in fault["nodes"]
    ]


@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
def test_AT1_axe_finds_nothing(calm: Open, state: Callable[[Visit], Any]) -> None:
    visitor = calm()
    state(visitor)
    assert faults(visitor.page) == []


@pytest.mark.parametrize("look", ["phone", "dark", "forced colors"])
@pytest.mark.parametrize("state", ["source", "crisis"])
def test_AT1_axe_finds_nothing_in_other_looks(calm: Open, look: str, state: str) -> None:
    visitor = calm(**LOOKS[look])
    STATES[state](visitor)
    assert faults(visitor.page) == []


@pytest.mark.parametrize("path", ["pages", "embed"])
def test_AT1_axe_finds_nothing_on_the_other_pages(calm: Open, path: str) -> None:
    visitor = calm(path)
    assert faults(visitor.page) == []
    if path == "pages":
        visitor.page.locator("main li a").first.click()
        assert faults(visitor.page) == []


def test_AT1_axe_sees_what_is_wrong(calm: Open) -> None:
    visitor = calm()
    visitor.page.evaluate("document.getElementById('label').remove()")
    assert any(fault.startswith("label") for fault in faults(visitor.page))


def test_A1_A22_a_card_is_said_once_and_at_once_and_an_answer_when_there_is_time(calm: Open) -> None:
    visitor = calm()
    page = visitor.page
    for place, role, live in (("#announcer", "log", "polite"), ("#alarm", "alert", None)):
        assert page.locator(place).get_attribute("role") == role
        assert page.locator(place).get_attribute("aria-live") == live
        assert page.locator(place).inner_text() == ""
    assert page.locator("#transcript").evaluate("list => list.closest('[aria-live], [role=log]')") is None
    page.evaluate("""() => { window.heard = []
        for (const id of ["announcer", "alarm"]) new MutationObserver((changes) => {
            for (const { addedNodes } of changes) for (const node of addedNodes) heard.push([id, node.textContent])
        }).observe(document.getElementById(id), { childList: true }) }""")
    visitor.ask(QUESTION)
    visitor.ask(CRISIS)
    heard = page.evaluate("heard")
    assert [place for place, _ in heard] == ["announcer", "alarm"]
    assert heard[1][1].count("911 now") == 1


def test_AT4_everything_can_be_done_with_the_keyboard(calm: Open) -> None:
    visitor = calm()
    page = visitor.page

    def go_to(selector: str, key: str = "Tab") -> None:
        for _ in range(60):
            page.keyboard.press(key)
            assert page.evaluate(
                """() => { const at = document.activeElement, box = at.getBoundingClientRect()
                if (at === document.body) return true
                const style = getComputedStyle(at), shown = box.bottom > 0 && box.top < innerHeight
                return shown && (style.outlineStyle !== "none" || at.matches("#field")) }"""
            ), "the focus can be seen"
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        pytest.fail(f"{selector} cannot be reached")

    go_to("#skip")
    page.keyboard.press("Enter")
    expect(page.locator("#field")).to_be_focused()
    page.keyboard.type(QUESTION)
    visitor.after(lambda: page.keyboard.press("Enter"))
    go_to("#history", "Shift+Tab")
    before = page.evaluate("scrollY")
    page.keyboard.press("End")
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") != before or page.evaluate("scrollY + innerHeight >= document.body.scrollHeight")
    go_to(".cite")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id.startsWith('source-')")
    go_to("[data-choice=more]")
    visitor.after(lambda: page.keyboard.press("Enter"))
    expect(page.locator("#field")).to_be_focused()
    go_to("#safety summary", "Shift+Tab")
    page.keyboard.press("Space")
    assert page.locator("#safety li").first.is_visible()
    go_to("#hide", "Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#hide")).to_be_focused()
    go_to("#exit", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("https://www.weather.gov/")


def test_A14_what_has_the_focus_is_not_covered(calm: Open) -> None:
    visitor = calm(viewport=PHONE)
    visitor.ask(QUESTION)
    covered = []
    for _ in range(45):
        visitor.page.keyboard.press("Shift+Tab")
        covered += visitor.page.evaluate("""() => {
            const at = document.activeElement, box = at.getBoundingClientRect()
            if (at === document.body || box.height > 200) return []
            const middle = Math.min(box.y + box.height / 2, innerHeight - 1)
            const found = document.elementFromPoint(box.x + box.width / 2, middle)
            return at.contains(found) ? [] : [at.outerHTML.slice(0, 120)]
        }""")
    assert covered == []


@pytest.mark.parametrize("state", ["start", "source", "crisis", "offline", "Spanish"])
@pytest.mark.parametrize("size", [PHONE, ZOOMED], ids=["phone", "zoomed"])
def test_AT5_nothing_runs_off_or_is_cut_off_when_letters_are_spaced(
    calm: Open, size: dict[str, int], state: str
) -> None:
    visitor = calm(viewport=size)
    STATES[state](visitor)
    visitor.page.evaluate(SPACED)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert visitor.page.evaluate(CUT_OFF) == []
    assert visitor.page.evaluate(IN_REACH, "#exit")


def test_AT5_nothing_moves_for_those_who_want_it_still(calm: Open) -> None:
    visitor = calm(reduced_motion="reduce")
    visitor.ask(QUESTION)
    assert visitor.page.evaluate("document.getAnimations().length") == 0
    assert visitor.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
