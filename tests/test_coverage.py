"""Every claim of the starting document is carried by an answer."""

import pytest

from bot import coverage
from bot.check import PROJECT
from bot.coverage import carriers, load_claims, table
from bot.load import load_content
from bot.yamlfile import YamlError
from tests.content_factory import FILES, content_dir

SHEET, FACTS = "content/factsheet.yml", "content/facts/signs.yml"
CLAIM = FILES[SHEET]


def found(tmp_path, changes):
    directory = content_dir(tmp_path, changes)
    return [str(problem) for problem in coverage.problems(load_content(directory), directory)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        (
            {SHEET: CLAIM + CLAIM.replace("S01", "S02")},
            [f"{SHEET}:2: no answer carries S02; name it in the `from` of a fact that a topic uses"],
        ),
        (
            {FACTS: ("[S01]", "[S01, S99]")},
            [f"{SHEET}:1: SIGN01 name S99 in `from`, but there is no such claim"],
        ),
        (
            {FACTS: FILES[FACTS].replace("[S01]", "[]") + FILES[FACTS].replace("SIGN01", "SIGN02")},
            [f"{SHEET}:1: no answer carries S01; name it in the `from` of a fact that a topic uses"],
        ),
        ({SHEET: None}, [f"{SHEET}:1: cannot be read (No such file or directory)"]),
    ],
    ids=["all carried", "not carried", "no such claim", "only by a fact that no topic shows", "no file"],
)
def test_claims_and_facts_fit_each_other(tmp_path, changes, expected):
    assert found(tmp_path, changes) == expected


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ("S02: {claim: x, section: y}", "missing required field `handling`"),
        ("S02: {claim: x, section: y, handling: ignored}", "Invalid enum value 'ignored'"),
        ("S02: {claim: x, section: y, handling: stated, page: 1}", "unknown field `page`"),
        ("S02:", "got `null`"),
    ],
)
def test_a_claim_that_cannot_be_used_is_said_with_its_line(tmp_path, claim, message):
    directory = content_dir(tmp_path, {SHEET: CLAIM + claim + "\n"})
    with pytest.raises(YamlError, match=f"^{SHEET}:2: 'S02': .*{message}"):
        load_claims(directory)


def test_the_table_has_one_row_for_each_claim(tmp_path):
    lines = table(content_dir(tmp_path)).splitlines()
    assert lines[-1] == "| S01 | Some saw a sign. | stated | SIGN01 | signs |"
    assert lines[-2] == "|---|---|---|---|---|"


def test_all_claims_of_the_document_are_carried():
    claims = [f"S{n:02}" for n in range(1, 52)]
    assert list(load_claims()) == claims
    carried = carriers(load_content())
    assert sorted(carried) == claims
    assert all(facts and topics for facts, topics in carried.values())
    assert table().count("\n| S") == 51


def test_the_table_in_the_documents_is_current():
    written = (PROJECT / "docs" / "factsheet-coverage.md").read_text(encoding="utf-8")
    assert written == table(), "renew it: lantern check --coverage docs/factsheet-coverage.md"
