"""What `lantern bench` types: never a training example, never twice, the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bench.client import CannotMeasure
from bot.bench.texts import examples, unseen

NLU = """\
version: "3.1"
nlu:
  - intent: signs
    examples: |
      - What are the signs?
      - how do i spot it
"""
ASKED = """\
- {id: a, text: "what are the SIGNS", topics: [signs]}
- {id: b, text: "how would i notice", topics: [signs]}
- {id: c, text: "is it in my town", topics: [where]}
- {id: d, turns: ["hello"]}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in {"data/nlu/signs.yml": NLU, "tests/understanding/topics.yml": ASKED}.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_examples_are_read(project: Path) -> None:
    assert list(examples(project / "data" / "nlu")) == ["What are the signs?", "how do i spot it"]


def test_questions_come_first_then_variations_and_nothing_that_was_trained_on(project: Path) -> None:
    texts = unseen(project, 300)
    assert set(texts[:2]) == {"how would i notice", "is it in my town"}
    assert len(set(texts)) == 300
    assert not any("what are the signs" == text.lower().rstrip("?") for text in texts)
    assert unseen(project, 300) == texts


def test_without_questions_there_is_nothing_to_ask(tmp_path: Path) -> None:
    with pytest.raises(CannotMeasure, match="no questions in tests/understanding"):
        unseen(tmp_path, 1)
