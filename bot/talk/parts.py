"""A message apart from how it was put: two questions, a correction, a place, or an essay asked for.

The question itself goes to the classifier; what was around it goes with it as notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.content import Talk
from bot.reply import Reply
from bot.talk.words import Lexicon, take, words

MOST = 3
"""Questions answered one by one; a message with more is taken as one."""
LEAST = 3
"""Words of a question of its own: "is it true?" belongs to what comes with it."""
LONGEST = 400
"""Characters of a message that is looked at; nobody asks for anything here in more."""
PLACE, ESSAY = "place", "essay"
UNANSWERED = ("clarify", "out_of_scope")


@dataclass(frozen=True)
class Part:
    """A question, and what else its message said: that it is about one state (`PLACE`), or for an essay (`ESSAY`)."""

    text: str
    notes: tuple[str, ...] = ()


class Parts:
    """Takes messages apart.

    Args:
        lexicon: the words by which the parts are known.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        any_of = lexicon.pattern
        asked = rf"{any_of('question')}\b(?!\s*$)|{any_of('asking_after_and')}\b"
        self._between = re.compile(rf"(?<=[?.!;])\s+|,?\s+{any_of('joint')}\s+(?={asked})", re.I)
        self._corrected = re.compile(rf"^\s*{any_of('correction')}\b[\s,:.-]*", re.I)
        self._instead = re.compile(
            rf"^\s*{any_of('not')}(?:\s+(?!i\b)\w+){{1,3}}?(?:,|\s+but\b)\s*(?=(?:\w+\W*){{1,3}}$)", re.I
        )
        self._rather = re.compile(rf",?\s+{any_of('not')}\b.*$", re.I)
        article = r"(?:\s+[\w-]+){0,5}?\s+"
        verb = rf"{any_of('write')}\b{article}{any_of('written')}\b"
        self._essay = re.compile(
            rf"^[^?]*?\b(?:{verb}|{any_of('homework')}\b)[^?,.]*?\b{any_of('subject')}\s+(?P<rest>.+?)"
            rf"(?:\s+{any_of('for_whom')}\W*)*$",
            re.I,
        )
        named, unsure = any_of("place"), any_of("place_or_person")
        self._place = re.compile(
            rf",?\s*\b(?:{any_of('resident')}\s+)?(?:{any_of('where')}\s+(?:the\s+)?(?:state\s+of\s+)?{named}"
            rf"|{any_of('where_for_sure')}\s+(?:the\s+)?(?:state\s+of\s+)?{unsure})\b(?!['’]s\b)",  # noqa: RUF001
            re.I,
        )
        self._local = re.compile(rf"\b(?:{named}|{unsure}(?:['’]?s)?\s+{any_of('local')})\b", re.I)  # noqa: RUF001

    def of(self, message: str) -> list[Part]:
        """The questions of a message, at least one."""
        if len(message) > LONGEST:
            return [self.whole(message)]
        questions = [piece for piece in self._between.split(message) if piece and piece.strip()]
        own = len(questions) <= MOST and all(self._is_question(piece, n) for n, piece in enumerate(questions))
        return [self._part(piece) for piece in questions] if own and len(questions) > 1 else [self.whole(message)]

    def whole(self, message: str) -> Part:
        """The message as one question."""
        return self._part(message) if len(message) <= LONGEST else Part(message)

    def _is_question(self, piece: str, place: int) -> bool:
        found = words(piece)
        led = bool(found) and found[0] in self._lexicon["connector"] | self._lexicon["preposition"]
        while found and found[0] in self._lexicon["connector"]:
            found = found[1:]
        opens = any(
            " ".join(found[:length]) in self._lexicon["question"] | self._lexicon["asking"] for length in (1, 2)
        )
        tells = len(found) > LEAST or not self._lexicon["small"].issuperset(found)
        if place and led and piece.rstrip().endswith("?"):  # "what are the signs? and online?"
            return tells
        return opens and tells and len(found) >= LEAST

    def _part(self, piece: str) -> Part:
        notes = []
        text = piece.strip()
        if match := self._essay.match(text):
            text, notes = match["rest"].strip(), [ESSAY]
        text = self._meant(text)
        if self._place.search(text) or self._local.search(text):
            notes.append(PLACE)
            without = self._place.sub("", text).strip(" ,.!")
            text = without if len(words(without)) >= LEAST else text
        return Part(text, tuple(notes))

    def _meant(self, text: str) -> str:
        meant, corrections = self._corrected.subn("", text)
        if corrections:
            meant = self._rather.sub("", meant)
        elif self._names(instead := self._instead.sub("", text)):
            meant = instead
        return meant if words(meant) else text

    def _names(self, text: str) -> bool:
        """Whether a topic is named in it: "not safe, he is here" corrects nothing."""
        known = [*self._lexicon.families.values(), *self._lexicon.aspects.values()]
        return take(words(text), frozenset().union(*known))[1]


@lru_cache(maxsize=2)
def parts_for(talk: Talk) -> Parts:
    """What takes messages apart by these words; made once."""
    return Parts(Lexicon(talk))


def apart(replies: Sequence[Reply]) -> bool:
    """Whether each reply answers a question of its own, so that they can stand one after the other."""
    topics = [reply.topic for reply in replies]
    return len(set(topics)) == len(topics) and not set(topics) & set(UNANSWERED)
