"""The whole command on a small test set, with the real model; and the process that asks another environment."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.bench.client import CannotMeasure
from bot.evaluation.asking import ask_all
from bot.evaluation.command import Wanted, evaluate
from bot.evaluation.questions import Heard, load_questions
from bot.evaluation.stock import StockParser
from bot.evaluation.variants import TYPOS
from tests.evaluation.samples import written

pytestmark = pytest.mark.slow


async def test_the_report_is_written_and_its_tables_are_printed(model_file: Path, tmp_path: Path) -> None:
    assistant = await Assistant.load(model_file)
    printed = await evaluate(assistant, Wanted(into=tmp_path / "docs", questions=written(tmp_path)))
    page = (tmp_path / "docs" / "evaluation.md").read_text(encoding="utf-8")
    for row in ("in scope, English: right topic first | 3 |", "out of scope: said so | 1 |", "other danger"):
        assert row in printed
        assert row in page
    assert "a turn that needs the turns before | 1 |" in page
    assert "| in scope, Spanish: right topic first | 1 |" in page
    for picture in ("reliability", "confusions"):
        assert f"(pictures/{picture}.png)" in page
        assert (tmp_path / "docs" / "pictures" / f"{picture}.png").is_file()


async def test_both_sides_are_asked_each_single_question(model_file: Path, tmp_path: Path) -> None:
    """Our own model in a second process stands for stock: it must hear what the first one hears."""
    assistant = await Assistant.load(model_file)
    questions = load_questions(assistant.content, written(tmp_path))
    with StockParser(sys.executable, model_file, tmp_path) as parser:
        assert parser.parse("What are the signs of trafficking?").heard == Heard("signs")
        found = await ask_all(assistant, questions, parser)
    singles = [question.id for question in questions if len(question.turns) == 1]
    assert [outcome.question.id for outcome in found.turns] == [question.id for question in questions]
    assert [outcome.question.id for outcome in found.nlu.outcomes] == singles
    assert found.stock.outcomes == found.nlu.outcomes
    assert found.stock.guesses == pytest.approx(found.nlu.guesses)
    assert len(found.second) == 1
    assert len(found.robust[TYPOS]) == len(found.turn_milliseconds) == len(singles)
    assert all(took > 0 for took in found.stock.milliseconds + found.turn_milliseconds)


def test_a_model_that_cannot_be_loaded_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "model.tar.gz").write_text("nothing")
    with pytest.raises(CannotMeasure, match=r"stock Rasa stopped: .+ \(all of it: "):
        with StockParser(sys.executable, tmp_path / "model.tar.gz", tmp_path):
            raise AssertionError("it started")
