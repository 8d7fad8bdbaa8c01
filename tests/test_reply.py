"""The Reply: what it looks like on the wire and as text."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reply import Block, Choice, Cited, Contact, Reply

texts, numbers = st.text(max_size=20), st.integers(1, 99)
maybe, years = st.none() | texts, numbers | st.just("undated")


def some(kind, **fields):
    return st.lists(st.builds(kind, **fields), max_size=3).map(tuple)


replies = st.builds(
    Reply,
    topic=texts,
    tier=texts,
    lang=texts,
    blocks=some(Block, text=texts, cites=st.lists(numbers).map(tuple), fact=texts),
    sources=some(Cited, n=numbers, title=texts, publisher=texts, year=years, url=maybe, page=maybe, note=maybe),
    contacts=some(Contact, name=texts, for_=texts, call=maybe, text=maybe, keyword=maybe, chat=maybe, hours=maybe),
    choices=some(Choice, id=texts, label=texts),
)

HOTLINE = Contact(
    name="The hotline", for_="help", call="1-888", text="233733", keyword="HELP", chat="https://a.org", hours="always"
)
MANUAL = Cited(n=2, title="A manual", publisher="An office", year=2024, url="https://b.org", page="p. 7")
FULL = Reply(
    topic="signs",
    blocks=(Block(text="One."), Block(text="Two.", cites=(1, 2), fact="SIGN01")),
    sources=(Cited(n=1, title="A page", publisher="A state", year="undated"), MANUAL),
    contacts=(HOTLINE, Contact(name="Emergency", for_="danger", call="911")),
    choices=(Choice(id="more", label="Tell me more"), Choice(id="myths", label="Myths")),
)


@given(replies)
def test_what_is_written_is_read_back(reply):
    assert Reply.from_dict(reply.to_dict()) == reply
    assert Reply.from_dict(json.loads(json.dumps(reply.to_dict()))) == reply


def test_the_form_on_the_wire_is_the_contract():
    plain = json.loads(json.dumps(FULL.to_dict()))
    assert list(plain) == ["topic", "tier", "lang", "blocks", "sources", "contacts", "choices"]
    assert plain["blocks"] == [
        {"text": "One.", "cites": [], "fact": ""},
        {"text": "Two.", "cites": [1, 2], "fact": "SIGN01"},
    ]
    assert set(plain["sources"][0]) == {"n", "title", "publisher", "year", "url", "page", "note"}
    assert set(plain["contacts"][0]) == {"name", "for", "call", "text", "keyword", "chat", "hours"}
    assert plain["choices"][0] == {"id": "more", "label": "Tell me more"}
    assert (plain["topic"], plain["tier"], plain["lang"]) == ("signs", "", "en")


@pytest.mark.parametrize(
    "plain",
    [{}, {"topic": 1}, {"topic": "x", "blocks": [{"cites": [1]}]}, {"topic": "x", "sources": [{"n": 1}]}, [], None],
)
def test_what_is_no_reply_is_refused(plain):
    with pytest.raises(msgspec.ValidationError):
        Reply.from_dict(plain)


def test_the_text_of_a_full_reply():
    assert FULL.text() == (
        "One.\nTwo. [1] [2]\n\n"
        "[1] A page. A state, no date\n"
        "[2] A manual. An office, 2024, p. 7, https://b.org\n\n"
        "The hotline: call 1-888, text HELP to 233733, https://a.org (always)\n"
        "Emergency: call 911\n\n"
        "1. Tell me more\n2. Myths"
    )


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        (Contact(name="A", for_="x", text="741741", keyword="HOME"), "A: text HOME to 741741"),
        (Contact(name="A", for_="x", text="988", hours="always"), "A: text 988 (always)"),
        (Contact(name="A", for_="x", chat="https://a.org"), "A: https://a.org"),
    ],
)
def test_a_contact_names_only_the_ways_it_has(contact, line):
    assert contact.line() == line


@given(replies)
def test_the_text_holds_everything_that_is_shown(reply):
    text = reply.text()
    for contact in reply.contacts:
        assert contact.name in text
        assert all(way in text for way in (contact.call, contact.text, contact.chat) if way)
    for block in reply.blocks:
        assert block.text + "".join(f" [{n}]" for n in block.cites) in text
    for source in reply.sources:
        assert f"[{source.n}] {source.title}. {source.publisher}, " in text
    for n, choice in enumerate(reply.choices, start=1):
        assert f"{n}. {choice.label}" in text
