"""What a person must have confirmed before going public."""

import datetime
import textwrap

import pytest

from bot import check, launch
from bot.cli import main
from bot.launch import REVIEWS, load_confirmed, open_points
from bot.load import load_content
from bot.yamlfile import Problem, YamlError
from tests.content_factory import content_dir

TODAY = datetime.date(2026, 11, 30)
FILE = "content/confirmed.yml"
ALL = """\
hotline:
  call: {by: Ada, on: 2026-11-30}
  text: {by: Ada, on: 2026-11-30}
emergency:
  call: {by: Ada, on: 2026-11-30}
review:
  clinician: {by: Grace, on: 2024-01-01}
  survivor: {by: Grace, on: 2024-01-01}
  lawyer: {by: Grace, on: 2024-01-01}
  native_speaker: {by: Grace, on: 2024-01-01}
  dispatcher: {by: Grace, on: 2024-01-01}
"""


def points(tmp_path, confirmed):
    return open_points(content_dir(tmp_path, {FILE: confirmed}), TODAY)


def test_at_first_everything_is_open(tmp_path):
    assert points(tmp_path, None) == [
        "[ ] hotline.call: dial 1-888-373-7888 (The hotline)",
        "[ ] hotline.text: text 233733 (The hotline)",
        "[ ] emergency.call: dial 911 (Emergency)",
        *(f"[ ] review.{who}: {what}" for who, what in REVIEWS.items()),
    ]


def test_in_the_end_nothing_is_open(tmp_path):
    assert points(tmp_path, ALL) == []


@pytest.mark.parametrize(
    ("day", "still_open"),
    [("2026-11-30", False), ("2026-09-01", False), ("2026-08-31", True), ("2026-12-01", True)],
    ids=["today", "90 days ago", "91 days ago", "tomorrow"],
)
def test_a_number_must_be_tried_again_after_a_while(tmp_path, day, still_open):
    line = f"[ ] emergency.call: dial 911 (Emergency); last confirmed by Bo on {day}, do it again"
    confirmed = ALL.replace(
        "emergency:\n  call: {by: Ada, on: 2026-11-30}", f"emergency: {{call: {{by: Bo, on: {day}}}}}"
    )
    assert points(tmp_path, confirmed) == [line] * still_open


def test_a_review_is_open_until_its_day(tmp_path):
    confirmed = ALL.replace("survivor: {by: Grace, on: 2024-01-01}", "survivor: {by: Grace, on: 2026-12-01}")
    assert points(tmp_path, confirmed) == [f"[ ] review.survivor: {REVIEWS['survivor']}"]


@pytest.mark.parametrize(
    ("confirmed", "message"),
    [
        ("hotline: {call: {by: Ada}}\n", "missing required field `on`"),
        ("hotline: {call: {by: Ada, on: soon}}\n", "Invalid RFC3339 encoded date"),
        ("hotline: {call: {by: Ada, on: 2026-11-30, how: phone}}\n", "unknown field `how`"),
        ("hotline: {call: true}\n", "Expected `object`, got `bool`"),
        ("- hotline\n", "must be a list of `id:` entries"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_with_what_to_write(tmp_path, confirmed, message):
    with pytest.raises(YamlError, match=f"^{FILE}:1: .*{message}"):
        points(tmp_path, confirmed)


def test_the_example_in_the_documentation_is_read(tmp_path):
    example = textwrap.dedent(launch.__doc__[launch.__doc__.index("    hotline:") :])
    confirmed = load_confirmed(content_dir(tmp_path, {FILE: example}))
    assert confirmed["hotline"]["call"] == launch.Confirmed(by="Ada", on=datetime.date(2026, 11, 30))
    assert set(confirmed["review"]) <= set(REVIEWS)


def test_every_way_to_reach_every_helpline_is_on_the_list():
    lines = load_content().helplines.values()
    ways = {f"{line.id}.{way}" for line in lines for way in ("call", "text", "chat", "web") if getattr(line, way)}
    listed = {point.removeprefix("[ ] ").partition(":")[0] for point in open_points(today=datetime.date(2020, 1, 1))}
    assert listed == ways | {f"review.{who}" for who in REVIEWS}


@pytest.mark.parametrize(("answer", "code"), [([], 0), (["[ ] a.call: dial 1 (A)"], 1)])
def test_the_command_says_what_is_open(monkeypatch, capsys, answer, code):
    monkeypatch.setattr(check, "check_project", list)
    monkeypatch.setattr(launch, "open_points", lambda: answer)
    assert main(["check", "--launch"]) == code
    assert capsys.readouterr().out == ("[ ] a.call: dial 1 (A)\n" if answer else "Everything is confirmed.\n")


def test_the_command_says_what_it_cannot_read(monkeypatch, capsys):
    def fail():
        raise YamlError(Problem(FILE, 1, "is wrong"))

    monkeypatch.setattr(check, "check_project", list)
    monkeypatch.setattr(launch, "open_points", fail)
    assert main(["check", "--launch"]) == 1
    assert capsys.readouterr().err == f"lantern: {FILE}:1: is wrong\n"
