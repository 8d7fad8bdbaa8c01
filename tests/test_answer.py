"""Topic -> Reply, over the real content: all of it can be read, all of it is cited, help is always there."""

import dataclasses
import re

import msgspec
import pytest

from bot.answer import (
    MAX_CHOICES,
    MORE,
    barrier_reply,
    button,
    card_reply,
    contacts,
    error_reply,
    helplines_reply,
    phrase_reply,
    sources_reply,
    topic_reply,
    with_support,
)
from bot.content import BARRIER
from bot.load import load_content
from bot.reply import Reply

CONTENT = load_content()
TOPICS = sorted(CONTENT.topics)
CITED = [topic for topic in TOPICS if CONTENT.topics[topic].facts]
OWN = [topic for topic in TOPICS if CONTENT.topics[topic].text]


def walk(topic, lang="en"):
    """All replies to a topic, as `more` gives them."""
    replies, shown = [], 0
    while True:
        reply, now = topic_reply(CONTENT, topic, lang, shown)
        replies.append(reply)
        if MORE not in [choice.id for choice in reply.choices]:
            return replies
        assert now > shown, "`more` must go on"
        shown = now


def facts_of(reply):
    return [block.fact for block in reply.blocks if block.fact]


@pytest.mark.parametrize("place", [0, 2, -1])
def test_the_fact_that_is_asked_for_comes_first_and_none_of_the_usual_is_lost(place):
    topic = CONTENT.topics["signs"]
    asked, usual = topic.facts[place], topic.facts[: topic.first]
    reply, shown = topic_reply(CONTENT, "signs", first=asked)
    assert reply.blocks[0].fact == asked and reply.blocks[1].text == topic.lead["en"]
    assert facts_of(reply) == [asked, *(fact for fact in usual if fact != asked)] and shown == len(facts_of(reply))
    rest, shown = topic_reply(CONTENT, "signs", start=shown, first=asked)
    assert not set(facts_of(rest)) & set(facts_of(reply))
    assert (
        sources_reply(CONTENT, "signs", 1, first=asked).sources
        == topic_reply(CONTENT, "signs", first=asked, most=1)[0].sources
    )


def test_support_is_given_once_and_never_to_a_card():
    supported = with_support(topic_reply(CONTENT, "signs")[0], CONTENT)
    card = card_reply(CONTENT, "self_harm")
    assert with_support(supported, CONTENT) is supported and with_support(card, CONTENT) is card


def test_a_fact_of_another_topic_changes_nothing():
    assert topic_reply(CONTENT, "signs", first="MYTH01") == topic_reply(CONTENT, "signs")


def test_in_short_is_one_fact_without_its_lead():
    reply, shown = topic_reply(CONTENT, "signs", most=1)
    assert (facts_of(reply), len(reply.blocks), shown) == ([CONTENT.topics["signs"].facts[0]], 1, 1)
    assert [choice.id for choice in reply.choices][0] == MORE
    assert len(topic_reply(CONTENT, "about_bot", most=1)[0].blocks) == 1


@pytest.mark.parametrize("choice", [MORE, BARRIER, "signs"])
def test_a_button_can_be_made_again_from_its_id(choice):
    assert button(CONTENT, choice).id == choice and button(CONTENT, choice).label


def check_reply(reply, topic):
    """What holds for every reply whatsoever."""
    assert (reply.topic, bool(reply.blocks)) == (topic, True)
    names = [contact.name for contact in reply.contacts]
    assert len(names) == len(set(names))
    assert {CONTENT.helplines[line].name[reply.lang] for line in ("hotline", "emergency")} <= set(names)
    assert {n for block in reply.blocks for n in block.cites} <= {source.n for source in reply.sources}
    assert [source.n for source in reply.sources] == list(range(1, len(reply.sources) + 1))
    assert all(choice.id in {*CONTENT.topics, MORE, BARRIER} for choice in reply.choices)
    assert len({choice.id for choice in reply.choices}) == len(reply.choices) <= MAX_CHOICES + 1
    assert not re.search(r"[{}]", reply.text())
    assert Reply.from_dict(reply.to_dict()) == reply


@pytest.mark.parametrize("topic", TOPICS)
def test_a_whole_topic_can_be_read_with_more(topic):
    replies = walk(topic)
    for reply in replies:
        check_reply(reply, topic)
    told = [block for reply in replies for block in reply.blocks if block.fact]
    assert tuple(block.fact for block in told) == CONTENT.topics[topic].facts
    assert all(block.cites for block in told)
    for reply in replies:
        numbered = {source.n: source.title for source in reply.sources}
        for block in reply.blocks:
            sources = CONTENT.facts[block.fact].sources if block.fact else ()
            assert sorted(numbered[n] for n in block.cites) == sorted(CONTENT.sources[key].title for key in sources)
            assert list(block.cites) == sorted(block.cites)


@pytest.mark.parametrize("topic", CITED)
def test_the_first_reply_is_short_and_begins_with_the_lead(topic):
    wanted = CONTENT.topics[topic]
    first, *later = walk(topic)
    leads = [wanted.lead["en"]] if wanted.lead else []
    assert [block.text for block in first.blocks if not block.fact] == leads
    assert first.blocks[0].text == (leads or [first.blocks[0].text])[0]
    assert len(first.blocks) == min(wanted.first, len(wanted.facts)) + len(leads)
    assert all(block.fact for reply in later for block in reply.blocks)


@pytest.mark.parametrize("topic", OWN)
def test_topics_about_the_assistant_are_told_at_once(topic):
    (reply,) = walk(topic)
    assert [block.text for block in reply.blocks] == list(CONTENT.topics[topic].text["en"])
    assert reply.sources == () and topic_reply(CONTENT, topic)[1] == 0


@pytest.mark.parametrize("topic", TOPICS)
def test_the_best_help_comes_first(topic):
    reply, _ = topic_reply(CONTENT, topic)
    names = [CONTENT.helplines[line].name["en"] for line in CONTENT.topics[topic].helplines]
    assert [contact.name for contact in reply.contacts][: len(names)] == names


@pytest.mark.parametrize("topic", ["hotline", "emergency", "other_helplines"])
def test_topics_about_help_have_a_number_in_their_first_line(topic):
    reply, shown = helplines_reply(CONTENT, topic)
    check_reply(reply, topic)
    plain, plainly_shown = topic_reply(CONTENT, topic)
    assert (reply.blocks[1:], shown) == (plain.blocks, plainly_shown)
    assert reply.blocks[0].text == reply.contacts[0].line()
    assert CONTENT.helplines[CONTENT.topics[topic].helplines[0]].call in reply.text().splitlines()[0]


@pytest.mark.parametrize("topic", CITED)
def test_the_sources_are_those_of_what_was_shown(topic):
    facts = [CONTENT.facts[fact] for fact in CONTENT.topics[topic].facts]
    for shown in (0, 2, len(facts)):
        reply = sources_reply(CONTENT, topic, shown)
        check_reply(reply, "cite")
        keys = dict.fromkeys(key for fact in facts[: shown or CONTENT.topics[topic].first] for key in fact.sources)
        assert [source.title for source in reply.sources] == [CONTENT.sources[key].title for key in keys]
        assert reply.blocks[0].cites == tuple(source.n for source in reply.sources)


@pytest.mark.parametrize("topic", OWN)
def test_without_facts_there_is_no_source_to_show(topic):
    reply = sources_reply(CONTENT, topic, 0)
    check_reply(reply, "cite")
    assert reply.blocks[0].text == CONTENT.phrase("cite_nothing")


@pytest.mark.parametrize("phrase", sorted(CONTENT.phrases))
def test_every_phrase_can_be_said(phrase):
    reply = phrase_reply(CONTENT, "smalltalk", phrase, choices=("signs", "myths"), helplines=("lifeline",))
    check_reply(reply, "smalltalk")
    assert [choice.id for choice in reply.choices] == ["signs", "myths"]
    assert reply.contacts[0].call == CONTENT.helplines["lifeline"].call


@pytest.mark.parametrize("phrase", sorted(key for key in CONTENT.phrases if key.startswith("error_")))
def test_an_error_says_where_help_is_in_its_own_words_too(phrase):
    reply = error_reply(CONTENT, phrase)
    check_reply(reply, "out_of_scope")
    assert CONTENT.helplines["hotline"].call in reply.blocks[-1].text
    assert CONTENT.helplines["emergency"].call in reply.blocks[-1].text


@pytest.mark.parametrize("lang", ["xx", ""])
def test_a_language_that_is_not_there_is_answered_in_english(lang):
    reply, _ = topic_reply(CONTENT, "signs", lang)
    english, _ = topic_reply(CONTENT, "signs")
    assert (reply.lang, reply.blocks) == (lang, english.blocks)
    assert card_reply(CONTENT, "self_harm", lang).blocks == card_reply(CONTENT, "self_harm").blocks


@pytest.mark.parametrize(
    "ask",
    [
        lambda: topic_reply(CONTENT, "no_such_topic"),
        lambda: helplines_reply(CONTENT, "no_such_topic"),
        lambda: sources_reply(CONTENT, "no_such_topic", 0),
        lambda: card_reply(CONTENT, "ambiguous"),
        lambda: barrier_reply(CONTENT, "barrier_of_another_kind"),
        lambda: barrier_reply(CONTENT, "signs"),
    ],
)
def test_what_does_not_exist_is_a_key_error(ask):
    with pytest.raises(KeyError):
        ask()


@pytest.mark.parametrize("first", [(), ("hotline",), ("emergency", "hotline"), ("lifeline", "emergency")])
def test_contacts_begin_with_those_asked_for_and_hold_none_twice(first):
    expected = list(dict.fromkeys((*first, "hotline", "emergency")))
    assert [contact.name for contact in contacts(CONTENT, first)] == [CONTENT.helplines[x].name["en"] for x in expected]


def test_a_website_stands_in_for_a_chat():
    shown = {line: contacts(CONTENT, (line,))[0].chat for line in ("hotline", "ncmec", "emergency")}
    helplines = CONTENT.helplines
    assert shown == {"hotline": helplines["hotline"].chat, "ncmec": helplines["ncmec"].web, "emergency": None}


def test_sources_that_were_not_read_at_the_publishers_say_so():
    for key, source in CONTENT.sources.items():
        topics = (
            topic for topic in CITED for fact in CONTENT.topics[topic].facts if key in CONTENT.facts[fact].sources
        )
        if topic := next(topics, None):
            cited = sources_reply(CONTENT, topic, 99).sources
            note = next(one.note for one in cited if one.title == source.title and one.url == source.url)
            wanted = "source_copy" if source.copy else None if source.seen else "source_not_seen"
            assert note == (CONTENT.phrase(wanted) if wanted else None), key


@pytest.mark.parametrize(("facts", "offered"), [(3, 3), (4, 4)], ids=["all told", "more to tell"])
def test_no_more_than_three_topics_are_offered(facts, offered):
    topic = msgspec.structs.replace(
        CONTENT.topics["signs"],
        facts=CONTENT.topics["signs"].facts[:facts],
        first=3,
        related=("myths", "slang", "hotline", "caseload", "control"),
    )
    reply, _ = topic_reply(dataclasses.replace(CONTENT, topics={**CONTENT.topics, "signs": topic}), "signs")
    assert [choice.id for choice in reply.choices] == [MORE, "myths", "slang", "hotline"][-offered:]


@pytest.mark.parametrize("lang", CONTENT.card_languages)
@pytest.mark.parametrize("topic", ["signs", "hotline", "consent_of_minor", "about_bot"])
def test_support_comes_before_an_answer_that_stays_whole(topic, lang):
    plain, _ = topic_reply(CONTENT, topic, lang)
    reply = with_support(plain, CONTENT, lang)
    check_reply(reply, topic)
    assert (reply.tier, reply.lang, reply.sources) == ("ambiguous", lang, plain.sources)
    assert reply.blocks == (reply.blocks[0], *plain.blocks)
    assert CONTENT.helplines["hotline"].call in reply.blocks[0].text[:160]
    assert CONTENT.phrase("may_tell_short", lang) in reply.blocks[0].text
    assert reply.contacts[0].call == CONTENT.helplines["hotline"].call
    assert set(plain.contacts) == set(reply.contacts)
    assert [choice.id for choice in reply.choices][:2] == ["hotline", "barrier"]
    assert with_support(plain, CONTENT, lang) == reply
