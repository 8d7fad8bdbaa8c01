"""Understanding, on questions that nobody trained on. `factsheet.yml` asks for each claim of the starting document,
`topics.yml` for everything else; both were written without sight of the training examples, and no example may be copied
from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.coverage import carriers, load_claims
from bot.load import load_content
from bot.reply import Reply
from tests.conftest import ROOT, Converse

HERE = Path(__file__).parent
CONTENT = load_content()
CARRIERS = carriers(CONTENT)
FACTSHEET: list[dict[str, Any]] = yaml.safe_load((HERE / "factsheet.yml").read_text())
TOPICS: list[dict[str, Any]] = yaml.safe_load((HERE / "topics.yml").read_text())


@pytest.fixture(scope="module")
def answers(converse: Converse) -> dict[str, Reply]:
    """The first Reply to each question."""
    return {question["id"]: converse(question["text"])[0][0] for question in FACTSHEET + TOPICS}


def test_there_are_enough_questions_and_every_claim_is_asked_for() -> None:
    assert len(FACTSHEET) >= 60
    assert {question["claim"] for question in FACTSHEET} == set(load_claims())


def test_no_question_was_trained_on() -> None:
    trained = {_key(text) for path in (ROOT / "data" / "nlu").glob("*.yml") for text in _examples(path)}
    assert [question["text"] for question in FACTSHEET + TOPICS if _key(question["text"]) in trained] == []


def test_nine_in_ten_claims_are_understood(answers: dict[str, Reply]) -> None:
    wrong = [
        f"{question['claim']} {answers[question['id']].topic}: {question['text']}"
        for question in FACTSHEET
        if not _right(question, answers[question["id"]])
    ]
    assert len(wrong) <= 0.10 * len(FACTSHEET), "\n".join(wrong)


def test_every_claim_comes_back_with_its_source(answers: dict[str, Reply], converse: Converse) -> None:
    """One question about each claim leads to a fact that carries it, with a source, at once or by "more"."""
    missing = set(load_claims())
    for question in FACTSHEET:
        if question["claim"] in missing and _carried(question, answers[question["id"]], converse):
            missing.discard(question["claim"])
    assert missing == set()


def test_nine_in_ten_questions_of_all_kinds_are_understood(answers: dict[str, Reply]) -> None:
    wrong = [
        f"{question['topics'][0]} -> {answers[question['id']].topic}: {question['text']}"
        for question in TOPICS
        if answers[question["id"]].topic not in question["topics"]
    ]
    assert len(wrong) <= 0.10 * len(TOPICS), "\n".join(wrong)


def test_every_fact_has_a_source_and_every_reply_shows_help(answers: dict[str, Reply]) -> None:
    hotline = CONTENT.helplines["hotline"].call
    for reply in answers.values():
        numbers = {source.n for source in reply.sources}
        assert all(block.cites and set(block.cites) <= numbers for block in reply.blocks if block.fact)
        assert hotline in {contact.call for contact in reply.contacts}


def _right(question: dict[str, Any], reply: Reply) -> bool:
    """The topic is one the question's author accepts, or one whose answer carries the claim asked for."""
    return reply.topic in question["topics"] or reply.topic in CARRIERS[question["claim"]][1]


def _carried(question: dict[str, Any], first: Reply, converse: Converse) -> bool:
    facts = set(CARRIERS[question["claim"]][0])
    if first.topic not in CONTENT.topics or not facts & set(CONTENT.topics[first.topic].facts):
        return False
    turns = converse(question["text"], *["tell me more"] * 8)
    shown = {block.fact for replies in turns for reply in replies for block in reply.blocks if block.cites}
    return bool(facts & shown)


def _examples(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r" {4,}- (.+)", line):
            yield match.group(1)


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()
