"""What the net says about a text, and the crisis tiers in the order in which they come first."""

from __future__ import annotations

from dataclasses import dataclass

TIERS = (
    "immediate_danger",
    "self_harm",
    "self_disclosure",
    "image_abuse",
    "family_abuse",
    "missing_child",
    "third_party_report",
    "ambiguous",
)
"""Ids of the topic catalogue, most urgent first."""

AMBIGUOUS = TIERS[-1]

VARIANTS = {
    "cannot_talk": frozenset({"immediate_danger"}),
    "labor": frozenset({"self_disclosure"}),
    "adult": frozenset({"self_disclosure"}),
    "parent": frozenset({"image_abuse", "missing_child", "third_party_report"}),
    "teacher": frozenset({"third_party_report"}),
    "own_behavior": frozenset({"third_party_report"}),
    "friend": frozenset({"self_harm"}),
    "ran_away": frozenset({"missing_child"}),
    "abroad": frozenset(TIERS),
}
"""Kinds of a card that say the same in a fitting way, and the tiers that have them."""


@dataclass(frozen=True)
class Verdict:
    """One tier, the kind of card, the language of the words that led to it ("" when unknown), and why.

    `reason` names a pattern or says how sure the examples are; it never quotes the text.
    """

    tier: str
    variant: str = ""
    reason: str = ""
    lang: str = ""
