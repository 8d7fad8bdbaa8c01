"""The real cards: what every one of them holds, in every language, variant and length (checks C-T1, C-T6, C-T8)."""

import re

import pytest

from bot import sms
from bot.answer import barrier_reply, card_reply
from bot.content import BARRIER, TIERS, VARIANTS
from bot.load import DEFAULT_DIR, load_content
from bot.readability import ease_es, grade, words
from bot.reply import Reply

CONTENT = load_content()
LANGUAGES = ("en", "es")
KINDS = [(tier, "") for tier in TIERS] + [
    (tier, variant) for variant, tiers in VARIANTS.items() for tier in tiers if tier in TIERS
]
BARRIERS = ("cost", "police", "parents", "not_sure", "phone", "undocumented")
NUMBERS = {number for line in CONTENT.helplines.values() for number in (line.call, line.text) if number}
TELLS = {number for line in CONTENT.helplines.values() if line.may_tell for number in (line.call, line.text) if number}
PROMISES = re.compile(r"confiden|promis|promet|promes|secret|an[oó]nim|anonym", re.I)
# Words that ask for details, or why.
QUESTIONS = {
    "en": re.compile(
        r"[?]|\b(?:who|whom|when|why) (?:did|was|were|is|are|do|does)\b|tell me (?:more|what|who|where)", re.I
    ),
    "es": re.compile(r"[¿?]|\bpor qué\b|cuéntame|dime\b", re.I),
}
# Words that say which gender someone has or loves.
GENDERED = {
    "en": re.compile(
        r"\b(?:he|she|him|her|his|hers|boy|girl|boys|girls|woman|women|man|men|boyfriend|girlfriend)\b", re.I
    ),
    "es": re.compile(
        r"\b(?:él|ella|niña|niño|chica|chico|mujer|hombre|novio|novia|sola|solo estás|segura|seguro de)\b", re.I
    ),
}
USTED = re.compile(r"\b(?:usted|llame|mande|envíe|puede llamar|dígame|escriba|pague|guarde|su culpa)\b", re.I)

each_card = pytest.mark.parametrize(("tier", "variant"), KINDS, ids=lambda part: part or "plain")
each_language = pytest.mark.parametrize("lang", LANGUAGES)


def text_of(reply: Reply) -> str:
    return " ".join(block.text for block in reply.blocks)


@each_language
@each_card
def test_a_card_can_be_used_at_once(tier, variant, lang):
    reply = card_reply(CONTENT, tier, lang, variant)
    text = text_of(reply)
    assert (reply.topic, reply.tier, reply.lang) == ("crisis", tier, lang)
    assert any(number in text[:160] for number in NUMBERS)
    assert len(words(text)) <= 60
    assert len(reply.choices) <= 3
    assert (grade([text]) <= 5) if lang == "en" else (ease_es([text]) >= 80)
    assert not QUESTIONS[lang].search(text)
    assert not PROMISES.search(text)
    assert not re.search(r"[{}]", reply.text())
    assert Reply.from_dict(reply.to_dict()) == reply


@each_language
@each_card
def test_a_card_as_a_text_message(tier, variant, lang):
    text = sms.card_sms(CONTENT, tier, lang, variant)
    first = CONTENT.card(tier, variant).sms[lang][0]
    assert text.startswith(first) and first.endswith(".") and len(first) <= 153
    assert any(number in first for number in NUMBERS)
    assert len(text) <= 306 and sms.outside(text) == ""
    assert sms.segments(text) <= 2
    assert not QUESTIONS[lang].search(text) and not PROMISES.search(text)


@each_language
@each_card
def test_both_forms_say_whose_fault_it_is_not_and_that_a_program_speaks(tier, variant, lang):
    reply = card_reply(CONTENT, tier, lang, variant)
    wanted = {
        "en": ("thank you|i believe you|i'm sorry", "fault", "computer program", "you can keep asking me things"),
        "es": ("gracias|te creo|siento lo que pasa", "culpa", "programa de computadora", "puedes seguir preguntando"),
    }
    for text in (text_of(reply), sms.card_sms(CONTENT, tier, lang, variant)):
        for wording in wanted[lang] if tier != "immediate_danger" else wanted[lang][1:]:
            assert re.search(wording, text, re.I), wording


@each_language
@each_card
def test_who_may_be_told_is_said_before_the_hand_off(tier, variant, lang):
    short, long = CONTENT.phrase("may_tell_short", lang), CONTENT.phrase("may_tell", lang)
    text = text_of(card_reply(CONTENT, tier, lang, variant))
    message = sms.card_sms(CONTENT, tier, lang, variant)
    if any(number in text for number in TELLS):
        assert long in text or (short in text and tier == "third_party_report")
    if any(number in message for number in TELLS):
        assert short in message


def test_the_sentence_about_who_may_be_told_is_the_agreed_one():
    assert CONTENT.phrase("may_tell") == (
        "If they think a child is being hurt or someone is in danger, they may have to tell people whose job is to "
        "protect kids. You can ask them first."
    )


@each_language
@each_card
def test_everyone_can_find_themselves_in_a_card(tier, variant, lang):
    for text in (text_of(card_reply(CONTENT, tier, lang, variant)), sms.card_sms(CONTENT, tier, lang, variant)):
        assert not GENDERED[lang].search(text)
        assert lang == "en" or not USTED.search(text)


@each_language
@each_card
def test_nobody_is_sent_back_home_by_default(tier, variant, lang):
    text = text_of(card_reply(CONTENT, tier, lang, variant)).lower()
    assert not re.search(r"your (?:parents|mom|dad)|tus (?:papás|padres)", text)


@each_card
def test_a_variant_has_words_of_its_own_and_the_urgent_number_stays(tier, variant):
    for lang in LANGUAGES:
        own, plain = card_reply(CONTENT, tier, lang, variant), card_reply(CONTENT, tier, lang)
        assert (own == plain) == (variant == "")
        calls = [contact.call for contact in own.contacts]
        assert CONTENT.helplines["emergency"].call in calls and CONTENT.helplines["hotline"].call in calls


@each_language
@each_card
def test_every_number_of_a_card_can_be_tapped_below_it(tier, variant, lang):
    reply = card_reply(CONTENT, tier, lang, variant)
    below = {way for contact in reply.contacts for way in (contact.call, contact.text)}
    told = {number for number in NUMBERS if re.search(rf"(?<![\d-]){re.escape(number)}(?![\d-])", text_of(reply))}
    assert told and told <= below


@each_card
def test_a_card_leads_to_what_makes_it_hard_to_reach_out(tier, variant):
    choices = [choice.id for choice in card_reply(CONTENT, tier, "en", variant).choices]
    # Its facts are about the hotline of the United States, and not for those who report by duty or fear themselves.
    assert (BARRIER in choices) == (variant not in ("abroad", "teacher", "own_behavior"))


def test_a_card_that_is_disclosed_to_names_the_lifeline():
    for kind in [
        (tier, variant) for tier, variant in KINDS if tier in ("self_disclosure", "family_abuse", "image_abuse")
    ]:
        if kind[1] != "abroad":
            calls = [contact.call for contact in card_reply(CONTENT, kind[0], "en", kind[1]).contacts]
            assert CONTENT.helplines["lifeline"].call in calls


def test_the_same_card_fifty_times():
    for tier, variant in KINDS:
        for lang in LANGUAGES:
            assert len({card_reply(CONTENT, tier, lang, variant).text() for _ in range(50)}) == 1
    assert {key: load_content().cards[key] for key in CONTENT.cards} == CONTENT.cards


def test_every_line_says_when_it_was_last_read():
    """Whether that is too long ago says `lantern check --launch`; a test must not break with time."""
    assert all(re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", line.checked) for line in CONTENT.helplines.values())


def test_every_card_waits_for_its_reviewers():
    for path in [*(DEFAULT_DIR / "cards").glob("*.yml"), DEFAULT_DIR / "barriers.yml"]:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# HUMAN: review by a clinician and a survivor"), path


@each_language
def test_what_makes_it_hard_is_asked_with_six_choices(lang):
    reply = barrier_reply(CONTENT, BARRIER, lang)
    assert [choice.id for choice in reply.choices] == [f"{BARRIER}_{key}" for key in BARRIERS]
    assert all(len(choice.label) <= 32 for choice in reply.choices)
    assert CONTENT.helplines["hotline"].call in text_of(reply)[:160]
    assert reply.contacts[0].call == CONTENT.helplines["hotline"].call


@each_language
@pytest.mark.parametrize("key", BARRIERS)
def test_each_is_answered_by_facts_and_then_call_text_or_chat(key, lang):
    reply = barrier_reply(CONTENT, f"{BARRIER}_{key}", lang)
    hotline = CONTENT.helplines["hotline"]
    facts = [block for block in reply.blocks if block.fact]
    assert facts and all(block.cites for block in facts) and reply.sources
    assert all(CONTENT.facts[block.fact].text[lang] in block.text for block in facts)
    assert reply.blocks[0].text == CONTENT.barriers[key].lead[lang] and not reply.blocks[0].cites
    assert [block.text for block in reply.blocks[-2:]] == [
        CONTENT.phrase(k, lang) for k in ("may_tell", "barrier_ways")
    ]
    assert all(way in reply.blocks[-1].text for way in (hotline.call, hotline.text, hotline.chat))
    assert [choice.id for choice in reply.choices][0] == BARRIER and len(reply.choices) <= 3
    assert not PROMISES.search(text_of(reply)) and not QUESTIONS[lang].search(text_of(reply))
    assert lang == "en" or not USTED.search(text_of(reply))
    assert Reply.from_dict(reply.to_dict()) == reply


@each_language
def test_all_that_can_be_pressed_next_is_in_the_same_language(lang):
    steps = (BARRIER, *(f"{BARRIER}_{key}" for key in BARRIERS))
    replies = [card_reply(CONTENT, tier, lang, variant) for tier, variant in KINDS]
    labels = {choice.id: choice.label for reply in replies for choice in reply.choices}
    labels |= {choice.id: choice.label for step in steps for choice in barrier_reply(CONTENT, step, lang).choices}
    topics = {choice for choice in labels if choice in CONTENT.topics}
    assert len(topics) > 10
    assert all(labels[topic] == CONTENT.topics[topic].title[lang] for topic in topics)
    assert {labels[f"{BARRIER}_{key}"] for key in BARRIERS} == {CONTENT.barriers[key].label[lang] for key in BARRIERS}
