"""What a person must have tried before Lantern goes public: every number dialed, every code texted, every page opened.

`content/confirmed.yml` says who confirmed what, and when:

    hotline:
      call: {by: Ada, on: 2026-11-30}
      text: {by: Ada, on: 2026-11-30}
    review:
      survivor: {by: Grace, on: 2026-12-02}
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from bot.check import load_style
from bot.content import Helpline
from bot.load import DEFAULT_DIR, load_content
from bot.yamlfile import read_as

FILE = "confirmed.yml"
WAYS = {"call": "dial", "text": "text", "chat": "open", "web": "open"}
REVIEWS = {
    "clinician": "a clinician has read every card in content/cards/",
    "survivor": "a survivor of trafficking has read the cards and the answers",
    "lawyer": "a lawyer has read the answers on law, reporting and privacy, and what docs/SAFETY_PROTOCOL.md lists",
    "native_speaker": "a native speaker who works with survivors has read all Spanish in content/",
    "dispatcher": "an emergency dispatcher has read the cards for immediate danger",
}
REVIEW = "review"


class Confirmed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who confirmed one thing, and on which day."""

    by: str
    on: datetime.date


def open_points(directory: Path = DEFAULT_DIR, today: datetime.date | None = None) -> list[str]:
    """The checklist: one line for each thing that nobody has confirmed, or not lately.

    Raises:
        bot.load.ContentError, YamlError: the content or `confirmed.yml` cannot be used.
    """
    today = today or datetime.date.today()
    confirmed = load_confirmed(directory)
    oldest = today - datetime.timedelta(days=load_style(directory).stale_after_days)
    points = []
    for line in load_content(directory).helplines.values():
        points += [_point(what, confirmed.get(line.id, {}).get(way), oldest, today) for way, what in _ways(line)]
    for who, what in REVIEWS.items():
        done = confirmed.get(REVIEW, {}).get(who)
        points.append("" if done and done.on <= today else f"[ ] review.{who}: {what}")
    return [point for point in points if point]


def load_confirmed(directory: Path = DEFAULT_DIR) -> Mapping[str, Mapping[str, Confirmed]]:
    """What `confirmed.yml` says; empty when there is no such file.

    Raises:
        YamlError: it cannot be used.
    """
    if not (directory / FILE).exists():
        return {}
    name = f"{directory.name}/{FILE}"
    advice = "; write `hotline: {call: {by: …, on: 2026-11-30}}`"
    return read_as(directory / FILE, name, dict[str, dict[str, Confirmed]], advice)


def _ways(line: Helpline) -> Iterator[tuple[str, str]]:
    for way, verb in WAYS.items():
        if address := getattr(line, way):
            yield way, f"{line.id}.{way}: {verb} {address} ({line.name['en']})"


def _point(what: str, done: Confirmed | None, oldest: datetime.date, today: datetime.date) -> str:
    if done is None:
        return f"[ ] {what}"
    if not oldest <= done.on <= today:
        return f"[ ] {what}; last confirmed by {done.by} on {done.on}, do it again"
    return ""
