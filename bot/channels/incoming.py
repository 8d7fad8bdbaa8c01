"""What a visitor has sent: a JSON body or the form of the page."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from sanic import Request

from bot.channels.headers import from_elsewhere
from bot.channels.turn import MAX_CHARACTERS, Unusable

MAX_JSON = 16 * 1024
MAX_BODY = 12 * MAX_CHARACTERS + 1024
"""For a form, which needs the most: a character takes up to twelve bytes in it."""

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


def read_json(request: Request, kind: type[T]) -> T:
    """The JSON body of a request as `kind`.

    Raises:
        Unusable: it is none, is too large, or comes from another site.
    """
    _need_own(request, MAX_JSON)
    if not (request.content_type or "").startswith("application/json"):
        raise Unusable("content_type_unsupported", "error_bad_request", status=415)
    try:
        return msgspec.json.decode(request.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unusable("request_invalid", "error_bad_request") from error


def read_form(request: Request) -> ChatRequest:
    """The form of the page: a pressed button counts more than what stands in the box.

    Raises:
        Unusable: as `read_json`.
    """
    _need_own(request, MAX_BODY)
    if not (request.content_type or "").startswith("application/x-www-form-urlencoded"):
        raise Unusable("content_type_unsupported", "error_bad_request", status=415)
    asked = {name: request.form.get(name) or None for name in ("session", "choice", "lang")}
    text = None if asked["choice"] else request.form.get("text", "")
    return ChatRequest(text=text, **asked)


def _need_own(request: Request, most: int) -> None:
    """Refuse what another site's page sends, and what has more bytes than `most`."""
    if from_elsewhere(request.headers):
        raise Unusable("origin_refused", "error_bad_request", status=403)
    if len(request.body) > most:
        raise Unusable("body_too_large", "error_too_long", status=413)
