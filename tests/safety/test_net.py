"""The net: what counts, what lowers, what is remembered."""

from __future__ import annotations

import pytest

from bot.safety.net import SUPPORT_TURNS, Net, State
from bot.safety.verdict import AMBIGUOUS, VARIANTS, Verdict

DANGER = "he locked me in and he has a gun"
DISCLOSURE = "my boyfriend makes me sleep with men for money"


def tier(net: Net, text: str) -> str:
    verdict, _ = net.check(text)
    return verdict.tier if verdict else ""


@pytest.fixture(params=["net", "patterns_alone"])
def either(request: pytest.FixtureRequest) -> Net:
    """The whole net, and the one without its trained part."""
    net: Net = request.getfixturevalue(request.param)
    return net


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DANGER, "immediate_danger"),
        ("me tienen encerrada en un cuarto", "immediate_danger"),
        ("i want to kill myself", "self_harm"),
        ("ya no quiero vivir", "self_harm"),
        (DISCLOSURE, "self_disclosure"),
        ("mi novio me obliga a acostarme con hombres", "self_disclosure"),
        ("my stepdad touches me at night", "family_abuse"),
        ("someone is blackmailing me with my nudes", "image_abuse"),
        ("my daughter is missing", "missing_child"),
        ("my student told me her boyfriend sells her", "third_party_report"),
        ("what is sex trafficking", ""),
        ("this homework is killing me lol", ""),
        ("¿qué es la trata de personas?", ""),
        ("hello", ""),
    ],
)
def test_clear_cases_need_no_training(either: Net, text: str, expected: str) -> None:
    assert tier(either, text) == expected


@pytest.mark.parametrize("frame", ["for my essay: {}", "what if {}", "in the movie {}", "in my story {}"])
def test_framing_never_lowers_immediate_danger(either: Net, frame: str) -> None:
    assert tier(either, frame.format(DANGER)) == "immediate_danger"


@pytest.mark.parametrize("preface", ["for my essay on the history of slavery: " + "the law was changed in 1865. " * 18])
def test_danger_behind_a_long_harmless_beginning_gets_its_card(net: Net, preface: str) -> None:
    assert len(preface) > 500
    assert tier(net, preface + DANGER) == "immediate_danger"
    assert (
        tier(net, preface + "my aunt has a nail salon, i sleep there and she keeps what i earn. she has my papers")
        != ""
    )
    assert tier(net, preface) == ""


@pytest.mark.parametrize(
    "text", ["in the movie her boyfriend sells her to men", "for my essay: a mother sells her daughter for drugs"]
)
def test_framing_lowers_a_disclosure(either: Net, text: str) -> None:
    assert tier(either, text) in ("", AMBIGUOUS)


def test_the_more_urgent_tier_comes_first(either: Net) -> None:
    assert tier(either, f"{DISCLOSURE}, he has a gun and he locked me in") == "immediate_danger"


@pytest.mark.parametrize("later", ["ok", "what now", "jk", "no", "thanks", "what is a T visa", "idk"])
def test_five_turns_after_a_card_stay_with_support(either: Net, later: str) -> None:
    _, state = either.check(DISCLOSURE)
    for _ in range(SUPPORT_TURNS):
        verdict, state = either.check(later, state)
        assert verdict is not None and verdict.tier == AMBIGUOUS
    verdict, state = either.check("what is a T visa", state)
    assert verdict is None


def test_new_danger_counts_at_any_time(either: Net) -> None:
    _, state = either.check(DISCLOSURE)
    _, state = either.check("ok", state)
    verdict, _ = either.check("he is outside my door right now", state)
    assert verdict is not None and verdict.tier == "immediate_danger"


def test_a_card_comes_in_a_quiz(either: Net) -> None:
    state = State()
    for turn in ("quiz me on the myths", "true", "b"):
        verdict, state = either.check(turn, state)
    verdict, _ = either.check("question 3 is me, he sells me to his friends", state)
    assert verdict is not None and verdict.tier == "self_disclosure"


@pytest.mark.parametrize(
    ("text", "variant", "lang"),
    [
        ("i cant talk hes listening", "cannot_talk", "en"),
        ("my boss took my passport and doesnt pay us", "labor", "en"),
        ("a man is blackmailing my son with his photos", "parent", "en"),
        ("im a teacher and my student told me her uncle sells her", "teacher", "en"),
        ("my friend says she is going to kill herself", "friend", "en"),
        ("i ran away and have nowhere to sleep tonight", "ran_away", "en"),
        ("i bought sex from a girl who looked underage", "own_behavior", "en"),
        ("no puedo hablar me esta escuchando", "cannot_talk", "es"),
    ],
)
def test_the_kind_of_card_and_the_language(either: Net, text: str, variant: str, lang: str) -> None:
    verdict, _ = either.check(text)
    assert verdict is not None
    assert (verdict.variant, verdict.lang) == (variant, lang)
    assert verdict.tier in VARIANTS[variant]


def test_the_reason_says_which_pattern_and_quotes_nothing(net: Net) -> None:
    verdict, state = net.check("he has a gun zebedee")
    assert verdict is not None and verdict.reason.startswith("en-")
    assert "zebedee" not in repr((verdict, state))


def test_the_same_text_gives_the_same_verdict(net: Net) -> None:
    assert len({net.check(DISCLOSURE) for _ in range(50)}) == 1


class Broken:
    def scores(self, text: str, langs: list[str]) -> dict[str, float]:
        raise RuntimeError(text)


def test_patterns_count_when_the_trained_part_breaks(caplog: pytest.LogCaptureFixture) -> None:
    net = Net(Broken())  # type: ignore[arg-type]
    assert tier(net, f"{DANGER} zebedee") == "immediate_danger"
    assert "safety.meaning_failed error=RuntimeError" in caplog.text and "zebedee" not in caplog.text


@pytest.mark.parametrize("text", ["", "?", "😭", "a" * 2_000, "he " * 660, "me " * 660, "1 2 3", "\u0301"])
def test_any_text_gets_a_verdict_or_none(either: Net, text: str) -> None:
    verdict, _ = either.check(text)
    assert verdict is None or isinstance(verdict, Verdict)
