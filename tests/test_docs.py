"""What the documents name exists, and what they show as an example works."""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot import check, cli
from tests.conftest import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
FILES = re.compile(r"`((?:bot|actions|content|data|deploy|docs|tests)/[\w./-]+)`")

documents = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


def blocks(document: Path) -> Iterator[tuple[str, str]]:
    """Language and text of each fenced block, without its indentation."""
    for indent, language, text in FENCE.findall(document.read_text(encoding="utf-8")):
        yield language, re.sub(f"^{indent}", "", text, flags=re.MULTILINE)


def code(document: Path) -> str:
    """All that is set as code: fenced, indented or between backticks."""
    text = document.read_text(encoding="utf-8")
    fenced = [block for _, block in blocks(document)]
    rest = FENCE.sub("", text)
    return "\n".join([*fenced, *re.findall(r"^ {4}.*", rest, re.MULTILINE), *re.findall(r"`([^`]+)`", rest)])


@documents
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))
    relative = [link.partition("#")[0] for link in links if not link.startswith(("http", "#", "mailto:"))]
    assert [link for link in relative if not (document.parent / link).exists()] == []


@documents
def test_files_that_are_named_exist(document: Path) -> None:
    # What CONTRIBUTING.md tells to write stands in its examples, with the file's name in their first line.
    told = re.findall(r"^ *# ((?:bot|actions)/\S+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    named = set(FILES.findall(document.read_text(encoding="utf-8"))) - set(told) - {"content/confirmed.yml"}
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


@documents
def test_make_targets_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?<![\w/])make ([a-z]+)", code(document))) <= targets


@documents
def test_lantern_commands_and_their_options_exist(document: Path) -> None:
    (commands,) = (a for a in cli._parser()._actions if isinstance(a, argparse._SubParsersAction))
    for name, options in re.findall(r"(?<![\w/.=-])(?:\.venv/bin/)?lantern ([a-z]+)((?: --[a-z\d]+)*)", code(document)):
        assert name in commands.choices
        assert set(options.split()) <= set(commands.choices[name]._option_string_actions)


@documents
def test_yaml_examples_can_be_read(document: Path) -> None:
    for language, text in blocks(document):
        assert language != "yaml" or isinstance(yaml.safe_load(text), dict | list), text


@documents
def test_no_number_to_reach_help_is_typed(document: Path) -> None:
    text = re.sub(r"\d,\d{3}\b", "", document.read_text(encoding="utf-8"))  # 1,999 is no number to call
    assert [found.group() for found in check._PHONE.finditer(text)] == []


def test_the_functions_of_the_architecture_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    sources = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "actions").glob("*.py"), *(ROOT / "bot" / "web").glob("*.js")]
    defined = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    functions = re.findall(r"`(?:\w+\.)?(\w+)\(\)`", text)
    classes = re.findall(r"`([A-Z]\w+[a-z])`", text) + re.findall(r"`([A-Z]\w+)\.\w+\(\)`", text)
    assert functions and classes
    ours = re.findall(r"\b(?:class|def|function) (\w+)", defined)
    theirs = re.findall(r"^from rasa[\w.]* import (.+)$", defined, re.MULTILINE) + ["FallbackClassifier RulePolicy"]
    assert {*functions, *classes} <= {*ours, *re.findall(r"\w+", " ".join(theirs))}


def test_the_variables_of_a_deployment_exist() -> None:
    variables = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "deploy.md").read_text(), re.MULTILINE)
    read = "\n".join(path.read_text(encoding="utf-8") for path in [*(ROOT / "bot").rglob("*.py"), *ROOT.glob("*.yml")])
    assert variables and [name for name in variables if name not in read] == []


def test_the_proxy_limits_every_path_that_takes_a_message() -> None:
    proxy = next(text for language, text in blocks(ROOT / "docs" / "deploy.md") if language == "nginx")
    limited = re.findall(r"location ~ (\S+) \{[^}]*limit_req zone", proxy)
    for path in ("/chat", "/chat/", "/ask", "/ask/"):
        assert any(re.search(pattern, path) for pattern in limited), path
    assert not any(re.search(pattern, "/chat/end") for pattern in limited), "leaving is never refused"


def test_a_fact_and_a_topic_can_be_added_as_it_is_told(tmp_path: Path) -> None:
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "domain.yml", tmp_path)
    for _, text in blocks(ROOT / "CONTRIBUTING.md"):
        if told := re.match(r"# ((?:content|data)/\S+)\n", text):
            with (tmp_path / told.group(1)).open("a", encoding="utf-8") as file:
                file.write(f"\n{text}")
    assert [str(problem) for problem in check.check_project(tmp_path)] == [
        "data/nlu:1: 'state_numbers' has 3 examples; write at least 20"
    ]
