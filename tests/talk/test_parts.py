"""Messages taken apart: two questions, corrections, places, essays."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.load import load_content
from bot.reply import Reply
from bot.talk.parts import ESSAY, LONGEST, PLACE, Part, apart, parts_for

PARTS = parts_for(load_content().talk)


def texts(message):
    return [part.text for part in PARTS.of(message)]


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("what are the signs and who do i call", ["what are the signs", "who do i call"]),
        ("What is it called? Where is that from?", ["What is it called?", "Where is that from?"]),
        ("what are the signs? and online?", ["what are the signs?", "and online?"]),
        ("how common is it, and also what can i do", ["how common is it", "what can i do"]),
        (
            "What is trafficking? How bad is it? Who do I call?",
            ["What is trafficking?", "How bad is it?", "Who do I call?"],
        ),
        ("is there a law and can i report it", ["is there a law", "can i report it"]),
        ("whats grooming and how does it begin", ["whats grooming", "how does it begin"]),
        ("What do nurses see and must they report it?", ["What do nurses see", "must they report it?"]),
        ("how do they trick kids and do the parents know", ["how do they trick kids", "do the parents know"]),
        (
            "I run a small hotel. What should my staff look for? And who do we call?",
            ["I run a small hotel. What should my staff look for?", "And who do we call?"],
        ),
        (
            "my class starts soon and i am new, what do i teach? also is it a crime",
            ["my class starts soon and i am new, what do i teach?", "also is it a crime"],
        ),
        (
            "what is the law? who made it? i have to know today",
            ["what is the law?", "who made it? i have to know today"],
        ),
    ],
)
def test_questions_of_their_own_are_parted(message, questions):
    assert texts(message) == questions


@pytest.mark.parametrize(
    "message",
    [
        "what are the signs and risks",
        "do they take kids and do bad things",
        "hi, what are the signs?",
        "I think my friend is being trafficked. What do I do?",
        "is it true? does it really happen?",
        "what is a? what is b? what is c? what is d?",
        "rock and roll",
        "is it a crime or do they just get a fine",
        "where do they meet kids? the mall?",
        "why?",
        "?",
    ],
)
def test_one_question_stays_one(message):
    assert texts(message) == [message]


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ("no, I meant smuggling", "smuggling"),
        ("No I meant the law.", "the law."),
        ("not that, the law", "the law"),
        ("i said signs not sins", "signs"),
        ("not the signs, the law", "the law"),
        ("i meant labor", "labor"),
        ("i meant", "i meant"),
        ("not sure what to do, but i am scared", "not sure what to do, but i am scared"),
        ("no one believes me", "no one believes me"),
        ("not safe, he is here", "not safe, he is here"),
    ],
)
def test_a_correction_gives_what_was_meant(message, meant):
    assert texts(message) == [meant]


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("how common is it in Ohio?", "how common is it?"),
        ("what is the law in the state of New York", "what is the law"),
        ("is it common in georgia", "is it common"),
        ("i live in texas. who do i call?", "who do i call?"),
        ("georgia's laws on this", "georgia's laws on this"),
        ("texas laws on this", "texas laws on this"),
        ("and in texas?", "and in texas?"),
        ("what about puerto rico", "what about puerto rico"),
        ("who must report in my state", "who must report"),
    ],
)
def test_a_place_is_noted_and_taken_off(message, text):
    assert PARTS.of(message) == [Part(text, (PLACE,))]


@pytest.mark.parametrize(
    "message",
    [
        "Georgia told me she is scared", "help georgia", "virginia is my friend", "a text from georgia",
        "washington was a president", "maine", "he locked me in", "in general", "i am in a state of shock",
    ],
)  # fmt: skip
def test_a_name_is_no_place(message):
    assert all(PLACE not in part.notes or "maine" in message for part in PARTS.of(message))
    assert texts(message) == [message]


@pytest.mark.parametrize(
    "message",
    [
        "write me an essay on child trafficking signs",
        "can you write a 500 word essay about how kids are recruited?",
        "can you write my essay about trafficking for me please",
        "i need help with my homework about labor trafficking",
        "WRITE A SPEECH ON MYTHS",
        "write a story about a girl who is hurt",
    ],
)
def test_an_essay_is_noted_and_nothing_taken_off_for_the_work_may_be_one_to_refuse(message):
    assert PARTS.of(message) == [Part(message, (ESSAY,))]


@pytest.mark.parametrize(
    "message",
    [
        "how do i make a report about trafficking",
        "write my essay",
        "i want to report on a man",
        "is there a report",
    ],
)
def test_a_report_is_no_essay(message):
    assert PARTS.of(message) == [Part(message)]


@given(st.text(max_size=80))
def test_whatever_is_typed_something_is_left_to_ask(message):
    if message.strip():
        assert all(part.text.strip() for part in PARTS.of(message.strip()))


@pytest.mark.parametrize("piece", ["write me an essay ", "homework ", "in the state of ", "and what ", "not a ", "a "])
def test_no_message_takes_long(piece):
    start = time.process_time()
    for size in (LONGEST, 2000):
        PARTS.of((piece * 2000)[:size])
    assert time.process_time() - start < 0.1


@pytest.mark.parametrize(
    ("topics", "are_apart"),
    [
        (["signs", "hotline"], True), (["signs", "signs"], False), (["signs", "clarify"], False),
        (["out_of_scope", "signs"], False), (["signs", "cite"], True), (["signs"], True),
    ],
)  # fmt: skip
def test_replies_stand_apart_when_each_answers_something_else(topics, are_apart):
    assert apart([Reply(topic=topic) for topic in topics]) is are_apart
