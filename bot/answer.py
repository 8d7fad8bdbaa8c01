"""Topic -> Reply: which facts, with which sources, which way to help, and what to ask next.

Pure functions over `Content`; no Rasa, no state. How far a visitor has read into a topic is passed in and out as a
number of facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from bot.content import ALWAYS, Content, Fact, Helpline, Topic, say
from bot.reply import Block, Choice, Cited, Contact, Reply

MORE = "more"
"""Id of the choice that continues the last topic."""

MAX_CHOICES = 3


def topic_reply(content: Content, topic_id: str, lang: str = "en", start: int = 0) -> tuple[Reply, int]:
    """Answer a topic from its fact number `start` on.

    Returns:
        The reply, and the number of facts shown by now (pass it as `start` to continue).

    Raises:
        KeyError: there is no such topic.
    """
    topic = content.topics[topic_id]
    if topic.text is not None:
        blocks = [Block(text=text) for text in topic.text.get(lang) or topic.text["en"]]
        return _reply(content, topic, lang, blocks, (), more=False), 0
    end = min(start + topic.first, len(topic.facts))
    facts = [content.facts[fact_id] for fact_id in topic.facts[start:end]]
    blocks, cited = _cite(content, facts, lang)
    if topic.lead and start == 0:
        blocks.insert(0, Block(text=say(topic.lead, lang)))
    return _reply(content, topic, lang, blocks, cited, more=end < len(topic.facts)), end


def helplines_reply(content: Content, topic_id: str, lang: str = "en") -> tuple[Reply, int]:
    """Answer a topic about reaching help: its best way in the first line, the facts after it.

    Raises:
        KeyError: there is no such topic.
    """
    reply, shown = topic_reply(content, topic_id, lang)
    first = Block(text=reply.contacts[0].line())
    return msgspec.structs.replace(reply, blocks=(first, *reply.blocks)), shown


def sources_reply(content: Content, topic_id: str, shown: int, lang: str = "en") -> Reply:
    """Where the first `shown` facts of a topic come from.

    Raises:
        KeyError: there is no such topic.
    """
    topic = content.topics[topic_id]
    if not topic.facts:
        return phrase_reply(content, "cite", "cite_nothing", lang)
    _, cited = _cite(content, [content.facts[fact_id] for fact_id in topic.facts[: shown or topic.first]], lang)
    blocks = (Block(text=content.phrase("cite_intro", lang), cites=tuple(source.n for source in cited)),)
    choices = (_topic_choice(content, topic_id, lang), _topic_choice(content, "bot_sources", lang))
    return Reply(
        topic="cite", lang=lang, blocks=blocks, sources=cited, contacts=contacts(content, (), lang), choices=choices
    )


def phrase_reply(
    content: Content,
    topic: str,
    phrase: str,
    lang: str = "en",
    choices: Iterable[str] = (),
    helplines: Sequence[str] = (),
) -> Reply:
    """A fixed sentence of `phrases.yml`, with buttons to the topics `choices`."""
    return Reply(
        topic=topic,
        lang=lang,
        blocks=(Block(text=content.phrase(phrase, lang)),),
        contacts=contacts(content, helplines, lang),
        choices=tuple(_topic_choice(content, topic_id, lang) for topic_id in choices),
    )


def error_reply(content: Content, phrase: str, lang: str = "en") -> Reply:
    """Something went wrong: say so, and where help is."""
    reply = phrase_reply(content, "out_of_scope", phrase, lang, ("what_can_you_do",))
    return msgspec.structs.replace(reply, blocks=(*reply.blocks, Block(text=content.phrase("help_line", lang))))


def card_reply(content: Content, tier: str, lang: str = "en") -> Reply:
    """The reviewed card of a crisis tier.

    Raises:
        KeyError: there is no such tier.
    """
    card = content.cards[tier]
    return Reply(
        topic="crisis",
        tier=tier,
        lang=lang,
        blocks=tuple(Block(text=text) for text in card.text.get(lang) or card.text["en"]),
        contacts=contacts(content, card.helplines, lang),
        choices=tuple(_topic_choice(content, topic_id, lang) for topic_id in card.choices),
    )


def contacts(content: Content, first: Sequence[str], lang: str = "en") -> tuple[Contact, ...]:
    """The helplines `first`, then those every reply shows."""
    return tuple(_contact(content.helplines[line], lang) for line in dict.fromkeys((*first, *ALWAYS)))


def _reply(
    content: Content, topic: Topic, lang: str, blocks: Sequence[Block], cited: tuple[Cited, ...], *, more: bool
) -> Reply:
    choices = [Choice(id=MORE, label=content.phrase("tell_me_more", lang))] if more else []
    choices += [_topic_choice(content, related, lang) for related in topic.related]
    return Reply(
        topic=topic.id,
        lang=lang,
        blocks=tuple(blocks),
        sources=cited,
        contacts=contacts(content, topic.helplines, lang),
        choices=tuple(choices[: MAX_CHOICES + more]),
    )


def _cite(content: Content, facts: Sequence[Fact], lang: str) -> tuple[list[Block], tuple[Cited, ...]]:
    """The facts as blocks, and their sources numbered in the order they are first cited."""
    numbers: dict[str, int] = {}
    blocks = []
    for fact in facts:
        cites = tuple(sorted(numbers.setdefault(source, len(numbers) + 1) for source in fact.sources))
        text = say(fact.text, lang) + (f" {say(fact.caveat, lang)}" if fact.caveat else "")
        blocks.append(Block(text=text, cites=cites, fact=fact.id))
    return blocks, tuple(_cited(content, source, n, lang) for source, n in numbers.items())


def _cited(content: Content, key: str, n: int, lang: str) -> Cited:
    source = content.sources[key]
    note = "source_copy" if source.copy else "source_not_seen" if not source.seen else None
    return Cited(
        n=n,
        title=source.title,
        publisher=source.publisher,
        year=source.year,
        url=source.url,
        page=source.page,
        note=content.phrase(note, lang) if note else None,
    )


def _contact(line: Helpline, lang: str) -> Contact:
    return Contact(
        name=say(line.name, lang),
        for_=say(line.for_, lang),
        call=line.call,
        text=line.text,
        keyword=line.keyword,
        chat=line.chat or line.web,
        hours=say(line.hours, lang) if line.hours else None,
    )


def _topic_choice(content: Content, topic_id: str, lang: str) -> Choice:
    return Choice(id=topic_id, label=say(content.topics[topic_id].title, lang))
