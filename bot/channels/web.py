"""The web channel: the page at its root, and the JSON contract the page speaks (`GET /openapi.json`)."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, raw, redirect

from bot.answer import contacts, error_reply
from bot.channels.guard import default_guard
from bot.channels.headers import FORGET, HEADERS
from bot.channels.html import Pages
from bot.channels.incoming import ChatRequest, EndRequest, read_form, read_json
from bot.channels.limits import Limits
from bot.channels.openapi import description
from bot.channels.page import HTML, add_page, language, page_headers
from bot.channels.settings import Settings
from bot.channels.turn import Handler, Unusable, clean, pressed, take_turn
from bot.content import DEFAULT_LANGUAGE, Content
from bot.load import load_content
from bot.reply import Contact, Reply

SESSION_CHARACTERS = 22  # 128 random bits, base64url

CardFor = Callable[[str], Reply | None]
"""What somebody typed -> the card for danger, or None when there is no sign of it."""


class ChatResponse(msgspec.Struct, frozen=True):
    """Answer to `POST /chat`."""

    session: str
    replies: list[Reply]


class TooMany(Unusable):
    """More messages than are answered; `seconds` until the next one is."""

    def __init__(self, seconds: float) -> None:
        super().__init__("rate_limited", "error_rate_limited", status=429)
        self.seconds = seconds


class WebChannel(InputChannel):
    """Rasa input channel for the page, the widget and any other HTTP client.

    Args:
        content: what it knows; read from `content/` when it is not given.
        card_for: asked for a message that is over the limit, because a card for danger is never refused; the safety
            net when it is not given.
        settings: as the environment has them when they are not given.
    """

    def __init__(
        self,
        content: Content | None = None,
        card_for: CardFor | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.content = content or load_content()
        guard = default_guard()  # read now, not while somebody waits
        self.card_for = card_for or partial(guard.card_for, self.content)
        self.settings = settings or Settings.read()
        self.limits = Limits(self.settings)

    @classmethod
    def name(cls) -> str:
        return "web"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The routes; mounted at `/webhooks/web` by `rasa run`, at `/` by `lantern run`."""
        web = Blueprint("lantern_web")
        pages = Pages(self.content, self.settings.exit_url)
        self._add_chat(web, on_new_message)
        self._add_form(web, on_new_message, pages)
        _add_health(web)
        add_page(web, self.content, pages, self.settings)

        @web.exception(Unusable)
        async def unusable(request: Request, error: Unusable) -> HTTPResponse:
            lang = language(request, self.content)
            response = error_response(self.content, error.code, error.phrase, error.status, lang)
            if isinstance(error, TooMany):
                response.headers["Retry-After"] = str(math.ceil(error.seconds))
            return response

        @web.middleware("response")
        async def headers(request: Request, response: HTTPResponse) -> None:
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)

        return web

    def _add_chat(self, web: Blueprint, handle: Handler) -> None:
        openapi = msgspec.json.encode(description(ChatRequest, ChatResponse, EndRequest))

        @web.post("/chat")
        async def chat(request: Request) -> HTTPResponse:
            return _json(await self._answer(handle, request, read_json(request, ChatRequest)))

        @web.post("/chat/end")
        async def end(request: Request) -> HTTPResponse:
            ended = read_json(request, EndRequest).session
            default_guard().memory.forget(ended)
            if (store := _store(request)) is not None:
                await store.forget(ended)
            return raw(b"", status=204, headers=FORGET)

        @web.get("/openapi.json")
        async def openapi_json(request: Request) -> HTTPResponse:
            return raw(openapi, content_type="application/json")

    def _add_form(self, web: Blueprint, handle: Handler, pages: Pages) -> None:
        @web.post("/ask", name="ask", ctx_framed=False)
        @web.post("/embed", name="ask_framed", ctx_framed=True)
        async def ask(request: Request) -> HTTPResponse:
            """The form of the page, where its scripts do not run or not yet: the page again, with the answer in it."""
            framed: bool = request.route.ctx.framed
            lang, status = language(request, self.content), 200
            try:
                asked = read_form(request)
                lang = asked.lang if asked.lang in self.content.languages else lang
                if asked.lang == DEFAULT_LANGUAGE:  # the page's own, which nobody need have chosen
                    asked.lang = None
                answered = await self._answer(handle, request, asked)
            except Unusable as error:
                answered, status = ChatResponse("", [error_reply(self.content, error.phrase, lang)]), error.status
            page = pages.chat(lang, framed=framed, session=answered.session, replies=answered.replies)
            return raw(page, status, page_headers(pages, self.settings, framed), HTML)

        @web.route("/ask", methods=["GET", "HEAD"], name="reopened")
        async def reopened(request: Request) -> HTTPResponse:
            """The address of an answer, opened again or with another language: the page it came from."""
            lang = request.args.get("lang")
            return redirect(f"./?lang={lang}" if lang in self.content.languages else "./", status=303)

    async def _answer(self, handle: Handler, request: Request, asked: ChatRequest) -> ChatResponse:
        if (asked.text is None) == (asked.choice is None):
            raise Unusable("request_invalid", "error_bad_request")
        session = await _session(request, asked.session)
        try:
            self._need_time(request, asked.session and session)
            message = clean(asked.text) if asked.text is not None else pressed(self.content, asked.choice or "")
        except Unusable:
            if asked.text and (card := self.card_for(asked.text)):
                return ChatResponse(session, [card])
            raise
        spoken = {*self.content.languages, *self.content.card_languages}
        lang = asked.lang if asked.lang in spoken else None
        return ChatResponse(session, await take_turn(handle, self.content, session, message, lang))

    def _need_time(self, request: Request, session: str | None) -> None:
        """Count a message.

        Raises:
            TooMany: of this conversation or from this address.
        """
        address = request.remote_addr if self.settings.proxies else request.ip
        if seconds := self.limits.wait(session, address or ""):
            raise TooMany(seconds)


def _add_health(web: Blueprint) -> None:
    @web.route("/healthz", methods=["GET", "HEAD"])
    async def healthz(request: Request) -> HTTPResponse:
        return _json({"status": "ok"})

    @web.route("/readyz", methods=["GET", "HEAD"])
    async def readyz(request: Request) -> HTTPResponse:
        agent = getattr(request.app.ctx, "agent", None)
        ready = agent is not None and agent.is_ready()
        return _json({"status": "ready" if ready else "starting"}, status=200 if ready else 503)


class ErrorBody(msgspec.Struct, frozen=True):
    """Any 4xx or 5xx: what went wrong, and the help lines all the same."""

    error: dict[str, str]
    contacts: tuple[Contact, ...]


def error_response(content: Content, code: str, phrase: str, status: int, lang: str = "en") -> HTTPResponse:
    """A short reason and the help lines."""
    message = f"{content.phrase(phrase, lang)} {content.phrase('help_line', lang)}"
    return _json(ErrorBody(error={"code": code, "message": message}, contacts=contacts(content, (), lang)), status)


async def _session(request: Request, given: str | None) -> str:
    """The given session when it is going on, else a new one: an id we did not issue is never adopted."""
    if given is not None and len(given) != SESSION_CHARACTERS:
        raise Unusable("session_invalid", "error_bad_request")
    if given is not None and default_guard().memory.knows(given):  # after a card, also while Rasa is down
        return given
    store = _store(request)
    if given is not None and store is not None and await store.exists(given):
        return given
    return secrets.token_urlsafe(16)


def _store(request: Request) -> Any:
    """The conversations, or None while the model is still loading."""
    store = getattr(getattr(request.app.ctx, "agent", None), "tracker_store", None)
    return getattr(store, "_tracker_store", store)  # `rasa run` wraps it


def _json(body: object, status: int = 200) -> HTTPResponse:
    return raw(msgspec.json.encode(body), status=status, content_type="application/json")
