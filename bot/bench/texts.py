"""What is typed: questions that stand in no training file, in an order that is the same every time."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.bench.client import CannotMeasure

SEED = 20
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENERS = (
    "hi, ",
    "so ",
    "ok but ",
    "please tell me ",
    "quick question: ",
    "um ",
    "hey ",
    "one more thing, ",
    "for class: ",
)
_CLOSERS = ("", "?", "??", " thanks", " please", " i need to know", " asap", " its for school", "...")


def unseen(project: Path, count: int) -> list[str]:
    """`count` different texts that are no training example.

    First come the questions of `tests/understanding/`, then the same with a slip of the finger and a few
    words around them.

    Raises:
        CannotMeasure: there are no questions to begin from.
    """
    trained = {_plain(example) for example in examples(project / "data" / "nlu")}
    chosen = random.Random(SEED)
    questions = [text for text in dict.fromkeys(_questions(project)) if _plain(text) not in trained]
    if not questions:
        raise CannotMeasure("There are no questions in tests/understanding/ to measure with.")
    chosen.shuffle(questions)
    found = dict.fromkeys(questions[:count])
    while len(found) < count:
        text = variation(chosen.choice(questions), chosen)
        if _plain(text) not in trained:
            found[text] = None
    return list(found)


def variation(text: str, chosen: random.Random) -> str:
    """The text as somebody else might type it: two neighboring letters swapped, other words around it."""
    at = chosen.randrange(max(1, len(text) - 1))
    swapped = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
    return f"{chosen.choice(_OPENERS)}{swapped.rstrip('?.! ')}{chosen.choice(_CLOSERS)}"


def examples(folder: Path) -> Iterator[str]:
    """Every training example below `folder`."""
    for entry in _nlu(folder):
        listed = entry.get("examples")
        if isinstance(listed, str):
            yield from (line.lstrip().removeprefix("-").strip() for line in listed.splitlines() if line.strip())


def digest(texts: Iterable[str]) -> str:
    """The same for the same texts in the same order, and for no others."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _nlu(folder: Path) -> Iterator[dict[str, object]]:
    for path in sorted(folder.rglob("*.yml")):
        yield from (_load(path) or {}).get("nlu") or ()


def _questions(project: Path) -> Iterable[str]:
    for path in sorted((project / "tests" / "understanding").glob("*.yml")):
        for entry in _load(path) or ():
            if isinstance(entry, dict) and isinstance(entry.get("text"), str) and entry["text"].strip():
                yield entry["text"].strip()


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 (safe loader)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()
