import pytest

from actions.fallback import ENOUGH, ActionFallback
from bot.answer import MAX_CHOICES
from tests.actions.turns import CONTENT, run


@pytest.mark.parametrize(
    ("ranking", "offered"),
    [
        ([("nlu_fallback", 0.8), ("signs", 0.2), ("myths", 0.1)], ["signs", "myths"]),
        ([("signs", 0.2), ("greeting", 0.1), ("crisis_self_harm", 0.1), ("myths", 0.1)], ["signs", "myths"]),
        ([("signs", 0.2), ("myths", ENOUGH), ("slang", ENOUGH - 0.001)], ["signs", "myths"]),
        ([(topic, 0.1) for topic in ("signs", "myths", "slang", "caseload")], ["signs", "myths", "slang"]),
    ],
    ids=["guesses", "only topics", "only fair ones", "only three"],
)
def test_fair_guesses_are_offered(ranking, offered):
    reply, slots = run(ActionFallback(), "nlu_fallback", ranking)
    assert (reply.topic, reply.blocks[0].text) == ("clarify", CONTENT.phrase("clarify"))
    assert [choice.id for choice in reply.choices] == offered and len(offered) <= MAX_CHOICES
    assert [choice.label for choice in reply.choices] == [CONTENT.topics[topic].title["en"] for topic in offered]
    assert slots == {}


@pytest.mark.parametrize("ranking", [[], [("signs", 0.01)], [("greeting", 0.2), ("out_of_scope", 0.2)]])
def test_without_a_fair_guess_it_says_what_it_can_do(ranking):
    reply, slots = run(ActionFallback(), "nlu_fallback", ranking)
    assert (reply.topic, reply.blocks[0].text) == ("out_of_scope", CONTENT.phrase("out_of_scope"))
    assert {"what_can_you_do", "hotline"} <= {choice.id for choice in reply.choices}
    assert slots == {}


def test_what_is_likeliest_out_of_scope_is_said_to_be_and_the_guesses_are_offered_all_the_same():
    ranking = [("nlu_fallback", 0.3), ("out_of_scope", 0.25), ("signs", 0.2), ("myths", 0.12)]
    reply, _ = run(ActionFallback(), "nlu_fallback", ranking)
    assert (reply.topic, [choice.id for choice in reply.choices]) == ("out_of_scope", ["signs", "myths"])


def test_when_it_may_be_about_danger_help_comes_before_any_question_back():
    ranking = [("nlu_fallback", 0.3), ("signs", 0.2), ("crisis_self_harm", 0.2), ("myths", 0.12)]
    reply, slots = run(ActionFallback(), "nlu_fallback", ranking, text="everything is dark")
    assert (reply.topic, reply.tier) == ("signs", "ambiguous")
    assert reply.blocks[0].text == CONTENT.phrase("ambiguous_line")
    assert slots["topic"] == "signs"


def test_a_no_to_what_was_offered_is_taken_kindly():
    reply, slots = run(ActionFallback(), "smalltalk", text="none of these", offered=["signs", "myths"])
    assert (reply.topic, reply.blocks[0].text) == ("clarify", CONTENT.phrase("offer_declined"))
    assert slots == {}
