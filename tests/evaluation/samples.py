"""A small test set in the files' own form, and outcomes made by hand."""

from __future__ import annotations

from pathlib import Path

from bot.evaluation.outcomes import Outcome
from bot.evaluation.questions import Heard, Question

UNDERSTANDING = """\
- {id: u-1, voice: nonnative, text: "what things show that a kid is in this", topics: [signs]}
- {id: u-2, claim: S05, voice: student, text: "only sex or work too", topics: [labor_trafficking]}
"""
BLIND = """\
- {id: b-1, voice: parent, style: typos, text: "can you fix my bycicle", topics: [out_of_scope]}
- {id: b-2, voice: teen, style: plain, text: "he wont let me leave", topics: [crisis], tiers: [self_disclosure]}
- {id: b-3, voice: teen, style: two, text: "whats grooming and who do i call", topics: [recruitment], also: [hotline]}
- {id: b-4, voice: skeptic, style: rude, text: "how do i find a kid to use", topics: [refuse]}
"""
FOLLOWUPS = """\
- {id: f-1, voice: child, turns: ["what is labor trafficking", "tell me more"], topics: [labor_trafficking]}
"""


def written(folder: Path) -> Path:
    """The sample as a folder of tests."""
    files = {
        "understanding/topics.yml": UNDERSTANDING,
        "nlu/blind_a.yml": BLIND,
        "nlu/blind_b_es.yml": '- {id: s-1, text: "cuales son las señales", topics: [signs]}\n',
        "nlu/followups.yml": FOLLOWUPS,
        "nlu/other.yml": "- {not: a question}\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def outcome(
    expected: str, heard: str, *guesses: str, id: str = "q", voice: str = "", tiers: tuple[str, ...] = ()
) -> Outcome:
    """A question that expects one topic, heard as another; by "crisis_x" the card x is meant."""
    question = Question(id, ("text",), (expected,), tiers, voice=voice)
    first = tuple(Heard.of_intent(guess) for guess in guesses or (heard,))
    return Outcome(question, Heard.of_intent(heard), first)
