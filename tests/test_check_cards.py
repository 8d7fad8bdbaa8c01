"""What a person in danger is shown: each rule has an example that breaks it, in English and in Spanish."""

import pytest

from bot.check import Checked, check_content, load_style
from bot.check_cards import RULES
from bot.load import load_with_places
from tests.content_factory import FILES, content_dir, line_of

CARD, BARRIERS, PHRASES = "content/cards/self_harm.yml", "content/barriers.yml", "content/phrases.yml"
HELP, TOPICS, HELPLINES, STYLE = (f"content/{name}.yml" for name in ("facts/help", "topics", "helplines", "style"))
HARD = "Institutional responsibility necessitates collaboration."
HARD_ES = "Responsabilidades institucionales necesitan colaboraciones."
EN, ES, SMS_EN, SMS_ES = 3, 6, 10, 13  # lines of the languages in the card

BROKEN = {
    # rule: file, what is changed in it, the line that is blamed, what is said
    "nothing_is_untranslated": [
        (CARD, (", es: Pide ayuda", ""), 1, "'self_harm': the text in 'es' is missing; a person in danger may need it"),
        (CARD, ("  es:\n    - Llama al {hotline.call}.\n    - Pueden avisar. Soy un programa.\n", ""), "text", "'es'"),
        (CARD, ("  es:\n    - Marca {hotline.call}.\n    - Pueden avisar. Un programa.\n", ""), "sms", "'es'"),
        (BARRIERS, (", es: Dinero", ""), "label", "'cost': the text in 'es' is missing"),
        (BARRIERS, (", es: Pregunta.", ""), "lead", "'cost': the text in 'es' is missing"),
        (HELP, (", es: Es gratis.", ""), "HELP02", "'HELP02': the text in 'es' is missing"),
        (HELP, ("es: Es gratis.", "es: Es gratis., caveat: {en: Now.}"), "HELP02", "'HELP02': the text in 'es' is"),
        (TOPICS, (", es: Ayuda", ""), "help:", "'help': the text in 'es' is missing"),
        (HELPLINES, (", es: ayuda", ""), "  for: {en: help", "'hotline': the text in 'es' is missing"),
        (HELPLINES, ("  may_tell: true", "  hours: {en: day}"), "hours", "'hotline': the text in 'es'"),
        (PHRASES, (", es: Me cuesta", ""), "barrier:", "'barrier': the text in 'es' is missing"),
        (PHRASES, ("barrier_other: {en: More, es: Otra}\n", ""), 1, "'barrier_other' is missing; the cards"),
    ],
    "cards_are_usable": [
        (CARD, ("Call {hotline.call} now.", "Call now."), EN, "the first 40 characters hold no number; put"),
        (CARD, ("Call {", "Please do not wait too long. Do call {"), EN, "the first 40 characters hold no number"),
        (CARD, ("Llama al {hotline.call}.", "Llama al 988."), ES, "the first 40 characters hold no number"),
        (CARD, ("now.", "now. Go on." + " Go on." * 9), EN, "'self_harm': 30 words (limit 20); shorten it"),
        (CARD, ("Pueden avisar. Soy", "Ven ya." * 9 + " Pueden avisar. Soy"), ES, "'self_harm': 26 words (limit 20)"),
        (CARD, ("[help, barrier]", "[help, barrier, help, help]"), "choices", "more than 3 choices; keep the best"),
    ],
    "cards_are_easy": [
        (CARD, ("now.", f"now. {HARD}"), EN, "'self_harm': reading grade"),
        (CARD, ("They may tell. A", f"{HARD} A"), SMS_EN, "(limit 5); use shorter words"),
        (CARD, ("Pueden avisar. Soy", f"{HARD_ES} Soy"), ES, "(at least 80); use shorter words and sentences"),
        (CARD, ("Pueden avisar. Un", f"{HARD_ES} Un"), SMS_ES, "'self_harm': Spanish reading ease"),
    ],
    "cards_ask_nothing": [
        (CARD, ("I am a program.", "I am a program. Where?"), EN, "a card asks nothing, so that nobody is questioned"),
        (CARD, ("Soy un programa.", "Soy un programa. ¿Por qué?"), ES, "a card asks nothing"),
        (CARD, ("tell. A program.", "tell. A program. Who?"), SMS_EN, "a card asks nothing"),
    ],
    "cards_say_what_they_must": [
        (CARD, ("I am a program.", "Go on."), EN, "'self_harm': \"A program\" is missing; every card says it"),
        (CARD, ("Soy un programa.", "Sigue."), ES, "\"Un programa\" is missing"),
        (CARD, ("tell. A program.", "tell."), SMS_EN, "\"A program\" is missing"),
        (STYLE, ("[Un programa]", "[Un programa, Soy]"), SMS_ES, "\"Soy\" is missing"),
    ],
    "cards_tell_who_may_be_told": [
        (CARD, ("They may tell. I", "I"), EN, 'may have to report; add the words of `may_tell_short`: "They'),
        (CARD, ("Pueden avisar. Soy", "Soy"), ES, 'add the words of `may_tell_short`: "Pueden avisar."'),
        (CARD, ("They may tell. A", "A"), SMS_EN, "may have to report"),
    ],
    "text_messages_fit": [
        (CARD, ("Pueden avisar. Un", "Avisarán ahí. Un"), SMS_ES, "'áí' is not in the alphabet of text"),
        (CARD, ("tell. A program.", "tell. “A program”"), SMS_EN, "'“”' is not in the alphabet of text messages"),
        (CARD, ("tell. A program.", "tell. A program." + " Go on." * 4), SMS_EN, "characters (limit 60); shorten"),
        (CARD, ("tell. A program.", "tell. A program. [" + "€" * 6), SMS_EN, "characters (limit 60)"),
        (CARD, ("Dial {hotline.call}.", "Please dial {hotline.call}. Go."), SMS_EN, "the first part has"),
        (CARD, ("Dial {hotline.call}.", "Dial now."), SMS_EN, "the first part holds no number; put one there"),
    ],
    "barriers_are_short_and_easy": [
        (BARRIERS, ("es: Dinero", "es: El dinero mucho"), "label", "'cost': 15 characters (limit 10); shorten it"),
        (BARRIERS, ("[HELP02]", "[]"), "facts", "'cost': 0 facts; an answer has 1 to 1"),
        (BARRIERS, ("[HELP02]", "[HELP02, HELP01]"), "facts", "'cost': 2 facts; an answer has 1 to 1"),
        (BARRIERS, ("You can ask.", "Ask. " * 12), "facts", "the answer in 'en' has"),
        (BARRIERS, ("Pregunta.", HARD_ES), "facts", "'cost': the answer in 'es': Spanish reading ease"),
    ],
}  # fmt: skip


def judge(tmp_path, rule, file, change):
    """What one rule says when one file is changed."""
    directory = content_dir(tmp_path, {file: change})
    content, places = load_with_places(directory)
    return directory, list(rule(Checked(content, places, load_style(directory), directory)))


def test_every_rule_has_an_example_that_breaks_it():
    assert [rule.__name__ for rule in RULES] == list(BROKEN)


@pytest.mark.parametrize(
    ("rule", "example"), [(rule, one) for rule in RULES for one in BROKEN[rule.__name__]], ids=lambda x: str(x)[:60]
)
def test_what_breaks_a_rule_is_said_with_file_line_and_hint(tmp_path, rule, example):
    file, change, blamed, message = example
    directory, problems = judge(tmp_path, rule, file, change)
    at = CARD if file == STYLE else file
    line = blamed if isinstance(blamed, int) else line_of(directory, at, blamed)
    assert (at, line) in [(problem.file, problem.line) for problem in problems if message in problem.message]
    assert all(problem.file != CARD or problem.line == line for problem in problems)


@pytest.mark.parametrize(
    ("file", "change"),
    [
        (HELPLINES, ("  may_tell: true\n", "")),
        (CARD, ("They may tell. I", "They may tell the law. I")),
        (CARD, ("tell. A program.", "tell. a PROGRAM.")),
        (CARD, ("Pueden avisar. Un", "Pueden avisar. ¡ñéü! Un")),
        (TOPICS, ("{en: Signs}", "{en: Signs, es: Signos}")),
    ],
)
def test_what_the_rules_let_pass(tmp_path, file, change):
    assert check_content(content_dir(tmp_path, {file: change})) == []


def test_a_line_that_may_not_tell_needs_no_such_sentence(tmp_path):
    card = FILES[CARD].replace("They may tell. ", "").replace("Pueden avisar. ", "").replace("{hotline", "{emergency")
    assert check_content(content_dir(tmp_path, {CARD: card})) == []
