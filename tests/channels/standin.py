"""The web channel on a real server, with something simple in place of Rasa: `python -m tests.channels.standin PORT`.

It starts in a second and can be given other content, so it serves where the understanding does not matter: a second
language, limits that are soon reached, another site around the chat. Typed text is answered with the topic `signs`,
or with a card when the word "danger" is in it.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from types import SimpleNamespace

import msgspec
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from bot.answer import card_reply, topic_reply
from bot.channels.settings import Settings
from bot.channels.turn import ReplyCollector
from bot.channels.web import WebChannel
from bot.content import Content, Text
from bot.load import load_content
from bot.reply import Reply


def in_two_languages(content: Content) -> Content:
    """The content as if somebody had just translated its phrases and questions: each is marked."""
    return replace(
        content,
        phrases={key: _marked(text) for key, text in content.phrases.items()},
        topics={
            key: msgspec.structs.replace(topic, question=_marked(topic.question), title=_marked(topic.title))
            for key, topic in content.topics.items()
        },
    )


def _marked(text: Text) -> Text:
    return {"en": text["en"], "es": f"[es] {text['en']}"}


def card_for(text: str) -> Reply | None:
    """Any message with the word "danger" is one."""
    return card_reply(load_content(), "immediate_danger") if "danger" in text else None


class Sessions(set[str]):
    """The conversations that are going on, as the channel asks for them."""

    async def exists(self, session: str) -> bool:
        return session in self

    async def forget(self, session: str) -> None:
        self.discard(session)


def create_app() -> Sanic:
    """The app, with the settings of the environment."""
    content, settings, sessions = in_two_languages(load_content()), Settings.read(), Sessions()

    async def answer(message: UserMessage) -> None:
        lang = (message.metadata or {}).get("lang") or "en"
        topic = message.text.removeprefix("/") if message.text.startswith("/") else "signs"
        sessions.add(message.sender_id)
        reply = card_for(message.text) or topic_reply(content, topic, lang)[0]
        assert isinstance(message.output_channel, ReplyCollector)
        message.output_channel.replies.append(reply)

    app = Sanic("standin", configure_logging=False)
    app.ctx.agent = SimpleNamespace(tracker_store=sessions)
    app.config.PROXIES_COUNT = settings.proxies or None
    app.blueprint(WebChannel(content, card_for, settings).blueprint(answer), url_prefix="/")
    return app


if __name__ == "__main__":
    create_app().run(host="127.0.0.1", port=int(sys.argv[1]), access_log=False, motd=False)
