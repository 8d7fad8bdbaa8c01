"""The intent classifier: words, pieces of words and sentence meaning, in one linear model.

A support vector machine without a kernel is a strong model for its speed on short questions. What is out of scope is
an intent with examples of its own, whose margin is corrected by how strange a message is (`bot.nlu.scope`). Margins
become probabilities by one temperature, found on examples kept back.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from safetensors.numpy import load_file, save_file
from scipy.sparse import csr_matrix, hstack

from bot.nlu.ngrams import Array, NgramTable, char_ngrams, word_ngrams
from bot.nlu.scope import Neighbours
from bot.nlu.tokenizer import NORM

TABLES = ("words", "pieces")
WORTH_PROCESSES = 2000
"""From how many examples on two processes are worth their start."""

LEAST = 2
"""In how many examples a piece of a word must be found to count; a word counts from one."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Predicts the intent from token norms, character n-grams and any dense sentence features before it."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn", "safetensors"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What can be set.

        `C`: freedom of the model; `*_ngrams`: lengths used; `ranking_length`: how many guesses are returned;
        `out_of_scope`: the intent for what is out of scope, if there is one; `strangeness`: what it gains for each
        unit that a message is nearer to its examples than to any other (cosine).
        """
        return {
            "C": 0.5,
            "word_ngrams": [1, 2],
            "char_ngrams": [2, 5],
            "ranking_length": 10,
            "out_of_scope": None,
            "strangeness": 2.0,
        }

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._intents: list[str] = []
        self._tables: list[NgramTable] = []
        self._weights: NDArray[np.float16] = np.empty((0, 0), np.float16)  # half the memory, the same ranking
        self._bias: Array = np.empty(0, np.float32)
        self._temperature = 1.0
        self._neighbours: Neighbours | None = None
        self._scope_bias = 0.0

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises InvalidConfigException, naming the class and the option."""
        known = cls.get_default_config()
        for key in config.keys() - known.keys() - {"name"}:
            raise InvalidConfigException(f"{cls.__name__}: there is no option {key!r}; there are {', '.join(known)}")
        freedom = config.get("C", known["C"])
        if not isinstance(freedom, int | float) or freedom <= 0:
            raise InvalidConfigException(f"{cls.__name__}: C must be a number above 0")

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the intent examples and keep what is needed to predict."""
        from joblib import Parallel, delayed  # only training needs these
        from joblib.externals.loky import get_reusable_executor

        from bot.linear import fit
        from bot.nlu.fit import ScopeRule, calibrate

        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        intents = np.array([example.get(INTENT) for example in examples])
        features, vectors = self._fit_features(examples)
        scope = None
        if self._config["out_of_scope"] in intents and vectors is not None:
            scope = ScopeRule(self._config["out_of_scope"], self._config["strangeness"])
            self._neighbours = Neighbours.fit(vectors, intents, scope.intent)
        known = (features, vectors, intents, self._config["C"], scope)
        machine, found = Parallel(n_jobs=2 if len(examples) >= WORTH_PROCESSES else 1)(
            [delayed(fit)(features, intents, self._config["C"]), delayed(calibrate)(*known)]
        )
        get_reusable_executor().shutdown()  # they would stay for minutes, beside a server that trained first
        self._intents, self._bias = machine.classes, machine.bias
        self._weights = machine.weights.astype(np.float16)
        self._temperature, self._scope_bias = found.temperature, found.scope_bias
        self._persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking; a message without text gets no intent and an empty ranking."""
        for message in messages:
            ranking = self._ranking(message) if message.get(TEXT) and self._intents else []
            first = ranking[0] if ranking else {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}
            message.set(INTENT, first, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> list[dict[str, Any]]:
        likelihood = np.exp(self._margins(message) / self._temperature)
        probabilities = likelihood / likelihood.sum()
        best = np.argsort(-probabilities)[: self._config["ranking_length"]]
        return [
            {INTENT_NAME_KEY: self._intents[index], PREDICTED_CONFIDENCE_KEY: float(probabilities[index])}
            for index in best
        ]

    def _margins(self, message: Message) -> Array:
        margins, start = self._bias, 0
        for table, ngrams in zip(self._tables, self._ngrams(message), strict=True):
            columns, values = table.features(ngrams)
            margins = margins + values @ self._weights[columns + start].astype(np.float32)
            start += len(table.idf)
        features = message.get_dense_features(TEXT)[1]
        if start < len(self._weights) and features is not None:  # it has sentence features, and so has the message
            vector = features.features[0]
            margins = margins + vector @ self._weights[start:].astype(np.float32)
            if self._neighbours is not None:
                strangeness = self._config["strangeness"] * self._neighbours.strangeness(vector)
                margins[self._intents.index(self._config["out_of_scope"])] += strangeness + self._scope_bias
        shifted: Array = margins - margins.max()
        return shifted

    def _ngrams(self, message: Message) -> tuple[list[str], list[str]]:
        """One list for each of TABLES."""
        words = [token.get(NORM, token.text.lower()) for token in message.get(TOKENS_NAMES[TEXT]) or ()]
        return (
            word_ngrams(words, *self._config["word_ngrams"]),
            char_ngrams(message.get(TEXT), *self._config["char_ngrams"]),
        )

    def _fit_features(self, examples: list[Message]) -> tuple[csr_matrix, Array | None]:
        """Shape (examples, words + pieces + dense dimensions); and the dense ones alone, if all examples have them."""
        words, pieces = zip(*map(self._ngrams, examples), strict=True)
        fitted = NgramTable.fit(words, least=1), NgramTable.fit(pieces, least=LEAST)
        self._tables = [table for table, _ in fitted]
        parts = [features for _, features in fitted]
        dense = [example.get_dense_features(TEXT)[1] for example in examples]
        vectors = None
        if all(features is not None for features in dense):
            vectors = np.vstack([features.features for features in dense])
            parts.append(csr_matrix(vectors))
        return hstack(parts, format="csr", dtype=np.float32), vectors

    def _persist(self) -> None:
        """JSON and safetensors: nothing that could run code when it is read."""
        with self._model_storage.write_to(self._resource) as directory:
            arrays = {f"{name}_idf": table.idf for name, table in zip(TABLES, self._tables, strict=True)}
            if self._neighbours is not None:
                arrays |= {"inside": self._neighbours.inside, "outside": self._neighbours.outside}
            save_file(
                {"weights": self._weights, "bias": self._bias, **arrays},
                directory / "model.safetensors",
            )
            names: dict[str, Any] = {
                "intents": self._intents,
                "temperature": self._temperature,
                "scope_bias": self._scope_bias,
            }
            names |= {name: list(table.columns) for name, table in zip(TABLES, self._tables, strict=True)}
            (directory / "names.json").write_text(json.dumps(names), encoding="utf-8")

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """Read what `train` kept."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as directory:
            arrays = load_file(directory / "model.safetensors")
            names = json.loads((directory / "names.json").read_text(encoding="utf-8"))
        classifier._intents = names["intents"]
        classifier._temperature, classifier._scope_bias = names["temperature"], names["scope_bias"]
        classifier._weights, classifier._bias = arrays["weights"], arrays["bias"]
        classifier._tables = [
            NgramTable({ngram: column for column, ngram in enumerate(names[name])}, arrays[f"{name}_idf"])
            for name in TABLES
        ]
        if "inside" in arrays:
            classifier._neighbours = Neighbours(arrays["inside"], arrays["outside"])
        return classifier
