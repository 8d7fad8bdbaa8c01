"""Follow-ups: fragments find their topic by the last one, and a question of its own is left alone."""

import pytest

from bot.content import ANY
from bot.load import load_content
from bot.talk.followup import CITE, SHORT, FollowUp, FollowUps
from bot.talk.words import Lexicon

CONTENT = load_content()
FOLLOW_UPS = FollowUps(CONTENT.talk, Lexicon(CONTENT.talk))


@pytest.mark.parametrize(
    ("last", "typed", "intent"),
    [
        ("signs", "what about labor?", "signs_labor_trafficking"),
        ("signs", "And in schools?", "signs_at_school"),
        ("signs", "schools?", "signs_at_school"),
        ("signs", "how about foster care", "signs_missing_from_care"),
        ("signs_online", "what about labor trafficking", "signs_labor_trafficking"),
        ("labor_trafficking", "and the signs?", "signs_labor_trafficking"),
        ("labor_trafficking_of_minors", "and the signs?", "signs_labor_trafficking"),
        ("signs_at_school", "what about the law", "mandated_reporting"),
        ("how_common", "and runaways", "runaway_statistic"),
        ("risk_factors", "what about society", "risk_societal"),
        ("recruitment", "ok but the law?", "federal_law"),
        ("who_are_traffickers", "and the buyers?", "who_are_buyers"),
        ("prevention_parents", "and for teens?", "prevention_teens"),
        ("how_common", "why?", "why_numbers_vary"),
        ("how_common", "and per year?", "how_common"),
        ("runaway_statistic", "and per year?", "runaway_statistic"),
        ("who_are_victims", "why them", "risk_factors"),
        ("why_numbers_vary", "why?", "more"),
        ("signs", "why", "more"),
        ("missing_child", "why", "more"),
        ("signs", "ok source?", CITE),
        ("signs", "says who", CITE),
        ("signs", "in short", SHORT),
        ("signs", "TL;DR", SHORT),
        ("signs", "can you give me the short version please", SHORT),
        ("signs", "ok make that shorter", SHORT),
        ("signs", "say that again", "signs"),
        ("signs", "what else", "more"),
    ],
)
def test_a_fragment_finds_its_topic(last, typed, intent):
    assert FOLLOW_UPS.read(typed, last) == FollowUp(intent)


@pytest.mark.parametrize(
    ("last", "typed", "default"),
    [("signs", "what about boys", "who_are_victims"), ("federal_law", "and at home?", None)],
)
def test_what_the_family_has_nothing_on_may_stay_or_go(last, typed, default):
    assert FOLLOW_UPS.read(typed, last) == FollowUp(default=default)


@pytest.mark.parametrize(
    "typed",
    [
        "what is labor trafficking",
        "and what is labor trafficking?",
        "ok how do i report that",
        "how many kids are in foster care",
        "is it illegal",
        "what about gas stations",
        "my stepdad hits me",
    ],
)
def test_what_may_be_a_question_of_its_own_is_never_sure(typed):
    read = FOLLOW_UPS.read(typed, "signs")
    assert read is None or not read.sure


@pytest.mark.parametrize(
    "typed", ["", "ok", "and", "what about", "the law, the signs", "x " * 40, "is it true that it is"]
)
def test_what_names_nothing_is_no_follow_up(typed):
    assert FOLLOW_UPS.read(typed, "signs") is None


def test_without_a_topic_before_it_there_is_nothing_to_go_on_with():
    assert FOLLOW_UPS.read("why?", "") == FollowUp(sure=False)
    assert FOLLOW_UPS.read("who do i call", "") == FollowUp("hotline", sure=False)


def test_every_family_answers_in_general_and_every_topic_has_one_home():
    homes = {}
    for family in CONTENT.talk.families.values():
        assert ANY in family.topics
        for aspect, topics in family.topics.items():
            assert homes.setdefault(topics[0], (family.id, aspect))
    assert homes["signs_labor_trafficking"] == ("signs", "labor")
