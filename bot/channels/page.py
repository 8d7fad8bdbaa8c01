"""The page at the root of the web channel: `bot/web/` with sentences and numbers from `content/`."""

from __future__ import annotations

import os
import re
from html import escape
from pathlib import Path
from string import Template

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, raw, redirect

from bot.content import DEFAULT_LANGUAGE, Content, say

PAGES = Path(__file__).resolve().parent.parent / "web"

_FILES = {
    "app.js": "text/javascript",
    "leave.js": "text/javascript",
    "render.js": "text/javascript",
    "style.css": "text/css",
    "icon.svg": "image/svg+xml",
}

EXIT_URL = "https://www.weather.gov/"
"""Where "Leave this page" goes unless LANTERN_EXIT_URL says otherwise: neutral, the same for everyone."""


def add_page(web: Blueprint, content: Content) -> None:
    """The routes of the page and its files, which are read once."""
    page = _page(content)
    files = {name: (PAGES / name).read_bytes() for name in _FILES}

    @web.route("/", methods=["GET", "HEAD"])
    async def index(request: Request) -> HTTPResponse:
        if not request.path.endswith("/"):  # else the page's own addresses would point one folder too high
            return redirect(f"{request.path.rpartition('/')[2]}/")
        return raw(page, content_type="text/html; charset=utf-8")

    @web.get(f"/<name:({'|'.join(map(re.escape, _FILES))})>")
    async def file(request: Request, name: str) -> HTTPResponse:
        return raw(files[name], content_type=_FILES[name])


def _page(content: Content) -> bytes:
    """`index.html` with its `${…}` filled in.

    There are `${<phrase>}`, `${ask_<topic>}`, `${<helpline>_call}` and the like, and `${exit_url}`.
    """
    values = {key: content.phrase(key) for key in content.phrases}
    values |= {f"ask_{key}": say(topic.question, DEFAULT_LANGUAGE) for key, topic in content.topics.items()}
    for key, line in content.helplines.items():
        values |= {f"{key}_{way}": getattr(line, way) or "" for way in ("call", "text", "keyword", "chat")}
        values[f"{key}_name"] = say(line.name, DEFAULT_LANGUAGE)
        values[f"{key}_for"] = say(line.for_, DEFAULT_LANGUAGE)
    exit_url = os.environ.get("LANTERN_EXIT_URL", "")
    values["exit_url"] = exit_url if exit_url.startswith(("https://", "http://")) else EXIT_URL
    template = Template((PAGES / "index.html").read_text(encoding="utf-8"))
    return template.substitute({key: escape(value) for key, value in values.items()}).encode()
