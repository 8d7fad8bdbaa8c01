"""One turn: what a visitor may send, and an answer whatever happens."""

import asyncio

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.answer import barrier_reply, card_reply
from bot.channels import turn
from bot.channels.guard import Guard
from bot.channels.turn import MAX_CHARACTERS, ReplyCollector, Unusable, clean, pressed, take_turn
from bot.content import TIERS
from bot.load import load_content
from bot.reply import Block, Reply
from bot.safety.net import Net
from bot.talk.parts import Parts

BOTH = "what are the signs and who do i call"
CANARY = "my name is Zebedee"
SIGNS, MYTHS = (Reply(topic=topic, blocks=(Block(text=topic),)) for topic in ("signs", "myths"))


@pytest.fixture(scope="module")
def content():
    return load_content()


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("What are the signs?", "What are the signs?"),
        ("  one \t two\r\nthree\u00a0four\u2028five ", "one two three four five"),
        ("he\x00lp\x1b[0m me\x7f", "he lp [0m me"),
        ("\ud800help \udfff", "help"),
        ("\u202ehelp\u202c me", "help me"),  # order of writing
        ("ki\u200bll my\u200dself\ufeff", "kill myself"),  # no width
        ("soft\u00adhyphen", "softhyphen"),
        ("\ue000 private \U000fffff", "private"),
        ("ｈｅｌｐ ﬁnd", "help find"),  # noqa: RUF001
        ("/restart", "restart"),
        ("//x", "x"),
        (" / /\t/ x / y", "x / y"),
        ("\u200b/restart", "restart"),
        ("／restart", "restart"),  # noqa: RUF001
        ('/ask{"x":1}', 'ask{"x":1}'),
        ("and/or", "and/or"),
        ("😢 👩\u200d👧 ¿Ayuda? 助けて", "😢 👩👧 ¿Ayuda? 助けて"),
        ("x" * MAX_CHARACTERS, "x" * MAX_CHARACTERS),
    ],
)
def test_what_was_typed_is_made_safe_and_the_words_stay(typed, cleaned):
    assert clean(typed) == cleaned


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "/", "///", " / / ", "\x00", "\ud800", "\u200b\ufeff", "\u202e/"])
def test_nothing_to_answer(typed):
    with pytest.raises(Unusable) as caught:
        clean(typed)
    assert (caught.value.code, caught.value.phrase, caught.value.status) == ("text_empty", "error_empty", 400)


@pytest.mark.parametrize(
    "typed",
    ["x" * (MAX_CHARACTERS + 1), "x" * 20_000, " " * 20_000, "\ufdfa" * MAX_CHARACTERS],
    ids=["one too many", "20,000", "20,000 spaces", "characters that stand for eighteen"],
)
def test_far_too_long(typed):
    with pytest.raises(Unusable) as caught:
        clean(typed)
    assert (caught.value.code, caught.value.phrase, caught.value.status) == ("text_too_long", "error_too_long", 413)


def test_every_reason_has_its_sentence(content):
    for broken in ("", "x" * 20_000):
        with pytest.raises(Unusable) as caught:
            clean(broken)
        assert content.phrase(caught.value.phrase)


@given(st.text(st.characters(exclude_categories=()), max_size=60))
@example("/\u200b/restart")
@example("\u200b/\x00/\ud800/ x")
def test_nobody_can_give_a_command(typed):
    try:
        cleaned = clean(typed)
    except Unusable:
        return
    assert cleaned and not cleaned.startswith("/") and cleaned == cleaned.strip()
    assert cleaned.encode("utf-8") and cleaned.isprintable()
    assert clean(cleaned) == cleaned
    read = YAMLStoryReader.unpack_regex_message(Message({TEXT: cleaned}))
    assert read.get(INTENT) is None


@pytest.mark.parametrize("choice", ["signs", "hotline", "more", "cite", "barrier", "barrier_cost", "barrier_not_sure"])
def test_a_button_is_its_intent(content, choice):
    assert pressed(content, choice) == f"/{choice}"


@pytest.mark.parametrize(
    "choice",
    [
        "",
        "restart",
        "/signs",
        "signs ",
        'signs{"lang": "es"}',
        "crisis_self_harm",
        "Signs",
        "barrier_",
        "barrier_x",
        "barriercost",
        "barrier_cost_",
        "/barrier",
        "cost",
    ],
)
def test_only_ids_that_were_offered_are_taken(content, choice):
    with pytest.raises(Unusable) as caught:
        pressed(content, choice)
    assert (caught.value.code, caught.value.phrase, caught.value.status) == (
        "choice_unknown",
        "error_unknown_choice",
        400,
    )


@pytest.mark.parametrize("replies", [[SIGNS], [SIGNS, MYTHS]])
async def test_the_replies_come_back_in_order(content, replies):
    async def handle(message):
        for reply in replies:
            await message.output_channel.send_response(message.sender_id, {"custom": reply.to_dict()})

    assert await take_turn(handle, content, "session", "hello") == replies


async def test_a_plain_response_of_rasa_becomes_a_reply(content):
    async def handle(message):
        await message.output_channel.send_response("session", {"text": "Hello."})
        await message.output_channel.send_response("session", {"attachment": "no text"})

    assert [reply.text() for reply in await take_turn(handle, content, "session", "hello")] == ["Hello."]


@pytest.mark.parametrize(("lang", "metadata"), [(None, {}), ("en", {"lang": "en"}), ("es", {}), ("xx", {})])
async def test_what_rasa_is_given(content, lang, metadata):
    given = []

    async def handle(message):
        given.append(message)

    await take_turn(handle, content, "session", "hello", lang, guard=Guard(Net()))
    (message,) = given
    assert (message.text, message.sender_id, message.metadata) == ("hello", "session", metadata)
    assert isinstance(message.output_channel, ReplyCollector)


def answering(topics, asked):
    """A handler that answers each text with the topic it stands for; an act of its own kind when it knows none."""

    async def handle(message):
        asked.append((message.text, message.metadata))
        reply = Reply(topic=topics.get(message.text, "out_of_scope"), tier="x" * (topics.get(message.text) == "crisis"))
        await message.output_channel.send_response("session", {"custom": reply.to_dict()})

    return handle


@pytest.mark.parametrize(
    ("topics", "told"),
    [
        ({"what are the signs": "signs", "who do i call": "hotline"}, ["signs", "hotline"]),
        ({"what are the signs": "signs", "who do i call": "signs", BOTH: "what_to_do"}, ["what_to_do"]),
        ({"what are the signs": "signs", BOTH: "what_to_do"}, ["what_to_do"]),
        ({"what are the signs": "signs", "who do i call": "crisis"}, ["crisis"]),
        ({"what are the signs": "crisis", "who do i call": "hotline"}, ["crisis"]),
    ],
    ids=["two", "the same", "one unanswered", "a card", "a card first"],
)
async def test_two_questions_get_two_replies_when_each_has_its_own(content, topics, told):
    replies = await take_turn(answering(topics, []), content, "session", BOTH)
    assert [reply.topic for reply in replies] == told


async def test_when_one_of_two_questions_fails_the_first_still_counts(content):
    async def handle(message):
        if message.text == "who do i call":
            raise ValueError
        await message.output_channel.send_response("session", {"custom": SIGNS.to_dict()})

    assert await take_turn(handle, content, "session", BOTH) == [SIGNS]


@pytest.mark.parametrize("broken", ["of", "whole"])
async def test_a_message_that_cannot_be_taken_apart_is_answered_as_a_whole(content, monkeypatch, caplog, broken):
    def fail(self, message):
        raise ValueError(f"cannot take apart {message}")

    monkeypatch.setattr(Parts, broken, fail)
    asked = []
    (reply,) = await take_turn(answering({BOTH: "what_to_do"}, asked), content, "session", BOTH)
    assert (reply.topic, asked) == ("what_to_do", [(BOTH, {})])
    assert "parts.failed error=ValueError" in caplog.text and BOTH not in caplog.text


async def test_how_a_question_was_put_goes_with_it(content):
    asked = []
    await take_turn(answering({}, asked), content, "session", "write me an essay on what the law is in Ohio", "en")
    assert asked == [("write me an essay on what the law is", {"lang": "en", "notes": ("essay", "place")})]


async def test_a_pressed_button_is_not_taken_apart(content):
    asked = []
    await take_turn(answering({}, asked), content, "session", "/signs")
    assert asked == [("/signs", {})]


async def raises(message):
    raise ValueError(f"cannot handle {message.text}")


async def raises_type_error(message):
    raise TypeError(CANARY)


async def hangs(message):
    await asyncio.sleep(60)


async def says_what_is_no_reply(message):
    await message.output_channel.send_response("session", {"custom": {"text": message.text}})


async def says_nothing(message):
    pass


@pytest.mark.parametrize(
    ("handle", "logged"),
    [
        (raises, "turn.failed error=ValueError"),
        (raises_type_error, "turn.failed error=TypeError"),
        (hangs, "turn.failed error=TimeoutError"),
        (says_what_is_no_reply, "turn.failed error=ValidationError"),
        (says_nothing, None),
    ],
)
async def test_help_is_said_whatever_fails_and_no_word_is_logged(content, monkeypatch, caplog, handle, logged):
    monkeypatch.setattr(turn, "SECONDS", 0.05)
    caplog.set_level("DEBUG", logger="bot")
    (reply,) = await asyncio.wait_for(take_turn(handle, content, "session", CANARY), 5)
    assert reply.blocks[0].text == content.phrase("error_help")
    assert {"National Human Trafficking Hotline", "Emergency services"} <= {one.name for one in reply.contacts}
    assert [record.getMessage() for record in caplog.records if record.name.startswith("bot")] == [logged] * bool(
        logged
    )
    assert CANARY not in caplog.text and "Zebedee" not in reply.text()
    assert all(record.exc_info is None for record in caplog.records if record.name.startswith("bot"))


async def test_what_was_said_before_a_failure_counts(content):
    async def handle(message):
        await message.output_channel.send_response("session", {"custom": SIGNS.to_dict()})
        raise ValueError

    assert await take_turn(handle, content, "session", "hello") == [SIGNS]


async def test_a_turn_that_is_called_off_stays_called_off(content):
    """When the visitor leaves, say: then nobody waits for help lines."""
    waiting = asyncio.ensure_future(take_turn(hangs, content, "session", "hello"))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def no_rasa(message):
    raise AssertionError("the barrier step must not need a model")


@pytest.mark.parametrize("lang", [None, "en", "es"])
async def test_what_makes_it_hard_is_answered_without_a_model(content, lang):
    """From every card through the question and each of its answers, and back to the question."""
    spoken = lang or "en"
    for tier in TIERS:
        card = card_reply(content, tier, spoken)
        (question,) = await press(content, "barrier", lang)
        assert "barrier" in [choice.id for choice in card.choices]
        assert question.blocks[0].text == content.phrase("barrier_question", spoken)
        for choice in question.choices:
            (answer,) = await press(content, choice.id, lang)
            assert answer == barrier_reply(content, choice.id, spoken)
            assert content.helplines["hotline"].call in answer.blocks[-1].text
            assert await press(content, answer.choices[0].id, lang) == [question]
            for topic in answer.choices[1:]:
                assert pressed(content, topic.id) == f"/{topic.id}"


async def press(content, choice, lang):
    return await take_turn(no_rasa, content, "session", pressed(content, choice), lang)


@pytest.mark.parametrize("typed", ["barrier", "/barrier", "barrier_cost", "/ barrier_cost", "//barrier"])
async def test_a_word_that_was_typed_presses_nothing(content, typed):
    asked = []

    async def handle(message):
        asked.append(message.text)
        await message.output_channel.send_response("session", {"custom": SIGNS.to_dict()})

    assert await take_turn(handle, content, "session", clean(typed)) == [SIGNS]
    assert len(asked) == 1


DISCLOSURE = "my boyfriend makes me sleep with men for money"
"""Its card offers first what makes it hard, then what happens when one calls."""


@pytest.mark.parametrize("typed", ["yes", "1", "the first one", "It's hard to reach out", "me cuesta pedir ayuda"])
def test_what_is_typed_after_a_card_takes_the_cards_choice(content, converse, typed):
    signs, card, question = converse("what are the signs", DISCLOSURE, typed)
    assert (signs[0].topic, card[0].tier) == ("signs", "self_disclosure")
    assert question == [barrier_reply(content, "barrier")]


@pytest.mark.parametrize("typed", ["2", "second one", "When you call the hotline"])
def test_a_topic_of_a_card_can_be_typed_too_and_the_way_on_from_it(converse, typed):
    *_, called, more = converse("what are the signs", DISCLOSURE, typed, "tell me more")
    assert [called[0].topic, more[0].topic] == ["hotline_what_happens"] * 2
    assert called[0].blocks != more[0].blocks


def test_every_answer_to_what_makes_it_hard_can_be_typed_and_asked_again(content, converse):
    question = barrier_reply(content, "barrier")
    for number, choice in enumerate(question.choices, start=1):
        for typed in (str(number), choice.label, content.barriers[choice.id.removeprefix("barrier_")].label["es"]):
            *_, answer, again = converse("what are the signs", DISCLOSURE, "yes", typed, "1")
            assert (answer, again) == ([barrier_reply(content, choice.id)], [question]), typed


def test_an_ordinary_answer_takes_back_what_was_offered_before(converse):
    *_, myths, more = converse("what are the signs", DISCLOSURE, *["what is a T visa"] * 6, "what are the myths", "yes")
    assert (myths[0].topic, myths[0].tier) == ("myths", ""), "the card counts no more"
    assert more[0].topic == "myths"


def test_none_of_what_a_card_offers_gets_the_card_again(converse):
    _, card, again = converse("what are the signs", DISCLOSURE, "none of these")
    assert again == card


async def test_rasa_is_told_what_it_does_not_know_was_offered(content):
    asked, guard = [], Guard(Net())
    handle = answering({"/signs": "signs", "hello": "signs"}, asked)
    (card,) = await take_turn(no_rasa, content, "session", DISCLOSURE, guard=guard)
    offered = tuple(choice.id for choice in card.choices)
    (helped,) = await take_turn(handle, content, "session", "hello", guard=guard)
    await take_turn(handle, content, "session", "/signs", guard=guard)
    await take_turn(handle, content, "session", "hello", guard=guard)
    given = [metadata.get("offered") for _, metadata in asked]
    assert given == [offered, tuple(choice.id for choice in helped.choices), None]
    assert helped.choices[0].id == "hotline", "help stands before what Rasa offered"


async def test_what_was_offered_is_forgotten_with_the_conversation(content):
    guard = Guard(Net())
    await take_turn(no_rasa, content, "session", "/barrier", guard=guard)
    assert len(guard.offered("session")) == len(content.barriers)
    guard.memory.forget("session")
    assert not guard.offered("session") and not guard.memory.knows("session")


async def test_what_makes_it_hard_can_be_typed_while_rasa_is_down(content):
    guard = Guard(Net())
    await take_turn(raises, content, "session", DISCLOSURE, guard=guard)
    assert await take_turn(raises, content, "session", "yes", guard=guard) == [barrier_reply(content, "barrier")]
