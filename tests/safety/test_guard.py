"""The guard in front of Rasa: the card comes whatever Rasa does, in whatever language, and nothing is kept of it."""

from __future__ import annotations

import pytest
from rasa.core.channels.channel import UserMessage

from bot.answer import card_reply, topic_reply
from bot.channels.guard import Guard
from bot.channels.turn import clean, take_turn
from bot.load import load_content
from bot.reply import Block, Reply
from bot.safety.net import Net

CONTENT = load_content()
DANGER, DISCLOSURE = "he locked me in and he has a gun", "my boyfriend makes me sleep with men for money"
CANARY = "zebedee"


@pytest.fixture
def guard(patterns_alone: Net) -> Guard:
    return Guard(patterns_alone)


async def fails(message: UserMessage) -> None:
    raise RuntimeError(message.text)


async def must_not_run(message: UserMessage) -> None:
    pytest.fail("a card needs no Rasa")


def says(*replies: Reply):
    async def handle(message: UserMessage) -> None:
        for reply in replies:
            await message.output_channel.send_response(message.sender_id, {"custom": reply.to_dict()})

    return handle


async def ask(guard: Guard, handle, text: str, lang: str | None = None) -> Reply:
    return (await take_turn(handle, CONTENT, "session", text, lang, guard=guard))[0]


@pytest.mark.parametrize("lang", [None, "en", "es"])
@pytest.mark.parametrize(
    ("text", "spoken"), [(DANGER, "en"), ("me tienen encerrada y tiene una pistola", "es"), (f"/{DANGER}", "en")]
)
async def test_the_card_comes_before_rasa_in_the_language_of_the_text(guard, text, spoken, lang):
    reply = await ask(guard, must_not_run, clean(text), lang)
    assert reply == card_reply(CONTENT, "immediate_danger", spoken)


async def test_a_harmless_text_is_left_to_rasa(guard):
    answer, _ = topic_reply(CONTENT, "signs")
    assert await ask(guard, says(answer), "what are the signs") == answer


@pytest.mark.parametrize("later", ["ok", "what now", "jk", "no"])
@pytest.mark.parametrize("topic", ["out_of_scope", "clarify", "smalltalk"])
async def test_no_fallback_follows_a_card(guard, later, topic):
    card = await ask(guard, must_not_run, DISCLOSURE)
    for _ in range(5):
        assert await ask(guard, says(Reply(topic=topic, blocks=(Block(text="?"),))), later) == card


async def test_a_question_after_a_card_is_answered_with_help_first(guard):
    await ask(guard, must_not_run, DISCLOSURE)
    answer, _ = topic_reply(CONTENT, "immigration_relief")
    reply = await ask(guard, says(answer), "what is a T visa")
    assert (reply.topic, reply.tier) == ("immigration_relief", "ambiguous")
    assert reply.blocks[1:] == answer.blocks
    assert reply.contacts[0].call == CONTENT.helplines["hotline"].call


async def test_after_a_card_a_failing_rasa_gets_the_card_again(guard):
    card = await ask(guard, must_not_run, DISCLOSURE)
    assert await ask(guard, fails, "ok") == card


async def test_the_card_comes_though_the_check_of_meaning_and_rasa_both_fail(patterns_alone):
    class Broken:
        def scores(self, text, langs):
            raise RuntimeError(text)

    reply = await ask(Guard(Net(Broken())), fails, DANGER)
    assert reply.tier == "immediate_danger"


async def test_a_failing_check_never_stands_between_a_person_and_the_answer(guard, monkeypatch, caplog):
    def breaks(text, state):
        raise RuntimeError(text)

    monkeypatch.setattr(guard.net, "check", breaks)
    answer, _ = topic_reply(CONTENT, "signs")
    reply = await ask(guard, says(answer), f"signs {CANARY}")
    assert (reply.topic, reply.tier) == ("signs", "ambiguous"), "nobody knows, so help stands in front"
    assert "safety.failed error=RuntimeError" in caplog.text and CANARY not in caplog.text


async def test_buttons_are_not_taken_for_words(guard):
    answer, _ = topic_reply(CONTENT, "emergency")
    assert await ask(guard, says(answer), "/emergency") == answer


async def test_nothing_of_the_text_is_kept(guard):
    await ask(guard, must_not_run, f"{DANGER} {CANARY}")
    assert guard.memory.knows("session")
    assert CANARY not in repr(vars(guard.memory))
    guard.memory.forget("session")
    assert not guard.memory.knows("session")


async def test_conversations_are_apart(guard):
    await ask(guard, must_not_run, DISCLOSURE)
    answer, _ = topic_reply(CONTENT, "signs")
    assert (await take_turn(says(answer), CONTENT, "other", "signs please", guard=guard))[0].tier == ""
