"""The server of `lantern run`: the web channel at `/`, the model loaded before the first request."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from sanic import Request, Sanic
from sanic.exceptions import NotFound, PayloadTooLarge, SanicException
from sanic.response import HTTPResponse
from sanic.server.socket import bind_socket

from actions.base import content as read_content
from actions.base import finder
from bot.channels.guard import default_guard
from bot.channels.headers import HEADERS
from bot.channels.incoming import MAX_BODY
from bot.channels.settings import Settings
from bot.channels.web import WebChannel, error_response
from bot.runtime import model
from bot.runtime.conversations import ConversationStore

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 30
PREPARE_AFTER = 3
"""Seconds from the start until facts are made ready to be compared with questions; before, it is done on demand."""

_KNOWN: dict[type[Exception], tuple[str, str, int]] = {
    NotFound: ("not_found", "error_bad_request", 404),
    PayloadTooLarge: ("body_too_large", "error_too_long", 413),
}


def create_app(model_file: Path) -> Sanic:
    """A Sanic app that loads `model_file` when it starts.

    Raises:
        bot.load.ContentError: the content cannot be used.
        bot.channels.settings.BadSetting: a variable of the environment cannot be used.
    """
    content, settings = read_content(), Settings.read()
    app = Sanic("lantern", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY + 4096  # the body, and room for headers
    app.config.RESPONSE_TIMEOUT = 20
    app.config.PROXIES_COUNT = settings.proxies or None
    app.config.FALLBACK_ERROR_FORMAT = "json"

    async def on_new_message(message: UserMessage) -> Any:
        return await app.ctx.agent.handle_message(message)

    async def load(app: Sanic, _: object) -> None:
        try:
            app.ctx.agent = await model.load(model_file)
        except model.NoModel as error:  # cards and help lines do not need it
            logger.error("server.no_model %s", error)
            return
        logger.info("server.ready topics=%d facts=%d", len(content.topics), len(content.facts))

    async def failed(request: Request, error: Exception) -> HTTPResponse:
        code, phrase, status = _KNOWN.get(type(error)) or _other(error)
        response = error_response(content, code, phrase, status)
        response.headers.update(HEADERS)
        return response

    async def sweep(app: Sanic) -> None:
        while True:  # expired conversations go also when nobody writes any more
            await asyncio.sleep(SWEEP_SECONDS)
            sweep_once(app)

    async def prepare(app: Sanic) -> None:
        await asyncio.sleep(PREPARE_AFTER)  # the first visitor comes first
        for topic in content.topics:
            await asyncio.to_thread(finder().prepare, topic)

    app.register_listener(load, "before_server_start")
    app.add_task(sweep)
    app.add_task(prepare)
    app.error_handler.add(Exception, failed)
    app.blueprint(WebChannel(content, settings=settings).blueprint(on_new_message), url_prefix="/")
    return app


def sweep_once(app: Sanic) -> None:
    """Forget the conversations that have expired; a store of another kind, where one is set, keeps its own time."""
    default_guard().memory.sweep()
    store = getattr(getattr(app.ctx, "agent", None), "tracker_store", None)
    if isinstance(store, ConversationStore):
        store.sweep()


def _other(error: Exception) -> tuple[str, str, int]:
    status = error.status_code if isinstance(error, SanicException) else 500
    if status >= 500:
        # Not the error's own text: it may quote what the visitor wrote.
        logger.error("request.failed error=%s", type(error).__name__)
        return "server_error", "error_help", status
    return "request_invalid", "error_bad_request", status


def serve(model_file: Path, host: str, port: int) -> None:
    """Serve until interrupted; print the address when the first question can be asked.

    Raises:
        bot.load.ContentError: the content cannot be used.
        bot.channels.settings.BadSetting: a variable of the environment cannot be used.
        OSError: it cannot listen there.
    """
    app = create_app(model_file)
    try:
        listening = bind_socket(host, port)  # here, because Sanic would log that it failed and return
    except (OSError, OverflowError) as error:
        raise OSError(f"cannot listen on {host}:{port}: {getattr(error, 'strerror', None) or error}") from error

    async def announce(*_: object) -> None:
        print(f"Lantern answers at http://{host}:{port} (stop with Ctrl+C)", flush=True)

    app.register_listener(announce, "after_server_start")
    app.run(sock=listening, access_log=False, motd=False, debug=False)
