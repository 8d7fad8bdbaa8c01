"""Which answers carry each claim of the document Lantern started from (`content/factsheet.yml`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from bot.content import Content
from bot.load import DEFAULT_DIR, load_content
from bot.yamlfile import Problem, YamlError, read_mapping

FILE = "factsheet.yml"
Handling = Literal["stated", "dated", "corrected", "as its opinion", "not repeated"]


class Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One claim of the document, in our words, and what Lantern does with it."""

    claim: str
    section: str
    handling: Handling


def load_claims(directory: Path = DEFAULT_DIR) -> dict[str, Claim]:
    """Claim id (S01 …) -> claim.

    Raises:
        YamlError: the file cannot be used.
    """
    name = f"{directory.name}/{FILE}"
    raw = read_mapping(directory / FILE, name)
    claims = {}
    for claim_id, fields in raw.items():
        try:
            claims[claim_id] = msgspec.convert(fields, Claim)
        except msgspec.ValidationError as error:
            raise YamlError(Problem(name, raw.lines[claim_id], f"'{claim_id}': {error}")) from error
    return claims


def carriers(content: Content) -> Mapping[str, tuple[list[str], list[str]]]:
    """Claim id -> (ids of the facts that carry it, ids of the topics that show one of them)."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for fact in content.facts.values():
        topics = [topic.id for topic in content.topics.values() if fact.id in topic.facts]
        for claim in fact.factsheet if topics else ():
            facts, shown_by = found.setdefault(claim, ([], []))
            facts.append(fact.id)
            shown_by += [topic for topic in topics if topic not in shown_by]
    return found


def problems(content: Content, directory: Path = DEFAULT_DIR) -> Iterator[Problem]:
    """Claims that no answer carries, and facts that name a claim which does not exist."""
    name = f"{directory.name}/{FILE}"
    try:
        claims = load_claims(directory)
    except YamlError as error:
        yield error.problem
        return
    carried = carriers(content)
    lines = read_mapping(directory / FILE, name).lines
    for claim in claims.keys() - carried.keys():
        yield Problem(
            name, lines[claim], f"no answer carries {claim}; name it in the `from` of a fact that a topic uses"
        )
    for claim in carried.keys() - claims.keys():
        yield Problem(name, 1, f"{', '.join(carried[claim][0])} name {claim} in `from`, but there is no such claim")


def table(directory: Path = DEFAULT_DIR) -> str:
    """The table of `docs/factsheet-coverage.md`."""
    claims, carried = load_claims(directory), carriers(load_content(directory))
    rows = [
        f"| {claim_id} | {claim.claim} | {claim.handling} | {', '.join(facts)} | {', '.join(topics)} |"
        for claim_id, claim in claims.items()
        for facts, topics in [carried[claim_id]]
    ]
    return "\n".join([_HEAD, *rows, ""])


_HEAD = """\
# The starting document, claim by claim

Made by `lantern check --coverage docs/factsheet-coverage.md`; do not edit by hand. What each handling means stands at
the top of `content/factsheet.yml`, the facts in `content/facts/`, the topics in `content/topics.yml`.

| Claim | What the document says | Handling | Facts that carry it | Topics that show them |
|---|---|---|---|---|"""
