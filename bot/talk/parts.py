"""A message apart from how it was put: two questions, a correction, a place, or an essay asked for.

Each question goes to the classifier; what else was said goes with it as notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.content import Talk
from bot.reply import Reply
from bot.talk.words import Lexicon, lexicon_for, take, words

MOST = 3
"""Questions answered one by one; a message with more is taken as one."""
LEAST = 3
"""Words of a question of its own."""
LONGEST = 400
"""Characters of a message that is looked at; nobody asks for anything here in more."""
PLACE, ESSAY = "place", "essay"
UNANSWERED = ("clarify", "out_of_scope")
_CLAUSE = re.compile(r"[,:]\s+")


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
        asked = rf"{any_of('question')}\b(?!\s*$)|{any_of('asking')}\s+{any_of('asked')}\b"
        self._between = re.compile(rf"(?<=[?.!;])\s+|,?\s+{any_of('joint')}\s+(?={asked})", re.I)
        self._corrected = re.compile(rf"^\s*{any_of('correction')}\b[\s,:.-]*", re.I)
        self._instead = re.compile(
            rf"^\s*{any_of('not')}(?:\s+(?!i\b)\w+){{1,3}}?(?:,|\s+but\b)\s*(?=(?:\w+\W*){{1,3}}$)", re.I
        )
        self._rather = re.compile(rf",?\s+{any_of('not')}\b.*$", re.I)
        work = rf"{any_of('write')}\b(?:\s+[\w-]+){{0,5}}?\s+{any_of('written')}"
        self._essay = re.compile(rf"^[^?]*?\b(?:{work}|{any_of('homework')})\b[^?,.]*?\b{any_of('subject')}\s+\S", re.I)
        named, unsure = any_of("place"), any_of("place_or_person")
        self._place = re.compile(
            rf",?\s*\b(?:{any_of('resident')}\s+)?(?:{any_of('where')}\s+(?:the\s+)?(?:state\s+of\s+)?{named}"
            rf"|{any_of('where_for_sure')}\s+(?:the\s+)?(?:state\s+of\s+)?{unsure})\b(?!['’]s\b)",  # noqa: RUF001
            re.I,
        )
        self._local = re.compile(rf"\b(?:{named}|{unsure}(?:['’]?s)?\s+{any_of('local')})\b", re.I)  # noqa: RUF001

    def of(self, message: str) -> list[Part]:
        """The questions of a message, at least one."""
        questions = self._questions(message) if len(message) <= LONGEST else []
        return [self._part(question) for question in questions] if 1 < len(questions) <= MOST else [self.whole(message)]

    def whole(self, message: str) -> Part:
        """The message as one question."""
        return self._part(message) if len(message) <= LONGEST else Part(message)

    def _questions(self, message: str) -> list[str]:
        """Each question with what is said before it; what is said after the last one belongs to that.

        None when a question cannot stand alone: "where do they meet kids? the mall?"
        """
        gaps = [gap.span() for gap in self._between.finditer(message)]
        starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(message)]
        pieces = [message[start:end] for start, end in zip(starts, ends, strict=True)]
        asking = [place for place, piece in enumerate(pieces) if self._is_question(piece, place)]
        if not asking or any(_marked(piece) for place, piece in enumerate(pieces) if place not in asking):
            return []
        first, last = [0, *(place + 1 for place in asking[:-1])], [*asking[:-1], len(pieces) - 1]
        return [message[starts[begin] : ends[end]] for begin, end in zip(first, last, strict=True)]

    def _is_question(self, piece: str, place: int) -> bool:
        found = words(piece)
        led = bool(found) and found[0] in self._lexicon["connector"] | self._lexicon["preposition"]
        if place and led and _marked(piece):  # "what are the signs? and online?"
            return self._tells(self._unled(found))
        return any(self._asks(words(clause)) for clause in (_CLAUSE.split(piece) if _marked(piece) else [piece]))

    def _asks(self, found: list[str]) -> bool:
        """Whether it is a question of its own: "is it true?" belongs to what comes with it."""
        found, question = self._unled(found), self._lexicon["question"]
        openings = {" ".join(found[:length]) for length in (1, 2)}
        contracted = bool(found) and found[0].removesuffix("s") in question - {found[0]}  # "whats" is two words
        opens = bool(openings & (question | self._lexicon["asking"]))
        return opens and self._tells(found) and len(found) + contracted >= LEAST

    def _tells(self, found: list[str]) -> bool:
        return len(found) > LEAST or not self._lexicon["small"].issuperset(found)

    def _unled(self, found: list[str]) -> list[str]:
        while found and found[0] in self._lexicon["connector"]:
            found = found[1:]
        return found

    def _part(self, piece: str) -> Part:
        notes = [ESSAY] if self._essay.match(piece) else []
        text = self._meant(piece.strip())
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


def _marked(piece: str) -> bool:
    return piece.rstrip().endswith("?")


@lru_cache(maxsize=2)
def parts_for(talk: Talk) -> Parts:
    """What takes messages apart by these words; made once."""
    return Parts(lexicon_for(talk))


def apart(replies: Sequence[Reply]) -> bool:
    """Whether each reply answers a question of its own, so that they can stand one after the other."""
    topics = [reply.topic for reply in replies]
    return len(set(topics)) == len(topics) and not set(topics) & set(UNANSWERED)
