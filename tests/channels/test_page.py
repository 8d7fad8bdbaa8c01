"""The pages, the form for browsers without scripts, and what is refused, over HTTP."""

from __future__ import annotations

import gzip
import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator
from html import unescape

import httpx
import pytest

from bot.channels.html import code
from bot.channels.settings import EXIT_URL
from bot.channels.turn import MAX_CHARACTERS
from bot.content import say
from bot.load import load_content
from tests.conftest import StandIn

CONTENT = load_content()
HOTLINE = CONTENT.helplines["hotline"].call
SITE = "https://school.example"
TOLD = re.compile(r"traffick|abuse|exploit|sex|trata|victim", re.IGNORECASE)


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    server = StandIn(
        tmp_path_factory.mktemp("none"),
        tmp_path_factory.mktemp("standin") / "log",
        LANTERN_EMBED_ORIGINS=SITE,
        LANTERN_SESSION_LIMIT="30",
        LANTERN_ADDRESS_LIMIT="150",
        LANTERN_PROXIES="1",
    )
    server.wait()
    with httpx.Client(base_url=server.url, timeout=20) as client:
        yield client
    server.stop()


def test_the_policy_names_the_one_script_that_stands_in_the_page(http: httpx.Client) -> None:
    response = http.get("/")
    (script,) = re.findall(r"<script>(.*?)</script>", response.text, re.DOTALL)
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = dict(part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";"))
    assert policy["script-src"] == f"'self' 'sha256-{digest}'"
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in str(policy)
    assert "onThreeShifts(leave)" in script
    assert not re.search(r'\sstyle=|\son\w+="', response.text)


def test_only_the_frame_may_be_framed_and_only_by_the_sites_that_were_named(http: httpx.Client) -> None:
    for path, ancestors in {"/": "'none'", "/embed": SITE, "/pages": "'none'"}.items():
        assert f"frame-ancestors {ancestors}" in http.get(path).headers["content-security-policy"]


def test_the_widget_knows_its_words_and_where_leaving_leads(http: httpx.Client) -> None:
    script = http.get("/embed.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert EXIT_URL in script.text and CONTENT.phrase("widget_open") in script.text
    assert "KNOWN" not in script.text and "SHIFT" not in script.text


def test_everything_is_packed_for_browsers_that_can_unpack_it(http: httpx.Client) -> None:
    plain = http.get("/", headers={"accept-encoding": "identity"})
    with http.stream("GET", "/", headers={"accept-encoding": "gzip"}) as packed:
        assert gzip.decompress(b"".join(packed.iter_raw())) == plain.content


def test_every_topic_has_a_page_with_all_its_facts_at_an_address_that_tells_nothing(http: httpx.Client) -> None:
    index = http.get("/pages").text
    for topic in CONTENT.topics.values():
        assert f'href="{code(topic.id)}?lang=en"' in index
    assert len({code(topic) for topic in CONTENT.topics}) == len(CONTENT.topics)
    for topic_id in ("signs", "sex_trafficking_of_minors", "bot_privacy"):
        topic = CONTENT.topics[topic_id]
        page = http.get(f"/{code(topic_id)}")
        assert not TOLD.search(code(topic_id))
        text = unescape(page.text)
        assert topic.question["en"] in text and HOTLINE in text
        for fact in topic.facts:
            assert say(CONTENT.facts[fact].text, "en") in text
            for source in CONTENT.facts[fact].sources:
                assert CONTENT.sources[source].title in text
        assert "<title>Safety facts and chat</title>" in page.text
    assert http.get("/page-000000").status_code == 404


@pytest.mark.parametrize(
    ("address", "accepted", "lang"),
    [
        ("/", "en-US,en;q=0.9", "en"),
        ("/", "es-MX,es;q=0.9,en;q=0.8", "es"),
        ("/", "de-DE,de,es;q=0.7,en;q=0.5", "es"),
        ("/", "xx", "en"),
        ("/?lang=es", "en", "es"),
        ("/?lang=xx", "en", "en"),
        ("/pages", "es", "es"),
    ],
)
def test_a_page_comes_in_the_language_that_was_chosen_or_else_the_browsers(
    http: httpx.Client, address: str, accepted: str, lang: str
) -> None:
    page = http.get(address, headers={"accept-language": accepted}).text
    assert f'<html lang="{lang}">' in page
    assert ("[es] Leave this page" in page) == (lang == "es")


def ask(http: httpx.Client, status: int = 200, **fields: str) -> str:
    response = http.post("/ask", data=fields, headers={"origin": "null", "sec-fetch-site": "same-origin"})
    assert response.status_code == status
    assert HOTLINE in response.text and "Leave this page" in response.text
    return unescape(response.text)


def test_A24_the_form_is_answered_without_scripts(http: httpx.Client) -> None:
    page = ask(http, text="what are the canary signs?")
    assert "[1]" in page and say(CONTENT.facts[CONTENT.topics["signs"].facts[0]].text, "en") in page
    assert "canary" not in page, "what was typed is not shown to whoever looks"
    (session,) = re.findall(r'name="session" value="([\w-]{22})"', page)
    assert len(session) == 22
    assert "myth" in ask(http, choice="myths", text="left in the box")


def test_the_form_goes_on_in_the_language_that_was_written(http: httpx.Client) -> None:
    page = ask(http, text="mi novio me obliga a acostarme con hombres por dinero", lang="en")
    assert '<li class="reply crisis" lang="es"' in page
    (session,) = re.findall(r'name="session" value="([\w-]{22})"', page)
    page = ask(http, choice="barrier", session=session, lang="en")
    assert '<li class="reply crisis" lang="es"' in page and '<html lang="en">' in page


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("address", "target"), [("/ask", "./"), ("/ask?lang=es", "./?lang=es"), ("/ask?lang=//evil.example", "./")]
)
def test_an_answers_address_leads_back_to_the_page(http: httpx.Client, method: str, address: str, target: str) -> None:
    response = http.request(method, address)
    assert (response.status_code, response.headers["location"]) == (303, target)
    assert response.headers["cache-control"] == "no-store"


def test_the_form_says_what_went_wrong(http: httpx.Client) -> None:
    assert CONTENT.phrase("error_too_long") in ask(http, text="a" * 2001, status=413)
    assert CONTENT.phrase("error_empty") in ask(http, text="", status=400)
    assert CONTENT.phrase("error_unknown_choice") in ask(http, choice="restart", status=400)


@pytest.mark.parametrize("path", ["/ask", "/embed"])
@pytest.mark.parametrize(
    ("headers", "text", "status", "phrase"),
    [
        ({"sec-fetch-site": "cross-site"}, "hello", 403, "error_bad_request"),
        ({"content-type": "text/plain"}, "hello", 415, "error_bad_request"),
        ({}, "a" * 30_000, 413, "error_too_long"),
    ],
    ids=["another site's", "no form", "too large"],
)
def test_a_form_that_is_refused_is_answered_by_the_page_too(
    http: httpx.Client, path: str, headers: dict[str, str], text: str, status: int, phrase: str
) -> None:
    response = http.post(path, data={"text": text}, headers=headers)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert CONTENT.phrase(phrase) in unescape(response.text) and HOTLINE in response.text


@pytest.mark.parametrize("letter", ["a", "ñ", "我", "न", "😀"])
def test_the_form_takes_as_many_letters_in_every_script(http: httpx.Client, letter: str) -> None:
    assert "[1]" in ask(http, text=letter * MAX_CHARACTERS)


@pytest.mark.parametrize("path", ["/chat", "/chat/end", "/ask"])
def test_what_another_sites_page_sends_is_refused(http: httpx.Client, path: str) -> None:
    body = {"json": {"text": "hello"}} if path != "/ask" else {"data": {"text": "hello"}}
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        response = http.post(path, headers=headers, **body)  # type: ignore[arg-type]
        assert response.status_code == 403
        assert HOTLINE in response.text


def say_until_refused(http: httpx.Client, body: dict[str, str | None], address: str) -> httpx.Response:
    for _ in range(60):
        response = http.post("/chat", json=body, headers={"x-forwarded-for": address})
        if response.status_code != 200:
            return response
    pytest.fail("it is never refused")


def test_too_many_messages_are_refused_with_the_help_lines_and_danger_never_is(http: httpx.Client) -> None:
    address = {"x-forwarded-for": "203.0.113.7"}
    refused = say_until_refused(http, {"text": "hello"}, "203.0.113.7")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1
    assert refused.json()["error"]["code"] == "rate_limited" and HOTLINE in refused.text
    card = http.post("/chat", json={"text": "I am in danger"}, headers=address)
    assert card.status_code == 200
    assert card.json()["replies"][0]["topic"] == "crisis"
    assert http.post("/chat", json={"text": "hello"}, headers={"x-forwarded-for": "203.0.113.8"}).status_code == 200
    page = http.post("/ask", data={"text": "I am in danger"}, headers=address)
    assert page.status_code == 200 and 'class="reply crisis"' in page.text


def test_a_message_that_is_too_long_still_gets_its_card(http: httpx.Client) -> None:
    response = http.post("/chat", json={"text": "danger " * 400})
    assert response.json()["replies"][0]["tier"] == "immediate_danger"


def test_an_error_is_said_in_the_visitors_language(http: httpx.Client) -> None:
    response = http.post("/chat", json={"text": ""}, headers={"accept-language": "es"})
    assert response.json()["error"]["message"].startswith("[es] ")


def test_ending_a_conversation_clears_what_a_browser_may_have_kept_of_us_alone(http: httpx.Client) -> None:
    headers = http.post("/chat/end", json={"session": "A" * 22}).headers
    assert headers["clear-site-data"] == '"cache"'
