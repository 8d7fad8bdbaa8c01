"""How well questions are understood, on the blind questions of `tests/understanding/`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.content import Content
from bot.coverage import carriers
from bot.reply import Reply

QUESTIONS = Path(__file__).resolve().parent.parent / "tests" / "understanding"


@dataclass(frozen=True)
class Question:
    """A question and what counts as understanding it: any of `topics`, and for `crisis` any of `tiers`."""

    id: str
    text: str
    topics: tuple[str, ...]
    tiers: tuple[str, ...]
    group: str

    def understood(self, reply: Reply) -> bool:
        """Whether `reply` is an answer to it."""
        if reply.topic == "crisis" and self.tiers:
            return reply.tier in self.tiers
        return reply.topic in self.topics

    def offered(self, reply: Reply) -> bool:
        """Whether `reply` answers it, or asks back with a right choice among its buttons."""
        asks_back = reply.topic == "clarify" and any(choice.id in self.topics for choice in reply.choices)
        return asks_back or self.understood(reply)


def load_questions(content: Content, directory: Path = QUESTIONS) -> list[Question]:
    """All questions; one about a claim of the starting document is answered by any topic that carries the claim."""
    carried = carriers(content)
    questions = []
    for path in sorted(directory.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            claim = carried.get(entry.get("claim", ""), ([], []))[1]
            topics = tuple(dict.fromkeys((*entry["topics"], *claim)))
            questions.append(Question(entry["id"], entry["text"], topics, tuple(entry.get("tiers", ())), _group(entry)))
    return questions


def _group(entry: Mapping[str, Any]) -> str:
    first: str = entry["topics"][0]
    if "claim" in entry:
        return "claims of the starting document"
    return first if first in {"crisis", "out_of_scope", "refuse"} else "questions and small acts"


def report(questions: Sequence[Question], ask: Callable[[str], Reply]) -> str:
    """A Markdown table of the share understood, by group, and the commonest confusions.

    Args:
        ask: gives the first Reply to a text, in a fresh conversation.
    """
    replies = {question.id: ask(question.text) for question in questions}
    rows = []
    for group in dict.fromkeys(question.group for question in questions):
        mine = [question for question in questions if question.group == group]
        right = sum(question.understood(replies[question.id]) for question in mine)
        offered = sum(question.offered(replies[question.id]) for question in mine)
        rows.append(f"| {group} | {len(mine)} | {right / len(mine):.1%} | {offered / len(mine):.1%} |")
    confused = Counter(
        f"{question.topics[0]} -> {_named(replies[question.id])}"
        for question in questions
        if not question.understood(replies[question.id])
    )
    return "\n".join(
        [
            "| questions | number | understood | understood or rightly asked back |",
            "|---|---|---|---|",
            *rows,
            "",
            "Commonest confusions:",
            "",
            *(f"- {pair} ({count})" for pair, count in confused.most_common(15)),
        ]
    )


def _named(reply: Reply) -> str:
    return f"{reply.topic} ({reply.tier})" if reply.tier else reply.topic
