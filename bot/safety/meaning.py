"""What a text comes close to: a linear model over the reviewed examples, for wordings that no pattern foresaw.

It looks at words, pieces of words (typos), concepts and their order (the same in both languages), and the sentence
vector. It is made by `lantern train`, kept beside the model, and refused when anything it was made from has changed.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file
from scipy.sparse import csr_matrix
from scipy.special import softmax

from bot.encoder import shared
from bot.linear import fit
from bot.safety.concepts import Concepts, load_words
from bot.safety.examples import LANGUAGES, NONE, load_examples
from bot.safety.normalise import readable
from bot.safety.patterns import load_patterns

logger = logging.getLogger(__name__)

PROJECT = Path(__file__).resolve().parent.parent.parent
NAME = "safety"
DIRECTORY = PROJECT / "models"

WORDS, PIECES, CONCEPTS, DENSE = 2.0, 1.5, 0.75, 2.0
"""How much the blocks of features weigh, each of which has length one."""

FREEDOM = 0.3
TEMPERATURE = 0.4
"""What margins are divided by to become likelihoods: the thresholds of `bot.safety.net` are set for it."""
TIER, TOPIC = "tier", "topic"
WEIGHTS = {TIER: 1.0, NONE: 3.0, TOPIC: 3.0}
"""How much the sentences of one tier and language count together, beside the look-alikes and the topics' questions."""

CRISIS = "crisis_"
"""Beginning of the intents that are tiers."""

MAX_CHARACTERS = 500
"""What is read at once: about as much as the sentence encoder takes."""

Array = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Array]
Scores = Mapping[str, float]


class Features:
    """Text -> the named things the model looks at, in three blocks."""

    def __init__(self) -> None:
        words = load_words()
        self._spellers = {lang: load_patterns(lang).speller for lang in LANGUAGES}
        self._concepts = {lang: Concepts(lang, words) for lang in LANGUAGES}

    def __call__(self, text: str, langs: Sequence[str]) -> tuple[set[str], set[str], set[str]]:
        """Words and runs of them, pieces of words, concepts and pairs of them; as spelled in each of `langs`."""
        words: set[str] = set()
        pieces: set[str] = set()
        concepts: set[str] = set()
        for lang in langs:
            ours = self._spellers[lang].words(text[:MAX_CHARACTERS])
            for length in (1, 2, 3):
                words.update(" ".join(ours[i : i + length]) for i in range(len(ours) - length + 1))
            concepts |= self._concepts[lang].features(ours)
            for word in dict.fromkeys(ours):
                padded = f" {word} "
                pieces.update(padded[i : i + n] for n in (2, 3, 4, 5) for i in range(len(padded) - n + 1))
        return words, pieces, concepts


class Columns:
    """The features of one block that count, and how rare each is."""

    def __init__(self, names: Sequence[str], rarity: Array) -> None:
        self.names, self.rarity = names, rarity
        self._index = {name: column for column, name in enumerate(names)}

    @classmethod
    def of(cls, seen: Sequence[set[str]], least: int) -> Columns:
        """Those that occur in at least `least` texts."""
        counts: dict[str, int] = {}
        for features in seen:
            for feature in features:
                counts[feature] = counts.get(feature, 0) + 1
        names = sorted(name for name, count in counts.items() if count >= least)
        rarity = [math.log((1 + len(seen)) / (1 + counts[name])) + 1 for name in names]
        return cls(names, np.array(rarity, np.float32))

    def row(self, features: Iterable[str]) -> tuple[NDArray[np.int64], Array]:
        """The columns of the features and their values; the values have length one."""
        columns = np.fromiter(sorted(self._index[f] for f in features if f in self._index), np.int64)
        values = self.rarity[columns]
        return columns, values / (np.linalg.norm(values) or 1)


class Meaning:
    """The trained model.

    Args:
        classes: the tiers and :data:`NONE`, in the order of the columns of `weights`.
        blocks: columns of words, pieces and concepts; after them come those of the sentence vector.
        weights: shape (columns, classes).
        bias: shape (classes,).
        digest: :func:`digest` of what it was made from.
    """

    def __init__(
        self, classes: Sequence[str], blocks: Sequence[Columns], weights: Array, bias: Array, digest: str
    ) -> None:
        self._digest = digest
        self.classes, self._blocks, self._weights, self._bias = classes, blocks, weights, bias
        self._features = Features()
        self._encode: Encode = shared().encode

    def scores(self, text: str, langs: Sequence[str]) -> Scores:
        """How likely each tier is, and :data:`NONE`; they sum to 1. Of a long text, those of its most alarming part.

        Args:
            langs: the languages it may be in.
        """
        return min((self._scores(part, langs) for part in _parts(text)), key=lambda scores: scores[NONE])

    def _scores(self, text: str, langs: Sequence[str]) -> Scores:
        columns, values = _row(self._blocks, self._features(text, langs))
        margins = values @ self._weights[columns] + self._bias
        margins += DENSE * self._encode([readable(text)])[0] @ self._weights[-self._dimensions :]
        return dict(zip(self.classes, softmax(margins).tolist(), strict=True))

    @property
    def _dimensions(self) -> int:
        return len(self._weights) - sum(len(block.names) for block in self._blocks)

    def save(self, directory: Path = DIRECTORY) -> None:
        """Write the two files; nothing in them can run when it is read."""
        arrays = {f"rarity_{i}": block.rarity for i, block in enumerate(self._blocks)}
        save_file({"weights": self._weights, "bias": self._bias, **arrays}, directory / f"{NAME}.safetensors")
        names = {"digest": self._digest, "classes": self.classes, "blocks": [block.names for block in self._blocks]}
        (directory / f"{NAME}.json").write_text(json.dumps(names), encoding="utf-8")


def load(directory: Path = DIRECTORY) -> Meaning | None:
    """The model of `directory`; None when it is missing, broken or was made from something else (then it is logged)."""
    try:
        names = json.loads((directory / f"{NAME}.json").read_text(encoding="utf-8"))
        arrays = load_file(directory / f"{NAME}.safetensors")
        if names["digest"] != digest():
            raise ValueError("made from other examples")
        blocks = [Columns(block, arrays[f"rarity_{i}"]) for i, block in enumerate(names["blocks"])]
        return Meaning(names["classes"], blocks, arrays["weights"], arrays["bias"], names["digest"])
    except (OSError, ValueError, KeyError, SafetensorError, RuntimeError) as error:
        logger.warning("safety.patterns_alone reason=%s; run `lantern train`", type(error).__name__)
        return None


def is_current(directory: Path = DIRECTORY) -> bool:
    """Whether there is a model that was made from the examples, patterns and code as they are now."""
    try:
        names = json.loads((directory / f"{NAME}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(names.get("digest") == digest()) and (directory / f"{NAME}.safetensors").is_file()


def train(topics: Iterable[tuple[str, str]]) -> Meaning:
    """Fit on the examples of all languages.

    Args:
        topics: (sentence, intent) of Rasa's training data: `crisis_<tier>` are examples of a tier, all others of none.
    """
    made_from = digest()  # before anything is read: what changes meanwhile is not in it
    texts, langs, tiers, sources = zip(*_examples(topics), strict=True)
    features = Features()
    seen = [features(text, [lang]) for text, lang in zip(texts, langs, strict=True)]
    groups = list(zip(langs, tiers, sources, strict=True))
    sizes = Counter(groups)
    weights = np.array([WEIGHTS[group[2]] / sizes[group] for group in groups])
    weights *= len(weights) / weights.sum()
    blocks = [Columns.of([one[i] for one in seen], least) for i, least in enumerate((2, 3, 2))]
    rows = [_row(blocks, one) for one in seen]
    vectors = DENSE * shared().encode_many(texts)
    width = sum(len(block.names) for block in blocks)
    indices = [np.concatenate((columns, width + np.arange(vectors.shape[1]))) for columns, _ in rows]
    values = [np.concatenate((found, vector)) for (_, found), vector in zip(rows, vectors, strict=True)]
    starts = np.cumsum([0, *map(len, indices)])
    matrix = csr_matrix(
        (np.concatenate(values), np.concatenate(indices), starts), (len(texts), width + vectors.shape[1])
    )
    machine = fit(matrix, np.array(tiers), FREEDOM, weights)
    return Meaning(machine.classes, blocks, machine.weights / TEMPERATURE, machine.bias / TEMPERATURE, made_from)


def digest() -> str:
    """SHA-256 over all that the model is made from."""
    found = hashlib.sha256()
    here = Path(__file__).parent
    code = [here / f"{name}.py" for name in ("meaning", "normalise", "concepts", "patterns", "examples")]
    for path in sorted(
        [
            *code,
            *here.rglob("*.yml"),
            PROJECT / "bot" / "linear.py",
            *(PROJECT / "bot" / "encoder").glob("*.py"),
            *(PROJECT / "data" / "nlu").glob("*.yml"),
            PROJECT / "requirements.lock",
        ]
    ):
        found.update(f"{path.relative_to(PROJECT)}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _examples(topics: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """(sentence, language, tier, where from)."""
    ours = set()
    for lang in LANGUAGES:
        for tier, texts in load_examples(lang).items():
            ours.update(texts)
            yield from ((text, lang, tier, NONE if tier == NONE else TIER) for text in texts)
    for text, intent in topics:
        if text in ours:
            continue
        if intent.startswith(CRISIS):  # not the topic of the same name
            yield text, LANGUAGES[0], intent.removeprefix(CRISIS), TIER
        else:
            yield text, LANGUAGES[0], NONE, TOPIC


def _parts(text: str) -> list[str]:
    """What the sentence encoder can read at once: the text, or overlapping parts of a long one, cut between words."""
    if len(text) <= MAX_CHARACTERS:
        return [text]
    starts = range(0, len(text) - MAX_CHARACTERS // 2, MAX_CHARACTERS // 2)
    return [text[start : start + MAX_CHARACTERS].strip() or text for start in starts]


def _row(blocks: Sequence[Columns], features: Sequence[set[str]]) -> tuple[NDArray[np.int64], Array]:
    start, columns, values = 0, [], []
    for block, found, weight in zip(blocks, features, (WORDS, PIECES, CONCEPTS), strict=True):
        where, value = block.row(found)
        columns.append(where + start)
        values.append(weight * value)
        start += len(block.names)
    return np.concatenate(columns), np.concatenate(values)
