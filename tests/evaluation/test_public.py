"""Public test sets: their files, the arithmetic on them, and a real training on a tiny one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.bench.client import CannotMeasure
from bot.evaluation.outcomes import Parse
from bot.evaluation.public_run import Judged, at_threshold, best_threshold, judge, recall_at_kept, run_public
from bot.evaluation.public_sets import PublicSet, read_clinc, read_hint3
from bot.evaluation.public_table import PUBLISHED, public
from bot.evaluation.questions import Heard
from tests.conftest import ROOT

IN, OUT = "weather", "out_of_scope"


def clinc_file(folder: Path) -> Path:
    parts = {
        "oos_val": [["who won in 1954", "oos"]],
        "val": [["rain later?", "weather"]],
        "train": [["will it rain", "weather"], ["set an alarm", "alarm"]],
        "oos_train": [["what is love", "oos"]],
        "test": [["is it sunny", "weather"]],
        "oos_test": [["why is the sky high", "oos"], ["how old is rome", "oos"]],
    }
    (folder / "data_full.json").write_text(json.dumps(parts))
    return folder / "data_full.json"


def test_clinc_is_trained_on_its_training_parts_and_asked_its_test_parts(tmp_path: Path) -> None:
    found = read_clinc(clinc_file(tmp_path))
    assert found.train == [("will it rain", IN), ("set an alarm", "alarm"), ("what is love", OUT)]
    assert found.test == [("is it sunny", IN), ("why is the sky high", OUT), ("how old is rome", OUT)]


@pytest.mark.parametrize("text", ["{}", "[", '{"train": [["a"]], "oos_train": []}'])
def test_another_file_is_not_taken_for_clinc(tmp_path: Path, text: str) -> None:
    (tmp_path / "other.json").write_text(text)
    with pytest.raises(CannotMeasure, match=r"other\.json is not clinc"):
        read_clinc(tmp_path / "other.json")


def hint3(folder: Path, bot: str, test: str) -> None:
    for part, rows in (("train", 'how to cancel,CANCEL\n"track, please",TRACK\n'), ("test", test)):
        (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / part / f"{bot}_{part}.csv").write_text(f"sentence,label\n{rows}", encoding="utf-8")


def test_hint3_prefers_the_version_that_the_results_are_of(tmp_path: Path) -> None:
    hint3(tmp_path / "dataset" / "v1", "curekart", "cancel it,CANCEL\nHy,NO_NODES_DETECTED\n")
    hint3(tmp_path / "dataset", "curekart", "newer,TRACK\n")
    hint3(tmp_path / "dataset", "sofmattress", "where is it,TRACK\n")
    first, second = read_hint3(tmp_path)
    assert (first.name, first.test) == ("curekart", [("cancel it", "CANCEL"), ("Hy", OUT)])
    assert first.train == [("how to cancel", "CANCEL"), ("track, please", "TRACK")]
    assert second.name == "sofmattress"
    assert [found.name for found in read_hint3(tmp_path / "dataset")] == ["curekart", "sofmattress"]


def test_a_folder_without_hint3_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotMeasure, match="none of HINT3's files"):
        read_hint3(tmp_path)
    hint3(tmp_path, "curekart", "x,Y\n")
    (tmp_path / "test" / "curekart_test.csv").write_text("text,intent\nx,Y\n")
    with pytest.raises(CannotMeasure, match="no columns `sentence` and `label`"):
        read_hint3(tmp_path)


def test_the_likeliest_intent_in_scope_is_kept_beside_the_guess() -> None:
    ranking = ((Heard(OUT), 0.6), (Heard(IN), 0.3))
    assert judge(IN, Parse(Heard(OUT), ranking, 0.0)) == Judged(IN, OUT, IN, 0.3)
    assert judge(IN, Parse(Heard(OUT), (), 0.0)) == Judged(IN, OUT, OUT, 0.0)


def judged(truth: str, intent: str, confidence: float) -> Judged:
    return Judged(truth, intent, intent, confidence)


def test_out_of_scope_is_found_below_what_keeps_most_in_scope() -> None:
    inside = [judged(IN, IN, step / 100) for step in range(10, 110, 5)]  # 20 texts, the lowest 0.10, then 0.15
    outside = [judged(OUT, IN, confidence) for confidence in (0.05, 0.10, 0.14, 0.15, 0.5)]
    assert recall_at_kept(inside, outside) == 3 / 5  # 19 of 20 are kept from 0.15 on
    assert recall_at_kept(inside, outside, kept=1.0) == 1 / 5


JUDGED = [
    judged(IN, IN, 0.9),
    judged(IN, IN, 0.55),
    judged("alarm", IN, 0.35),
    judged("alarm", "alarm", 0.65),
    judged(OUT, IN, 0.45),
    judged(OUT, "alarm", 0.25),
]


def test_figures_at_a_threshold() -> None:
    found = at_threshold(JUDGED, 0.5)
    assert (found.in_scope, found.out_of_scope) == (3 / 4, 1.0)
    # 5 of 6 right; Matthews: (5*6 - (2*2 + 2*1 + 2*3)) / sqrt((36 - 4-1-9) * (36 - 4-4-4))
    assert found.mcc == pytest.approx(18 / (22 * 24) ** 0.5)


def test_the_best_threshold_is_one_of_nine() -> None:
    assert best_threshold(JUDGED) == at_threshold(JUDGED, 0.5)


def test_every_published_row_can_be_shown() -> None:
    rows = [*PUBLISHED["clinc"], *(row for bot in PUBLISHED["hint3"].values() for row in bot)]
    assert {row["by"] for row in rows} == {"paper", "measured"}
    assert set(PUBLISHED["goals"]["hint3"]) == set(PUBLISHED["hint3"])


@pytest.mark.slow
async def test_the_projects_pipeline_learns_a_set_and_is_set_beside_published_results() -> None:
    about = {
        IN: ("rain", "snow", "sunshine", "wind", "a storm", "hail"),
        "alarm": ("six o'clock", "seven", "noon", "half past nine", "tomorrow [early]", "dawn"),
        OUT: ("roman emperors", "quantum physics", "cheese", "chess openings", "my taxes", "violins"),
    }
    ways = {IN: "will there be {} today", "alarm": "please wake me at {}", OUT: "tell me everything about {}"}
    examples = [(ways[intent].format(what), intent) for intent, listed in about.items() for what in listed]
    test = [("will there be fog today", IN), ("wake me at eight", "alarm"), ("/everything about opera", OUT)]
    ticks: list[int] = []
    names = ("CLINC150", "curekart")
    results = [
        await run_public(PublicSet(name, examples, test), ROOT / "config.yml", lambda: ticks.append(1))
        for name in names
    ]
    for result in results:
        assert (result.trained, result.asked, len(result.milliseconds)) == (18, 3, 3)
        assert (result.in_scope, result.first_guess, result.auroc) == (1.0, 1.0, 1.0)
    assert len(ticks) == 6
    page = public(results)
    assert "### CLINC150" in page
    assert "| **Lantern** | this run | **100.0** | **100.0** | **100.0** | **1.000** |" in page
    assert "| BERT-large | paper | 96.9 | 40.3 | – | – |" in page
    assert "| goal |  | ≥ 95.5: met |  | ≥ 80: met | ≥ 0.97: met |" in page
    assert "| Haptik | paper | 60.4 | 86.8 | 0.60 |" in page
    assert "Trained on 18 texts" in page
