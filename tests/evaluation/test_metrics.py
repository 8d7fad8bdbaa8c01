"""The arithmetic, against figures worked out by hand."""

from __future__ import annotations

import pytest

from bot.evaluation.metrics import Bin, Confusion, Share, by_topic, calibration_error, confusions, reliability
from bot.evaluation.questions import Heard
from tests.evaluation.samples import outcome

GUESSES = [(0.15, False), (0.95, True), (0.97, True), (1.0, False), (0.90, True)]


def test_a_share_and_its_interval() -> None:
    share = Share.among([True, True, False, True])
    assert (share, share.value, str(share)) == ((3, 4), 0.75, "75.0%")
    # Wilson for 3 of 4: (0.75 + 0.4802 ± 1.96 * sqrt(0.0469 + 0.0600)) / 1.9604
    assert share.interval() == pytest.approx((0.3006, 0.9544), abs=1e-3)
    assert str(Share(0, 0)) == "–"


def test_guesses_fall_into_bins_of_a_tenth() -> None:
    low, high = reliability(GUESSES)
    assert low == Bin(1, 0.15, 0.0)
    assert high == pytest.approx((4, 0.955, 0.75))


def test_calibration_error_weighs_bins_by_size() -> None:
    # (1 * |0.15 - 0| + 4 * |0.955 - 0.75|) / 5
    assert calibration_error(GUESSES) == pytest.approx(0.194)
    assert calibration_error([(0.5, True), (0.5, False)]) == 0


def test_recall_and_precision_by_topic() -> None:
    outcomes = [
        outcome("signs", "signs"),
        outcome("signs", "signs"),
        outcome("signs", "myths"),
        outcome("myths", "myths"),
        outcome("slang", "myths"),
    ]
    scores = {str(score.topic): (score.recall, score.precision) for score in by_topic(outcomes)}
    assert scores == {
        "slang": (Share(0, 1), Share(0, 0)),
        "signs": (Share(2, 3), Share(2, 2)),
        "myths": (Share(1, 1), Share(1, 3)),
    }
    assert list(scores) == ["slang", "signs", "myths"]  # the least recalled first


def test_confusions_are_counted_by_pair_the_commonest_first() -> None:
    outcomes = [
        outcome("signs", "signs", id="a"),
        outcome("slang", "myths", id="b"),
        outcome("signs", "myths", id="c"),
        outcome("signs", "myths", id="d"),
        outcome("crisis", "signs", id="e", tiers=("self_harm",)),
    ]
    assert confusions(outcomes) == [
        Confusion(Heard("signs"), Heard("myths"), ("c", "d")),
        Confusion(Heard("crisis", "self_harm"), Heard("signs"), ("e",)),
        Confusion(Heard("slang"), Heard("myths"), ("b",)),
    ]
