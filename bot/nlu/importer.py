"""Training data from the content: every topic is an intent, and every such intent is answered by its topic.

So a new topic is one entry in `content/topics.yml` plus examples in `data/nlu/`. What `domain.yml` and `data/rules.yml`
name themselves (conversational acts, and topics with an action of their own) stays theirs.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from bot.load import DEFAULT_DIR
from bot.yamlfile import read_mapping

ANSWER = "action_answer"
VERSION = "3.1"  # of Rasa's training data format


class Example(Message):
    """A message that is cheap to copy and to compare: before a training Rasa does both a dozen times with each."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Example:
        return Example({key: value if isinstance(value, str) else deepcopy(value) for key, value in self.data.items()})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and self.data == other.data

    def __hash__(self) -> int:
        return hash((self.get(TEXT), self.get(INTENT)))


class TopicImporter(RasaFileImporter):
    """Rasa's file importer, plus an intent and a rule for each topic."""

    def get_domain(self) -> Domain:
        """The domain of `domain.yml` with the topics as intents."""
        domain = super().get_domain()
        topics = [topic for topic in _topic_ids() if topic not in domain.intents]
        return domain.merge(Domain.from_dict({"version": VERSION, "intents": topics}))

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The examples, read once: a training asks twice, with and without the language."""
        return self._examples(language)

    @cached_method
    def _examples(self, language: str | None) -> TrainingData:
        read = super().get_nlu_data(language)
        read.training_examples = [Example(example.data) for example in read.training_examples]
        return read

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """The rules of `data/`, and for each topic without one: `intent -> action_answer`."""
        written = super().get_stories(exclusion_percentage)
        own = set(super().get_domain().intents)
        rules = [
            {"rule": f"answer {topic}", "steps": [{"intent": topic}, {"action": ANSWER}]}
            for topic in _topic_ids()
            if topic not in own
        ]
        steps = YAMLStoryReader(self.get_domain()).read_from_parsed_yaml({"version": VERSION, "rules": rules})
        return written.merge(StoryGraph(steps))


def _topic_ids() -> list[str]:
    return list(read_mapping(DEFAULT_DIR / "topics.yml", "content/topics.yml"))
