"""The routes of the pages, their files and the widget."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import NotFound
from sanic.response import HTTPResponse, raw, redirect

from bot.channels.headers import SHARED, page_policy
from bot.channels.html import PAGES, Pages
from bot.channels.settings import Settings
from bot.content import Content

HTML = "text/html; charset=utf-8"

FILES = {
    "app.js": "text/javascript; charset=utf-8",
    "embed.js": "text/javascript; charset=utf-8",
    "frame.js": "text/javascript; charset=utf-8",
    "language.js": "text/javascript; charset=utf-8",
    "render.js": "text/javascript; charset=utf-8",
    "rest.js": "text/javascript; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


def add_page(web: Blueprint, content: Content, pages: Pages, settings: Settings) -> None:
    """The routes; files and pages are made once, when they are first asked for."""
    policy, framed_policy = (page_headers(pages, settings, framed) for framed in (False, True))

    def page(name: str, path: str, headers: dict[str, str], make: Callable[..., bytes | None]) -> None:
        made = lru_cache(512)(make)

        async def show(request: Request, **found: Any) -> HTTPResponse:
            # Without its last "/" the page's own addresses would point one folder too high.
            if path == "/" and not request.path.endswith("/"):
                return redirect(f"{request.path.rpartition('/')[2]}/")
            body = made(language(request, content), **found)
            if body is None:
                raise NotFound(path)
            return _packed(request, body, HTML, headers)

        web.add_route(show, path, methods=["GET", "HEAD"], name=name)

    page("chat_page", "/", policy, pages.chat)
    page("frame", "/embed", framed_policy, lambda lang: pages.chat(lang, framed=True))
    page("topics", "/pages", policy, pages.topics)
    page("topic", "/<address:page-[0-9a-f]{6}>", policy, lambda lang, address: pages.topic(address, lang))

    @cache
    def content_of(name: str) -> bytes:
        return pages.widget() if name == "embed.js" else (PAGES / name).read_bytes()

    @web.get(f"/<name:({'|'.join(map(re.escape, FILES))})>")
    async def file(request: Request, name: str) -> HTTPResponse:
        return _packed(request, content_of(name), FILES[name], SHARED if name == "embed.js" else {})


def page_headers(pages: Pages, settings: Settings, framed: bool) -> dict[str, str]:
    """What a page says about itself; `framed` is the chat in another site, which the sites that were named may show."""
    if framed:
        return page_policy(pages.leave_hash, settings.embed_origins) | SHARED
    return page_policy(pages.leave_hash)


def language(request: Request, content: Content) -> str:
    """The language of a page: the one chosen, else the first of the browser's that is offered, else English."""
    accepted = request.headers.get("accept-language", "")  # browsers list them in their order; the weights repeat it
    wanted = [*request.args.getlist("lang", []), *re.findall(r"(?:^|,) *([a-z]{2})", accepted)]
    return next((lang for lang in wanted if lang in content.languages), content.languages[0])


def _packed(request: Request, body: bytes, kind: str, headers: dict[str, str]) -> HTTPResponse:
    if "gzip" in request.headers.get("accept-encoding", ""):
        return raw(_gzip(body), content_type=kind, headers={**headers, "Content-Encoding": "gzip"})
    return raw(body, content_type=kind, headers=headers)


_gzip = cache(gzip.compress)
