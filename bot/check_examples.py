"""The editor's checks of the training examples: every intent has enough of them, and none stands twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.yamlfile import Problem, YamlError, read_mapping

_ACTS_FILE = "domain.yml"


def problems(root: Path, topics: Mapping[str, Any], least: int) -> Iterator[Problem]:
    """Everything wrong with `data/nlu/` below `root`.

    Args:
        topics: the topics by id; each is an intent, besides those that `domain.yml` names.
        least: how many examples an intent needs.
    """
    try:
        examples = list(examples_of(root))
        intents = {*topics, *_acts(root)}
    except YamlError as error:
        yield error.problem
        return
    counts = dict.fromkeys(intents, 0)
    seen: dict[str, Problem] = {}
    for place, intent, text in examples:
        if intent not in intents:
            message = f"'{intent}' is neither a topic of content/topics.yml nor an act of domain.yml; correct its name"
            yield Problem(place.file, place.line, message)
            continue
        counts[intent] += 1
        key = re.sub(r"\W+", " ", text.lower()).strip()
        if key and key in seen:
            first = seen[key]
            yield Problem(
                place.file, place.line, f'"{text}" already stands in {first.file}:{first.line}; keep one of them'
            )
        seen.setdefault(key, place)
    for intent, count in counts.items():
        if count < least:
            yield Problem("data/nlu", 1, f"'{intent}' has {count} examples; write at least {least}")


def _acts(root: Path) -> Iterator[str]:
    """The intents that `domain.yml` names; Rasa allows options below a name."""
    domain = read_mapping(root / _ACTS_FILE, _ACTS_FILE)
    intents = domain.get("intents")
    if not isinstance(intents, list):
        line = domain.lines.get("intents", 1)
        raise YamlError(Problem(_ACTS_FILE, line, "`intents:` must be a list; write `- ` and a name on each line"))
    for intent in intents:
        yield from intent if isinstance(intent, dict) else [str(intent)]


def examples_of(root: Path) -> Iterator[tuple[Problem, str, str]]:
    """(where, intent, text) of every example."""
    for path in sorted((root / "data" / "nlu").glob("*.yml")):
        name = str(path.relative_to(root))
        read_mapping(path, name)  # tells when it is no YAML
        intent = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if match := re.match(r"\s*- intent: *(\S+)", line):
                intent = match.group(1)
            elif match := re.match(r" {4,}- (.+)", line):
                yield Problem(name, number, ""), intent, match.group(1).strip()
