"""Whole dialogues with the real model and the real actions; what is said stands in `dialogues.yml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.channels.guard import default_guard
from bot.load import load_content
from tests.conftest import Converse

DIALOGUES: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "dialogues.yml").read_text())
HOTLINE = load_content().helplines["hotline"].call or ""


@pytest.mark.parametrize("name", DIALOGUES)
def test_dialogue(name: str, converse: Converse) -> None:
    turns = DIALOGUES[name]
    for turn, replies in zip(turns, converse(*(turn["type"] for turn in turns)), strict=True):
        reply = replies[0]
        said = f"{turn['type']!r} -> {reply.topic} {reply.tier}\n{reply.text()}"
        assert (reply.topic, reply.tier) == (turn["topic"], turn.get("tier", "")), said
        assert turn.get("says", "").replace("{hotline}", HOTLINE).lower() in reply.text().lower(), said
        assert [more.topic for more in replies[1:]] == turn.get("also", []), said
        assert turn.get("first", "").lower() in next((block.text.lower() for block in reply.blocks if block.fact), "")
        assert not [word for word in turn.get("not", ()) if word.lower() in reply.text().lower()], said
        if "guard" in turn:
            verdict, _ = default_guard().net.check(turn["type"])
            assert (verdict.tier if verdict else "") == turn["guard"], said
        if "choice" in turn:
            assert turn["choice"] in {choice.id for choice in reply.choices}, said


def test_the_same_question_gets_the_same_answer(converse: Converse) -> None:
    texts = {converse("how do traffickers recruit kids")[0][0].text() for _ in range(10)}
    assert len(texts) == 1


@pytest.mark.parametrize("turn", ["", "   ", "a" * 20_000, "😀" * 50, "\u202e\u0007"])
def test_unusable_text_still_shows_help(turn: str, converse: Converse) -> None:
    (reply,) = converse(turn)[0]
    assert HOTLINE in reply.text()
