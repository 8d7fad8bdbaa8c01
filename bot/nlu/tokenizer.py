"""spaCy's own tokenizer for Rasa, without a downloaded language model.

Rasa's SpacyTokenizer needs a trained spaCy pipeline. Only its rules are wanted here: they part "dont", "cant",
"couldnt" into the same pieces as "don't", "can't", "couldn't", and know the norm of many misspelled short words.
"""

from __future__ import annotations

from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.message import Message

NORM = "norm"
"""Key in `Token.data` of a token's normal form."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class BlankSpacyTokenizer(Tokenizer):
    """Splits text by spaCy's rules for one language; each token carries its norm."""

    @staticmethod
    def required_packages() -> list[str]:
        return ["spacy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`lang`: a language code that spaCy has rules for."""
        return {"lang": "en", "intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        try:
            self._nlp = spacy.blank(self._config["lang"])
        except ImportError as error:
            raise InvalidConfigException(
                f"{type(self).__name__}: spaCy has no rules for lang {self._config['lang']!r}; use a code such as en"
            ) from error

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> BlankSpacyTokenizer:
        return cls({**cls.get_default_config(), **config})

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute of a message, white space left out."""
        return [
            Token(token.text, token.idx, data={NORM: token.norm_})
            for token in self._nlp.make_doc(message.get(attribute))
            if not token.is_space
        ]
