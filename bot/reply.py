"""The Reply: what every action returns and every channel renders. The shape is a public contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence or paragraph, the numbers of the sources it rests on, and the id of the fact it states."""

    text: str
    cites: tuple[int, ...] = ()
    fact: str = ""


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """A source as it is listed below an answer. `n` is the number used in `Block.cites`.

    `note` says what to know about the address: that it is somebody's copy, say. Such an address is shown, never linked.
    """

    n: int
    title: str
    publisher: str
    year: int | Literal["undated"]
    url: str | None = None
    page: str | None = None
    note: str | None = None

    def line(self) -> str:
        """The source in one line of plain text."""
        year = "no date" if self.year == "undated" else str(self.year)
        note = f" ({self.note})" if self.note else ""
        parts = (f"{self.publisher}, {year}", self.page, self.url)
        return f"[{self.n}] {self.title}. " + ", ".join(part for part in parts if part) + note


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A helpline as it is shown with an answer. `chat` is an address, `keyword` the word to send to `text`."""

    name: str
    for_: str = msgspec.field(name="for")
    call: str | None = None
    text: str | None = None
    keyword: str | None = None
    chat: str | None = None
    hours: str | None = None

    def line(self) -> str:
        """The contact in one line of plain text, the quickest way first."""
        word = f"{self.keyword} to " if self.keyword else ""
        ways = (self.call and f"call {self.call}", self.text and f"text {word}{self.text}", self.chat)
        hours = f" ({self.hours})" if self.hours else ""
        return f"{self.name}: {', '.join(way for way in ways if way)}{hours}"


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Something to press. A choice that leads to a topic has the topic's id."""

    id: str
    label: str


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """One answer.

    `topic` and `tier` take the ids of the topic catalogue; `tier` is empty unless someone may be in danger.
    """

    topic: str
    tier: str = ""
    lang: str = "en"
    blocks: tuple[Block, ...] = ()
    sources: tuple[Cited, ...] = ()
    contacts: tuple[Contact, ...] = ()
    choices: tuple[Choice, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON types, the form it travels in. `from_dict` is its inverse."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Reply:
        """Read what `to_dict` wrote.

        Raises:
            msgspec.ValidationError: it is no Reply.
        """
        return msgspec.convert(data, Reply)

    def text(self) -> str:
        """The same answer as plain text, for any channel and for the command line."""
        parts = ["\n".join(_with_cites(block) for block in self.blocks)]
        if self.sources:
            parts.append("\n".join(source.line() for source in self.sources))
        if self.contacts:
            parts.append("\n".join(contact.line() for contact in self.contacts))
        if self.choices:
            parts.append("\n".join(f"{n}. {choice.label}" for n, choice in enumerate(self.choices, start=1)))
        return "\n\n".join(parts)


def _with_cites(block: Block) -> str:
    return block.text + "".join(f" [{n}]" for n in block.cites)
