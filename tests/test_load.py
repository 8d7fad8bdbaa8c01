"""Reading the content: every mistake an editor can make has its file, its line and a hint."""

import re

import pytest

from bot.content import DEFAULT_LANGUAGE, TIERS, Fact, say
from bot.load import DEFAULT_DIR, ContentError, load_content, load_with_places
from tests.content_factory import FILES, content_dir, line_of

FACTS, TOPICS, SOURCES = "content/facts/signs.yml", "content/topics.yml", "content/sources.yml"
HELPLINES, PHRASES, CARD = "content/helplines.yml", "content/phrases.yml", "content/cards/self_harm.yml"
BARRIERS = "content/barriers.yml"
FAMILIES, ASPECTS = "content/talk/families.yml", "content/talk/aspects.yml"
WORDS, CLAIMS = "content/talk/words.yml", "content/talk/claims.yml"


@pytest.fixture(scope="module")
def content():
    return load_content()


def problems_of(directory):
    with pytest.raises(ContentError) as caught:
        load_content(directory)
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    return caught.value.problems


def test_the_project_in_miniature_is_read(tmp_path):
    content = load_content(content_dir(tmp_path))
    fact = content.facts["SIGN01"]
    assert (fact.text["en"], fact.caveat["en"]) == ("In 2024, 3 in 10 callers saw a sign.", "It may be more.")
    assert (fact.sources, fact.year, fact.status, fact.factsheet) == (("MANUAL",), 2024, "V", ("S01",))
    assert content.topics["signs"].first == 3
    assert content.helplines["emergency"].for_ == {"en": "danger", "es": "peligro"}
    assert tuple(content.cards) and set(content.cards) == set(TIERS)


MISTAKES = [
    # file, what is changed in it, the line that is blamed, what is said
    # fields
    (FACTS, ("year: 2024\n", "yaer: 2024\n"), "yaer", "'SIGN01': there is no field 'yaer'; correct its spelling"),
    (FACTS, ("  year: 2024\n", ""), "SIGN01:", "'SIGN01': 'year' is missing; add it (a year, or `undated`"),
    (FACTS, ("year: 2024\n", "year: lately\n"), "lately", "Invalid enum value 'lately' in `year`"),
    (FACTS, ("status: V\n", "status: B\n"), "status: B", "Invalid enum value 'B' in `status`"),
    (FACTS, ("[MANUAL]", "MANUAL"), "sources: MANUAL", "Expected `array`, got `str` in `sources`"),
    (FACTS, ("[MANUAL]", "[]"), "sources: []", "a fact needs at least one source; add its key"),
    (FACTS, ("{en: It may be more.}", "It may be more."), "caveat", "Expected `object | null`, got `str`"),
    (SOURCES, ("  title: A manual\n", ""), "MANUAL", "'title' is missing; add it"),
    (HELPLINES, ('text: "233733"', "text: 233733"), "text: 2", "Expected `str | null`, got `int` in `text`"),
    (HELPLINES, ("  call: 1-888", "  phone: 1-888"), "phone", "there is no field 'phone'"),
    (HELPLINES, ("  checked: 2026-05\nem", "em"), "hotline:", "'checked' is missing; add it"),
    (TOPICS, ("  lead:", "  lede:"), "lede", "there is no field 'lede'"),
    (TOPICS, ("  lead:", "  first: 0\n  lead:"), "first: 0", "must be between 1 and 4"),
    (TOPICS, ("  lead:", "  first: 5\n  lead:"), "first: 5", "must be between 1 and 4"),
    (TOPICS, ("  lead:", "  audience: experts\n  lead:"), "experts", "Invalid enum value 'experts' in `audience`"),
    (TOPICS, ("  facts: [SIGN01]\n", ""), "signs:", "a topic needs `facts`, or `text`"),
    (TOPICS, ("  lead:", "  text: {en: [I do.]}\n  lead:"), "facts:", "a topic needs `facts`, or `text`"),
    # languages
    (FACTS, ("  en: In", "  de: In"), "SIGN01:", "'SIGN01': the English text is missing; write `en: …`"),
    (FACTS, ("  en: In", "  english: In"), "english", "there is no field 'english'"),
    (TOPICS, ("{en: Signs}", "{es: Señales}"), "signs:", "'signs': the English text is missing"),
    (TOPICS, ("{en: Signs}", '{en: ""}'), "signs:", "'signs': the English text is missing"),
    (TOPICS, ("{en: Look for more than one.}", "{en: One, two}"), "lead", "a text inside { } that has a comma"),
    (FACTS, ("{en: It may be more.}", "{en: More, perhaps}"), "caveat", "a text inside { } that has a comma"),
    (FACTS, ("  en: In 2024, 3 in 10 callers saw a sign.", "  en:"), "SIGN01:", "or nothing after its colon"),
    (PHRASES, ("  en: Hello.", "  es: Hola."), "greeting:", "'greeting': the English text is missing"),
    (PHRASES, ("Hello. Call {hotline.call} for help.", "[Hello]"), "greeting:", "'greeting': Expected `str`, got"),
    (PHRASES, ("\n  en: Hello. Call {hotline.call} for help.", " {en: Hi, my friend}"), "greeting", "has a comma"),
    # ids
    (FACTS, ("[MANUAL]", "[MANUEL]"), "MANUEL", "'MANUEL' does not exist in sources.yml; add it there"),
    (HELPLINES, ("V, sources: [MANUAL]", "V, sources: [MANUEL]"), "MANUEL", "'MANUEL' does not exist in sources"),
    (TOPICS, ("[SIGN01]", "[SIGN1]"), "SIGN1]", "'SIGN1' does not exist in facts/"),
    (TOPICS, ("related: [signs]", "related: [sign]"), "related", "'sign' does not exist in topics.yml"),
    (TOPICS, ("helplines: [hotline]", "helplines: [hot]"), "helplines", "'hot' does not exist in helplines.yml"),
    (TOPICS, ("helplines: [hotline]", "helplines: []"), "helplines", "name at least one helpline"),
    (CARD, ("[help, barrier]", "[sign, barrier]"), "choices", "'sign' does not exist in topics.yml"),
    (CARD, ("[hotline, emergency]", "[hot]"), "helplines", "'hot' does not exist in helplines.yml"),
    # placeholders
    (FACTS, ("saw a sign.", "call {hot.call}."), "hot.call", "{hot.call} is not in helplines.yml"),
    (FACTS, ("It may be more.", "'{hotline.fax}'"), "caveat", "{hotline.fax} is not in helplines.yml"),
    (FACTS, ("saw a sign.", "call {emergency.text}."), "text}", "{emergency.text} is not in helplines.yml"),
    (PHRASES, ("{hotline.call}", "{Hotline.call}"), "Hotline", "{Hotline.call} is not in helplines.yml"),
    (PHRASES, ("{hotline.call}", "{hotline}"), "{hotline}", "{hotline} is not in helplines.yml"),
    (CARD, ("Call {hotline.call}", "Call { hotline.call }"), "  en:", "{ hotline.call } is not in helplines.yml"),
    (CARD, ("Llama al {hotline.call}", "Llama al {hotline.fax}"), "  en:", "{hotline.fax} is not in helplines.yml"),
    # barriers
    (BARRIERS, ("  label: {en: Money, es: Dinero}\n", ""), "cost:", "'cost': 'label' is missing; add it"),
    (BARRIERS, ("{en: Money, es", "{es"), "cost:", "'cost': the English text is missing"),
    (BARRIERS, ("[HELP02]", "[HELP2]"), "  facts", "'HELP2' does not exist in facts/"),
    (BARRIERS, ("[help]", "[barrier]"), "  choices", "'barrier' does not exist in topics.yml"),
    (CARD, ("sms:\n", "smms:\n"), "smms", "there is no field 'smms'"),
    # talk
    (FAMILIES, ("any: [signs]", "any: [sign]"), "signs:", "'sign' does not exist in topics.yml"),
    (FAMILIES, ("school: [signs]", "schol: [signs]"), "signs:", "'schol' does not exist in talk/aspects.yml"),
    (FAMILIES, ("any: [signs], ", ""), "signs:", "needs a topic for `any`"),
    (FAMILIES, ("any: [signs]", "any: []"), "signs:", "needs a topic for `any`"),
    (ASPECTS, ("topic: signs", "topic: sign"), "school", "'sign' does not exist in topics.yml"),
    (ASPECTS, ("{en: [schools]}", "{es: [escuelas]}"), "school", "the English text is missing"),
    (WORDS, ("[and]", "[and, no]"), "connector", "Expected `str`, got `bool`"),
    (CLAIMS, ("SIGN01", "SIGN1"), "SIGN1", "'SIGN1' does not exist in facts/"),
    # entries and files
    (TOPICS, ("signs:\n", "empty:\nsigns:\n"), "empty:", "'empty' has no fields; write them below it"),
    (FACTS, ("  year: 2024\n", "  year: 2024\n  year: 2023\n"), "2023", "'year' stands twice (first on line 4)"),
    (PHRASES, ("  en:", "\ten:"), "\ten:", "Check the indentation here"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "change", "blamed", "message"), MISTAKES)
def test_a_mistake_is_said_with_file_line_and_hint(tmp_path, file, change, blamed, message):
    directory = content_dir(tmp_path, {file: change})
    problem = next(problem for problem in problems_of(directory) if message in problem.message)
    assert (problem.file, problem.line) == (file, line_of(directory, file, blamed))


UNUSABLE = [
    (None, "cannot be read (No such file or directory)"),
    ("", "must be a list of `id:` entries"),
    ("- a\n- b\n", "must be a list of `id:` entries"),
    (b"a: caf\xe9\n", "is not UTF-8 text"),
]
FOUND_IN_FOLDERS = {FACTS, CARD}


@pytest.mark.parametrize(
    ("file", "written", "message"),
    [
        (file, *case)
        for file in (FACTS, TOPICS, SOURCES, HELPLINES, PHRASES, CARD, BARRIERS)
        for case in UNUSABLE
        if case[0] is not None or file not in FOUND_IN_FOLDERS
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path, file, written, message):
    problems = problems_of(content_dir(tmp_path, {file: written}))
    assert (file, 1, message) in [(p.file, p.line, p.message[: len(message)]) for p in problems]


def test_an_id_stands_once_in_all_files(tmp_path):
    directory = content_dir(tmp_path, {"content/facts/two.yml": "# again\n" + FILES[FACTS]})
    message = "content/facts/two.yml:2: 'SIGN01' already stands in content/facts/signs.yml:1; ids are unique"
    assert [str(problem) for problem in problems_of(directory)] == [message]


@pytest.mark.parametrize("tier", TIERS)
def test_every_tier_needs_its_card(tmp_path, tier):
    (problem,) = problems_of(content_dir(tmp_path, {f"content/cards/{tier}.yml": None}))
    assert str(problem) == f"content/cards/{tier}.yml:1: this card is missing or unusable; every tier needs one"


def test_a_card_of_no_tier_is_refused(tmp_path):
    (problem,) = problems_of(content_dir(tmp_path, {"content/cards/self_help.yml": FILES[CARD]}))
    assert str(problem).startswith("content/cards/self_help.yml:1: 'self_help' is no crisis tier; the tiers are imm")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("self_harm.friends", "'friends' is no variant of a card; the variants are cannot_talk,"),
        ("self_harm.", "'' is no variant of a card"),
        ("self_harm.teacher", "nothing chooses the variant 'teacher' of 'self_harm'; it belongs to third_party_report"),
        ("any.teacher", "nothing chooses the variant 'teacher' of 'any'"),
        ("any", "'any' is no crisis tier"),
        ("self_help.friend", "'self_help' is no crisis tier"),
    ],
)
def test_a_variant_that_nothing_chooses_is_refused(tmp_path, name, message):
    (problem,) = problems_of(content_dir(tmp_path, {f"content/cards/{name}.yml": FILES[CARD]}))
    assert str(problem).startswith(f"content/cards/{name}.yml:1: {message}")


@pytest.mark.parametrize("tier", TIERS)
def test_the_closest_card_is_chosen(tmp_path, tier):
    of_all, of_one = "content/cards/any.abroad.yml", f"content/cards/{tier}.abroad.yml"
    plain = load_content(content_dir(tmp_path / "plain"))
    general = load_content(content_dir(tmp_path / "general", {of_all: FILES[CARD]}))
    close = load_content(content_dir(tmp_path / "close", {of_all: FILES[CARD], of_one: FILES[CARD]}))
    assert plain.card(tier).id == plain.card(tier, "abroad").id == close.card(tier, "").id == tier
    assert (general.card(tier, "abroad").id, close.card(tier, "abroad").id) == ("any.abroad", f"{tier}.abroad")


@pytest.mark.parametrize("tier", ["ambiguous", "any", "any.abroad", "self_harm.friend", ""])
def test_what_is_no_tier_has_no_card(content, tier):
    with pytest.raises(KeyError):
        content.card(tier)


@pytest.mark.parametrize("line", ["hotline", "emergency"])
def test_what_every_answer_shows_cannot_be_taken_out(tmp_path, line):
    """Even when nothing else names it."""
    helplines = FILES[HELPLINES].replace(f"{line}:", "renamed:")
    everywhere = {file: text.replace(line, "renamed") for file, text in FILES.items()} | {HELPLINES: helplines}
    problems = problems_of(content_dir(tmp_path, everywhere))
    assert f"content/helplines.yml:1: '{line}' is missing; every answer shows it" in map(str, problems)


def test_all_problems_are_said_at_once_in_order(tmp_path):
    changes = {TOPICS: ("[SIGN01]", "[SIGN1]"), FACTS: ("[MANUAL]", "[MANUEL]"), CARD: ("[help, ", "[sign, ")}
    problems = problems_of(content_dir(tmp_path, changes))
    assert [problem.file for problem in problems] == [CARD, FACTS, TOPICS]


def test_numbers_are_filled_in_everywhere(tmp_path):
    every_way = "{hotline.name}: {hotline.call}, {hotline.text}"
    changes = {
        FACTS: ("It may be more.", f"'{every_way}'"),
        TOPICS: ("Look for more than one.", f"'{every_way}'"),
        PHRASES: ("Hello. Call {hotline.call} for help.", f"'{every_way}'"),
        CARD: ("- Call {hotline.call} now.", f"- '{every_way}'"),
    }
    content = load_content(content_dir(tmp_path, changes))
    shown = (
        content.facts["SIGN01"].caveat["en"],
        content.topics["signs"].lead["en"],
        content.phrase("greeting"),
        content.cards["self_harm"].text["en"][0],
    )
    assert set(shown) == {"The hotline: 1-888-373-7888, 233733"}


def test_places_know_the_line_of_an_entry_and_of_its_fields(tmp_path):
    _, places = load_with_places(content_dir(tmp_path))
    place = places[Fact, "SIGN01"]
    assert str(place.problem("x")) == f"{FACTS}:1: x"
    assert str(place.problem("x", "year")) == f"{FACTS}:4: x"
    assert str(place.problem("x", "no_such_field")) == f"{FACTS}:1: x"


def test_a_language_is_offered_when_every_phrase_exists_in_it(tmp_path):
    more = "goodbye: {en: Goodbye, es: Adiós}\n"
    some = load_content(content_dir(tmp_path / "some", {PHRASES: FILES[PHRASES] + more}))
    every = load_content(content_dir(tmp_path / "every", {PHRASES: FILES[PHRASES] + "  es: Hola.\n" + more}))
    assert some.languages == ("en",)
    assert every.languages == ("en", "es")
    assert (some.phrase("goodbye", "es"), some.phrase("greeting", "es")[:5]) == ("Adiós", "Hello")


@pytest.mark.parametrize("text", [{"en": "yes"}, {"en": "yes", "es": ""}, {"en": "yes", "fr": "oui"}])
def test_what_is_not_translated_is_said_in_english(text):
    assert say(text, "es") == "yes"


def test_every_topic_of_the_contract_exists(content):
    listed = (DEFAULT_DIR.parent / "tests" / "contract_topics.txt").read_text(encoding="utf-8").split()
    assert len(listed) == 76
    assert not set(listed) - set(content.topics)


def test_every_tier_of_the_contract_has_a_card(content):
    tiers = "immediate_danger self_harm self_disclosure image_abuse family_abuse missing_child third_party_report"
    assert tuple(content.cards) and TIERS == tuple(tiers.split())
    assert set(TIERS) <= set(content.cards)


def test_every_helpline_that_the_content_names_exists(content):
    named = {
        match
        for path in DEFAULT_DIR.rglob("*.yml")
        for match in re.findall(r"\{(\w+)\.\w+\}", re.sub(r"#.*", "", path.read_text(encoding="utf-8")))
    }
    assert {"hotline", "emergency", "lifeline"} <= named <= set(content.helplines)


def test_every_helpline_can_be_reached_and_says_what_it_is_for(content):
    for line in content.helplines.values():
        assert line.call or line.text or line.chat or line.web, line.id
        assert line.for_[DEFAULT_LANGUAGE] and re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", line.checked), line.id
