"""Patterns and meaning together: a text, and what was said before it, -> a Verdict or None."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.safety import meaning
from bot.safety.examples import LANGUAGES, NONE, word_counts
from bot.safety.normalise import plain_words
from bot.safety.patterns import FRAMING, Hit, load_patterns
from bot.safety.verdict import AMBIGUOUS, TIERS, VARIANTS, Verdict

logger = logging.getLogger(__name__)

FULL = TIERS[:-1]
NEVER_LOWERED = TIERS[:2]
SUPPORT_TURNS = 5

SURE, LIKELY, POSSIBLE = 0.5, 0.3, 0.15
"""How likely danger must be for a card though it is framed; for a card; for what was said before to count."""

HELPFUL = 0.5
"""How likely danger or doubt must be for a line of help below an answer."""

HARMLESS = 0.5
"""How sure the examples must be of no danger for a framed danger to go without that line."""

UNLIKELY, UNTHINKABLE = 0.7, 0.95
"""How sure the examples must be of no danger to stand against a pattern; and against one of the most urgent tiers."""

SHARE = 0.2
"""Share of the words that a language needs for its patterns to count."""

CLEARLY = 4
"""How many times more often a language must use a word than the others for it to count as its own."""

DOUBTFUL = 0.15
"""How likely an urgent tier must seem for its pattern to outdo a likelier tier; both get a card."""

PATTERN = 0.3
"""What a pattern adds to the likelihood of its tier."""


@dataclass(frozen=True)
class State:
    """What is remembered of a conversation: no words.

    `card` is the last card's verdict and `turns` how many more turns it counts; `suspicion` how likely danger seemed in
    the turns before, halved with each turn.
    """

    card: Verdict | None = None
    turns: int = 0
    suspicion: float = 0.0


class Net:
    """The whole check.

    Args:
        model: the trained part; None to go by the patterns alone.
    """

    def __init__(self, model: meaning.Meaning | None = None) -> None:
        self._patterns = [load_patterns(lang) for lang in LANGUAGES]
        self._own = _own_words()
        self._model = model

    @classmethod
    def load(cls, directory: Path) -> Net:
        """With the trained part of `directory`, where there is one."""
        return cls(meaning.load(directory))

    @property
    def has_meaning(self) -> bool:
        """Whether the trained part is there."""
        return self._model is not None

    def check(self, text: str, state: State = State()) -> tuple[Verdict | None, State]:  # noqa: B008 (frozen)
        """Judge one text.

        Args:
            text: what somebody wrote, in either language.
            state: what was returned for the turn before.

        Returns:
            The verdict, and the state to pass with the next turn.
        """
        spoken = self._spoken(text)
        found = [(one.lang, hit) for one in self._patterns if one.lang in spoken for hit in one.find(text)]
        hits = [hit for _, hit in found]
        scores = self._scores(text, spoken)
        danger = sum(scores.get(tier, 0.0) for tier in FULL)
        verdict = _judge(hits, scores, state.suspicion)
        if verdict is not None:
            lang = next((lang for lang, hit in found if hit.tier == verdict.tier), spoken[0])
            verdict = replace(verdict, variant=_variant(verdict.tier, hits), lang=lang)
        suspicion = round(max(danger, state.suspicion / 2), 1)
        if verdict is not None and verdict.tier != AMBIGUOUS:
            return verdict, State(verdict, SUPPORT_TURNS, suspicion)
        if state.card is not None and state.turns > 0:
            after = verdict or Verdict(AMBIGUOUS, reason="after a card", lang=state.card.lang)
            return after, State(state.card, state.turns - 1, suspicion)
        return verdict, State(suspicion=suspicion)

    def _scores(self, text: str, langs: Sequence[str]) -> meaning.Scores:
        if self._model is None:
            return {}
        try:
            return self._model.scores(text, langs)
        except Exception as error:
            # Patterns must count whatever happens here. Not the error's own text: it may quote what was written.
            logger.error("safety.meaning_failed error=%s", type(error).__name__)
            return {}

    def _spoken(self, text: str) -> list[str]:
        """The languages with their share (SHARE) of the words that only one language knows; all when nobody can tell.

        A word such as "no" or "me" is in many languages: a Spanish pattern must not be found in an English sentence.
        """
        words = set(plain_words(text))
        counts = {lang: len(words & own) for lang, own in self._own.items()}
        total = sum(counts.values())
        by_share = sorted(counts, key=lambda lang: -counts[lang])
        return [lang for lang in by_share if counts[lang] >= SHARE * total]


def _own_words() -> dict[str, frozenset[str]]:
    """The words that one language uses far more often than the others: its mark, where languages are mixed."""
    counts = {lang: word_counts(lang) for lang in LANGUAGES}
    shares = {lang: {word: n / count.total() for word, n in count.items()} for lang, count in counts.items()}
    return {
        lang: frozenset(
            word
            for word, share in shares[lang].items()
            if all(share > CLEARLY * shares[other].get(word, 0.0) for other in LANGUAGES if other != lang)
        )
        for lang in LANGUAGES
    }


def _judge(hits: Sequence[Hit], scores: Mapping[str, float], suspicion: float) -> Verdict | None:
    """The tier that the patterns and the examples make likeliest, lowered where the text is framed."""
    patterns = {hit.tier: hit.id for hit in reversed(hits) if not hit.cue and hit.tier in TIERS}
    certain = {hit.tier for hit in hits if hit.certain}
    sure = UNTHINKABLE if any(tier in patterns for tier in NEVER_LOWERED) else UNLIKELY
    framed = any(hit.tier == FRAMING for hit in hits) or (not certain and scores.get(NONE, 0.0) >= sure)
    danger = sum(scores.get(tier, 0.0) for tier in FULL)
    weight = {tier: scores.get(tier, 0.0) + PATTERN * (tier in patterns) for tier in FULL}
    urgent = [
        tier for tier in NEVER_LOWERED if tier in certain or tier in patterns and scores.get(tier, 1.0) >= DOUBTFUL
    ]
    tier = urgent[0] if urgent else max(FULL, key=weight.__getitem__)  # the more urgent one when they are equal
    reason = patterns.get(tier, f"examples {danger:.2f}")
    likely = danger + suspicion / 2 * (danger >= POSSIBLE)
    if tier in patterns or any(found in FULL for found in patterns) or likely >= LIKELY:
        if not framed or urgent or danger >= SURE:
            return Verdict(tier, reason=reason)
        harmless = scores.get(NONE, 0.0) >= HARMLESS and not any(tier in patterns for tier in NEVER_LOWERED)
        return None if harmless else Verdict(AMBIGUOUS, reason=f"{reason}, framed")
    if AMBIGUOUS in patterns:
        return Verdict(AMBIGUOUS, reason=patterns[AMBIGUOUS])
    if danger + scores.get(AMBIGUOUS, 0.0) >= HELPFUL:
        return Verdict(AMBIGUOUS, reason=f"examples {danger:.2f}")
    return None


def _variant(tier: str, hits: Sequence[Hit]) -> str:
    """The kind of card: of a pattern of the tier, or of any cue that fits it."""
    fitting = [hit for hit in hits if hit.variant and tier in VARIANTS.get(hit.variant, ())]
    return next((hit.variant for hit in sorted(fitting, key=lambda hit: hit.cue)), "")
