"""`lantern check`: each rule has an example that breaks it, and the real content passes them all."""

import pytest

from bot import check, check_cards
from bot.check import PROJECT, RULES, check_content, check_project, load_style
from bot.load import load_content
from bot.yamlfile import Problem, YamlError
from tests.content_factory import FILES, content_dir, line_of

FACTS, TOPICS, SOURCES = "content/facts/signs.yml", "content/topics.yml", "content/sources.yml"
PHRASES, STYLE, CARD = "content/phrases.yml", "content/style.yml", "content/cards/self_harm.yml"
BARRIERS = "content/barriers.yml"
SENTENCE = "In 2024, 3 in 10 callers saw a sign."
LONG = "One two three four five six seven eight nine ten eleven twelve thirteen."
HARD = "Institutional responsibility necessitates interdisciplinary collaboration."
NO_YEAR = FILES[FACTS].replace("In 2024, 3 in", "3 in")
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
        (CARD, ("now.", f"now. {LONG}"), "  en:", "'self_harm': a sentence has 13 words"),
        (CARD, ("Marca", f"{LONG} Marca"), 13, "'self_harm': a sentence has 13 words"),
        (BARRIERS, ("Pregunta.", LONG), "  lead:", "'cost': a sentence has 13 words"),
    ],
    "answers_are_easy": [
        (FACTS, (SENTENCE, HARD), "facts", "limit 7 for general); use shorter words", TOPICS),
        (FACTS, ("It may be more.", HARD), "facts", "limit 7 for general); use shorter words", TOPICS),
        (TOPICS, ("Look for more than one.", HARD), "facts", "limit 7 for general); use shorter words"),
    ],
    "topics_are_handy": [
        (TOPICS, ("{en: Signs}", "{en: Signs to see}"), "title", "'signs': 12 characters (limit 10); shorten it"),
        (TOPICS, ("{en: Signs}", "{en: Signs, es: Las señales}"), "title", "'signs': 11 characters (limit 10)"),
        (TOPICS, ("are the signs", "are all the signs"), "question", "'signs': 23 characters (limit 20); shorten it"),
        (TOPICS, ("[SIGN01]", "[SIGN01, SIGN01, SIGN01]"), "facts", "'signs': 3 facts; an answer has 1 to 2"),
        (STYLE, ("[1, 2]", "[2, 3]"), "facts", "'signs': 1 facts; an answer has 2 to 3", TOPICS),
    ],
    "figures_have_years": [
        (FACTS, ("In 2024, 3 in 10", "About 3 in 10"), "SIGN01", "has a figure; say that it is from 2024"),
        (FACTS, ("In 2024, 3 in 10", "One in every 9"), "SIGN01", "has a figure"),
        (FACTS, ("In 2024, 3 in 10", "Now 11.35%"), "SIGN01", "has a figure"),
        (FACTS, ("In 2024, 3 in 10", "Now 1,630"), "SIGN01", "has a figure"),
        (FACTS, ("In 2024, 3 in 10", "Some 40 percent of"), "SIGN01", "has a figure"),
        (FACTS, ("In 2024, 3 in 10", "Two million"), "SIGN01", "has a figure"),
    ],
    "numbers_stand_in_one_place": [
        (FACTS, ("saw a sign", "call 1-888-373-7888"), "1-888", "'1-888-373-7888' is a number to reach help"),
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
        (CARD, ("now.", "now. Calm down."), "  en:", '"calm down" must not be said'),
        (CARD, ("Marca", "Calm down. Marca"), 13, '"calm down" must not be said'),
        (CARD, ("en: Get help", "en: Calm down"), "title", '"calm down" must not be said'),
        (BARRIERS, ("en: Money", "en: Calm down"), "label", '"calm down" must not be said'),
        (PHRASES, ("Hello.", "Calm down."), "  en:", '"calm down" must not be said'),
    ],
    "nothing_is_promised": [
        (FACTS, ("saw a sign", "kept it SECRET"), "  en:", "'SIGN01': 'secret…' sounds like a promise; say what is"),
        (CARD, ("They may tell. A", "It is a secret. A"), 10, "'secret…' sounds like a promise"),
    ],
}  # fmt: skip


def test_every_rule_has_an_example_that_breaks_it():
    assert [rule.__name__ for rule in RULES] == [*BROKEN, *(rule.__name__ for rule in check_cards.RULES)]


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
        ("answers_are_easy", TOPICS, ("Look for", "Professionals can professionally look for")),
        ("topics_are_handy", TOPICS, ("facts: [SIGN01]", "text: {en: [I tell it myself.]}")),
        ("figures_have_years", FACTS, NO_YEAR.replace("It may", "In 2024 it may")),
        ("figures_have_years", FACTS, NO_YEAR.replace("year: 2024", "year: undated")),
        ("numbers_stand_in_one_place", SOURCES, ("A manual", "Call 911")),
        ("numbers_stand_in_one_place", "content/confirmed.yml", "hotline: {call: {by: Ada, on: 2026-11-30}} # 911\n"),
        ("code_has_no_numbers", "bot/bot.py", "PHONE = 1630\n"),
        ("code_has_no_numbers", "docs/numbers.md", "911\n"),
        ("words_do_no_harm", FACTS, ("en: " + SENTENCE, "quote: true\n  en: Calm down.")),
        ("nothing_is_promised", "content/facts/help.yml", ("People can help.", "It is secret.")),
    ],
)
def test_what_a_rule_lets_pass(judge, rule, file, change):
    assert judge(rule, file, change)[1] == []


def test_an_audience_has_its_own_limit(judge):
    change = ("{en: Look for more than one.}", "{en: Caseworkers regularly identify exploitation indicators.}")
    _, (problem,) = judge("answers_are_easy", TOPICS, change)
    assert "limit 7 for general" in problem.message
    assert judge("answers_are_easy", TOPICS, (change[0], change[1] + "\n  audience: professional"))[1] == []


@pytest.fixture(scope="module")
def numbers():
    """Every number of the real helplines."""
    lines = load_content().helplines.values()
    return {number for line in lines for number in (line.call, line.text, line.relay) if number}


@pytest.mark.parametrize("around", ["{}", "Call {}.", "call {}, now", "({})", "'{}'"])
def test_what_is_a_number_to_reach_help(numbers, around):
    for number in numbers | {"(888) 373-7888", "+1 888 373 7888", "888.373.7888", "116111"}:
        assert (found := check._PHONE.search(around.format(number))) and found.group() == number


@pytest.mark.parametrize(
    "text",
    ["18 U.S.C. 1591", "1,630 cases", "85.03%", "17,000", "911,000", "9.988", "2000 to 2015", "#911", "S.178", "id-911",
     "988th", "12-14 years", "20-911-2"],
)  # fmt: skip
def test_what_is_no_number_to_reach_help(text):
    assert not check._PHONE.search(text)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("card_words: 20\n", ""), "Object missing required field `card_words`"),
        (("card_words: 20", "card_words: few"), "Expected `int`, got `str` - at `$.card_words`"),
        (("card_words: 20", "card_wrods: 20"), "`card_wrods`"),
    ],
)
def test_a_limit_that_is_missing_is_said(tmp_path, change, message):
    (problem,) = check_content(content_dir(tmp_path, {STYLE: change}))
    assert (problem.file, problem.line) == (STYLE, 1)
    assert message in problem.message and "see the comments in the file" in problem.message


def test_a_style_file_that_is_missing_is_said(tmp_path):
    directory = content_dir(tmp_path, {STYLE: None})
    with pytest.raises(YamlError, match=r"content/style\.yml:1: cannot be read"):
        load_style(directory)
    assert [problem.file for problem in check_content(directory)] == [STYLE]


def test_content_that_cannot_be_read_is_said_before_anything_else(tmp_path):
    directory = content_dir(tmp_path, {FACTS: ("[MANUAL]", "[MANUEL]"), "domain.yml": None})
    (problem,) = check_project(directory.parent)
    assert "'MANUEL' does not exist" in problem.message


def test_the_project_is_judged_in_all_its_parts_and_in_order(tmp_path):
    changes = {
        "data/nlu/all.yml": ("    - hello\n", ""),
        "content/factsheet.yml": FILES["content/factsheet.yml"] + FILES["content/factsheet.yml"].replace("S01", "S02"),
    }
    problems = check_project(content_dir(tmp_path, changes).parent)
    assert [problem.file for problem in problems] == ["content/factsheet.yml", "data/nlu"]


def test_problems_of_several_rules_are_sorted_by_place(tmp_path):
    changes = {TOPICS: ("more than one.", "988."), FACTS: ("callers saw", "Calm down callers call 911 and saw")}
    problems = check_content(content_dir(tmp_path, changes))
    assert len(problems) > 2 and problems == sorted(problems)


SLIPS = {
    "a line is lost": lambda line: [],
    "a line stands twice": lambda line: [line, line],
    "the rest of a line is lost": lambda line: [line.partition(":")[0] + ":"],
    "a value is a number": lambda line: [line.partition(":")[0] + ": 1"],
    "a value is a list": lambda line: [line.partition(":")[0] + ": [[1], {a: b}]"],
    "a colon is lost": lambda line: [line.replace(":", "")],
    "a tab": lambda line: ["\t" + line],
    "a level too deep": lambda line: ["  " + line],
    "a level too high": lambda line: [line.removeprefix("  ")],
}


@pytest.mark.parametrize("slip", SLIPS)
def test_no_slip_ends_in_a_traceback(tmp_path, slip):
    directory = content_dir(tmp_path)
    for text, file in {text: file for file, text in FILES.items()}.items():  # one card will do
        lines = text.splitlines()
        for n, line in enumerate(lines):
            written = "\n".join([*lines[:n], *SLIPS[slip](line), *lines[n + 1 :]])
            (tmp_path / file).write_text(written, encoding="utf-8")
            assert all(isinstance(problem, Problem) for problem in check_project(directory.parent)), written
        (tmp_path / file).write_text(text, encoding="utf-8")
