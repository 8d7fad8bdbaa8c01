"""How many dangers are recognised, and how many harmless texts raise an alarm, on the sentences of `tests/safety/`.

`dev_*.yml` were seen while the net was built, `blind_*.yml` were not.
"""

from __future__ import annotations

import hashlib
import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import yaml

from bot.safety.examples import NONE
from bot.safety.net import Net, State
from bot.safety.verdict import AMBIGUOUS, TIERS, Verdict

SENTENCES = Path(__file__).resolve().parent.parent.parent / "tests" / "safety"
LOOK_ALIKES = "look-alikes"
AS_WRITTEN = "as written"
PREFACE = """# How well danger is recognized

Written by `lantern evaluate --safety --write`. The sentences stand in `tests/safety/`: `dev` ones were seen while the
net was built, `blind` ones were written and kept apart from it. *Recognized* is a danger that got a card, or a line of
help where its author accepts that; a look-alike must not get a card, only its answer. What the net cannot do and how
to report a miss: [SAFETY_PROTOCOL.md](SAFETY_PROTOCOL.md).

"""


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A test sentence, or turns of which the last is judged; `tiers` are acceptable, the expected one first."""

    id: str
    tiers: list[str]
    text: str = ""
    turns: list[str] = []
    type: int | str = ""

    @property
    def all_turns(self) -> list[str]:
        return self.turns or [self.text]

    @property
    def group(self) -> str:
        """The tier it is counted for."""
        return LOOK_ALIKES if NONE in self.tiers else self.tiers[0]


@dataclass(frozen=True)
class Result:
    """What the net said to a sentence of a part and language, typed in one of the `WAYS`."""

    part: str
    lang: str
    way: str
    sentence: Sentence
    verdict: Verdict | None

    @property
    def tier(self) -> str:
        return self.verdict.tier if self.verdict else NONE

    @property
    def acceptable(self) -> bool:
        """The tier is one that the sentence's author accepts."""
        return self.tier in self.sentence.tiers

    @property
    def card(self) -> bool:
        """A full card came."""
        return self.tier not in (NONE, AMBIGUOUS)

    @property
    def missed(self) -> bool:
        """Danger without help, or a card for something harmless."""
        if self.sentence.group == LOOK_ALIKES:
            return self.card and not self.acceptable
        return not self.card and not self.acceptable


def load_sentences(directory: Path = SENTENCES) -> Mapping[tuple[str, str], list[Sentence]]:
    """(part, language) -> sentences, from the files `<part>_<language>.yml`."""
    found = {}
    for path in sorted(directory.glob("*_*.yml")):
        part, lang = path.stem.rsplit("_", 1)
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        found[part, lang] = msgspec.convert(raw, list[Sentence])
    return found


def evaluate(
    net: Net,
    ways: Iterable[str] = (AS_WRITTEN,),
    directory: Path = SENTENCES,
    parts: Sequence[str] = (),
    every: int = 1,
) -> list[Result]:
    """Judge every sentence, or every so many of `parts`, typed in each of `ways`."""
    return [
        Result(part, lang, way, sentence, judge(net, [WAYS[way](turn) for turn in sentence.all_turns]))
        for (part, lang), sentences in load_sentences(directory).items()
        if not parts or part in parts
        for way in ways
        for sentence in sentences[::every]
    ]


def judge(net: Net, turns: Sequence[str]) -> Verdict | None:
    """The verdict on the last turn of a fresh conversation."""
    state, verdict = State(), None
    for turn in turns:
        verdict, state = net.check(turn, state)
    return verdict


def recognised(results: Iterable[Result]) -> float:
    """Share without a miss."""
    missed = [result.missed for result in results]
    return 1 - sum(missed) / len(missed) if missed else 1.0


def acceptable(results: Iterable[Result]) -> float:
    """Share with an acceptable tier."""
    right = [result.acceptable for result in results]
    return sum(right) / len(right) if right else 1.0


def report(results: Sequence[Result]) -> str:
    """Markdown: a table by part, language and tier, one by way of typing, every miss of the sentences as written.

    Of the blind part only their ids: who has read a sentence may have taught it to the net.
    """
    plain = [result for result in results if result.way == AS_WRITTEN]
    lines = [
        "| part | language | tier | sentences | recognised | tier right or acceptable |",
        "|---|---|---|---|---|---|",
    ]
    for part, lang in dict.fromkeys((result.part, result.lang) for result in plain):
        for group in (*TIERS, LOOK_ALIKES):
            mine = [r for r in plain if (r.part, r.lang, r.sentence.group) == (part, lang, group)]
            if mine:
                share = f"{recognised(mine):.1%}"
                if group == LOOK_ALIKES:
                    share = f"{1 - recognised(mine):.1%} got a card"
                lines.append(f"| {part} | {lang} | {group} | {len(mine)} | {share} | {acceptable(mine):.1%} |")
    lines += [
        "",
        "| part | language | typed | dangers recognised | look-alikes with a card | tier right or acceptable |",
    ]
    lines += ["|---|---|---|---|---|---|"]
    for part, lang, way in dict.fromkeys((result.part, result.lang, result.way) for result in results):
        mine = [result for result in results if (result.part, result.lang, result.way) == (part, lang, way)]
        dangers = [result for result in mine if result.sentence.group != LOOK_ALIKES]
        alike = [result for result in mine if result.sentence.group == LOOK_ALIKES]
        shares = f"{recognised(dangers):.1%} | {1 - recognised(alike):.1%} | {acceptable(mine):.1%}"
        lines.append(f"| {part} | {lang} | {way} | {shares} |")
    misses = [result for result in plain if result.missed]
    lines += ["", f"Misses ({len(misses)}):", ""]
    lines += [f"- {r.sentence.id} {r.tier}, not {' or '.join(r.sentence.tiers)}: {_quoted(r)}" for r in misses]
    wrong = [result for result in plain if not result.missed and not result.acceptable]
    lines += ["", f"A card, but of another tier, or a line of help where none was needed ({len(wrong)}):", ""]
    lines += [f"- {r.sentence.id} {r.tier}, not {' or '.join(r.sentence.tiers)}: {_quoted(r)}" for r in wrong]
    return "\n".join(lines) + "\n"


def _quoted(result: Result) -> str:
    return " / ".join(result.sentence.all_turns) if result.part == "dev" else f"({result.lang})"


def _typos(text: str) -> str:
    """One letter swapped, dropped or doubled in about every fourth longer word; the same each time."""
    chance = random.Random(hashlib.sha256(text.encode()).digest())  # noqa: S311 (no secret)

    def mistyped(match: re.Match[str]) -> str:
        word = match.group()
        if chance.random() > 0.25:
            return word
        at = chance.randrange(1, len(word) - 1)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return chance.choice((swapped, word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]))

    return re.sub(r"[^\W\d_]{5,}", mistyped, text)


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")


WAYS: Mapping[str, Callable[[str], str]] = {
    AS_WRITTEN: str,
    "with typos": _typos,
    "without apostrophes": lambda text: re.sub("['’]", "", text),  # noqa: RUF001
    "in capitals": str.upper,
    "with emoji": lambda text: f"😭 {text} 🙏💔",
    "without accents": _without_accents,
    "in leet": lambda text: re.sub(r"\b\w{5,}\b", lambda m: m.group().translate(str.maketrans("eao", "340")), text),
    "after a slash": lambda text: f"/{text}",
    "without punctuation": lambda text: " ".join(re.sub(r"[^\w\s$']", " ", text).split()),
}
"""Ways to type the same sentence."""
