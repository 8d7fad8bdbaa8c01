"""Every topic is an intent and is answered; what the files say themselves stays theirs."""

from collections import Counter

import pytest
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.importers.importer import TrainingDataImporter

from bot.check import PROJECT
from bot.load import load_content
from bot.nlu import importer
from bot.nlu.importer import ANSWER, TopicImporter
from bot.yamlfile import YamlError, read_mapping
from tests.content_factory import FILES, content_dir

pytestmark = pytest.mark.filterwarnings("ignore:Slot auto-fill")  # Rasa says so for every domain

ACTS = [str(intent) for intent in read_mapping(PROJECT / "domain.yml", "domain.yml")["intents"]]


def answered(project):
    """(intent, what is done) of each rule with one intent and one action."""
    pairs = []
    for step in project.get_stories().story_steps:
        intents = [event.intent_name for event in step.events if isinstance(event, UserUttered)]
        actions = [event.action_name for event in step.events if isinstance(event, ActionExecuted)]
        if len(intents) == 1 and len(actions) == 2:  # the first only says that a rule may begin anywhere
            pairs.append((intents[0], actions[1]))
    return pairs


@pytest.fixture(scope="module")
def project():
    files = [str(PROJECT / name) for name in ("config.yml", "domain.yml", "data/rules.yml")]
    return TopicImporter(files[0], files[1], files[2:])


def test_the_configuration_names_it():
    made = TrainingDataImporter.load_from_config(str(PROJECT / "config.yml"), str(PROJECT / "domain.yml"), [])
    assert "TopicImporter" in {type(one).__name__ for one in everything_below(made)}


def everything_below(made):
    """An importer and all those that it wraps."""
    held = [one for value in vars(made).values() for one in (value if isinstance(value, list) else [value])]
    inner = [one for one in held if isinstance(one, TrainingDataImporter)]
    return [made, *(deeper for one in inner for deeper in everything_below(one))]


def test_every_topic_and_every_act_is_an_intent(project):
    assert {*load_content().topics, *ACTS} <= set(project.get_domain().intents)


def test_every_topic_is_answered_once_unless_it_has_an_action_of_its_own(project):
    topics = set(load_content().topics)
    counts = Counter(answered(project))
    assert {intent for intent, action in counts if action == ANSWER} == topics - set(ACTS)
    assert set(counts.values()) == {1}
    assert {"hotline", "emergency", "other_helplines"} <= topics & set(ACTS)


def test_every_act_has_one_rule_of_its_own():
    rules = read_mapping(PROJECT / "data" / "rules.yml", "data/rules.yml")["rules"]
    firsts = [step for rule in rules for step in rule["steps"][0].get("or", rule["steps"][:1])]
    assert Counter(step["intent"] for step in firsts) == Counter([*ACTS, "nlu_fallback"])
    written = {rule["steps"][-1]["action"] for rule in rules}
    assert written | {ANSWER} == set(read_mapping(PROJECT / "domain.yml", "domain.yml")["actions"])


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """A miniature project with some rules and topics."""

    def tiny(domain, rules, topics=FILES["content/topics.yml"]):
        directory = content_dir(tmp_path, {"domain.yml": domain, "data/rules.yml": rules, "content/topics.yml": topics})
        monkeypatch.setattr(importer, "DEFAULT_DIR", directory)
        return TopicImporter(None, str(tmp_path / "domain.yml"), [str(tmp_path / "data/rules.yml")])

    return tiny


RULES = 'version: "3.1"\nrules:\n- rule: greet\n  steps:\n  - intent: greeting\n  - action: action_say\n'
DOMAIN = 'version: "3.1"\nintents: [greeting]\nactions: [action_say, action_answer]\n'


def test_a_new_topic_needs_its_entry_only(tiny):
    topics = FILES["content/topics.yml"] + "brand_new: {title: {en: New}, question: {en: New?}, facts: [HELP01]}\n"
    project = tiny(DOMAIN, RULES, topics)
    assert {"greeting", "signs", "brand_new"} <= set(project.get_domain().intents)
    assert answered(project) == [("greeting", "action_say"), ("signs", ANSWER), ("help", ANSWER), ("brand_new", ANSWER)]


def test_a_topic_that_the_domain_names_keeps_the_rule_that_is_written(tiny):
    domain = DOMAIN.replace("[greeting]", "[greeting, signs]")
    project = tiny(domain, RULES + "- rule: own\n  steps:\n  - intent: signs\n  - action: action_say\n")
    assert Counter(answered(project)) == {
        ("greeting", "action_say"): 1,
        ("signs", "action_say"): 1,
        ("help", ANSWER): 1,
    }
    assert project.get_domain().intents.count("signs") == 1


def test_topics_that_cannot_be_read_are_said_with_file_and_line(tiny):
    project = tiny(DOMAIN, RULES, "signs: {}\nsigns: {}\n")
    with pytest.raises(YamlError, match=r"^content/topics\.yml:2: 'signs' stands twice"):
        project.get_domain()
