"""What fits into a text message."""

import pytest

from bot.load import load_content
from bot.sms import card_sms, length, outside, segments


@pytest.mark.parametrize(
    ("text", "characters", "parts"),
    [
        ("", 0, 1),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("€" * 80, 160, 1),
        ("[" + "a" * 159, 161, 2),
        ("¿Qué? ¡Año! ü", 13, 1),
    ],
)
def test_the_characters_of_the_alphabet_are_counted(text, characters, parts):
    assert (length(text), segments(text), outside(text)) == (characters, parts, "")


@pytest.mark.parametrize("letter", ["á", "í", "ó", "ú", "’", "“", "—", "…", "ç", "😢", "Á", "Í"])
def test_one_letter_outside_of_it_makes_messages_short(letter):
    assert outside(f"¿{letter} {letter}a") == letter
    assert segments("a" * 60 + letter) == 1
    assert (segments("a" * 70 + letter), segments("a" * 134 + letter)) == (2, 3)


def test_a_language_that_is_not_there_is_answered_in_english():
    content = load_content()
    assert card_sms(content, "self_harm", "fr") == card_sms(content, "self_harm", "en")
    assert card_sms(content, "self_harm", "es") != card_sms(content, "self_harm", "en")
    with pytest.raises(KeyError):
        card_sms(content, "ambiguous")
