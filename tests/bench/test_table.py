"""The arithmetic and the table of `lantern bench`."""

from __future__ import annotations

import pytest

from bot.bench.figures import ROWS, Figures, Row, Training, fraction, number, percentile, table
from bot.bench.report import document


def figures(times: float = 1.0) -> Figures:
    """Figures of a side that is `times` as slow and large as the fastest."""
    series = [times * value for value in range(1, 101)]
    return Figures(
        size=100 * times,
        training=Training(10 * times, 5 * times, 9, "2026-11-22"),
        start_seconds=[2 * times, 90 * times, 1 * times],
        memory=200 * times,
        typed=series,
        pressed=series,
        repeated=series,
        early=[1.0, 1.0],
        late=[1.0 * times, 1.0 * times],
        crowd_answers=1000,
        crowd_seconds=times,
    )


@pytest.mark.parametrize(("share", "expected"), [(0, 1), (0.5, 50), (0.95, 95), (0.99, 99), (1, 100)])
def test_percentiles_are_values_that_were_measured(share: float, expected: float) -> None:
    assert percentile(list(range(100, 0, -1)), share) == expected


def test_percentiles_of_little() -> None:
    assert percentile([7.0], 0.01) == percentile([7.0], 0.99) == 7.0
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (1 / 12, "1/12"),
        (1 / 3, "1/3"),
        (0.75, "1/1.3"),
        (1, "1×"),
        (1.26, "1.3×"),
        (15, "15×"),
        (18.4, "18×"),
    ],
)
def test_ratios_are_said_as_people_say_them(ratio: float, said: str) -> None:
    assert fraction(ratio) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(2553.2, "2,553"), (23.46, "23.5"), (4.006, "4.01"), (0.3, "0.3"), (0.0, "0.0"), (1.1, "1.1")],
)
def test_figures_have_about_three_digits(value: float, said: str) -> None:
    assert number(value) == said


def test_a_table_of_two_sides_judges_every_goal() -> None:
    lines = table(figures(), figures(times=20)).splitlines()
    assert lines[0] == "|  | Lantern | stock | ratio | goal |"
    assert len(lines) == 2 + len(ROWS)
    assert "| training on all examples, s | 10.0 | 200 | 1/20 | ≤ 1/5: met |" in lines
    assert "| start to first answer, s | 2.0 | 40.0 | 1/20 | ≤ 1/6: met |" in lines
    assert "| 30 clients at once, messages a second | 1,000 | 50.0 | 20× | ≥ 15×: met |" in lines
    assert "| message 200 of one conversation / message 2 | 1.0 | 20.0 | 1/20 | ≤ 1.1 by itself: met |" in lines
    assert "missed" not in "\n".join(lines)


def test_a_missed_goal_is_said() -> None:
    lines = table(figures(times=2), figures(times=4)).splitlines()
    assert "| training on all examples, s | 20.0 | 40.0 | 1/2 | ≤ 1/5: **missed** |" in lines
    assert "| 30 clients at once, messages a second | 500 | 250 | 2× | ≥ 15×: **missed** |" in lines
    assert "| message 200 of one conversation / message 2 | 2.0 | 4.0 | 1/2 | ≤ 1.1 by itself: **missed** |" in lines


def test_lantern_alone_has_no_ratios() -> None:
    lines = table(figures(), None).splitlines()
    assert "| training on all examples, s | 10.0 | – | – | ≤ 1/5 |" in lines
    assert "| message 200 of one conversation / message 2 | 1.0 | – | – | ≤ 1.1 by itself: met |" in lines


def test_a_row_without_a_goal_judges_nothing() -> None:
    assert Row("size", lambda found: found.size).cells(figures(), figures(2))[-1] == ""


def test_the_report_is_complete() -> None:
    page = document(table(figures(), figures(20)), ["Lantern 1", "Rasa 3.6.21"], "9 examples", "2026-11-22", 0.4)
    assert page.startswith("# Speed, memory and size\n")
    assert "| button press, p50, ms |" in page
    assert "Lantern 1. Stock: Rasa 3.6.21." in page
    assert "2026-11-22" in page
    assert "make bench" in page
    assert not set("{}") & set(page)
