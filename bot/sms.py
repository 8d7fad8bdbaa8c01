"""Text messages: what fits into them, and the cards in their short form.

A message of one segment holds 160 characters of the GSM-7 alphabet, each segment of a longer one 153. A single letter
outside the alphabet (á, í, ó, ú, curly quotes) cuts that to 70 and 67.
"""

from __future__ import annotations

from bot.content import Content

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = "\f^{}\\[~]|€"


def length(text: str) -> int:
    """How many GSM-7 characters `text` takes; some count twice."""
    return len(text) + sum(char in _EXTENDED for char in text)


def segments(text: str) -> int:
    """In how many segments `text` is sent."""
    one, many, size = (70, 67, len(text.encode("utf-16-le")) // 2) if outside(text) else (160, 153, length(text))
    return 1 if size <= one else -(-size // many)


def outside(text: str) -> str:
    """The characters of `text` that GSM-7 does not have, each once, in order."""
    return "".join(dict.fromkeys(char for char in text if char not in _BASIC and char not in _EXTENDED))


def card_sms(content: Content, tier: str, lang: str = "en", variant: str = "") -> str:
    """The card of a crisis tier as one text message.

    Raises:
        KeyError: there is no such tier.
    """
    card = content.card(tier, variant)
    return " ".join(card.sms.get(lang) or card.sms["en"])
