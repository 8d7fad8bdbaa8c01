"""The training examples: enough of them, none twice, none for an intent that does not exist."""

import pytest

from bot.check_examples import problems
from tests.content_factory import FILES, content_dir

NLU, DOMAIN, MORE = "data/nlu/all.yml", "domain.yml", "data/nlu/more.yml"


def found(tmp_path, changes=None, least=2):
    root = content_dir(tmp_path, changes).parent
    return {str(problem) for problem in problems(root, {"signs": None, "help": None}, least)}


def more(*examples, intent="signs"):
    return f"nlu:\n- intent: {intent}\n  examples: |\n" + "".join(f"    - {example}\n" for example in examples)


def test_the_examples_in_miniature_are_in_order(tmp_path):
    assert found(tmp_path) == set()


def test_too_few_examples_are_counted_over_all_files(tmp_path):
    """An intent of the domain and one that is a topic."""
    message = "data/nlu:1: '{}' has {} examples; write at least 4"
    assert found(tmp_path, {MORE: more("red flags")}, least=4) == {
        message.format("signs", 3),
        message.format("greeting", 2),
        message.format("help", 2),
    }


def test_an_intent_without_any_example_is_found(tmp_path):
    assert found(tmp_path, {DOMAIN: FILES[DOMAIN] + "  - thanks\n"}) == {
        "data/nlu:1: 'thanks' has 0 examples; write at least 2"
    }


@pytest.mark.parametrize("text", ["hello", "Hello!", "HELLO", "hello ?", "'hello'"])
@pytest.mark.parametrize("intent", ["greeting", "signs"])
def test_an_example_stands_once_whatever_its_case_signs_and_intent(tmp_path, text, intent):
    assert found(tmp_path, {MORE: more("red flags", text, intent=intent)}) == {
        f'{MORE}:5: "{text}" already stands in {NLU}:4; keep one of them'
    }


def test_an_unknown_intent_is_said_at_each_of_its_examples(tmp_path):
    message = "'sings' is neither a topic of content/topics.yml nor an act of domain.yml; correct its name"
    assert found(tmp_path, {MORE: more("la", "lala", intent="sings")}) == {f"{MORE}:{n}: {message}" for n in (4, 5)}


@pytest.mark.parametrize(
    ("domain", "line"),
    [("", 1), ("slots: {}\n", 1), ("slots: {}\nintents:\n", 2), ("intents: greeting\n", 1), (b"# caf\xe9\n", 1)],
)
def test_a_domain_without_intents_is_said(tmp_path, domain, line):
    (problem,) = found(tmp_path, {DOMAIN: domain})
    assert problem.startswith(f"{DOMAIN}:{line}: ")


def test_an_intent_of_the_domain_may_have_options(tmp_path):
    assert found(tmp_path, {DOMAIN: "intents:\n- greeting:\n    use_entities: []\n"}) == set()


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (b"nlu: caf\xe9\n", "1: is not UTF-8"),
        ("nlu:\n\t- intent: x\n", "2: found character"),
        ("", "1: must be a list of"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(tmp_path, written, message):
    (problem,) = found(tmp_path, {MORE: written})
    assert problem.startswith(f"{MORE}:{message}")
