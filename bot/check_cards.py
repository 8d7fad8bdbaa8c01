"""The editor's checks of what a person in danger is shown: cards, their text messages, and the barrier step.

Each rule is one small generator, listed in `RULES` and run by `bot.check`. The limits stand in `content/style.yml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from bot import sms
from bot.answer import barrier_reply
from bot.content import BARRIER, DEFAULT_LANGUAGE, Barrier, Card, Content, Entry, Fact, Helpline, Phrase, Topic
from bot.readability import ease_es, grade, words
from bot.yamlfile import Problem

if TYPE_CHECKING:
    from bot.check import Checked


def nothing_is_untranslated(checked: Checked) -> Iterator[Problem]:
    """A person in danger reads their own language: all that can stand on a card exists in every card language."""
    for kind, entry_id, field, text in _said_in_danger(checked.content, checked.style.safety_phrases):
        for lang in checked.style.card_languages:
            if not text.get(lang):
                message = f"the text in '{lang}' is missing; a person in danger may need it: write `{lang}: …`"
                yield checked.problem(kind, entry_id, message, field)
    for key in checked.style.safety_phrases:
        if key not in checked.content.phrases:
            file = f"{checked.directory.name}/phrases.yml"
            yield Problem(file, 1, f"'{key}' is missing; the cards and the step after them say it: write it again")


def cards_are_usable(checked: Checked) -> Iterator[Problem]:
    """A number at once, few words, few choices."""
    style, number = checked.style, _number(checked.content, lambda line: True)
    for card, lang, text in _full(checked.content):
        if not number.search(text[: style.card_number_within]):
            message = f"the first {style.card_number_within} characters hold no number; put it in the first line"
            yield checked.problem(Card, card.id, message, f"text.{lang}")
        if (count := len(words(text))) > style.card_words:
            yield checked.problem(
                Card, card.id, f"{count} words (limit {style.card_words}); shorten it", f"text.{lang}"
            )
    for card in checked.content.cards.values():
        if len(card.choices) > style.card_choices:
            yield checked.problem(Card, card.id, f"more than {style.card_choices} choices; keep the best", "choices")


def cards_are_easy(checked: Checked) -> Iterator[Problem]:
    """A frightened child can read it, also as a text message, in English and in Spanish."""
    for card in checked.content.cards.values():
        for field in ("text", "sms"):
            for lang, parts in getattr(card, field).items():
                if hard := _hard(checked, lang, parts):
                    yield checked.problem(Card, card.id, hard, f"{field}.{lang}")


def cards_ask_nothing(checked: Checked) -> Iterator[Problem]:
    """No question on a card: neither for names, places and times nor why."""
    for card, field, lang, text in _forms(checked.content):
        if "?" in text:
            message = "a card asks nothing, so that nobody is questioned here; say it without a question mark"
            yield checked.problem(Card, card.id, message, f"{field}.{lang}")


def cards_say_what_they_must(checked: Checked) -> Iterator[Problem]:
    """Whose fault it is not, that a program speaks, and that the talk goes on."""
    for card, field, lang, text in _forms(checked.content):
        for wording in checked.style.card_says.get(lang, ()):
            if _plain(wording) not in _plain(text):
                yield checked.problem(Card, card.id, f'"{wording}" is missing; every card says it', f"{field}.{lang}")


def cards_tell_who_may_be_told(checked: Checked) -> Iterator[Problem]:
    """Before the hand-off to a line that may have to report, a card says so, in the words of `phrases.yml`."""
    number = _number(checked.content, lambda line: line.may_tell)
    for card, field, lang, text in _forms(checked.content):
        wordings = [checked.content.phrases.get(key, {}).get(lang) for key in ("may_tell", "may_tell_short")]
        told = [wording for wording in wordings if wording]
        if told and number.search(text) and not any(_plain(wording) in _plain(text) for wording in told):
            message = f'who answers there may have to report; add the words of `may_tell_short`: "{told[-1]}"'
            yield checked.problem(Card, card.id, message, f"{field}.{lang}")


def text_messages_fit(checked: Checked) -> Iterator[Problem]:
    """Two segments of GSM-7 at most; the first part holds a number and is enough by itself."""
    style, number = checked.style, _number(checked.content, lambda line: True)
    for card in checked.content.cards.values():
        for lang, parts in card.sms.items():
            text, first, field = " ".join(parts), parts[0] if parts else "", f"sms.{lang}"
            if foreign := sms.outside(text):
                message = (
                    f"'{foreign}' is not in the alphabet of text messages; write it without, or choose other words"
                )
                yield checked.problem(Card, card.id, message, field)
            if (length := sms.length(text)) > style.sms_characters:
                message = f"{length} characters (limit {style.sms_characters}); shorten the text message"
                yield checked.problem(Card, card.id, message, field)
            if (length := sms.length(first)) > style.sms_first:
                message = f"the first part has {length} characters (limit {style.sms_first}); move a sentence down"
                yield checked.problem(Card, card.id, message, field)
            if not number.search(first):
                yield checked.problem(Card, card.id, "the first part holds no number; put one there", field)


def barriers_are_short_and_easy(checked: Checked) -> Iterator[Problem]:
    """A label fits its button, an answer a minute, and a frightened child can read it."""
    content, style = checked.content, checked.style
    for barrier in content.barriers.values():
        for lang, label in barrier.label.items():
            if len(label) > style.title_characters:
                message = f"{len(label)} characters (limit {style.title_characters}); shorten it"
                yield checked.problem(Barrier, barrier.id, message, f"label.{lang}")
        if not 0 < len(barrier.facts) <= style.barrier_facts:
            message = f"{len(barrier.facts)} facts; an answer has 1 to {style.barrier_facts}"
            yield checked.problem(Barrier, barrier.id, message, "facts")
        if not set(style.safety_phrases) <= set(content.phrases):
            continue  # said by `nothing_is_untranslated`; without its phrases there is no answer to measure
        for lang in style.card_languages:
            texts = [block.text for block in barrier_reply(content, f"{BARRIER}_{barrier.id}", lang).blocks]
            if (count := sum(len(words(text)) for text in texts)) > style.barrier_words:
                message = f"the answer in '{lang}' has {count} words (limit {style.barrier_words}); drop a fact"
                yield checked.problem(Barrier, barrier.id, message, "facts")
            if hard := _hard(checked, lang, texts):
                yield checked.problem(Barrier, barrier.id, f"the answer in '{lang}': {hard}", "facts")


def _full(content: Content) -> Iterator[tuple[Card, str, str]]:
    """(card, language, the text blocks as one) of every card."""
    for card in content.cards.values():
        yield from ((card, lang, " ".join(parts)) for lang, parts in card.text.items())


def _forms(content: Content) -> Iterator[tuple[Card, str, str, str]]:
    """(card, field, language, text) of every card in full and as a text message."""
    yield from ((card, "text", lang, text) for card, lang, text in _full(content))
    for card in content.cards.values():
        yield from ((card, "sms", lang, " ".join(parts)) for lang, parts in card.sms.items())


def _said_in_danger(
    content: Content, phrases: Iterable[str]
) -> Iterator[tuple[type[Entry], str, str, Mapping[str, object]]]:
    """(kind, id, field, its text by language) of all that a person in danger may be shown."""
    for card in content.cards.values():
        yield from ((Card, card.id, field, getattr(card, field)) for field in ("title", "text", "sms"))
    for barrier in content.barriers.values():
        yield from ((Barrier, barrier.id, field, getattr(barrier, field)) for field in ("label", "lead"))
    for fact in {fact for barrier in content.barriers.values() for fact in barrier.facts}:
        yield Fact, fact, "en", content.facts[fact].text
        if caveat := content.facts[fact].caveat:
            yield Fact, fact, "caveat", caveat
    entries: list[Card | Barrier] = [*content.cards.values(), *content.barriers.values()]
    for topic in {choice for entry in entries for choice in entry.choices} - {BARRIER}:
        yield Topic, topic, "title", content.topics[topic].title
    for line in {line for card in content.cards.values() for line in card.helplines}:
        yield Helpline, line, "for", content.helplines[line].for_
        if hours := content.helplines[line].hours:
            yield Helpline, line, "hours", hours
    yield from ((Phrase, key, DEFAULT_LANGUAGE, content.phrases[key]) for key in phrases if key in content.phrases)


def _number(content: Content, wanted: Callable[[Helpline], bool]) -> re.Pattern[str]:
    """Finds a number of those lines; never matches when they have none."""
    lines = [line for line in content.helplines.values() if wanted(line)]
    numbers = {number for line in lines for number in (line.call, line.text) if number}
    return re.compile(rf"(?<![\d-])(?:{'|'.join(map(re.escape, sorted(numbers))) or '(?!)'})(?![\d-])")


def _hard(checked: Checked, lang: str, texts: Iterable[str]) -> str:
    """What is wrong when a card's text is too hard to read; empty when nothing is."""
    if lang == DEFAULT_LANGUAGE and (reached := grade(texts)) > (limit := checked.style.grade["card"]):
        return f"reading grade {reached:.1f} (limit {limit:g}); use shorter words"
    if lang == "es" and (reached := ease_es(texts)) < (limit := checked.style.ease["card"]):
        return f"Spanish reading ease {reached:.1f} (at least {limit:g}); use shorter words and sentences"
    return ""


def _plain(text: str) -> str:
    """`text` in small letters without accents: a text message has few."""
    return "".join(char for char in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(char))


RULES = (
    nothing_is_untranslated,
    cards_are_usable,
    cards_are_easy,
    cards_ask_nothing,
    cards_say_what_they_must,
    cards_tell_who_may_be_told,
    text_messages_fit,
    barriers_are_short_and_easy,
)
