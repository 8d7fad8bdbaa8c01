"""What a message means after what was said before it; danger is never bent into anything else."""

import pytest

from bot.answer import button
from bot.load import load_content
from bot.talk.nearest import FactFinder
from bot.talk.parts import PLACE
from bot.talk.sense import CARD, DANGER, FALLBACK, Heard, Meant, Sense

CONTENT = load_content()
OFFERED = [button(CONTENT, choice) for choice in ("signs", "myths")]


@pytest.fixture(scope="module")
def sense(encoder):
    return Sense(CONTENT, FactFinder(CONTENT, encoder.encode))


def heard(text, *ranking, topic=None, offered=(), notes=()):
    intent, confidence = ranking[0]
    return Heard(text, intent, confidence, ranking, topic, offered, notes)


def test_a_clear_question_means_what_it_says(sense):
    question = heard("how common is it", ("how_common", 0.9), topic="signs", offered=OFFERED)
    assert sense.understand(question) == Meant("how_common", "how common is it")


@pytest.mark.parametrize("text", ["/signs", "/more", ""])
def test_a_button_is_taken_as_it_is(sense, text):
    assert sense.understand(heard(text, ("signs", 1.0), topic="how_common", offered=OFFERED)) == Meant("signs")


@pytest.mark.parametrize(("typed", "meant"), [("2", "myths"), ("yes", "signs"), ("no", "declined")])
def test_a_typed_choice_is_taken_whatever_the_classifier_says(sense, typed, meant):
    assert sense.understand(heard(typed, ("smalltalk", 0.99), offered=OFFERED)) == Meant(meant)


@pytest.mark.parametrize("intent", ["smalltalk", FALLBACK, "out_of_scope", "labor_trafficking"])
def test_a_follow_up_is_taken_whatever_the_classifier_says(sense, intent):
    assert sense.understand(heard("and labor?", (intent, 0.99), topic="signs")) == Meant("signs_labor_trafficking")


def test_a_complete_question_gives_way_only_when_the_classifier_is_lost(sense):
    sure = heard("is labor legal", ("labor_trafficking", 0.9), topic="how_common")
    assert sense.understand(sure).intent == "labor_trafficking"
    lost = heard("who do i call", (FALLBACK, 0.3), ("help_a_friend", 0.1))
    assert sense.understand(lost) == Meant("hotline")


def test_an_unsure_fragment_stays_where_a_fact_answers_it(sense):
    assert sense.understand(heard("debt?", (FALLBACK, 0.3), topic="control")) == Meant("control", "debt?")
    assert sense.understand(heard("bananas?", (FALLBACK, 0.3), topic="control")) == Meant(FALLBACK, "bananas?")


def test_nothing_is_asked_back_where_a_fact_of_the_likeliest_topic_is_near(sense):
    claim = "a real victim would run away"
    unsure = heard(claim, (FALLBACK, 0.3), ("myths", 0.28), ("control", 0.2))
    assert sense.understand(unsure) == Meant("myths", claim)
    outside = heard(claim, (FALLBACK, 0.3), ("out_of_scope", 0.28), ("myths", 0.2))
    assert sense.understand(outside) == Meant(FALLBACK, claim)


def test_a_guess_that_is_unsure_is_better_than_a_near_fact_of_the_last_topic(sense):
    guess = heard("do they tell my boss", ("hotline_privacy", 0.4), ("hotline", 0.2), topic="hotline")
    assert sense.understand(guess).intent == "hotline_privacy"


def test_a_place_alone_asks_the_last_question_again(sense):
    assert sense.understand(heard("and in texas?", ("x", 0.9), topic="how_common", notes=[PLACE])) == Meant(
        "how_common"
    )
    assert sense.understand(heard("my state", ("x", 0.9), notes=[PLACE])) == Meant("child_protective_services")
    more = heard("what is the law", ("federal_law", 0.9), topic="signs", notes=[PLACE])
    assert sense.understand(more).intent == "federal_law"


def test_danger_that_is_certain_gets_its_card(sense):
    for offered in ((), OFFERED):
        certain = heard("1", ("crisis_self_harm", CARD), topic="signs", offered=offered)
        assert sense.understand(certain) == Meant("crisis_self_harm")


def test_danger_that_is_certain_in_sum_gets_the_likeliest_card(sense):
    torn = heard("they wont let her leave", ("crisis_missing_child", 0.5), ("crisis_immediate_danger", 0.4))
    assert sense.understand(torn) == Meant("crisis_missing_child")


def test_danger_that_is_likely_gets_help_before_the_best_topic(sense):
    likely = heard(
        "he has a gun and some friends", ("crisis_immediate_danger", 0.6), ("out_of_scope", 0.2), ("emergency", 0.15)
    )
    assert sense.understand(likely) == Meant("emergency", support=True)


def test_without_a_fair_topic_help_leads_where_the_card_does(sense):
    likely = heard("she is gone", ("crisis_missing_child", 0.8), ("signs", 0.14))
    meant = sense.understand(likely)
    assert meant.support and meant.intent in CONTENT.cards["missing_child"].choices


@pytest.mark.parametrize(("share", "support"), [(DANGER, True), (DANGER - 0.01, False)])
def test_did_you_mean_is_never_asked_when_it_may_be_danger(sense, share, support):
    unsure = heard("he is so weird lately", (FALLBACK, 0.3), ("signs", 0.2), ("crisis_family_abuse", share))
    assert sense.understand(unsure) == (
        Meant("signs", support=True) if support else Meant(FALLBACK, "he is so weird lately")
    )


@pytest.mark.parametrize("text", ["what about drugs he gives me", "and he locks the door", "debt he says"])
def test_danger_is_not_bent_into_a_follow_up(sense, text):
    risky = heard(text, ("crisis_self_disclosure", 0.5), ("control", 0.2), topic="control")
    assert sense.understand(risky) == Meant("control", support=True)
    unsure = heard(text, (FALLBACK, 0.3), ("crisis_self_disclosure", 0.25), ("control", 0.2), topic="signs")
    assert sense.understand(unsure) == Meant("control", support=True)
