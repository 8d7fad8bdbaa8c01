"""Short follow-ups, understood by the topic that was answered last: "what about labor?", "and in schools?", "why?"."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answer import MORE
from bot.content import ANY, Talk
from bot.talk.words import Lexicon, take, words

MOST_WORDS = 9
CITE, SHORT = "cite", "short"
ACTS = {"short": SHORT, "source": CITE, "more": MORE}
"""List of `words.yml` -> the act it asks for."""


@dataclass(frozen=True)
class FollowUp:
    """What a fragment asks for.

    `intent` is a topic or an act. It is empty when the last topic's family has nothing of its own on what is asked:
    then the last topic may still hold a fact on it, and `default` is the topic to go to if it does not.
    Unless `sure`, it may as well be a question of its own, and what the classifier makes of it comes first.
    """

    intent: str = ""
    default: str | None = None
    sure: bool = True


class FollowUps:
    """Reads fragments.

    Args:
        talk: the families of topics and the words.
    """

    def __init__(self, talk: Talk, lexicon: Lexicon) -> None:
        self._talk, self._lexicon = talk, lexicon
        self._home: dict[str, tuple[str, str]] = {}  # topic -> its family, its aspect
        for family in talk.families.values():
            for aspect, topics in family.topics.items():
                for topic in topics:
                    self._home.setdefault(topic, (family.id, aspect))

    def read(self, text: str, last: str) -> FollowUp | None:
        """What `text` asks for after the topic `last` ("" for none); None when it is a question of its own."""
        found = words(text)
        rest = self._after_connectors(found)
        if not rest or len(rest) > MOST_WORDS:
            return None
        return (self._act(" ".join(rest), last) if last else None) or self._fragment(found, rest, last)

    def _after_connectors(self, found: list[str]) -> list[str]:
        connectors = self._lexicon["connector"]
        lengths = sorted({phrase.count(" ") + 1 for phrase in connectors}, reverse=True)
        while found:
            length = next((n for n in lengths if " ".join(found[:n]) in connectors), 0)
            if not length:
                break
            found = found[length:]
        return found

    def _act(self, said: str, last: str) -> FollowUp | None:
        if said in self._lexicon["again"]:
            return FollowUp(last)
        for name, act in ACTS.items():
            if said in self._lexicon[name]:
                return FollowUp(act)
        bare = take(said.split(), self._lexicon["small"] | self._lexicon["request"])[0]
        if " ".join(bare) in self._lexicon["short"]:  # "can you make that shorter please"
            return FollowUp(SHORT)
        for name in ("why", "how"):
            if said in self._lexicon[name]:
                family = self._talk.families.get(self._home.get(last, ("", ""))[0])
                led = getattr(family, name, None)
                return FollowUp(led if led and led != last else MORE)
        return None

    def _fragment(self, found: list[str], rest: list[str], last: str) -> FollowUp | None:
        families, left = self._named(rest, self._lexicon.families)
        aspects, left = self._named(left, self._lexicon.aspects)
        unknown = take(left, self._lexicon["small"] | self._lexicon["ours"])[0]
        led = found[: len(found) - len(rest)]
        begun = rest[0] in self._lexicon["preposition"]
        if unknown:
            return FollowUp(sure=False)
        if (len(families), len(aspects)) not in ((0, 1), (1, 0), (1, 1)):
            return None
        bare = not families and not left
        asks = rest[0] in self._lexicon["question"] | self._lexicon["asking"]
        sure = begun or bare or "about" in led or (bool(led) and not asks)
        home, inherited = self._home.get(last, ("", ANY))
        if families:
            topics = self._talk.families[families[0]].topics
            aspect = aspects[0] if aspects else inherited
            return FollowUp(topics.get(aspect, topics[ANY])[0], sure=sure)
        cell = self._talk.families[home].topics.get(aspects[0]) if home else None
        if cell:
            return FollowUp(last if last in cell else cell[0], sure=sure)
        return FollowUp(default=self._talk.aspects[aspects[0]].topic, sure=sure)

    @staticmethod
    def _named(rest: list[str], lists: dict[str, frozenset[str]]) -> tuple[list[str], list[str]]:
        """Which of the lists are named, and the words left when their phrases are taken away."""
        named = []
        for name, phrases in lists.items():
            rest, taken = take(rest, phrases)
            named += [name] * taken
        return named, rest
