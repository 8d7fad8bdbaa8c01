"""The pages as HTML, from the templates in `bot/web/` and the sentences and numbers of `content/`."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.answer import contacts, topic_reply
from bot.content import DEFAULT_LANGUAGE, Content, say
from bot.reply import Choice, Cited, Contact, Reply

PAGES = Path(__file__).resolve().parent.parent / "web"

STARTERS = ("what_is_trafficking", "signs", "what_to_do", "bot_privacy")
ROLES = {
    "role_self": ("hotline_what_happens", "control", "sextortion", "runaway_help"),
    "role_someone": ("help_a_friend", "what_not_to_do", "how_to_report", "missing_child"),
    "role_teach": ("teach_this", "signs_at_school", "school_response", "mandated_reporting"),
    "role_learn": ("how_common", "myths", "recruitment", "prevention_teens"),
}
"""Phrase that names what brings a visitor -> topics offered then; nothing about it is sent or kept."""

OFFLINE = ("emergency", "hotline", "lifeline")
"""The help lines that the page itself shows when nobody answers."""

WORDS = (
    "page_loading page_you_said you_chose page_lantern_said page_source sources_label year_undated page_new_tab "
    "contacts_label page_more_contacts call_label text_label page_text_to page_online choices_label page_choice "
    "page_choices error_offline page_slow page_text_kept page_useful page_yes page_no page_useful_yes page_useful_no "
    "no_pictures page_history"
).split()
"""Phrases that the scripts show."""


class Pages:
    """Every page, made from `content`."""

    def __init__(self, content: Content, exit_url: str) -> None:
        self._content, self._exit_url = content, exit_url
        self._leave = _with_shift("leave.js")
        self._topics = {code(topic): topic for topic in content.topics}
        self._environment = Environment(
            loader=FileSystemLoader(PAGES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {"host": _host, "published": self._published}

    @property
    def leave_hash(self) -> str:
        """The one script that stands in the pages themselves, as Content-Security-Policy names it."""
        return f"sha256-{b64encode(hashlib.sha256(self._leave.encode()).digest()).decode()}"

    def chat(self, lang: str, *, framed: bool = False, session: str = "", replies: Sequence[Reply] = ()) -> bytes:
        """The chat; `framed` when it stands in another site, with `replies` when its form was sent without scripts."""
        return self._fill(
            "index.html",
            lang,
            framed=framed,
            session=session,
            replies=replies,
            languages=self._languages(but=lang),
            starters=self._choices(STARTERS, lang),
            roles=[(self._content.phrase(role, lang), self._choices(ids, lang)) for role, ids in ROLES.items()],
            offline=[line for key in OFFLINE if (line := self._line(key, lang))],
        )

    def topics(self, lang: str) -> bytes:
        """The list of all answers, to read without scripts."""
        links = self._links(self._content.topics, lang)
        return self._fill("topics.html", lang, topics=links, languages=self._languages(but=lang))

    def topic(self, address: str, lang: str) -> bytes | None:
        """All facts of one topic; None when no topic has this address."""
        topic_id = self._topics.get(address)
        if topic_id is None:
            return None
        topic = self._content.topics[topic_id]
        at_once = msgspec.structs.replace(topic, first=len(topic.facts))
        reply, _ = topic_reply(
            replace(self._content, topics={**self._content.topics, topic_id: at_once}), topic_id, lang
        )
        return self._fill(
            "topic.html",
            lang,
            question=say(topic.question, lang),
            reply=reply,
            related=self._links(topic.related, lang),
        )

    def widget(self) -> bytes:
        """`embed.js`, with its words in every language and where leaving leads to."""
        keys = ("page_loading", "page_title", "widget_open", "widget_close")
        words = {lang: {key: self._content.phrase(key, lang) for key in keys} for lang in self._content.languages}
        known = msgspec.json.encode({"words": words, "exit": self._exit_url}).decode()
        return _with_shift("embed.js").replace("KNOWN", known, 1).encode()

    def _fill(self, template: str, lang: str, **values: Any) -> bytes:
        phrases = self._phrases(lang)
        return (
            self._environment.get_template(template)
            .render(
                lang=lang,
                mother=DEFAULT_LANGUAGE,
                say=phrases,
                words={key: phrases[key] for key in WORDS},
                exit_url=self._exit_url,
                leave=self._leave,
                emergency=self._line("emergency", lang),
                hotline=self._line("hotline", lang),
                **{"framed": False, **values},
            )
            .encode()
        )

    def _phrases(self, lang: str) -> dict[str, str]:
        return {key: self._content.phrase(key, lang) for key in self._content.phrases}

    def _line(self, key: str, lang: str) -> Contact | None:
        return contacts(self._content, (key,), lang)[0] if key in self._content.helplines else None

    def _languages(self, but: str) -> list[tuple[str, str]]:
        return [(code, self._content.phrase("language_name", code)) for code in self._content.languages if code != but]

    def _choices(self, ids: Iterable[str], lang: str) -> list[Choice]:
        topics = self._content.topics
        return [Choice(id=key, label=say(topics[key].question, lang)) for key in ids if key in topics]

    def _links(self, ids: Iterable[str], lang: str) -> list[tuple[str, str]]:
        return [(code(key), say(self._content.topics[key].question, lang)) for key in ids]

    def _published(self, source: Cited) -> str:
        """Who published a source, when, and where in it to look."""
        year = self._content.phrase("year_undated") if source.year == "undated" else str(source.year)
        address = _host(source.url) if source.url and source.note else None
        return ", ".join(part for part in (source.publisher, year, source.page, address, source.note) if part)


@cache
def code(topic: str) -> str:
    """A topic's address, which tells nobody who looks at the browser's history what was read."""
    return f"page-{hashlib.sha256(topic.encode()).hexdigest()[:6]}"


def _with_shift(name: str) -> str:
    """A script that cannot import, because it must work at once or on another site, with what it would import."""
    shift, text = ((PAGES / file).read_text(encoding="utf-8") for file in ("shift.js", name))
    return text.replace("SHIFT", shift, 1)


def _host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")
