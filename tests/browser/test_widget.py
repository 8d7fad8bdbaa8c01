"""The chat on another site: a page on another port, with and without our script, strict and sandboxed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from bot.channels.settings import EXIT_URL
from tests.browser.conftest import Visit
from tests.browser.test_access import faults
from tests.browser.test_chat import QUESTION
from tests.browser.test_leaving import assert_ended, names_read_out, press_shift, same_session, stay_there
from tests.conftest import StandIn

Open = Callable[..., Visit]

SCRIPT = '<script src="{chat}/embed.js" defer {options}></script>'
SITES = {
    "/": SCRIPT.format(chat="{chat}", options=""),
    "/weather": "",
    "/dressed": SCRIPT.format(
        chat="{chat}",
        options='data-name="Ask us" data-color="#ffd75e" data-position="left" data-lang="es" data-topic="signs"',
    ),
    "/alone": '<iframe title="Chat" width="400" height="600" src="{chat}/embed" sandbox="allow-scripts '
    "allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox "
    'allow-top-navigation-by-user-activation"></iframe>',
}
PAGE = (
    '<!doctype html><html lang="en"><title>School</title><link rel="icon" href="data:,">'
    "<main><h1>School</h1></main>{body}"
)
STRICT = "default-src 'none'; img-src data:; script-src {chat}; frame-src {chat}; require-trusted-types-for 'script'"


class Site:
    """Somebody else's site. What is asked of `/<page>` on it is one of `SITES`."""

    def __init__(self) -> None:
        self.chat = ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = PAGE.format(body=SITES[self.path].format(chat=site.chat)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Security-Policy", STRICT.format(chat=site.chat))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site()
    folder = tmp_path_factory.mktemp("standin")
    chat = StandIn(folder, folder / "log", LANTERN_EMBED_ORIGINS=site.url)
    chat.wait()
    site.chat = chat.url
    yield site
    chat.stop()
    site.server.shutdown()


@pytest.fixture
def at(visit: Open, site: Site) -> Callable[..., Visit]:
    """`at("/path")` opens a page of the site."""
    return lambda path="/", **options: visit(address=f"{site.url}{path}", own=(site.url, site.chat), **options)


def opened(page: Page) -> FrameLocator:
    """Press the launcher; returns the chat in its frame."""
    page.get_by_role("button", name="Safety facts").click()
    frame = page.frame_locator("iframe")
    expect(frame.locator("#hide")).to_be_visible()
    return frame


def ask(frame: FrameLocator) -> None:
    frame.locator("#field").fill(QUESTION)
    frame.locator("#field").press("Enter")
    expect(frame.locator("#field")).to_have_value("")
    expect(frame.locator("#transcript > .reply .cite").first).to_be_visible()


def test_A11_the_launcher_says_what_it_is_and_whether_it_is_open(at: Open) -> None:
    page = at().page
    launcher = page.get_by_role("button", name="Safety facts")
    assert launcher.get_attribute("aria-expanded") == "false"
    assert launcher.get_attribute("aria-controls") == "panel"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert launcher.get_attribute("aria-expanded") == "true"
    assert page.locator("iframe").get_attribute("title") == "Safety facts and chat"
    box = launcher.bounding_box()
    assert box and box["width"] >= 44 and box["height"] >= 44


def test_AT1_axe_finds_nothing_wrong_with_the_widget(at: Open) -> None:
    page = at().page
    assert faults(page) == []
    opened(page)
    assert faults(page) == []


def test_T11_the_widget_does_nothing_by_itself(at: Open, site: Site) -> None:
    visitor = at(clock=True)
    visitor.page.clock.run_for(60_000)
    assert visitor.page.locator("iframe").count() == 0
    assert {request.url for request in visitor.requests} == {f"{site.url}/", f"{site.chat}/embed.js"}


def test_T16_the_chat_works_on_a_strict_site_and_leaving_moves_the_site(at: Open, site: Site) -> None:
    visitor = at()
    frame = opened(visitor.page)
    ask(frame)
    assert visitor.page.evaluate("history.length") == 2
    frame.locator("#exit").click()
    visitor.page.wait_for_url(EXIT_URL)
    assert visitor.complaints == []
    assert visitor.history() == ["about:blank", EXIT_URL]


def test_T16_nothing_of_the_site_and_the_chat_is_left_on_the_screen(at: Open) -> None:
    visitor = at()
    frame = opened(visitor.page)
    ask(frame)
    visitor.context.route(EXIT_URL, stay_there)
    frame.locator("#exit").click()
    expect(visitor.page.locator("iframe")).to_have_count(0)
    assert names_read_out(visitor.page) == {"Loading."}
    assert visitor.page.title() == ""


def test_T16_without_our_script_the_way_out_is_a_link_for_the_whole_page(at: Open) -> None:
    visitor = at("/alone")
    frame = visitor.page.frame_locator("iframe")
    link = frame.locator("#exit")
    assert link.get_attribute("target") == "_top"
    assert link.get_attribute("href") == EXIT_URL
    link.click()
    visitor.page.wait_for_url(EXIT_URL)
    assert visitor.history() == ["about:blank", EXIT_URL]


def test_T16_removing_our_script_leaves_that_link(at: Open) -> None:
    visitor = at()
    frame = opened(visitor.page)
    visitor.page.evaluate("addEventListener('message', (event) => event.stopImmediatePropagation(), true)")
    frame.locator("#exit").click()
    visitor.page.wait_for_url(EXIT_URL)


@pytest.mark.parametrize("place", ["the site", "the frame"])
def test_T4_shift_leaves_from_the_frame_and_from_the_site(at: Open, site: Site, place: str) -> None:
    visitor = at()
    frame = opened(visitor.page)
    ask(frame)
    ask(frame)
    session = [request.post_data_json for request in visitor.requests if request.url.endswith("/chat")][-1]["session"]
    assert same_session(site.chat, session)
    if place == "the site":
        visitor.page.locator("h1").click()
    press_shift(visitor.page)
    visitor.page.wait_for_url(EXIT_URL)
    assert_ended(site.chat, session)


def test_T4_shift_is_the_sites_own_while_the_chat_was_never_opened(at: Open, site: Site) -> None:
    visitor = at()
    press_shift(visitor.page)
    visitor.page.wait_for_timeout(200)
    assert visitor.page.url == f"{site.url}/"


def test_A18_escape_closes_the_panel_and_goes_back_to_the_launcher(at: Open) -> None:
    page = at().page
    frame = opened(page)
    ask(frame)
    frame.locator("#field").press("Escape")
    expect(page.locator("iframe")).to_be_hidden()
    launcher = page.get_by_role("button", name="Safety facts")
    expect(launcher).to_be_focused()
    launcher.press("Enter")
    expect(frame.locator("#field")).to_be_focused()  # A8
    assert frame.locator("#transcript > .reply").count() == 1
    page.get_by_role("button", name="Close").click()
    expect(page.locator("iframe")).to_be_hidden()


def test_S9_escape_never_leaves(at: Open, site: Site) -> None:
    page = at().page
    opened(page).locator("#field").focus()
    for _ in range(4):
        page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert page.url == f"{site.url}/"


def test_the_site_chooses_name_color_side_language_and_topic(at: Open) -> None:
    page = at("/dressed").page
    launcher = page.get_by_role("button", name="Ask us")
    box = launcher.bounding_box()
    assert box and box["x"] < 100
    colors = "(button) => [getComputedStyle(button).backgroundColor, getComputedStyle(button).color]"
    assert launcher.evaluate(colors) == ["rgb(255, 215, 94)", "rgb(0, 0, 0)"]
    launcher.click()
    frame = page.frame_locator("iframe")
    expect(frame.locator("#transcript > .reply .cite").first).to_be_visible()
    assert frame.locator("#exit").inner_text() == "[es] Leave this page"
    assert frame.locator("#transcript > .you").inner_text().startswith("[es] You chose: [es] What are the signs")
    assert frame.locator("#send").evaluate(colors) == ["rgb(255, 215, 94)", "rgb(0, 0, 0)"]


def test_T8_the_site_keeps_nothing_either(at: Open, site: Site) -> None:
    visitor = at()
    frame = opened(visitor.page)
    ask(frame)
    assert visitor.context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}
    assert all(request.url.startswith((site.url, site.chat)) for request in visitor.requests)
    told = [request.url for request in visitor.requests if site.url in request.all_headers().get("referer", "")]
    assert told == [f"{site.chat}/embed.js"], "only the site's own page asks with its name"


def test_what_is_sent_before_the_scripts_have_come_is_answered_in_the_frame(at: Open) -> None:
    visitor = at("/dressed")
    visitor.context.route("**/app.js", lambda route: route.abort())
    visitor.page.get_by_role("button", name="Ask us").click()
    frame = visitor.page.frame_locator("iframe")
    frame.locator("#field").fill(QUESTION)
    frame.locator("#send").click()
    replies = frame.locator("#transcript > .reply")
    expect(replies.locator(".sources li").first).to_be_visible()
    assert frame.locator("#exit").get_attribute("target") == "_top"
    visitor.context.unroute("**/app.js")
    replies.locator("[data-choice]").first.click()
    expect(frame.locator("#hide")).to_be_visible()  # the scripts are there now
    assert frame.locator(".you").count() == 0, "the site's topic is only a beginning"
    session = frame.locator("[name=session]").input_value()
    with visitor.page.expect_request("**/chat") as request:
        replies.locator("[data-choice]").first.click()
    assert request.value.post_data_json["session"] == session
    expect(replies).to_have_count(2)


def test_A24_the_frame_answers_without_scripts(at: Open) -> None:
    visitor = at("/alone", java_script_enabled=False)
    frame = visitor.page.frame_locator("iframe")
    frame.locator("#start [data-choice]").first.click()
    expect(frame.locator("#transcript > .reply")).to_be_visible()
    frame.get_by_role("link", name="[es] English").click()
    expect(frame.locator("#exit")).to_have_text("[es] Leave this page")
    with visitor.context.expect_page() as answers:
        frame.get_by_role("link", name="All answers").click()
    assert answers.value.locator("main a").count() > 20


def test_a_site_that_was_not_named_shows_nothing(visit: Open, site: Site) -> None:
    stranger = site.url.replace("localhost", "127.0.0.1")
    visitor = visit(address=f"{stranger}/", own=(stranger, site.chat))
    visitor.page.get_by_role("button", name="Safety facts").click()
    visitor.page.wait_for_timeout(500)
    assert visitor.page.frame_locator("iframe").locator("#exit").count() == 0


def test_on_a_phone_the_panel_is_the_whole_screen_and_can_be_closed(at: Open) -> None:
    page = at(viewport={"width": 320, "height": 568}).page
    frame = opened(page)
    assert page.locator("iframe").bounding_box()["width"] == 320  # type: ignore[index]
    assert frame.locator("html").evaluate("html => html.scrollWidth") <= 320
    expect(frame.locator("#field")).to_be_in_viewport()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("iframe")).to_be_hidden()
