"""What was offered and is chosen by typing: "2", "the first one", "yes", "none of these", or a button's label."""

from __future__ import annotations

from collections.abc import Sequence

from bot.reply import Choice
from bot.talk.words import Lexicon, words

DECLINED = "declined"
NUMBERS = ("first", "second", "third", "fourth")
"""Lists of `words.yml`, in the order of the choices; of any other the number is enough."""


def chosen(text: str, offered: Sequence[Choice], lexicon: Lexicon) -> str | None:
    """Id of the choice that `text` takes, `DECLINED` when it takes none of them, None when it is about something else.

    "Yes" takes the first, which is always the likeliest or the way on.
    """
    said = [word for word in words(text) if word not in lexicon["pick"]]
    answer = " ".join(said)
    if not offered or not answer:
        return None
    for number, choice in enumerate(offered, start=1):
        named = lexicon[NUMBERS[number - 1]] if number <= len(NUMBERS) else ()
        if said == words(choice.label) or answer == str(number) or answer in named:
            return choice.id
    if answer in lexicon["last"]:
        return offered[-1].id
    if answer in lexicon["yes"]:
        return offered[0].id
    return DECLINED if answer in lexicon["no"] else None
