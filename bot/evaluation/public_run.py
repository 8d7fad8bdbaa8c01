"""Lantern's pipeline, trained and measured on a public test set."""

from __future__ import annotations

import io
import json
import math
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml

from bot.evaluation.outcomes import Parse
from bot.evaluation.public_sets import Example, PublicSet
from bot.evaluation.questions import OUT_OF_SCOPE
from bot.runtime.model import train_anew

KEPT = 0.95
"""The share of in-scope texts that must be answered where out-of-scope recall is compared."""

THRESHOLDS = [step / 10 for step in range(1, 10)]
"""Below which a text counts as out of scope: the steps of HINT3's own evaluation."""


class Judged(NamedTuple):
    """One text of a test set.

    Args:
        truth: its intent.
        guess: the first guess, which may be OUT_OF_SCOPE.
        intent: the likeliest that is not OUT_OF_SCOPE.
        confidence: in that one.
    """

    truth: str
    guess: str
    intent: str
    confidence: float


class AtThreshold(NamedTuple):
    """In-scope accuracy, out-of-scope recall and Matthews' correlation when less confident guesses are refused."""

    threshold: float
    in_scope: float
    out_of_scope: float
    mcc: float


@dataclass(frozen=True)
class PublicResult:
    """What was measured on a set: shares from 0 to 1, times as named.

    Args:
        in_scope: accuracy of the first guess.
        first_guess: out-of-scope recall of the first guess.
        at_kept: out-of-scope recall where KEPT of the in-scope texts are answered.
        auroc: how well confidence parts in scope from out of scope.
        best: at the threshold with the best correlation, chosen on the test set as HINT3 does for every system.
    """

    name: str
    trained: int
    asked: int
    in_scope: float
    first_guess: float
    at_kept: float
    auroc: float
    best: AtThreshold
    milliseconds: Sequence[float]
    train_seconds: float


async def run_public(public: PublicSet, config: Path, tick: Callable[[], object] = lambda: None) -> PublicResult:
    """Train the pipeline of `config` on the set and ask it the set's test.

    Args:
        tick: called after each text.

    Raises:
        NoModel: training gave no model; Rasa has said why.
    """
    from rasa.core.agent import Agent

    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        model = _train(Path(folder), config, public.train)
        took = time.perf_counter() - began
        agent = Agent.load(model)
        judged, milliseconds = [], []
        for text, truth in public.test:
            began = time.perf_counter()
            result = await agent.parse_message(text.lstrip("/ ") or "?")  # "/…" is a command to Rasa
            milliseconds.append((time.perf_counter() - began) * 1000)
            judged.append(judge(truth, Parse.of(result, 0.0)))
            tick()
    inside = [one for one in judged if one.truth != OUT_OF_SCOPE]
    outside = [one for one in judged if one.truth == OUT_OF_SCOPE]
    return PublicResult(
        public.name,
        len(public.train),
        len(public.test),
        _share([one.guess == one.truth for one in inside]),
        _share([one.guess == OUT_OF_SCOPE for one in outside]),
        recall_at_kept(inside, outside),
        _auroc(inside, outside),
        best_threshold(judged),
        milliseconds,
        took,
    )


def judge(truth: str, parse: Parse) -> Judged:
    """What a parse says about a text; a text without any guess is out of scope, with confidence 0."""
    guesses = [(heard.topic, confidence) for heard, confidence in parse.ranking] or [(OUT_OF_SCOPE, 0.0)]
    intent, confidence = next((guess for guess in guesses if guess[0] != OUT_OF_SCOPE), (OUT_OF_SCOPE, 0.0))
    return Judged(truth, guesses[0][0], intent, confidence)


def recall_at_kept(inside: Sequence[Judged], outside: Sequence[Judged], kept: float = KEPT) -> float:
    """Share of `outside` below the highest threshold that at least `kept` of `inside` reach."""
    ordered = sorted((one.confidence for one in inside), reverse=True)
    threshold = ordered[math.ceil(kept * len(ordered)) - 1]
    return _share([one.confidence < threshold for one in outside])


def at_threshold(judged: Sequence[Judged], threshold: float) -> AtThreshold:
    """The figures when what is less confident is refused."""
    from sklearn.metrics import matthews_corrcoef

    said = [one.intent if one.confidence >= threshold else OUT_OF_SCOPE for one in judged]
    right = [(one.truth == OUT_OF_SCOPE, one.truth == intent) for one, intent in zip(judged, said, strict=True)]
    return AtThreshold(
        threshold,
        _share([hit for out, hit in right if not out]),
        _share([hit for out, hit in right if out]),
        float(matthews_corrcoef([one.truth for one in judged], said)),
    )


def best_threshold(judged: Sequence[Judged]) -> AtThreshold:
    """That of THRESHOLDS with the best correlation."""
    return max((at_threshold(judged, threshold) for threshold in THRESHOLDS), key=lambda found: found.mcc)


def _auroc(inside: Sequence[Judged], outside: Sequence[Judged]) -> float:
    from sklearn.metrics import roc_auc_score

    truth = [1] * len(inside) + [0] * len(outside)
    return float(roc_auc_score(truth, [one.confidence for one in (*inside, *outside)]))


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


def _train(folder: Path, config: Path, examples: Sequence[Example]) -> Path:
    """The pipeline alone, without Lantern's topics."""
    whole = yaml.safe_load(config.read_text(encoding="utf-8"))
    alone = {key: whole[key] for key in ("recipe", "assistant_id", "language", "pipeline")}
    (folder / "config.yml").write_text(yaml.safe_dump(alone), encoding="utf-8")
    # Rasa's older form, which it calls deprecated: in its YAML, brackets in a text would be markup.
    listed = [{"text": text, "intent": intent} for text, intent in examples]
    nlu = folder / "nlu.json"
    nlu.write_text(json.dumps({"rasa_nlu_data": {"common_examples": listed}}), encoding="utf-8")
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()):  # it prints where the model is, soon to be gone
        warnings.simplefilter("ignore")
        return train_anew(folder / "config.yml", nlu, folder)
