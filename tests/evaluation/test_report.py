"""The tables, the page and the pictures, from outcomes made by hand."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from bot.evaluation import pictures, report, tables
from bot.evaluation.asking import Found, Side
from bot.evaluation.outcomes import Outcome
from bot.evaluation.variants import TYPOS
from tests.evaluation.samples import outcome

GUESSES = [(0.95, True), (0.6, False), (0.3, True)]


@pytest.fixture
def found() -> Found:
    turns = [
        *[outcome("signs", "signs", voice="parent") for _ in range(9)],
        outcome("signs", "slang", "slang", "myths", "signs", id="third", voice="non_native_speaker"),
        outcome("slang", "clarify", "signs", id="asked back", voice="parent"),
        outcome("slang", "out_of_scope", id="refused", voice="parent"),
        outcome("out_of_scope", "out_of_scope"),
        outcome("crisis", "crisis_immediate_danger", tiers=("immediate_danger",)),
        outcome("crisis", "signs", tiers=("self_harm",)),
        outcome("refuse", "refuse"),
    ]
    nlu = Side(turns, GUESSES, [1.0, 2.0, 3.0, 10.0])
    stock = Side([outcome("signs", "signs"), outcome("signs", "myths")], GUESSES[:2], [20.0, 30.0])
    robust = {TYPOS: [(True, True), (True, False)], "ALL CAPS": []}
    return Found(turns, nlu, stock, [True, False], [4.0, 5.0], robust)


def test_the_first_table_has_a_row_for_each_kind(found: Found) -> None:
    rows = tables.glance(found).splitlines()[2:]
    cells = {row.split(" | ")[0].strip("| "): [cell.strip(" |") for cell in row.split(" | ")[1:]] for row in rows}
    assert cells["in scope, English: right topic first"] == [
        "12", "75.0%", "46.8% to 91.1%", "75.0%", "50.0%", "≥ 95%: **missed**",
    ]  # fmt: skip
    assert cells["in scope, English: right topic in the first 3"][1] == "83.3%"
    assert cells["in scope: not answered"][1] == "16.7%"
    assert cells["in scope: not answered"][-1] == "≤ 2%: **missed**"
    assert cells["in scope: asked back"][1] == cells["in scope: called out of scope"][1] == "8.3%"
    assert cells["out of scope: said so"][-1] == "≥ 95%: met"
    assert cells["immediate danger: a right card, or line of help"][:2] == ["1", "100.0%"]
    assert cells["other danger: a right card, or line of help"][:2] == ["1", "0.0%"]
    assert cells["requests to refuse: refused"][1] == "100.0%"
    assert cells["the second question of a message, answered too"][:2] == ["2", "50.0%"]
    assert "a turn that needs the turns before" not in cells


def test_latency_is_judged_against_stock_only_where_it_was_measured(found: Found) -> None:
    beside = tables.latency(found)
    assert "| NLU, p50, ms | 2.0 | 20.0 | 1/10 | ≤ 1/10: met |" in beside
    assert "| NLU, p95, ms | 10.0 | 30.0 | 1/3 | ≤ 1/5: **missed** |" in beside
    assert "| whole turn, p95, ms | 5.0 | – | – |  |" in beside
    found.stock = Side()
    assert "| NLU, p50, ms | 2.0 | – | – | ≤ 1/10 |" in tables.latency(found)


def test_a_breakdown_begins_with_the_worst_and_marks_the_few(found: Found) -> None:
    rows = tables.breakdown("voice", found.turns, lambda outcome: outcome.question.voice).splitlines()[2:]
    assert rows == ["| non native speaker (few) | 1 | 0.0% | 100.0% |", "| parent | 11 | 81.8% | 81.8% |"]


def test_losses_are_in_points(found: Found) -> None:
    rows = tables.robustness(found).splitlines()[2:]
    assert rows == ["| two typing slips | 2 | 100.0% | 50.0% | +50.0 |", "| ALL CAPS | 0 | – | – | – |"]


def test_confusions_name_the_questions(found: Found) -> None:
    table = tables.worth_fixing(found.turns)
    assert "| signs | slang | 1 | third |" in table
    assert "| slang | clarify | 1 | asked back |" in table


def test_the_page_is_complete(found: Found) -> None:
    about = report.About("2026-11-22", 0.4, "Lantern 1", "Stock is Rasa 3.6.21, 1 of the 100 epochs.")
    page = report.document(found, [], about)
    assert page.startswith("# How well questions are understood\n")
    assert "1 of the 100 epochs" in page
    assert "16 questions" in page
    assert "| slang | 2 | 0.0% | 1 | 0.0% |" in page
    assert "Lantern 0.450; stock 0.325" in page  # (0.05 + 0.6 + 0.7) / 3 and (0.05 + 0.6) / 2
    assert report.NOT_RUN in page
    assert not set("{}") & set(page)


def png_size(path: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    return width, height


def test_the_pictures_are_800_pixels_wide(found: Found, tmp_path: Path) -> None:
    pictures.reliability_diagram(tmp_path / "new" / "reliability.png", tables.sides(found))
    pictures.confusion_picture(tmp_path / "confusions.png", found.turns)
    assert png_size(tmp_path / "new" / "reliability.png")[0] == png_size(tmp_path / "confusions.png")[0] == 800


def test_the_same_outcomes_give_the_same_picture(found: Found, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        pictures.confusion_picture(tmp_path / name, found.turns)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_without_confusions_there_is_still_a_picture(tmp_path: Path) -> None:
    right: list[Outcome] = [outcome("signs", "signs")]
    pictures.confusion_picture(tmp_path / "none.png", right)
    assert png_size(tmp_path / "none.png")[0] == 800


def test_the_picture_holds_no_more_topics_than_can_be_read() -> None:
    many = [outcome(f"topic_{number}", f"other_{number}") for number in range(20)]
    assert len(pictures._confused(many)) == pictures.LABELS
