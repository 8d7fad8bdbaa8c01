"""Lantern's intents and examples as an ordinary Rasa project, such as `rasa init` of 3.6 begins one.

The pipeline and policies are Rasa's defaults. Each intent is answered by one `utter_` response with the
text that Lantern gives, so neither side pays for an action server. A rule says it per intent; a few
stories give TED something to learn.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from bot.answer import card_reply, topic_reply
from bot.content import Content
from bot.yamlfile import read_mapping

VERSION = "3.1"  # of Rasa's training data format
FALLBACK = "nlu_fallback"
STORIES = 12
EPOCHS = 100  # what `rasa init` writes

CONFIG = """\
recipe: default.v1
assistant_id: stock
language: en

pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: 100
    constrain_similarities: true
  - name: EntitySynonymMapper
  - name: ResponseSelector
    epochs: 100
    constrain_similarities: true
  - name: FallbackClassifier
    threshold: 0.3
    ambiguity_threshold: 0.1

policies:
  - name: MemoizationPolicy
  - name: RulePolicy
  - name: UnexpecTEDIntentPolicy
    max_history: 5
    epochs: 100
  - name: TEDPolicy
    max_history: 5
    epochs: 100
    constrain_similarities: true
"""


def write(directory: Path, lantern: Path, content: Content, epochs: int = EPOCHS) -> None:
    """Write the project into `directory`, in place of what an earlier run left there.

    Args:
        directory: where the project goes; a trained model there is left alone.
        lantern: root of Lantern's tree, for its examples and its acts.
        content: Lantern's content, for the intents that are topics and for what is answered.
        epochs: how long each of its models learns; speed and size of the trained model do not depend on it.
    """
    directory.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(directory / "data", ignore_errors=True)
    shutil.copytree(lantern / "data" / "nlu", directory / "data" / "nlu")
    acts = read_mapping(lantern / "domain.yml", "domain.yml")["intents"]
    intents = list(dict.fromkeys([*acts, *content.topics]))
    files = {
        "config.yml": CONFIG.replace(f"epochs: {EPOCHS}", f"epochs: {epochs}"),
        "credentials.yml": "rest:\n",
        "endpoints.yml": "",
        "domain.yml": _yaml(domain(intents, content)),
        "data/rules.yml": _yaml({"version": VERSION, "rules": rules(intents)}),
        "data/stories.yml": _yaml({"version": VERSION, "stories": stories(list(content.topics))}),
    }
    for name, text in files.items():
        (directory / name).write_text(text, encoding="utf-8")


def domain(intents: Iterable[str], content: Content) -> dict[str, Any]:
    """The domain: every intent and its response, and what is said below the fallback threshold."""
    texts = {intent: _answer(intent, content) for intent in (*intents, FALLBACK)}
    return {
        "version": VERSION,
        "intents": [intent for intent in texts if intent != FALLBACK],
        "responses": {f"utter_{intent}": [{"text": text}] for intent, text in texts.items()},
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }


def rules(intents: Iterable[str]) -> list[dict[str, Any]]:
    """One rule per intent."""
    return [{"rule": f"answer {intent}", "steps": _turn(intent)} for intent in (*intents, FALLBACK)]


def stories(topics: list[str]) -> list[dict[str, Any]]:
    """A few conversations: hello, three topics, thanks, goodbye."""
    middles = [topics[start : start + 3] for start in range(0, len(topics), 3)][:STORIES]
    return [
        {
            "story": f"visit {number}",
            "steps": [step for intent in ("greeting", *middle, "thanks", "goodbye") for step in _turn(intent)],
        }
        for number, middle in enumerate(middles, start=1)
    ]


def _turn(intent: str) -> list[dict[str, str]]:
    return [{"intent": intent}, {"action": f"utter_{intent}"}]


def _answer(intent: str, content: Content) -> str:
    """The words of Lantern's answer. Braces would be slots to Rasa."""
    if intent in content.topics:
        text = topic_reply(content, intent)[0].text()
    elif (tier := intent.removeprefix("crisis_")) in content.cards:
        text = card_reply(content, tier).text()
    else:
        text = content.phrase(intent) if intent in content.phrases else content.phrase("rephrase")
    return text.replace("{", "(").replace("}", ")")


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)
