"""What Lantern knows: facts, topics, sources, helplines, cards and phrases, read from `content/`.

Everything here is immutable and typed. `bot.load` reads it from the files, `bot.check` judges its style.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
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

ANY = "any"
"""Stands for the tier in the name of a variant's card that serves every tier without a closer one."""

VARIANTS = {
    "cannot_talk": ("immediate_danger",),
    "labor": ("self_disclosure",),
    "adult": ("self_disclosure",),
    "parent": ("image_abuse", "missing_child", "third_party_report"),
    "teacher": ("third_party_report",),
    "own_behavior": ("third_party_report",),
    "friend": ("self_harm",),
    "ran_away": ("missing_child",),
    "abroad": (*TIERS, ANY),
}
"""Who writes, or from where, when that needs other words; and the tiers that may have a card for it."""

BARRIER = "barrier"
"""Id of the choice that asks what makes it hard to reach out; `barrier_<key>` is an answer of `barriers.yml`."""

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

    `text` stands instead of `facts` in the few topics that are about the assistant itself. `keep_order`: its facts are
    steps for someone who may be in danger, so none is taken out of turn because a question comes nearer to it.
    """

    title: Text
    question: Text
    lead: Text | None = None
    facts: tuple[str, ...] = ()
    text: Mapping[str, tuple[str, ...]] | None = None
    first: int = 3
    keep_order: bool = False
    related: tuple[str, ...] = ()
    helplines: tuple[str, ...] = ("hotline",)
    audience: Literal["general", "professional"] = "general"


class Helpline(Entry, frozen=True, kw_only=True):
    """A way to reach help.

    `checked` is the month its page was last read (YYYY-MM), `danger` the number of the country's emergency services.
    `may_tell`: who answers may have to tell when a child is being hurt, so a card says that beside the number.
    """

    name: Text
    for_: Text = msgspec.field(name="for")
    call: str | None = None
    text: str | None = None
    keyword: str | None = None
    chat: str | None = None
    web: str | None = None
    relay: str | None = None
    danger: str | None = None
    may_tell: bool = False
    hours: Text | None = None
    languages: Text | None = None
    run_by: Text | None = None
    region: str = "us"
    status: Literal["V", "V2"]
    sources: tuple[str, ...]
    checked: str


class Card(Entry, frozen=True, kw_only=True):
    """The fixed text for one crisis tier; its id is `tier` or `tier.variant`.

    `sms` is the short form for text messages; its first part must be enough by itself.
    """

    title: Text
    text: Mapping[str, tuple[str, ...]]
    sms: Mapping[str, tuple[str, ...]]
    helplines: tuple[str, ...]
    choices: tuple[str, ...] = ()


class Barrier(Entry, frozen=True, kw_only=True):
    """Something that makes it hard to reach out: its button, a warm sentence, and the facts that answer it."""

    label: Text
    lead: Text
    facts: tuple[str, ...]
    choices: tuple[str, ...] = ()


class Phrase(Entry, frozen=True, kw_only=True):
    """A fixed sentence of the program."""

    text: Text


Spoken = Mapping[str, tuple[str, ...]]
"""Words and short phrases as visitors type them, by language; small letters, no apostrophes."""


class Words(Entry, frozen=True, kw_only=True):
    """Words by which a message shows what it is (`talk/words.yml`)."""

    words: Spoken


class Aspect(Entry, frozen=True, kw_only=True):
    """What a follow-up may ask about, and the topic for it where a family has none."""

    words: Spoken
    topic: str | None = None


class Family(Entry, frozen=True, kw_only=True):
    """One kind of question; its topics by aspect (the first answers it, the others only belong there).

    `why` and `how` are the topics that such a follow-up leads to.
    """

    words: Spoken
    topics: Mapping[str, tuple[str, ...]]
    why: str | None = None
    how: str | None = None


class Claims(Entry, frozen=True, kw_only=True):
    """What people say that a fact settles; its id is the fact's."""

    claims: Spoken


@dataclass(frozen=True, eq=False)
class Talk:
    """`talk/`: how a message is understood by what was said before it."""

    families: Mapping[str, Family]
    aspects: Mapping[str, Aspect]
    words: Mapping[str, Words]
    claims: Mapping[str, Claims]


@dataclass(frozen=True)
class Content:
    """All of `content/`, with helpline placeholders filled in."""

    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    topics: Mapping[str, Topic]
    helplines: Mapping[str, Helpline]
    cards: Mapping[str, Card]
    barriers: Mapping[str, Barrier]
    phrases: Mapping[str, Text]
    talk: Talk

    def card(self, tier: str, variant: str = "") -> Card:
        """The card for a tier, for `variant` where there is one, else the plain one.

        Raises:
            KeyError: there is no such tier.
        """
        if tier not in TIERS:
            raise KeyError(tier)
        return self.cards.get(f"{tier}.{variant}") or self.cards.get(f"{ANY}.{variant}") or self.cards[tier]

    @cached_property
    def card_languages(self) -> tuple[str, ...]:
        """Languages in which every card exists, whatever the rest is offered in."""
        written = set.intersection(*(set(card.text) for card in self.cards.values()))
        return (DEFAULT_LANGUAGE, *sorted(written - {DEFAULT_LANGUAGE}))

    @cached_property
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
