"""The checks that depend most on the browser, in Firefox: leaving, what is stored, the policy, the frame."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.firefox import FIREFOX, Firefox
from tests.browser.test_chat import KEPT_BY_THE_BROWSER
from tests.browser.test_widget import Site
from tests.conftest import StandIn


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the widget, whose empty page is also where leaving leads to."""
    site = Site()
    folder = tmp_path_factory.mktemp("standin")
    chat = StandIn(folder, folder / "log", LANTERN_EMBED_ORIGINS=site.url, LANTERN_EXIT_URL=f"{site.url}/weather")
    chat.wait()
    site.chat = chat.url
    yield site
    chat.stop()
    site.server.shutdown()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    if FIREFOX is None:
        pytest.fail("there is no Firefox here: `make system` installs it")
    firefox = Firefox(tmp_path_factory.mktemp("firefox"))
    yield firefox
    firefox.close()


@pytest.fixture
def firefox(browser: Firefox, site: Site) -> Firefox:
    browser.open(f"{site.chat}/")
    browser.wait("!document.getElementById('hide').hidden")
    return browser


def ask(firefox: Firefox) -> None:
    firefox.type("#field", "what are the canary signs?\ue007")
    firefox.wait("document.querySelector('#transcript .reply .cite') && !document.getElementById('field').value")


@pytest.mark.parametrize("way", ["the link", "Shift"])
def test_T1_T2_T4_leaving_and_going_back(firefox: Firefox, site: Site, way: str) -> None:
    ask(firefox)
    if way == "Shift":
        firefox.press_shift(3)
    else:
        firefox.click("#exit")
    firefox.wait_for_url(f"{site.url}/weather")
    firefox.back()
    assert "canary" not in firefox.run("return document.documentElement.outerHTML")


def test_T5_two_presses_do_not_leave(firefox: Firefox, site: Site) -> None:
    firefox.type("#field", "half a sentence")
    firefox.press_shift(2)
    assert firefox.url == f"{site.chat}/"
    assert firefox.run("return document.querySelector('.cover') === null && document.querySelector('#start') !== null")


def test_T8_T10_nothing_is_stored_and_nothing_changes(firefox: Firefox, site: Site) -> None:
    before = firefox.run("return [document.title, location.href, history.length]")
    ask(firefox)
    firefox.click("#languages a")
    firefox.wait("document.documentElement.lang === 'es'")
    after = firefox.run("return [document.title.replace('[es] ', ''), location.href, history.length]")
    assert after == before
    assert firefox.run(f"return ({KEPT_BY_THE_BROWSER})()") == ["", 0, 0, 0, 0, 0]


def test_AT2_the_announcer_hears_the_answer(firefox: Firefox) -> None:
    firefox.run("""window.heard = []
        new MutationObserver((changes) => { for (const { addedNodes } of changes)
            for (const node of addedNodes) heard.push(node.textContent) }).observe(announcer, { childList: true })""")
    ask(firefox)
    heard = firefox.run("return heard")
    assert len(heard) == 1 and heard[0].startswith("Lantern said:")


@pytest.mark.parametrize("way", ["the link", "Shift"])
def test_T16_leaving_from_the_frame_moves_the_site(browser: Firefox, site: Site, way: str) -> None:
    browser.open(f"{site.url}/")
    browser.run("document.querySelector('[role=region]').shadowRoot.querySelector('.launcher').click()")
    frame = browser.run("return document.querySelector('[role=region]').shadowRoot.querySelector('iframe')")
    browser.enter_frame(frame)
    browser.wait("document.getElementById('hide') && !document.getElementById('hide').hidden")
    ask(browser)
    if way == "Shift":
        browser.press_shift(3)
    else:
        browser.click("#exit")
    browser.enter_frame()
    browser.wait_for_url(f"{site.url}/weather")
