"""Asking and reading on the page."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import expect

from bot.load import load_content
from tests.browser.conftest import Visit

Open = Callable[..., Visit]
CONTENT = load_content()

QUESTION = "What are the signs that a child is being trafficked?"
CRISIS = "my boyfriend makes me sleep with people for money"
KEPT_BY_THE_BROWSER = """async () => [
    document.cookie, localStorage.length, sessionStorage.length,
    (await indexedDB.databases()).length, (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length]"""


def test_a_question_gets_a_cited_answer(visit: Open) -> None:
    visitor = visit()
    answer = visitor.ask(QUESTION)
    assert answer.locator(".cite").count() >= 1
    assert answer.get_attribute("lang") == "en"
    assert answer.get_by_text("1-888-373-7888").first.is_visible()
    assert answer.locator("a[href^='tel:']").count() == 0, "no calls are made from a desk; a link would open a dialog"
    assert visitor.page.locator("#field").input_value() == ""
    assert visitor.complaints == []


def test_a_citation_opens_its_source(visit: Open) -> None:
    visitor = visit()
    answer = visitor.ask(QUESTION)
    link = answer.locator(".sources li").first.locator("a")
    assert not link.is_visible()
    answer.locator(".cite").first.click()
    assert link.is_visible()
    assert "noreferrer" in link.get_attribute("rel")
    assert link.get_attribute("target") == "_blank"
    focused = visitor.page.evaluate("document.activeElement.id")
    assert focused == answer.locator(".sources li").first.get_attribute("id")
    listed = answer.locator(".sources li").first.inner_text()
    assert any(word in listed for word in ("20", "no date"))


def test_AT3_a_choice_is_answered_and_cannot_be_used_again(visit: Open) -> None:
    visitor = visit()
    visitor.choose("signs")
    starter = visitor.page.locator("#start [data-choice=signs]")
    assert starter.get_attribute("aria-disabled") == "true"
    assert starter.inner_text().startswith("You chose:")
    more = visitor.page.locator("#transcript [data-choice=more]").first
    first = visitor.page.locator("#transcript > .reply p").first.inner_text()
    assert visitor.choose("more").locator("p").first.inner_text() != first
    assert more.inner_text() == "You chose: Tell me more"
    assert visitor.page.locator("#transcript > .you").last.inner_text() == "You chose: Tell me more"
    asked = sum(request.url.endswith("/chat") for request in visitor.requests)
    more.dispatch_event("click")
    visitor.page.wait_for_timeout(300)
    assert sum(request.url.endswith("/chat") for request in visitor.requests) == asked
    assert visitor.page.evaluate("document.activeElement.id") == "field"


def test_tell_me_more_of_an_earlier_answer_ends(visit: Open) -> None:
    visitor = visit()
    earlier = visitor.choose("signs").locator("[data-choice=more]")
    visitor.choose("what_is_trafficking")
    assert earlier.get_attribute("aria-disabled") == "true"


def test_danger_gets_a_card_with_numbers_to_tap(visit: Open) -> None:
    visitor = visit(viewport={"width": 320, "height": 568}, has_touch=True)
    card = visitor.ask(CRISIS)
    assert "crisis" in card.get_attribute("class")
    number = card.locator("p a.number").first
    assert number.get_attribute("href").startswith("tel:")
    box = number.bounding_box()
    assert box["height"] >= 44
    assert 0 <= box["y"] < 568
    calls = card.locator(".ways a[href^='tel:']")
    assert calls.count() >= 2
    assert all(way.bounding_box()["height"] >= 44 for way in calls.all())


def test_markup_in_a_message_stays_text(visit: Open) -> None:
    visitor = visit()
    text = '<img src=x onerror="document.title=1"><script>document.title=2</script><b>bold</b>'
    visitor.ask(text)
    bubble = visitor.page.locator("#transcript > .you")
    assert bubble.locator("bdi").last.inner_text() == text
    assert visitor.page.locator("#transcript img, #transcript script, #transcript b").count() == 0
    assert visitor.page.title() == "Safety facts and chat"


def test_T8_T9_T10_ten_turns_change_nothing_outside_the_page(visit: Open, server: str) -> None:
    visitor = visit()
    page = visitor.page

    def outside() -> list[object]:
        return page.evaluate("""() => {
            const icon = document.querySelector("link[rel=icon]").href
            return [document.title, icon, location.href, history.length]
        }""")

    before = outside()
    for turn in range(9):
        visitor.ask(f"{QUESTION} {turn}")
    visitor.choose("more")
    page.locator("#skip").focus()
    page.keyboard.press("Enter")
    assert outside() == before
    address = f"{page.title()} {page.url}".lower()
    assert not any(word in address for word in ("traffick", "abuse", "exploit", "sex", "trata", "victim"))
    assert len(set(visitor.sessions)) == 1
    assert page.evaluate(KEPT_BY_THE_BROWSER) == ["", 0, 0, 0, 0, 0]
    assert visitor.context.cookies() == []
    assert {request.url.removeprefix(server) for request in visitor.requests} == {
        "/", "/style.css", "/app.js", "/frame.js", "/language.js", "/render.js", "/rest.js", "/icon.svg", "/chat",
    }  # fmt: skip
    for request in visitor.requests:
        assert "referer" not in request.headers
    assert visitor.complaints == []


def test_AT2_each_message_is_announced_once_and_taken_away(visit: Open) -> None:
    visitor = visit()
    page = visitor.page
    assert page.locator("#announcer").inner_text() == ""
    page.evaluate("""() => {
        window.heard = []
        new MutationObserver((changes) => {
            for (const { addedNodes, removedNodes } of changes) {
                for (const node of addedNodes) heard.push([node.textContent, performance.now(), node])
                for (const node of removedNodes) heard.find((line) => line[2] === node)[3] = performance.now()
            }
        }).observe(announcer, { childList: true, subtree: true, characterData: true })
    }""")
    answers = [visitor.ask(QUESTION), visitor.choose("what_to_do")]
    expect(page.locator("#announcer > *")).to_have_count(0)
    heard = page.evaluate("heard.map(([text, from, , to]) => [text, to - from])")
    assert len(heard) == 2
    for (text, shown), answer in zip(heard, answers, strict=True):
        first = answer.locator("p").first.evaluate("p => p.firstChild.textContent")
        assert text.startswith("Lantern said:")
        assert text.count(first) == 1
        assert shown >= 1000
    assert QUESTION not in heard[0][0]
    assert "4 choices: Tell me more, " in heard[0][0]


def test_AT3_a_message_that_arrives_does_not_move_the_focus(visit: Open) -> None:
    visitor = visit()
    visitor.page.locator("#field").fill(QUESTION)

    def send_and_go_elsewhere() -> None:
        visitor.page.evaluate("""() => {
            document.getElementById("form").requestSubmit()
            document.querySelector("#start .choice").focus()
        }""")

    visitor.after(send_and_go_elsewhere)
    assert visitor.page.evaluate("document.activeElement.dataset.choice") == "what_is_trafficking"


def test_T7_CT4_without_the_server_the_page_shows_help_and_keeps_the_text(visit: Open) -> None:
    visitor = visit()
    visitor.ask(QUESTION)
    visitor.context.set_offline(True)
    visitor.page.locator("#field").fill("please help me")
    visitor.page.locator("#form button").click()
    card = visitor.page.locator("#transcript > .reply").last
    expect(card).to_contain_text("1-888-373-7888", timeout=3000)
    assert "911" in card.inner_text()
    assert "988" in card.inner_text()
    assert visitor.page.locator("#field").input_value() == "please help me"
    visitor.page.locator("#start .choice").first.click()
    expect(visitor.page.locator("#transcript > .crisis")).to_have_count(1)
    assert visitor.page.locator("#start [aria-disabled]").count() == 0
    visitor.context.set_offline(False)
    visitor.page.locator("#field").focus()
    with visitor.page.expect_response("**/chat"):
        visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#field")).to_have_value("")


TIMER = """(selector) => {
  const began = performance.now();
  window.shownAfter = new Promise((done) => new MutationObserver((_, observer) => {
    if (!document.querySelector(selector)) return;
    observer.disconnect();
    done(performance.now() - began);
  }).observe(document.getElementById("transcript"), { childList: true }));
}"""


def test_T7_a_slow_server_does_not_delay_help(visit: Open) -> None:
    visitor = visit()
    visitor.page.route("**/chat", lambda route: None)
    visitor.page.locator("#field").fill("please help me")
    visitor.page.evaluate(
        TIMER, "#transcript > .crisis"
    )  # by the page's own clock: the test's is late when the machine is busy
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("() => window.shownAfter") < 3000
    expect(visitor.page.locator("#transcript > .crisis")).to_contain_text("1-888-373-7888")
    assert visitor.page.locator("#field").input_value() == "please help me"


def test_a_refusal_is_said_in_words(visit: Open) -> None:
    visitor = visit()
    visitor.page.evaluate("document.getElementById('field').removeAttribute('maxlength')")
    visitor.page.locator("#field").fill("a" * 2001)
    visitor.page.keyboard.press("Enter")
    card = visitor.page.locator("#transcript > .crisis")
    expect(card).to_contain_text("too long")
    assert len(visitor.page.locator("#field").input_value()) == 2001


def test_the_page_is_light(visit: Open, server: str) -> None:
    visitor = visit()
    visitor.ask(QUESTION)
    files = {request.url for request in visitor.requests if request.method == "GET"}
    packed = [httpx.get(url, headers={"accept-encoding": "gzip"}) for url in {*files, f"{server}/embed.js"}]
    assert len(packed) >= 8
    assert all(response.headers.get("content-encoding") == "gzip" for response in packed)
    weight = sum(int(response.headers["content-length"]) for response in packed)
    assert weight <= 40 * 1024


def test_the_first_answer_is_there_within_a_second(visit: Open) -> None:
    visitor = visit()
    visitor.page.locator("#field").fill(QUESTION)
    visitor.page.evaluate(TIMER, "#transcript > .reply:not(.wait)")
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("() => window.shownAfter") < 1000


def test_CT7_a_picture_is_refused_and_nothing_is_sent(visit: Open) -> None:
    visitor = visit()
    for kind, carrier in (("paste", "clipboardData"), ("drop", "dataTransfer")):
        refused = visitor.page.evaluate(
            """([kind, carrier]) => {
                const data = new DataTransfer()
                data.items.add(new File(["canary"], "picture.png", { type: "image/png" }))
                const Kind = kind === "paste" ? ClipboardEvent : DragEvent
                return !field.dispatchEvent(new Kind(kind, { bubbles: true, cancelable: true, [carrier]: data }))
            }""",
            [kind, carrier],
        )
        assert refused
    assert visitor.page.locator("#transcript > .reply").count() == 2
    assert "do not send pictures" in visitor.page.locator("#transcript > .reply").last.inner_text()
    assert [request for request in visitor.requests if request.method == "POST"] == []
    assert visitor.page.locator("input[type=file]").count() == 0


def test_was_this_useful_offers_another_way_and_sends_nothing(visit: Open) -> None:
    visitor = visit()
    first, second = visitor.choose("signs"), visitor.choose("what_is_trafficking")
    before = len(visitor.requests)
    first.get_by_role("button", name="Yes", exact=True).click()
    assert first.locator(".useful").inner_text() == CONTENT.phrase("page_useful_yes")
    second.get_by_role("button", name="No", exact=True).click()
    assert second.locator(".useful").inner_text().startswith(CONTENT.phrase("page_useful_no"))
    assert second.locator(".useful [data-choice]").count() >= 1
    assert len(visitor.requests) == before
    assert visitor.page.evaluate("document.activeElement.id") == "field"


@pytest.mark.parametrize("role", ["myself", "someone", "teach", "learning"])
def test_what_brings_a_visitor_here_changes_what_is_offered(visit: Open, role: str) -> None:
    visitor = visit()
    visitor.page.locator(".role summary").filter(has_text=role).click()
    offered = visitor.page.locator(".role [data-choice]:visible")
    assert offered.count() == 4
    visitor.after(offered.first.click)
    assert "/chat" in visitor.requests[-1].url
    asked = visitor.requests[-1].post_data_json
    assert set(asked) == {"choice", "session"}, "what brings a visitor here is not sent"


def test_AT6_each_message_has_its_language_direction_and_author(visit: Open) -> None:
    visitor = visit()
    number = CONTENT.helplines["hotline"].call or ""
    reply = {"topic": "hotline", "tier": "", "lang": "ar", "sources": [], "choices": [],
             "contacts": [{"name": "الخط", "for": "مساعدة", "call": number}],
             "blocks": [{"text": f"يمكنك الاتصال على {number} في أي وقت."}]}  # fmt: skip
    visitor.page.route("**/chat", lambda route: route.fulfill(json={"session": "A" * 22, "replies": [reply]}))
    visitor.ask("مرحبا")
    you, lantern = visitor.page.locator("#transcript > li").all()
    assert [item.get_attribute("dir") for item in (you, lantern)] == ["auto", "auto"]
    assert [item.get_attribute("lang") for item in (you, lantern)] == ["en", "ar"]
    assert "You said:" in you.text_content() and "Lantern said:" in lantern.text_content()
    assert lantern.evaluate("(item) => getComputedStyle(item.querySelector('p')).direction") == "rtl"
    assert lantern.locator("bdi[dir=ltr]").first.inner_text() == number
    edges = """(bdi) => [0, bdi.firstChild.length - 1].map((index) => {
        const range = document.createRange()
        range.setStart(bdi.firstChild, index)
        range.setEnd(bdi.firstChild, index + 1)
        return range.getBoundingClientRect().x
    })"""
    first, last = lantern.locator("bdi[dir=ltr]").first.evaluate(edges)
    assert first < last
