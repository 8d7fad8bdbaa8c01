"""What is said before an answer."""

from bot.answer import card_reply, phrase_reply, topic_reply
from bot.load import load_content
from bot.talk.notes import with_notes

CONTENT = load_content()
SIGNS, _ = topic_reply(CONTENT, "signs")


def test_a_state_gets_the_national_answer_and_the_way_to_its_line():
    reply = with_notes(SIGNS, CONTENT, ["place"])
    assert reply.blocks == (reply.blocks[0], *SIGNS.blocks)
    assert CONTENT.helplines["childhelp"].call in reply.blocks[0].text
    assert "child_protective_services" in [choice.id for choice in reply.choices]
    assert {"childhelp", "state_cps"} <= {
        line.id for line in CONTENT.helplines.values() if line.name["en"] in [one.name for one in reply.contacts]
    }
    assert reply.contacts[: len(SIGNS.contacts)] == SIGNS.contacts


def test_an_essay_gets_its_facts_and_a_word_on_it():
    reply = with_notes(SIGNS, CONTENT, ["essay", "place"])
    assert [block.text for block in reply.blocks[:2]] == [CONTENT.phrase("note_essay"), CONTENT.phrase("note_place")]
    assert reply.sources == SIGNS.sources


def test_what_states_no_fact_takes_no_note():
    for reply in (phrase_reply(CONTENT, "greeting", "greeting"), card_reply(CONTENT, "self_harm")):
        assert with_notes(reply, CONTENT, ["place", "essay"]) is reply
    assert with_notes(SIGNS, CONTENT, []) is SIGNS
