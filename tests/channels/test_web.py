"""The HTTP contract, against the real server with the real model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.channels.turn import MAX_CHARACTERS
from bot.load import load_content
from bot.reply import Reply

HOTLINE = load_content().helplines["hotline"].call
EMERGENCY = load_content().helplines["emergency"].call


@pytest.fixture(scope="module")
def http(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=20) as client:
        yield client


def chat(http: httpx.Client, **body: Any) -> Any:
    response = http.post("/chat", json={"session": None, **body})
    assert response.status_code == 200, response.text
    return response.json()


def assert_helps(response: httpx.Response, status: int, code: str) -> None:
    """A 4xx with a short reason and the help lines."""
    assert response.status_code == status, response.text
    body = response.json()
    assert body["error"]["code"] == code
    assert HOTLINE in body["error"]["message"]
    assert {HOTLINE, EMERGENCY} <= {contact["call"] for contact in body["contacts"]}
    assert response.headers["cache-control"] == "no-store"


def test_a_question_gets_a_cited_answer_in_the_agreed_shape(http: httpx.Client) -> None:
    answer = chat(http, text="what are the signs of trafficking?")
    assert set(answer) == {"session", "replies"}
    (reply,) = answer["replies"]
    assert set(reply) >= {"topic", "tier", "lang", "blocks", "sources", "contacts", "choices"}
    assert (reply["topic"], reply["tier"], reply["lang"]) == ("signs", "", "en")
    numbers = {source["n"] for source in reply["sources"]}
    facts = [block for block in reply["blocks"] if block.get("fact")]
    assert len(facts) >= 2
    assert all(block["cites"] and set(block["cites"]) <= numbers for block in facts)
    assert all(source["title"] and source["publisher"] and source["year"] for source in reply["sources"])
    assert HOTLINE in {contact["call"] for contact in reply["contacts"]}
    assert 1 <= len(reply["choices"]) <= 4
    Reply.from_dict(reply)


def test_a_conversation_goes_on_by_its_session(http: httpx.Client) -> None:
    first = chat(http, text="what are the signs of trafficking?")
    more = chat(http, session=first["session"], choice="more")
    assert more["session"] == first["session"]
    assert more["replies"][0]["topic"] == "signs"
    assert more["replies"][0]["blocks"] != first["replies"][0]["blocks"]


def test_a_choice_leads_to_its_topic(http: httpx.Client) -> None:
    assert chat(http, choice="myths")["replies"][0]["topic"] == "myths"


def test_ending_forgets_the_conversation(http: httpx.Client) -> None:
    session = chat(http, text="what are the signs of trafficking?")["session"]
    assert http.post("/chat/end", json={"session": session}).status_code == 204
    after = chat(http, session=session, choice="more")
    assert after["session"] != session
    assert after["replies"][0]["topic"] == "more", "nothing of the ended conversation is left to continue"


def test_session_ids_are_long_random_and_never_adopted_from_a_stranger(http: httpx.Client) -> None:
    issued = {chat(http, choice="signs")["session"] for _ in range(5)}
    assert len(issued) == 5
    assert all(len(session) == 22 for session in issued)
    invented = "A" * 22
    assert chat(http, session=invented, choice="signs")["session"] != invented


def test_conversations_do_not_mix(http: httpx.Client) -> None:
    one, two = chat(http, choice="signs")["session"], chat(http, choice="myths")["session"]
    assert chat(http, session=one, choice="more")["replies"][0]["topic"] == "signs"
    assert chat(http, session=two, choice="more")["replies"][0]["topic"] == "myths"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": ""}, 400, "text_empty"),
        ({"text": "  \n\t "}, 400, "text_empty"),
        ({"text": "///"}, 400, "text_empty"),
        ({"text": "\x00\x07"}, 400, "text_empty"),
        ({"text": "a" * 2001}, 413, "text_too_long"),
        ({"text": "a" * 15_000}, 413, "text_too_long"),
        ({}, 400, "request_invalid"),
        ({"text": None}, 400, "request_invalid"),
        ({"text": 5}, 400, "request_invalid"),
        ({"text": ["hi"]}, 400, "request_invalid"),
        ({"text": "hi", "choice": "signs"}, 400, "request_invalid"),
        ({"text": "hi", "sender": "x"}, 400, "request_invalid"),
        ({"choice": "restart"}, 400, "choice_unknown"),
        ({"choice": 'signs{"topic":"x"}'}, 400, "choice_unknown"),
        ({"session": "abc", "text": "hi"}, 400, "session_invalid"),
        ({"session": {"$gt": ""}, "text": "hi"}, 400, "request_invalid"),
        ({"session": 7, "text": "hi"}, 400, "request_invalid"),
    ],
)
def test_an_unusable_message_gets_a_reason_and_the_help_lines(
    http: httpx.Client, body: dict[str, Any], status: int, code: str
) -> None:
    assert_helps(http.post("/chat", json=body), status, code)


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b'{"text": ', "application/json", 400, "request_invalid"),
        (b"", "application/json", 400, "request_invalid"),
        (b"[1, 2]", "application/json", 400, "request_invalid"),
        (b"null", "application/json", 400, "request_invalid"),
        (b'{"text": "\xff\xfe"}', "application/json", 400, "request_invalid"),
        (b"[" * 5000, "application/json", 400, "request_invalid"),
        (b'{"text": "hi"}', "text/plain", 415, "content_type_unsupported"),
        (b"text=hi", "application/x-www-form-urlencoded", 415, "content_type_unsupported"),
        (json.dumps({"text": "a" * 20_000}).encode(), "application/json", 413, "body_too_large"),
        (b"x" * 2_000_000, "application/json", 413, "body_too_large"),
    ],
)
def test_an_unusable_request_gets_a_reason_and_the_help_lines(
    http: httpx.Client, content: bytes, kind: str, status: int, code: str
) -> None:
    assert_helps(http.post("/chat", content=content, headers={"content-type": kind}), status, code)


def test_the_server_takes_the_longest_form(http: httpx.Client) -> None:
    assert http.post("/ask", data={"text": "😀" * MAX_CHARACTERS}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nothing", 404), ("GET", "/chat", 405), ("PUT", "/", 405)]
)
def test_a_wrong_address_gets_the_help_lines(http: httpx.Client, method: str, path: str, status: int) -> None:
    response = http.request(method, path)
    assert response.status_code == status
    assert HOTLINE in response.text


STRANGE = [
    "😀😀😀",
    "مرحبا كيف حالك",
    "\u202eevil\u202c",
    "Z̸̢a̷l̵g̶o̴ t̷e̶x̶t̵",
    "\ud800",
    "/restart",
    "/session_start",
    '/ask{"x":1}',
    '/signs{"topic":"myths"}',
    "<script>alert(1)</script>",
    "'; DROP TABLE users; --",
    "{{7*7}}",
    "????????",
    "000000000",
]


@pytest.mark.parametrize("text", STRANGE)
def test_strange_text_is_answered_as_text(http: httpx.Client, text: str) -> None:
    content = json.dumps({"text": text}).encode()
    response = http.post("/chat", content=content, headers={"content-type": "application/json"})
    if text == "\ud800":  # a lone surrogate is no valid JSON text
        assert_helps(response, 400, "request_invalid")
        return
    assert response.status_code == 200, response.text
    replies = response.json()["replies"]
    assert replies
    assert all(reply["blocks"] and HOTLINE in str(reply["contacts"]) for reply in replies)
    assert text not in response.text, "what was typed is not echoed"


@pytest.mark.parametrize("typed", ["/restart", "/session_start", '/cite{"topic": "myths", "shown": 3}'])
def test_a_typed_command_does_nothing_to_the_conversation(http: httpx.Client, typed: str) -> None:
    session = chat(http, choice="signs")["session"]
    answer = chat(http, session=session, text=typed)
    assert answer["session"] == session
    assert all(reply["blocks"] for reply in answer["replies"])
    if answer["replies"][0]["topic"] in {"cite", "clarify", "out_of_scope"}:  # these leave the topic as it was
        assert chat(http, session=session, choice="more")["replies"][0]["topic"] == "signs"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_from_a_card_one_can_press_on_to_what_makes_it_hard_and_on_to_help(http: httpx.Client, lang: str) -> None:
    first = chat(http, text="my boyfriend makes me sleep with men for money")
    session, (card,) = first["session"], first["replies"]
    assert card["tier"] == "self_disclosure" and "barrier" in [choice["id"] for choice in card["choices"]]
    asked = chat(http, session=session, choice="barrier", lang=lang)
    (question,) = asked["replies"]
    assert (asked["session"], question["lang"], len(question["choices"])) == (session, lang, 6)
    for choice in question["choices"]:
        (answer,) = chat(http, session=session, choice=choice["id"], lang=lang)["replies"]
        assert (answer["topic"], answer["lang"]) == ("crisis", lang)
        assert HOTLINE in answer["blocks"][-1]["text"] and answer["contacts"][0]["call"] == HOTLINE
        assert any(block["fact"] and block["cites"] for block in answer["blocks"] if block.get("fact"))
        for after in answer["choices"]:
            (reply,) = chat(http, session=session, choice=after["id"])["replies"]
            assert reply["topic"] == ("crisis" if after["id"] == "barrier" else after["id"])


def test_an_unknown_language_is_answered_in_english(http: httpx.Client) -> None:
    assert chat(http, choice="signs", lang="xx")["replies"][0]["lang"] == "en"


def test_health_readiness_and_description(http: httpx.Client) -> None:
    assert http.get("/healthz").status_code == 200
    assert http.get("/readyz").json() == {"status": "ready"}
    assert [http.head(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]
    described = http.get("/openapi.json").json()
    assert set(described["paths"]) == {"/chat", "/chat/end", "/healthz", "/readyz"}
    assert set(described["components"]["schemas"]) >= {"Reply", "Block", "Cited", "Contact", "Choice", "Error"}


@pytest.mark.parametrize("path", ["/", "/embed", "/pages", "/embed.js", "/app.js", "/openapi.json", "/healthz", "/no"])
def test_nothing_is_stored_framed_or_told_to_others(http: httpx.Client, path: str) -> None:
    headers = http.get(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "set-cookie" not in headers


def test_the_page_shows_help_without_scripts(http: httpx.Client) -> None:
    page = http.get("/").text
    assert HOTLINE in page and EMERGENCY in page
    assert "${" not in page
