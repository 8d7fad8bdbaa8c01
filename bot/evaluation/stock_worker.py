"""Runs in stock Rasa's environment, Python 3.10: texts in, one JSON text a line; what NLU made of them out.

Nothing of Lantern is imported here.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time

# TensorFlow and others write to standard output when they like: answers get a way out of their own.
ANSWERS = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


async def main(model: str) -> None:
    """Answer until standard input ends."""
    from rasa.core.agent import Agent

    agent = Agent.load(model)
    _say("ready")
    for line in sys.stdin:
        began = time.perf_counter()
        result = await agent.parse_message(json.loads(line))
        took = (time.perf_counter() - began) * 1000
        kept = {"intent": result["intent"], "intent_ranking": result["intent_ranking"]}
        _say([kept, took])


def _say(answer: object) -> None:
    ANSWERS.write(json.dumps(answer) + "\n")
    ANSWERS.flush()


asyncio.run(main(sys.argv[1]))
