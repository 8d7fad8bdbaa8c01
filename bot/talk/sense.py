"""What a message means, from what the classifier makes of it and from what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import MORE
from bot.content import Content
from bot.reply import Choice
from bot.talk.followup import CITE, FollowUps
from bot.talk.nearest import FactFinder
from bot.talk.notes import STATE
from bot.talk.offer import chosen
from bot.talk.parts import PLACE
from bot.talk.words import Lexicon, take, words

FALLBACK = "nlu_fallback"
CRISIS = "crisis_"
CARD = 0.85
"""From this much confidence in danger on (in all its tiers) the likeliest card is shown; the guard before Rasa has
already looked for the plain cases."""
DANGER = 0.15
"""When the classifier is unsure, from this much confidence in danger on, help comes before "did you mean"."""
GUESS = 0.15
"""A topic below this confidence is no answer beside help."""
SURE = 0.5
"""Below this the classifier's guess at what may be a follow-up gives way."""
UNANSWERED = (FALLBACK, MORE, CITE, "out_of_scope", "smalltalk")
"""Intents that are no answer to a fragment which names what it asks for."""


@dataclass(frozen=True)
class Heard:
    """A message as it was heard.

    `ranking` holds (intent, confidence) pairs, the likeliest first; `topic` is the last topic answered, `offered` the
    choices of the last Reply, `notes` what `bot.talk.parts` took off the message.
    """

    text: str
    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    topic: str | None
    offered: Sequence[Choice] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Meant:
    """The intent to act on.

    `asked` is what it asks for in words, empty when nothing is left to ask but the topic itself. `support`: help comes
    first, because it may be about danger.
    """

    intent: str
    asked: str = ""
    support: bool = False


class Sense:
    """Understands messages of a conversation.

    Args:
        finder: knows which fact of a topic a question is about.
    """

    def __init__(self, content: Content, finder: FactFinder) -> None:
        self._content, self._finder = content, finder
        self._lexicon = Lexicon(content.talk)
        self._follow_ups = FollowUps(content.talk, self._lexicon)

    def understand(self, heard: Heard) -> Meant:
        """What to act on. A pressed button (a text with "/") and a certain danger are taken as they are."""
        danger = heard.intent.startswith(CRISIS)
        risk = sum(share for intent, share in heard.ranking if intent.startswith(CRISIS))
        if not heard.text or heard.text.startswith("/") or (danger and max(risk, heard.confidence) >= CARD):
            return Meant(heard.intent)
        if picked := chosen(heard.text, heard.offered, self._lexicon):
            return Meant(picked)
        if PLACE in heard.notes and not self._says_more(heard.text):
            return Meant(heard.topic or STATE)
        risky = danger or (heard.intent == FALLBACK and risk >= DANGER)
        if found := self._follow_up(heard, risky):
            return found
        if risky:
            return Meant(self._beside_help(heard), support=True)
        return Meant(self._settled(heard) if heard.intent == FALLBACK else heard.intent, heard.text)

    def _settled(self, heard: Heard) -> str:
        """The likeliest topic although the classifier is unsure, where one of its facts is near: no asking back."""
        likeliest = next((name for name, _ in heard.ranking if name != FALLBACK), "")
        near = likeliest in self._content.topics and self._finder.nearest(heard.text, likeliest)
        return likeliest if near else FALLBACK

    def _says_more(self, text: str) -> bool:
        """Whether there is more in it than a place: "and in Texas?" asks the last question again."""
        lists = ("connector", "small", "ours", "place", "place_or_person")
        named = frozenset().union(*(self._lexicon[name] for name in lists))
        return bool(take(words(text), named)[0])

    def _follow_up(self, heard: Heard, risky: bool) -> Meant | None:
        last = heard.topic if heard.topic in self._content.topics else None
        read = self._follow_ups.read(heard.text, last or "")
        if read is None:
            return None
        named = bool(read.intent or read.default)
        # "Is that every year?" looks like asking for the source, but it names what it asks for.
        lost = heard.intent == FALLBACK or (named and (heard.confidence < SURE or heard.intent in UNANSWERED))
        if not (lost or (read.sure and last)) or (risky and not (read.sure and named)):
            return None
        if read.intent:
            return Meant(read.intent)
        stay = last and self._finder.nearest(heard.text, last)
        goal = last if stay else read.default
        return Meant(goal, heard.text) if goal else None

    def _beside_help(self, heard: Heard) -> str:
        """The likeliest topic; without a fair guess, where the card of the likeliest danger would lead."""
        topics = [name for name, share in heard.ranking if name in self._content.topics and share >= GUESS]
        cards = [name.removeprefix(CRISIS) for name, _ in heard.ranking if name.startswith(CRISIS)]
        led = [choice for card in cards for choice in self._content.cards[card].choices]
        return next((topic for topic in [*topics, *led] if topic in self._content.topics), "hotline")
