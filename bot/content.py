"""What Lantern knows: facts, topics, sources, helplines, cards and phrases, read from `content/`.

Everything here is immutable and typed. `bot.load` reads it from the files, `bot.check` judges its style.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

DEFAULT_LANGUAGE = "en"

Text = Mapping[str, str]
"""A sentence in each language it exists in: `{"en": "…", "es": "…"}`. English is always there."""

TIERS = (
    "immediate_danger", "self_harm", "self_disclosure", "image_abuse",
    "family_abuse", "missing_child", "third_party_report",
)  # fmt: skip
"""Crisis tiers that have a card, the most urgent first."""

ALWAYS = ("hotline", "emergency")
"""Helplines that every reply shows, after those that fit the topic better."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every entry of every file has in common: its id, which is its key in the file."""

    id: str


class Source(Entry, frozen=True, kw_only=True):
    """Where a fact was read."""

    title: str
    publisher: str
    year: int | Literal["undated"]
    url: str | None = None
    page: str | None = None
    licence: str | None = None
    copy: bool = False
    seen: bool = True


class Fact(Entry, frozen=True, kw_only=True):
    """One sentence and its sources."""

    text: Text
    sources: tuple[str, ...]
    year: int | Literal["undated"]
    status: Literal["V", "V2"]
    caveat: Text | None = None
    factsheet: tuple[str, ...] = ()
    quote: bool = False


class Topic(Entry, frozen=True, kw_only=True):
    """One question and the facts that answer it, in order.

    `text` stands instead of `facts` in the few topics that are about the assistant itself.
    """

    title: Text
    question: Text
    lead: Text | None = None
    facts: tuple[str, ...] = ()
    text: Mapping[str, tuple[str, ...]] | None = None
    first: int = 3
    related: tuple[str, ...] = ()
    helplines: tuple[str, ...] = ("hotline",)
    audience: Literal["general", "professional"] = "general"


class Helpline(Entry, frozen=True, kw_only=True):
    """A way to reach help. `checked` is the month its page was last read (YYYY-MM)."""

    name: Text
    for_: Text = msgspec.field(name="for")
    call: str | None = None
    text: str | None = None
    keyword: str | None = None
    chat: str | None = None
    web: str | None = None
    relay: str | None = None
    hours: Text | None = None
    languages: Text | None = None
    run_by: Text | None = None
    region: str = "us"
    status: Literal["V", "V2"]
    sources: tuple[str, ...]
    checked: str


class Card(Entry, frozen=True, kw_only=True):
    """The fixed text for one crisis tier."""

    title: Text
    text: Mapping[str, tuple[str, ...]]
    helplines: tuple[str, ...]
    choices: tuple[str, ...] = ()


class Phrase(Entry, frozen=True, kw_only=True):
    """A fixed sentence of the program."""

    text: Text


@dataclass(frozen=True)
class Content:
    """All of `content/`, with helpline placeholders filled in."""

    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    topics: Mapping[str, Topic]
    helplines: Mapping[str, Helpline]
    cards: Mapping[str, Card]
    phrases: Mapping[str, Text]

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages offered: those in which every phrase exists."""
        spoken = set.intersection(*(set(text) for text in self.phrases.values()))
        return (DEFAULT_LANGUAGE, *sorted(spoken - {DEFAULT_LANGUAGE}))

    def phrase(self, key: str, lang: str = DEFAULT_LANGUAGE) -> str:
        """The phrase `key` in `lang`, in English where it is not translated."""
        return say(self.phrases[key], lang)


def say(text: Text, lang: str) -> str:
    """`text` in `lang`, in English where it is not translated."""
    return text.get(lang) or text[DEFAULT_LANGUAGE]
