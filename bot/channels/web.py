"""The web channel: the page at its root, and the JSON contract the page speaks (`GET /openapi.json`)."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, raw

from bot.answer import contacts
from bot.channels.openapi import description
from bot.channels.page import add_page
from bot.channels.turn import Unusable, clean, pressed, take_turn
from bot.content import Content
from bot.load import load_content
from bot.reply import Contact, Reply

MAX_BODY = 16 * 1024
SESSION_CHARACTERS = 22  # 128 random bits, base64url

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}

T = TypeVar("T")


class ChatRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Body of `POST /chat`: a text or a choice."""

    session: str | None = None
    text: str | None = None
    choice: str | None = None
    lang: str | None = None


class EndRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Body of `POST /chat/end`."""

    session: str


class ChatResponse(msgspec.Struct, frozen=True):
    """Answer to `POST /chat`."""

    session: str
    replies: list[Reply]


class WebChannel(InputChannel):
    """Rasa input channel for the page and for any other HTTP client."""

    def __init__(self, content: Content | None = None) -> None:
        self.content = content or load_content()

    @classmethod
    def name(cls) -> str:
        return "web"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes; mounted at `/webhooks/web` by `rasa run`, at `/` by `lantern run`."""
        web = Blueprint("lantern_web")
        content = self.content
        openapi = msgspec.json.encode(description(ChatRequest, ChatResponse, EndRequest))

        @web.post("/chat")
        async def chat(request: Request) -> HTTPResponse:
            asked = _read(request, ChatRequest)
            if (asked.text is None) == (asked.choice is None):
                raise Unusable("request_invalid", "error_bad_request")
            message = clean(asked.text) if asked.text is not None else pressed(content, asked.choice or "")
            session = await _session(request, asked.session)
            lang = asked.lang if asked.lang in content.languages else None
            replies = await take_turn(on_new_message, content, session, message, lang)
            return _json(ChatResponse(session=session, replies=replies))

        @web.post("/chat/end")
        async def end(request: Request) -> HTTPResponse:
            ended = _read(request, EndRequest).session
            if (store := _store(request)) is not None:
                await store.forget(ended)
            return raw(b"", status=204)

        @web.route("/healthz", methods=["GET", "HEAD"])
        async def healthz(request: Request) -> HTTPResponse:
            return _json({"status": "ok"})

        @web.route("/readyz", methods=["GET", "HEAD"])
        async def readyz(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            ready = agent is not None and agent.is_ready()
            return _json({"status": "ready" if ready else "starting"}, status=200 if ready else 503)

        @web.get("/openapi.json")
        async def openapi_json(request: Request) -> HTTPResponse:
            return raw(openapi, content_type="application/json")

        add_page(web, content)

        @web.exception(Unusable)
        async def unusable(request: Request, error: Unusable) -> HTTPResponse:
            return error_response(content, error.code, error.phrase, error.status)

        @web.middleware("response")
        async def headers(request: Request, response: HTTPResponse) -> None:
            response.headers.update(HEADERS)

        return web


class ErrorBody(msgspec.Struct, frozen=True):
    """Any 4xx or 5xx: what went wrong, and the help lines all the same."""

    error: dict[str, str]
    contacts: tuple[Contact, ...]


def error_response(content: Content, code: str, phrase: str, status: int) -> HTTPResponse:
    """A short reason and the help lines."""
    message = f"{content.phrase(phrase)} {content.phrase('help_line')}"
    return _json(ErrorBody(error={"code": code, "message": message}, contacts=contacts(content, ())), status)


def _read(request: Request, kind: type[T]) -> T:
    """The JSON body of a request as `kind`."""
    if not (request.content_type or "").startswith("application/json"):
        raise Unusable("content_type_unsupported", "error_bad_request", status=415)
    if len(request.body) > MAX_BODY:
        raise Unusable("body_too_large", "error_too_long", status=413)
    try:
        return msgspec.json.decode(request.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unusable("request_invalid", "error_bad_request") from error


async def _session(request: Request, given: str | None) -> str:
    """The given session when it is going on, else a new one: an id we did not issue is never adopted."""
    if given is not None and len(given) != SESSION_CHARACTERS:
        raise Unusable("session_invalid", "error_bad_request")
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
