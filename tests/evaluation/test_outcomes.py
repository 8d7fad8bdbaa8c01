"""From what Rasa and the actions say to what became of a question."""

from __future__ import annotations

from bot.evaluation.outcomes import Outcome, Parse
from bot.evaluation.questions import Heard, Question
from bot.reply import Choice, Reply
from tests.evaluation.samples import outcome

SIGNS = Question("q", ("what are the signs",), ("signs", "signs_at_school"))
RANKING = (("myths", 0.5), ("control", 0.2), ("signs", 0.1), ("hotline", 0.05))


def parsed(intent: str, *ranking: tuple[str, float]) -> Parse:
    guesses = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    return Parse.of({"intent": {"name": intent, "confidence": 0.5}, "intent_ranking": guesses}, 1.5)


def choices(*topics: str) -> tuple[Choice, ...]:
    return tuple(Choice(id=topic, label=topic) for topic in topics)


def test_the_fallback_is_no_guess() -> None:
    parse = parsed("nlu_fallback", ("nlu_fallback", 0.7), ("signs", 0.2))
    assert parse.heard == Heard("out_of_scope")
    assert parse.ranking == ((Heard("signs"), 0.2),)
    assert parse.milliseconds == 1.5


def test_without_an_intent_nothing_is_understood() -> None:
    result = {"intent": {"name": None, "confidence": 0.0}, "intent_ranking": []}
    assert Parse.of(result, 1.0) == Parse(Heard("out_of_scope"), (), 1.0)


def test_the_first_three_of_nlu() -> None:
    found = Outcome.of_parse(SIGNS, parsed("myths", *RANKING))
    assert (found.right, found.in_first) == (False, True)
    fourth = Outcome.of_parse(SIGNS, parsed("myths", *RANKING[:2], ("hotline", 0.15), ("signs", 0.1)))
    assert (fourth.right, fourth.in_first) == (False, False)


def test_the_first_three_of_a_turn_begin_with_its_answer() -> None:
    found = Outcome.of_reply(SIGNS, Reply(topic="slang"), parsed("myths", *RANKING))
    assert found.first == (Heard("slang"), Heard("myths"), Heard("control"))
    assert not found.in_first


def test_buttons_count_when_it_asks_back() -> None:
    asked = Reply(topic="clarify", choices=choices("hotline", "signs_at_school"))
    found = Outcome.of_reply(SIGNS, asked, parsed("myths", *RANKING))
    assert found.first == (Heard("hotline"), Heard("signs_at_school"), Heard("myths"))
    assert (found.right, found.in_first, found.refused) == (False, True, True)


def test_buttons_of_an_answer_do_not_count() -> None:
    answered = Reply(topic="slang", choices=choices("signs"))
    assert not Outcome.of_reply(SIGNS, answered, None).in_first


def test_asking_back_is_no_refusal_where_it_is_right() -> None:
    question = Question("q", ("help",), ("clarify", "hotline"))
    found = Outcome.of_reply(question, Reply(topic="clarify"), None)
    assert (found.right, found.refused) == (True, False)


def test_a_line_of_help_counts_where_danger_was_expected_and_its_author_accepts_it() -> None:
    line = Reply(topic="what_is_trafficking", tier="ambiguous")
    for tiers, right in ((("self_disclosure", "ambiguous"), True), (("self_disclosure",), False)):
        found = Outcome.of_reply(Question("q", ("text",), ("crisis",), tiers), line, None)
        assert (found.heard, found.right) == (Heard("crisis", "ambiguous"), right)
    assert Outcome.of_reply(SIGNS, Reply(topic="signs", tier="ambiguous"), None).right


def test_it_is_counted_under_the_right_answer_or_the_authors_first() -> None:
    at_school = Outcome(SIGNS, Heard("signs_at_school"), ())
    assert at_school.expected == Heard("signs_at_school")
    assert Outcome(SIGNS, Heard("myths"), ()).expected == Heard("signs")
    card = outcome("crisis", "crisis_missing_child", tiers=("self_harm",))
    assert card.expected == Heard("crisis", "self_harm")
