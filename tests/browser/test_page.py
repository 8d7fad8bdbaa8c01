"""What holds in every state of the page: the way out, the history, the quiet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from bot.load import load_content
from tests.browser.conftest import Visit
from tests.browser.states import STATES
from tests.browser.test_chat import KEPT_BY_THE_BROWSER, QUESTION
from tests.browser.test_leaving import press_shift

Open = Callable[..., Visit]

CONTENT = load_content()
PHONE = {"width": 320, "height": 568}
ZOOMED = {"width": 320, "height": 256}  # 1280 x 1024 at 400 %, and about a phone whose keyboard is open

IN_REACH = """(selector) => [...document.querySelectorAll(selector)].every((element) => {
    const box = element.getBoundingClientRect()
    const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
    return element.contains(found) && box.top >= 0 && box.bottom <= innerHeight && box.width >= 44 && box.height >= 44
})"""


@pytest.fixture
def calm(visit: Open, standin: str) -> Callable[..., Visit]:
    """A visit where nothing has to be understood."""
    return lambda **options: visit(address=f"{standin}/", own=(standin,), **options)


@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
def test_T12_the_way_out_is_in_reach(calm: Open, state: Callable[[Visit], None]) -> None:
    visitor = calm(viewport=PHONE, has_touch=True)
    state(visitor)
    for size in (PHONE, ZOOMED):
        visitor.page.set_viewport_size(size)
        assert visitor.page.evaluate(IN_REACH, "#exit")
    visitor.page.mouse.wheel(0, 3000)
    assert visitor.page.evaluate(IN_REACH, "#exit")


def test_T3_a_whole_visit_is_one_entry_of_the_history(calm: Open) -> None:
    visitor = calm()
    before = visitor.page.evaluate("history.length")
    for turn in range(20):
        visitor.ask(f"{QUESTION} {turn}")
    for act in ("role", "safety", "hidden"):
        STATES[act](visitor)
    visitor.page.locator("#wake").click()
    STATES["Spanish"](visitor)
    assert visitor.page.evaluate("history.length") == before
    assert visitor.history() == ["about:blank", visitor.page.url]


def test_T9_everything_comes_from_here_and_nothing_may_come_from_elsewhere(calm: Open, standin: str) -> None:
    visitor = calm()
    headers = []
    visitor.context.on("response", lambda response: headers.append(response.headers))
    visitor.page.reload()
    visitor.ask(QUESTION)
    assert len(headers) >= 8
    for header in headers:
        assert header["cache-control"] == "no-store"
        assert "default-src 'none'" in header["content-security-policy"]
        assert header["referrer-policy"] == "no-referrer"
    assert all(request.url.startswith(standin) for request in visitor.requests)
    assert not any("referer" in request.headers for request in visitor.requests)
    assert not any(request.resource_type == "websocket" for request in visitor.requests)


def test_T9_nothing_that_is_put_into_the_page_can_run(calm: Open) -> None:
    visitor = calm()
    visitor.page.evaluate("""() => {
        const script = document.createElement("script")
        try { script.textContent = "document.body.dataset.ran = 1" } catch {}
        document.body.append(script)
        try { field.outerHTML = "<img src=x onerror='document.body.dataset.ran = 1'>" } catch {}
    }""")
    assert visitor.page.evaluate("document.body.dataset.ran") is None
    assert any("TrustedHTML" in text for text in visitor.complaints)


def test_T11_the_page_is_silent_and_shows_no_notices(calm: Open) -> None:
    visitor = calm(clock=True)
    visitor.context.add_init_script("""
        window.noise = []
        for (const [place, name] of [[window, "Notification"], [window, "Audio"], [window, "open"]])
            place[name] = new Proxy(place[name], { construct: () => noise.push(name), apply: () => noise.push(name) })
        Navigator.prototype.vibrate = () => noise.push("vibrate")
        SpeechSynthesis.prototype.speak = () => noise.push("speak")
        HTMLMediaElement.prototype.play = () => noise.push("play")
    """)
    visitor.page.reload()
    visitor.ask(QUESTION)
    visitor.ask("I am in danger")
    visitor.page.clock.run_for(60_000)
    assert visitor.page.evaluate("noise") == []
    assert visitor.page.locator("audio, video, iframe, embed, object").count() == 0


def test_T14_the_first_screen_says_four_things_and_hides_no_number(calm: Open) -> None:
    page = calm(viewport=PHONE).page
    said = page.locator(".notice > p").all_inner_texts()
    assert len(said) == 4
    for word in ("computer program", "no person", "Shift key three times", "is kept", "history"):
        assert word in " ".join(said)
    safety = page.get_by_text(CONTENT.phrase("page_safety"))
    safety.click()
    assert page.locator("#safety li").count() >= 5
    assert page.locator("#safety li").last.is_visible()
    for line in ("emergency", "hotline"):
        assert page.locator("header").get_by_text(CONTENT.helplines[line].call).is_visible()


def test_T15_after_ten_minutes_nothing_can_be_read_and_nothing_is_lost(calm: Open) -> None:
    visitor = calm(clock=True)
    page = visitor.page
    visitor.ask(QUESTION)
    page.locator("#field").fill("half a sentence")
    page.clock.run_for(9 * 60_000)
    assert page.locator("main").is_visible()
    page.keyboard.press("x")
    page.clock.run_for(9 * 60_000)
    assert page.locator("main").is_visible(), "a key starts the ten minutes anew"
    page.clock.run_for(60_001)
    assert page.locator("#rest").is_visible()
    for place in ("main", "#transcript > .reply", "#form", "#help-bar"):
        assert not page.locator(place).first.is_visible()
    assert "traffick" not in page.locator("body").inner_text()
    assert page.evaluate(IN_REACH, "#exit")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#field")).to_be_focused()
    assert page.locator("#field").input_value() == "half a sentencex"
    assert page.locator("#transcript > .reply").is_visible()


def test_T15_hiding_at_once_and_leaving_from_there(calm: Open) -> None:
    page = calm().page
    page.locator("#hide").click()
    assert not page.locator("main").is_visible()
    expect(page.locator("#wake")).to_be_focused()
    press_shift(page)
    page.wait_for_url("https://www.weather.gov/")


def test_T15_nothing_is_read_out_while_the_chat_is_hidden(calm: Open) -> None:
    visitor = calm()
    page = visitor.page
    page.evaluate("""() => {
        window.heard = []
        const listen = new MutationObserver((changes) => {
            for (const { addedNodes } of changes) for (const node of addedNodes) heard.push(node.textContent)
        })
        for (const place of [announcer, alarm]) listen.observe(place, { childList: true })
    }""")
    for text, heard in ((QUESTION, 1), ("I am in danger", 2)):
        visitor.ask(text)
        assert page.evaluate("heard.length") == heard
    for text in (QUESTION, "I am in danger"):
        page.route("**/chat", lambda route: [page.locator("#hide").click(), route.continue_()])
        visitor.ask(text)
        assert page.locator("#rest").is_visible()
        page.locator("#wake").click()
        page.unroute("**/chat")
    assert page.evaluate("heard.length") == 2


def test_T15_who_hides_the_chat_for_long_comes_back_to_the_same_place(calm: Open) -> None:
    page = calm(clock=True).page
    page.locator("#hide").click()
    page.clock.run_for(10 * 60_000 + 1)
    page.locator("#wake").click()
    expect(page.locator("#hide")).to_be_focused()


def test_T8_nothing_is_stored_in_any_state(calm: Open) -> None:
    for state in ("crisis", "Spanish", "hidden"):
        visitor = calm()
        STATES[state](visitor)
        assert visitor.page.evaluate(KEPT_BY_THE_BROWSER) == ["", 0, 0, 0, 0, 0]
        assert visitor.context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}


def test_S30_numbers_can_be_tapped_where_calls_can_be_made(calm: Open) -> None:
    phone = calm(viewport=PHONE, has_touch=True).page
    assert phone.locator("header a[href^='tel:']").count() == 2
    assert phone.locator("header a[href^='sms:']").count() == 1
    assert calm().page.locator("a[href^='tel:'], a[href^='sms:']").count() == 0
