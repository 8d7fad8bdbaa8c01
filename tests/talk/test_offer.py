"""Choices that are typed instead of pressed."""

import pytest

from bot.answer import barrier_reply, button
from bot.load import load_content
from bot.talk.offer import DECLINED, chosen
from bot.talk.words import Lexicon

CONTENT = load_content()
LEXICON = Lexicon(CONTENT.talk)
OFFERED = [button(CONTENT, choice) for choice in ("more", "signs_online", "barrier")]


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("1", "more"), ("1.", "more"), ("#2", "signs_online"), ("option 2", "signs_online"), ("3)", "barrier"),
        ("the first one", "more"), ("Second", "signs_online"), ("last one", "barrier"),
        ("yes", "more"), ("YES PLEASE", "more"), ("yeah!", "more"), ("tell me more", "more"),
        ("Signs of online grooming", "signs_online"), ("its hard to reach out", "barrier"),
        ("no", DECLINED), ("none of these", DECLINED), ("that's not what i meant", DECLINED),
        ("4", None), ("0", None), ("12", None), ("1630", None), ("signs", None), ("yes he hits me", None),
        ("no one helps me", None), ("what are the signs", None), ("?", None), ("", None),
    ],
)  # fmt: skip
def test_a_typed_choice(typed, taken):
    assert chosen(typed, OFFERED, LEXICON) == taken


@pytest.mark.parametrize(("typed", "place"), [("4", 3), ("the fourth", 3), ("5", 4), ("number 6", 5), ("last one", 5)])
def test_every_one_of_many_choices_can_be_taken(typed, place):
    many = barrier_reply(CONTENT, "barrier").choices
    assert chosen(typed, many, LEXICON) == many[place].id


@pytest.mark.parametrize("typed", ["1", "yes", "no", "tell me more"])
def test_nothing_is_chosen_when_nothing_was_offered(typed):
    assert chosen(typed, [], LEXICON) is None
