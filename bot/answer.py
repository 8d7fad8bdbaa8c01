"""Topic -> Reply: which facts, with which sources, which way to help, and what to ask next.

Pure functions over `Content`; no Rasa, no state. How far a visitor has read into a topic is passed in and out as a
number of facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from bot.content import ALWAYS, BARRIER, Barrier, Content, Fact, Helpline, Topic, say
from bot.reply import Block, Choice, Cited, Contact, Reply

MORE = "more"
"""Id of the choice that continues the last topic."""

MAX_CHOICES = 3

AMBIGUOUS = "ambiguous"
"""The tier that has no card: an answer with support."""


def topic_reply(
    content: Content, topic_id: str, lang: str = "en", start: int = 0, first: str = "", most: int | None = None
) -> tuple[Reply, int]:
    """Answer a topic from its fact number `start` on.

    Args:
        first: id of the fact that the question is about, when it is about one: it comes before the others.
        most: how many facts to show, where that is not as the topic says.

    Returns:
        The reply, and the number of facts shown by now (pass it as `start`, with the same `first`, to continue).

    Raises:
        KeyError: there is no such topic.
    """
    topic = content.topics[topic_id]
    if topic.text is not None:
        blocks = [Block(text=text) for text in (topic.text.get(lang) or topic.text["en"])[:most]]
        return _reply(content, topic, lang, blocks, (), more=False), 0
    order = _order(topic, first)
    added = start == 0 and first in topic.facts[topic.first :]  # one more, so that none of the usual ones is lost
    end = min(start + (most or topic.first + added), len(order))
    blocks, cited = _cite(content, [content.facts[fact_id] for fact_id in order[start:end]], lang)
    if topic.lead and start == 0 and not most:
        blocks.insert(int(order[0] == first), Block(text=say(topic.lead, lang)))
    return _reply(content, topic, lang, blocks, cited, more=end < len(topic.facts)), end


def helplines_reply(content: Content, topic_id: str, lang: str = "en", first: str = "") -> tuple[Reply, int]:
    """Answer a topic about reaching help: its best way in the first line, the facts after it.

    Raises:
        KeyError: there is no such topic.
    """
    reply, shown = topic_reply(content, topic_id, lang, first=first)
    return msgspec.structs.replace(reply, blocks=(Block(text=reply.contacts[0].line()), *reply.blocks)), shown


def sources_reply(content: Content, topic_id: str, shown: int, lang: str = "en", first: str = "") -> Reply:
    """Where the first `shown` facts of a topic come from, `first` being one of them as in `topic_reply`.

    Raises:
        KeyError: there is no such topic.
    """
    topic = content.topics[topic_id]
    if not topic.facts:
        return phrase_reply(content, "cite", "cite_nothing", lang)
    _, cited = _cite(content, [content.facts[fact] for fact in _order(topic, first)[: shown or topic.first]], lang)
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


def card_reply(content: Content, tier: str, lang: str = "en", variant: str = "") -> Reply:
    """The reviewed card of a crisis tier, in the words for `variant` where there are any.

    Raises:
        KeyError: there is no such tier.
    """
    card = content.card(tier, variant)
    return Reply(
        topic="crisis",
        tier=tier,
        lang=lang,
        blocks=tuple(Block(text=text) for text in card.text.get(lang) or card.text["en"]),
        contacts=contacts(content, card.helplines, lang),
        choices=tuple(_choice(content, choice, lang) for choice in card.choices),
    )


def barrier_reply(content: Content, choice: str, lang: str = "en") -> Reply:
    """What makes it hard to reach out: the question with its choices, or the answer to one of them.

    An answer is a warm sentence, the facts with their sources, what those who answer may have to tell, and the ways:
    call, text or chat.

    Args:
        choice: `barrier`, or `barrier_<key>` with a key of `barriers.yml`.

    Raises:
        KeyError: there is no such choice.
    """
    cited: tuple[Cited, ...] = ()
    if choice == BARRIER:
        blocks = [Block(text=content.phrase("barrier_question", lang))]
        choices = [_choice(content, f"{BARRIER}_{key}", lang) for key in content.barriers]
    else:
        barrier = _barrier(content, choice)
        facts, cited = _cite(content, [content.facts[fact] for fact in barrier.facts], lang)
        told = (content.phrase(key, lang) for key in ("may_tell", "barrier_ways"))
        blocks = [Block(text=say(barrier.lead, lang)), *facts, *(Block(text=text) for text in told)]
        choices = [Choice(id=BARRIER, label=content.phrase("barrier_other", lang))]
        choices += [_choice(content, topic, lang) for topic in barrier.choices]
    return Reply(
        topic="crisis",
        tier=AMBIGUOUS,
        lang=lang,
        blocks=tuple(blocks),
        sources=cited,
        contacts=contacts(content, ("hotline",), lang),
        choices=tuple(choices),
    )


def with_support(reply: Reply, content: Content, lang: str = "en") -> Reply:
    """An ordinary answer that may be about the writer: help in the first line, first contact and first choices.

    One that has it already, or is a card, stays as it is.
    """
    if reply.tier:
        return reply
    first = Block(text=content.phrase("ambiguous_line", lang))
    hotline = contacts(content, ("hotline",), lang)
    offered = [_choice(content, choice, lang) for choice in ("hotline", BARRIER)]
    ids = {choice.id for choice in offered}
    offered += [choice for choice in reply.choices if choice.id not in ids]
    return msgspec.structs.replace(
        reply,
        tier=AMBIGUOUS,
        blocks=(first, *reply.blocks),
        contacts=tuple(dict.fromkeys((*hotline, *reply.contacts))),
        choices=tuple(offered[: MAX_CHOICES + 1]),
    )


def button(content: Content, choice: str, lang: str = "en") -> Choice:
    """The choice with this id, as any Reply offers it.

    Raises:
        KeyError: there is none.
    """
    return (
        Choice(id=MORE, label=content.phrase("tell_me_more", lang))
        if choice == MORE
        else _choice(content, choice, lang)
    )


def contacts(content: Content, first: Sequence[str], lang: str = "en") -> tuple[Contact, ...]:
    """The helplines `first`, then those every reply shows."""
    return tuple(_contact(content.helplines[line], lang) for line in dict.fromkeys((*first, *ALWAYS)))


def _reply(
    content: Content, topic: Topic, lang: str, blocks: Sequence[Block], cited: tuple[Cited, ...], *, more: bool
) -> Reply:
    choices = [button(content, MORE, lang)] if more else []
    choices += [_topic_choice(content, related, lang) for related in topic.related]
    return Reply(
        topic=topic.id,
        lang=lang,
        blocks=tuple(blocks),
        sources=cited,
        contacts=contacts(content, topic.helplines, lang),
        choices=tuple(choices[: MAX_CHOICES + more]),
    )


def _order(topic: Topic, first: str) -> tuple[str, ...]:
    """The facts of a topic with `first` before the others, where it is one of them."""
    return (first, *(fact for fact in topic.facts if fact != first)) if first in topic.facts else topic.facts


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


def _barrier(content: Content, choice: str) -> Barrier:
    """The barrier that a choice `barrier_<key>` is about."""
    return content.barriers[choice.removeprefix(f"{BARRIER}_")]


def _choice(content: Content, choice: str, lang: str) -> Choice:
    """A button to a topic, to the barrier step, or to one of its answers."""
    if choice == BARRIER:
        return Choice(id=choice, label=content.phrase(BARRIER, lang))
    if choice in content.topics:
        return _topic_choice(content, choice, lang)
    return Choice(id=choice, label=say(_barrier(content, choice).label, lang))


def _topic_choice(content: Content, topic_id: str, lang: str) -> Choice:
    return Choice(id=topic_id, label=say(content.topics[topic_id].title, lang))
