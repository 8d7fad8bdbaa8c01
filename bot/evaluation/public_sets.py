"""Public test sets of intent recognition, as their authors publish them."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.bench.client import CannotMeasure
from bot.evaluation.questions import OUT_OF_SCOPE

CLINC = "CLINC150"
HINT3_BOTS = ("curekart", "powerplay11", "sofmattress")
HINT3_OUT_OF_SCOPE = "NO_NODES_DETECTED"

Example = tuple[str, str]
"""A text and its intent; OUT_OF_SCOPE for what belongs to none."""


@dataclass(frozen=True)
class PublicSet:
    """What to learn from and what to be asked."""

    name: str
    train: Sequence[Example]
    test: Sequence[Example]


def read_clinc(file: Path) -> PublicSet:
    """`data_full.json` of clinc/oos-eval: trained on `train` and `oos_train`, asked `test` and `oos_test`.

    Raises:
        CannotMeasure: the file is missing or not of this form.
    """
    try:
        parts = json.loads(file.read_text(encoding="utf-8"))

        def part(name: str) -> list[Example]:
            out = name.startswith("oos")
            return [(text, OUT_OF_SCOPE if out else intent) for text, intent in parts[name]]

        return PublicSet(CLINC, part("train") + part("oos_train"), part("test") + part("oos_test"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CannotMeasure(f"{file} is not clinc/oos-eval's data_full.json ({error}).") from error


def read_hint3(directory: Path) -> list[PublicSet]:
    """The bots of hellohaptik/HINT3 found in its tree: `train/<bot>_train.csv` and `test/<bot>_test.csv`.

    Version 1 of the data, which the published results are of, comes before others.

    Raises:
        CannotMeasure: there is no bot in it, or a file is not of this form.
    """
    sets = []
    for bot in HINT3_BOTS:
        for folder in ("dataset/v1", "dataset", "v1", "."):
            train, test = (directory / folder / part / f"{bot}_{part}.csv" for part in ("train", "test"))
            if train.is_file() and test.is_file():
                sets.append(PublicSet(bot, _read_csv(train), _read_csv(test)))
                break
    if not sets:
        raise CannotMeasure(f"{directory} has none of HINT3's files, such as dataset/v1/test/{HINT3_BOTS[0]}_test.csv.")
    return sets


def _read_csv(file: Path) -> list[Example]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return [(row["sentence"], _hint3_intent(row["label"])) for row in csv.DictReader(lines)]
    except (KeyError, ValueError) as error:
        raise CannotMeasure(f"{file} has no columns `sentence` and `label`, or is not UTF-8 ({error}).") from error


def _hint3_intent(label: str) -> str:
    return OUT_OF_SCOPE if label == HINT3_OUT_OF_SCOPE else label
