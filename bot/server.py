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

from actions.base import content as read_content
from bot.channels.web import HEADERS, MAX_BODY, WebChannel, error_response
from bot.runtime import model

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 30

_KNOWN: dict[type[Exception], tuple[str, str, int]] = {
    NotFound: ("not_found", "error_bad_request", 404),
    PayloadTooLarge: ("body_too_large", "error_too_long", 413),
}


def create_app(model_file: Path) -> Sanic:
    """A Sanic app that loads `model_file` when it starts.

    Raises:
        bot.load.ContentError: the content cannot be used.
    """
    content = read_content()
    app = Sanic("lantern", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY + 4096  # the body, and room for headers
    app.config.RESPONSE_TIMEOUT = 20
    app.config.FALLBACK_ERROR_FORMAT = "json"

    async def on_new_message(message: UserMessage) -> Any:
        return await app.ctx.agent.handle_message(message)

    async def load(app: Sanic, _: object) -> None:
        app.ctx.agent = await model.load(model_file)
        logger.info("server.ready topics=%d facts=%d", len(content.topics), len(content.facts))

    async def failed(request: Request, error: Exception) -> HTTPResponse:
        code, phrase, status = _KNOWN.get(type(error)) or _other(error)
        response = error_response(content, code, phrase, status)
        response.headers.update(HEADERS)
        return response

    async def sweep(app: Sanic) -> None:
        while True:  # expired conversations go also when nobody writes any more
            await asyncio.sleep(SWEEP_SECONDS)
            if sweep := getattr(app.ctx.agent.tracker_store, "sweep", None):
                sweep()

    app.register_listener(load, "before_server_start")
    app.add_task(sweep)
    app.error_handler.add(Exception, failed)
    app.blueprint(WebChannel(content).blueprint(on_new_message), url_prefix="/")
    return app


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
    """
    app = create_app(model_file)

    async def announce(*_: object) -> None:
        print(f"Lantern answers at http://{host}:{port} (stop with Ctrl+C)", flush=True)

    app.register_listener(announce, "after_server_start")
    app.run(host=host, port=port, access_log=False, motd=False, debug=False)
