"""Reading the questions, and what counts as an answer to one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from bot.bench.client import CannotMeasure
from bot.check_examples import examples_of
from bot.coverage import carriers
from bot.evaluation.questions import FOLLOW_UP, Heard, Question, load_questions
from bot.load import load_content
from bot.reply import Reply
from tests.conftest import ROOT
from tests.evaluation.samples import written

CONTENT = load_content()


@pytest.fixture
def questions(tmp_path: Path) -> dict[str, Question]:
    return {question.id: question for question in load_questions(CONTENT, written(tmp_path))}


def test_both_folders_are_read_and_nothing_else(questions: dict[str, Question]) -> None:
    assert list(questions) == ["u-1", "u-2", "b-1", "b-2", "b-3", "b-4", "s-1", "f-1"]
    assert [question.kind for question in questions.values()] == [
        "topic", "topic", "out_of_scope", "crisis", "topic", "refuse", "topic", "follow_up",
    ]  # fmt: skip


def test_no_question_was_trained_on_or_stands_twice() -> None:
    asked = [_plain(question.text) for question in load_questions(CONTENT) if question.kind != FOLLOW_UP]
    assert {text for text, count in Counter(asked).items() if count > 1} == set()
    assert set(asked) & {_plain(text) for _, _, text in examples_of(ROOT)} == set()


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def test_a_question_keeps_what_its_file_says(questions: dict[str, Question]) -> None:
    assert questions["u-1"].voice == "non_native_speaker"
    assert questions["u-1"].group == "topics"
    assert questions["b-1"].style == "typos"
    assert questions["b-3"].also == ("hotline",)
    assert questions["s-1"].lang == "es"
    assert questions["f-1"].turns == ("what is labor trafficking", "tell me more")
    assert questions["f-1"].text == "tell me more"


def test_a_claim_is_answered_by_any_topic_that_carries_it(questions: dict[str, Question]) -> None:
    carried = carriers(CONTENT)["S05"][1]
    assert set(questions["u-2"].topics) == {"labor_trafficking", *carried}
    assert len(carried) > 1


def test_a_card_is_right_by_its_tier(questions: dict[str, Question]) -> None:
    danger = questions["b-2"]
    assert danger.accepts(Heard("crisis", "self_disclosure"))
    assert not danger.accepts(Heard("crisis", "missing_child"))
    assert not danger.accepts(Heard("signs"))
    assert danger.expected == Heard("crisis", "self_disclosure")


def test_what_is_heard_in_an_intent_and_in_a_reply() -> None:
    assert Heard.of_intent("crisis_self_harm") == Heard("crisis", "self_harm")
    assert Heard.of_intent("nlu_fallback") == Heard("out_of_scope")
    assert Heard.of_intent("signs") == Heard("signs")
    assert Heard.in_reply(Reply(topic="crisis", tier="self_harm")) == Heard("crisis", "self_harm")
    assert Heard.in_reply(Reply(topic="signs", tier="ambiguous")) == Heard("signs")
    assert f"{Heard('crisis', 'self_harm')} {Heard('signs')}" == "crisis (self_harm) signs"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {id: a, text: hello, topics: []}", "topics"),
        ("- {id: a, text: hello}", "topics"),
        ("- {id: a, topics: [signs]}", "a asks nothing"),
        ("- {id: a, turns: [hello, ' '], topics: [signs]}", "a asks nothing"),
        ("- {id: a, text: [}", "text"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu" / "blind_x.yml").write_text(text)
    with pytest.raises(CannotMeasure, match=r"blind_x\.yml") as failure:
        load_questions(CONTENT, tmp_path)
    assert said in str(failure.value)


def test_no_questions_at_all_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotMeasure, match="no questions"):
        load_questions(CONTENT, tmp_path)


def test_the_projects_own_questions_name_topics_and_tiers_that_exist() -> None:
    questions = load_questions(CONTENT)
    acts = yaml.safe_load((ROOT / "domain.yml").read_text())["intents"]
    known = {*CONTENT.topics, *acts, "crisis", "clarify"}
    wrong = [
        question.id
        for question in questions
        if not known.issuperset([*question.topics, *question.also])
        or not {*CONTENT.cards, "ambiguous"}.issuperset(question.tiers)
    ]
    assert wrong == []
    assert len({question.id for question in questions}) == len(questions)
