"""The intent classifier: words, pieces of words and sentence meaning, in one linear model.

A support vector machine without a kernel is a strong model for its speed on short questions; its margins become
probabilities by one temperature, found on examples kept back (Guo et al. 2017).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
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
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.tokenizer import NORM

HELD_OUT = 0.2


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
        """`C`: freedom of the model; `*_ngrams`: lengths used; `ranking_length`: how many guesses are returned."""
        return {"C": 0.5, "word_ngrams": [1, 2], "char_ngrams": [2, 5], "ranking_length": 10}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._intents: list[str] = []
        self._weights: NDArray[np.float16] = np.empty((0, 0), np.float16)  # half the memory, the same ranking
        self._bias: NDArray[np.float32] = np.empty(0, np.float32)
        self._temperature = 1.0
        # Texts come as lists of norms and as plain strings; sklearn's own tokenizing is not used for words.
        self._words = TfidfVectorizer(
            analyzer=_WordPairs(*self._config["word_ngrams"]), sublinear_tf=True, dtype=np.float32
        )
        self._pieces = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=tuple(self._config["char_ngrams"]),
            sublinear_tf=True,
            min_df=2,
            dtype=np.float32,
        )

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
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        intents = np.array([example.get(INTENT) for example in examples])
        self._words.fit([_norms(example) for example in examples])
        self._pieces.fit([example.get(TEXT) for example in examples])
        features = self._features(examples)
        fitted = _fit(features, intents, self._config["C"])
        self._intents, self._bias = fitted.intents, fitted.bias
        self._weights = fitted.weights.astype(np.float16)
        self._temperature = _temperature(features, intents, self._config["C"])
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
        row = self._features([message])
        margins = row.data @ self._weights[row.indices].astype(np.float32) + self._bias
        probabilities = softmax(margins / self._temperature)
        best = np.argsort(-probabilities)[: self._config["ranking_length"]]
        return [
            {INTENT_NAME_KEY: self._intents[index], PREDICTED_CONFIDENCE_KEY: float(probabilities[index])}
            for index in best
        ]

    def _features(self, messages: list[Message]) -> csr_matrix:
        """Shape (messages, words + pieces + dense dimensions)."""
        parts = [
            self._words.transform([_norms(message) for message in messages]),
            self._pieces.transform([message.get(TEXT) for message in messages]),
        ]
        dense = [message.get_dense_features(TEXT)[1] for message in messages]
        if all(features is not None for features in dense):
            parts.append(csr_matrix(np.vstack([features.features for features in dense])))
        return hstack(parts, format="csr", dtype=np.float32)

    def _persist(self) -> None:
        """JSON and safetensors: nothing that could run code when it is read."""
        with self._model_storage.write_to(self._resource) as directory:
            save_file(
                {
                    "weights": np.ascontiguousarray(self._weights),
                    "bias": self._bias,
                    "word_idf": self._words.idf_,
                    "piece_idf": self._pieces.idf_,
                },
                directory / "model.safetensors",
            )
            names = {
                "intents": self._intents,
                "temperature": self._temperature,
                "words": _in_order(self._words),
                "pieces": _in_order(self._pieces),
            }
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
        classifier._intents, classifier._temperature = names["intents"], names["temperature"]
        classifier._weights, classifier._bias = arrays["weights"], arrays["bias"]
        for vectorizer, key, idf in (
            (classifier._words, "words", "word_idf"),
            (classifier._pieces, "pieces", "piece_idf"),
        ):
            vectorizer.vocabulary_ = {ngram: index for index, ngram in enumerate(names[key])}
            vectorizer.idf_ = arrays[idf]
        return classifier


class _WordPairs:
    """Analyzer for sklearn: n-grams over a list of words."""

    def __init__(self, shortest: int, longest: int) -> None:
        self._lengths = range(shortest, longest + 1)

    def __call__(self, words: list[str]) -> list[str]:
        return [" ".join(words[i : i + n]) for n in self._lengths for i in range(len(words) - n + 1)]


def _norms(message: Message) -> list[str]:
    return [token.get(NORM, token.text.lower()) for token in message.get(TOKENS_NAMES[TEXT]) or ()]


def _in_order(vectorizer: TfidfVectorizer) -> list[str]:
    """The vocabulary, each n-gram at the place of its column."""
    return sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)


@dataclass(frozen=True)
class _Fitted:
    """A trained machine: weights of shape (features, intents), bias of shape (intents,)."""

    intents: list[str]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


def _fit(features: csr_matrix, intents: NDArray[np.str_], freedom: float) -> _Fitted:
    from sklearn.svm import LinearSVC  # only training needs it, and it is large

    machine = LinearSVC(C=freedom, random_state=0).fit(features, intents)
    weights, bias = machine.coef_.T.astype(np.float32), machine.intercept_.astype(np.float32)
    if len(machine.classes_) == 2:  # then there is one plane, and its other side is the first intent
        weights, bias = np.hstack([-weights, weights]), np.concatenate([-bias, bias])
    return _Fitted(machine.classes_.tolist(), weights, bias)


def _temperature(features: csr_matrix, intents: NDArray[np.str_], freedom: float) -> float:
    """The divisor of the margins that makes their softmax likeliest for examples the machine was not fitted on.

    1.0 when there are too few examples to keep some back.
    """
    from scipy.optimize import minimize_scalar
    from sklearn.model_selection import train_test_split

    counts = np.unique(intents, return_counts=True)[1]
    if counts.min() < 2 or len(intents) * HELD_OUT < len(counts):
        return 1.0
    fitted_on, kept_back, fitted_intents, truth = train_test_split(
        features, intents, test_size=HELD_OUT, stratify=intents, random_state=0
    )
    fitted = _fit(fitted_on, fitted_intents, freedom)
    margins = kept_back @ fitted.weights + fitted.bias
    right = np.searchsorted(fitted.intents, truth)

    def loss(log_temperature: float) -> float:
        likelihood = log_softmax(margins / np.exp(log_temperature), axis=1)
        return -float(likelihood[np.arange(len(right)), right].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4, 2), method="bounded").x))
