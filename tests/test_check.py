"""`lantern check`: each rule has an example that breaks it, and the real content passes them all."""

import pytest

from bot import check
from bot.check import PROJECT, RULES, check_content, check_project, load_style
from bot.yamlfile import YamlError
from tests.content_factory import FILES, content_dir, line_of

FACTS, TOPICS, SOURCES = "content/facts/signs.yml", "content/topics.yml", "content/sources.yml"
PHRASES, STYLE, CARD = "content/phrases.yml", "content/style.yml", "content/cards/self_harm.yml"
SENTENCE = "In 2024, 3 in 10 callers saw a sign."
LONG = "One two three four five six seven eight nine ten eleven twelve thirteen."
HARD = "Institutional responsibility necessitates interdisciplinary collaboration."
SECOND_FACT = """\
SIGN02:
  en: It can be one.
  sources: [MANUAL]
  year: undated
  status: V2
"""


def test_the_project_in_miniature_has_no_problem(tmp_path):
    assert check_project(content_dir(tmp_path).parent) == []


def test_the_real_project_has_no_problem():
    assert check_project() == []
    assert (PROJECT / "content" / "topics.yml").is_file()


BROKEN = {
    # rule: file, what is changed in it, the line that is blamed, what is said, and the file blamed if another
    "facts_are_used": [
        (FACTS, FILES[FACTS] + SECOND_FACT, "SIGN02", "'SIGN02': no topic uses this fact; name it in topics.yml"),
    ],
    "sources_are_used": [
        (SOURCES, FILES[SOURCES] + "OLD: {title: x, publisher: y, year: undated}\n", "OLD", "'OLD': nothing cites"),
    ],
    "sentences_are_short": [
        (FACTS, ("en: " + SENTENCE, "en: " + LONG), "  en:", "'SIGN01': a sentence has 13 words (limit 12); split"),
        (FACTS, ("  caveat:", f"  es: {LONG}\n  caveat:"), "  es:", "a sentence has 13 words"),
        (FACTS, ("It may be more.", LONG), "caveat", "'SIGN01': a sentence has 13 words"),
        (TOPICS, ("{en: Signs}", f"{{en: {LONG}}}"), "title", "'signs': a sentence has 13 words"),
        (TOPICS, ("What are the signs?", LONG), "question", "'signs': a sentence has 13 words"),
        (TOPICS, ("Look for more than one.", LONG), "lead", "'signs': a sentence has 13 words"),
        (CARD, ("now.", f"now. {LONG}"), "text", "'self_harm': a sentence has 13 words"),
    ],
    "answers_are_easy": [
        (FACTS, (SENTENCE, HARD), "facts", "limit 7 for general); use shorter words", TOPICS),
        (FACTS, ("It may be more.", HARD), "facts", "limit 7 for general); use shorter words", TOPICS),
        (TOPICS, ("Look for more than one.", HARD), "facts", "limit 7 for general); use shorter words"),
        (CARD, ("now.", f"now. {HARD}"), "title", "limit 5); use shorter words"),
    ],
    "figures_have_years": [
        (FACTS, ("In 2024, 3 in 10", "About 3 in 10"), "SIGN01", "has a figure; say that it is from 2024"),
        (FACTS, ("In 2024, 3 in 10", "One in every 9"), "SIGN01", "has a figure"),
        (FACTS, ("In 2024, 3 in 10", "Now 11.35%"), "SIGN01", "has a figure"),
        (FACTS, ("In 2024, 3 in 10", "Now 1,630"), "SIGN01", "has a figure"),
        (FACTS, ("In 2024, 3 in 10", "Some 40 percent of"), "SIGN01", "has a figure"),
        (FACTS, ("In 2024, 3 in 10", "Two million"), "SIGN01", "has a figure"),
    ],
    "cards_are_usable": [
        (CARD, ("Call {hotline.call} now.", "Call now."), "text", "the first 40 characters hold no number"),
        (CARD, ("Call {", "Please do not wait too long. Do call {"), "text", "the first 40 characters hold no"),
        (CARD, ("now.", "now. Go on." + " Go on." * 9), "text", "'self_harm': 23 words (limit 20); shorten it"),
        (CARD, ("[signs]", "[signs, signs, signs, signs]"), "choices", "more than 3 choices; keep the best"),
    ],
    "numbers_stand_in_one_place": [
        (FACTS, ("saw a sign", "call 1-888-373-7888"), "1-888", "'1-888-373-7888' is a number to reach help; write {id"),
        (TOPICS, ("more than one.", "911."), "911", "'911' is a number"),
        (PHRASES, ("Hello.", "Hello. Text 233733."), "233733", "'233733' is a number"),
        (CARD, ("now.", "now, or 988."), "988", "'988' is a number"),
        ("content/lessons/one.yml", "title: call 911\n", "911", "'911' is a number"),
    ],
    "code_has_no_numbers": [
        ("actions/say.py", "SAY = 'call 911'\n", "911", "'911' is a number to reach help"),
        ("bot/a/b.py", "\n# text 741741\n", "741741", "'741741' is a number"),
        ("bot/web/app.js", "call('988')\n", "988", "'988' is a number"),
        ("bot/web/index.html", "<p>988\n", "988", "'988' is a number"),
        ("domain.yml", FILES["domain.yml"] + "# 911\n", "911", "'911' is a number"),
        ("config.yml", b"# caf\xe9\n# 911\n", 2, "'911' is a number"),
    ],
    "words_do_no_harm": [
        (FACTS, ("saw a sign", "should Calm down"), "  en:", '\'SIGN01\': "calm down" must not be said; write: (leave'),
        (FACTS, ("It may be more.", "Calm down."), "caveat", '"calm down" must not be said'),
        (TOPICS, ("{en: Signs}", "{en: Calm down}"), "title", '"calm down" must not be said'),
        (TOPICS, ("What are the signs?", "Calm down?"), "question", '"calm down" must not be said'),
        (CARD, ("now.", "now. Calm down."), "text", '"calm down" must not be said'),
        (CARD, ("{en: Get help}", "{en: Calm down}"), "title", '"calm down" must not be said'),
        (PHRASES, ("Hello.", "Calm down."), "  en:", '"calm down" must not be said'),
    ],
}  # fmt: skip


def test_every_rule_has_an_example_that_breaks_it():
    assert [rule.__name__ for rule in RULES] == list(BROKEN)


@pytest.fixture
def judge(tmp_path, monkeypatch):
    """What one rule says when one file is changed; the project, and the problems."""

    def judge(rule, file, change):
        monkeypatch.setattr(check, "RULES", (getattr(check, rule),))
        directory = content_dir(tmp_path, {file: change})
        return directory, check_content(directory)

    return judge


@pytest.mark.parametrize(("rule", "example"), [(rule, one) for rule, examples in BROKEN.items() for one in examples])
def test_what_breaks_a_rule_is_said_with_file_line_and_hint(judge, rule, example):
    file, change, blamed, message, *elsewhere = example
    directory, (problem,) = judge(rule, file, change)
    at = elsewhere[0] if elsewhere else file
    line = blamed if isinstance(blamed, int) else line_of(directory, at, blamed)
    assert (problem.file, problem.line) == (at, line)
    assert message in problem.message


@pytest.mark.parametrize(
    ("rule", "file", "change"),
    [
        ("sentences_are_short", FACTS, ("en: " + SENTENCE, f"quote: true\n  en: {LONG}")),
        ("sentences_are_short", FACTS, (SENTENCE, "In the U.S. one two three. Four five six seven eight nine ten.")),
        ("answers_are_easy", FACTS, ("en: " + SENTENCE, f"quote: true\n  en: {HARD}")),
        ("figures_have_years", FACTS, ("en: In 2024, 3 in 10", "en: 3 in 10")),  # the caveat says it, see below
        ("figures_have_years", FACTS, (FILES[FACTS], FILES[FACTS].replace("In 2024, ", "").replace("2024", "undated"))),
        ("numbers_stand_in_one_place", SOURCES, ("A manual", "Call 911")),
        ("numbers_stand_in_one_place", "content/confirmed.yml", "hotline: {call: {by: Ada, on: 2026-11-30}} # 911\n"),
        ("code_has_no_numbers", "bot/check.py", "PHONE = 1630\n"),
        ("code_has_no_numbers", "docs/numbers.md", "911\n"),
        ("words_do_no_harm", FACTS, ("en: " + SENTENCE, "quote: true\n  en: Calm down.")),
    ],
)
def test_what_a_rule_lets_pass(judge, rule, file, change):
    if rule == "figures_have_years" and "undated" not in change[1]:
        change = (FILES[FACTS], FILES[FACTS].replace("In 2024, ", "").replace("It may", "In 2024, it may"))
    assert judge(rule, file, change)[1] == []
