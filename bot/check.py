"""The editor's checks: everything `lantern check` says about the content, with file and line.

Each rule is one small generator, listed in `RULES`. `bot.load` has already made sure that the files can be read
and that every id exists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bot import check_cards, check_examples, coverage
from bot.content import DEFAULT_LANGUAGE, Barrier, Card, Content, Fact, Phrase, Source, Topic
from bot.load import ContentError, Places, load_with_places
from bot.readability import grade, sentences, words
from bot.safety import examples, patterns
from bot.safety.examples import LANGUAGES
from bot.yamlfile import Problem, YamlError, read_as

PROJECT = Path(__file__).resolve().parent.parent

_PHONE = re.compile(
    r"(?<![\w.#-])(?:"
    r"(?:\+?\d{1,3}[ -])?(?:\(\d{3}\)|\d{3})[ .-]\d{3}[ .-]\d{4}"  # 1-888-373-7888
    r"|\d{3,5} \d{3,4} \d{3,4}"  # 08000 121 700
    r"|711|911|988|999|112|131 237|233733|741741|66008|88788|678-678|64673"  # short numbers and text codes
    r"|116 ?\d{3}"
    r")(?![\w-]|\.\d|,\d)"
)
_WEB_ADDRESS = re.compile(r"https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:org|gov|com)/chat\b")
_FIGURE = re.compile(
    r"\d+(?:\.\d+)?%|\b\d{1,3}(?:,\d{3})+\b|\b(?:\d+|one) (?:in|of) (?:every )?\d+\b|percent|million", re.I
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# The rules of an answer are judged on what it shows; an intent named so is not a topic.
_EXEMPT = frozenset({"helplines.yml", "sources.yml", "confirmed.yml", "style.yml", "factsheet.yml"})


class Style(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`content/style.yml`."""

    sentence_words: int
    grade: Mapping[str, float]
    ease: Mapping[str, float]
    title_characters: int
    question_characters: int
    topic_facts: tuple[int, int]
    card_words: int
    card_number_within: int
    card_choices: int
    card_languages: tuple[str, ...]
    card_says: Mapping[str, tuple[str, ...]]
    safety_phrases: tuple[str, ...]
    sms_characters: int
    sms_first: int
    barrier_facts: int
    barrier_words: int
    stale_after_days: int
    examples_per_intent: int
    banned: Mapping[str, str]
    promises: tuple[str, ...]
    promises_allowed: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """What the rules look at."""

    content: Content
    places: Places
    style: Style
    directory: Path

    def problem(self, kind: type, entry_id: str, message: str, field: str | None = None) -> Problem:
        """A problem at the entry `entry_id`."""
        return self.places[kind, entry_id].problem(f"'{entry_id}': {message}", field)


def check_content(directory: Path) -> list[Problem]:
    """Every problem in `directory`, sorted by place; empty when all is well."""
    try:
        content, places = load_with_places(directory)
        style = load_style(directory)
    except ContentError as error:
        return error.problems
    except YamlError as error:
        return [error.problem]
    checked = Checked(content, places, style, directory)
    return sorted(problem for rule in RULES for problem in rule(checked))


def check_project(root: Path = PROJECT) -> list[Problem]:
    """As :func:`check_content`, and the training examples and the coverage of the starting document."""
    directory = root / "content"
    problems = check_content(directory)
    if problems:
        return problems
    content = load_with_places(directory)[0]
    found = [
        *coverage.problems(content, directory),
        *check_examples.problems(root, content.topics, load_style(directory).examples_per_intent),
    ]
    return sorted(found)


def check_net() -> list[Problem]:
    """Every problem in the patterns and examples of the safety net."""
    return [problem for lang in LANGUAGES for problem in (*patterns.problems(lang), *examples.problems(lang))]


def load_style(directory: Path) -> Style:
    """Read `style.yml`.

    Raises:
        YamlError: it cannot be read or a limit is missing.
    """
    name = f"{directory.name}/style.yml"
    return read_as(directory / "style.yml", name, Style, "; see the comments in the file")


def facts_are_used(checked: Checked) -> Iterator[Problem]:
    """A fact that no topic uses can never be seen."""
    used = {fact for topic in checked.content.topics.values() for fact in topic.facts}
    for fact in checked.content.facts:
        if fact not in used:
            yield checked.problem(Fact, fact, "no topic uses this fact; name it in topics.yml or take it out")


def sources_are_used(checked: Checked) -> Iterator[Problem]:
    """A source that nothing cites is a leftover."""
    used = {source for fact in checked.content.facts.values() for source in fact.sources}
    used |= {source for line in checked.content.helplines.values() for source in line.sources}
    for source in checked.content.sources:
        if source not in used:
            yield checked.problem(Source, source, "nothing cites this source; take it out")


def sentences_are_short(checked: Checked) -> Iterator[Problem]:
    """One idea, one sentence, few words."""
    limit = checked.style.sentence_words
    for kind, entry_id, field, text in _shown_texts(checked):
        for sentence in sentences(text):
            if (count := len(words(sentence))) > limit:
                yield checked.problem(kind, entry_id, f"a sentence has {count} words (limit {limit}); split it", field)


def answers_are_easy(checked: Checked) -> Iterator[Problem]:
    """The reading grade of a whole answer stays below the limit of its audience."""
    for topic in checked.content.topics.values():
        _, reached, limit = topic_grade(checked.content, checked.style, topic)
        if reached > limit:
            message = f"reading grade {reached:.1f} (limit {limit:g} for {topic.audience}); use shorter words"
            yield checked.problem(Topic, topic.id, message, "facts")


def topic_grade(content: Content, style: Style, topic: Topic) -> tuple[str, float, float]:
    """The id of a topic, the reading grade of its whole answer, and its limit."""
    facts = [content.facts[fact] for fact in topic.facts]
    texts = [fact.text[DEFAULT_LANGUAGE] for fact in facts if not fact.quote]
    texts += [fact.caveat[DEFAULT_LANGUAGE] for fact in facts if fact.caveat]
    texts += topic.text[DEFAULT_LANGUAGE] if topic.text else ()
    texts += [topic.lead[DEFAULT_LANGUAGE]] if topic.lead else []
    return topic.id, grade(texts), style.grade[topic.audience]


def topics_are_handy(checked: Checked) -> Iterator[Problem]:
    """Titles fit a button, questions a line, answers a sitting."""
    style = checked.style
    least, most = style.topic_facts
    for topic in checked.content.topics.values():
        for field, limit in (("title", style.title_characters), ("question", style.question_characters)):
            for text in getattr(topic, field).values():
                if len(text) > limit:
                    yield checked.problem(Topic, topic.id, f"{len(text)} characters (limit {limit}); shorten it", field)
        if topic.facts and not least <= len(topic.facts) <= most:
            message = f"{len(topic.facts)} facts; an answer has {least} to {most}"
            yield checked.problem(Topic, topic.id, message, "facts")


def figures_have_years(checked: Checked) -> Iterator[Problem]:
    """A figure without its year misleads."""
    for fact in checked.content.facts.values():
        text = fact.text[DEFAULT_LANGUAGE]
        told = text + (fact.caveat[DEFAULT_LANGUAGE] if fact.caveat else "")
        if _FIGURE.search(text) and not _YEAR.search(told) and fact.year != "undated":
            yield checked.problem(Fact, fact.id, f"the sentence has a figure; say that it is from {fact.year}")


def numbers_stand_in_one_place(checked: Checked) -> Iterator[Problem]:
    """A phone number, text code or chat address is typed in `helplines.yml` and nowhere else."""
    for path in sorted(checked.directory.rglob("*.yml")):
        if path.name not in _EXEMPT:
            yield from _typed_numbers(path, f"{checked.directory.name}/{path.relative_to(checked.directory)}")


def words_do_no_harm(checked: Checked) -> Iterator[Problem]:
    """None of the banned phrases."""
    for kind, entry_id, field, text in _shown_texts(checked):
        for phrase, instead in checked.style.banned.items():
            if phrase.lower() in text.lower():
                yield checked.problem(kind, entry_id, f'"{phrase}" must not be said; write: {instead}', field)


def nothing_is_promised(checked: Checked) -> Iterator[Problem]:
    """Neither "confidential" nor "secret" nor a promise, except where the limits are said with it."""
    style = checked.style
    for kind, entry_id, field, text in _shown_texts(checked):
        for word in style.promises:
            if word in text.lower() and entry_id not in style.promises_allowed:
                message = f"'{word}…' sounds like a promise; say what is kept and who may be told instead"
                yield checked.problem(kind, entry_id, message, field)


def code_has_no_numbers(checked: Checked) -> Iterator[Problem]:
    """The program and the domain hold no number either."""
    root = checked.directory.parent
    for pattern in ("actions/**/*.py", "bot/**/*.py", "bot/web/**/*.js", "bot/web/**/*.html", "*.yml"):
        for path in sorted(root.glob(pattern)):
            if path.resolve() != Path(__file__).resolve():
                yield from _typed_numbers(path, str(path.relative_to(root)))


def _typed_numbers(path: Path, name: str) -> Iterator[Problem]:
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        for match in _PHONE.finditer(line):
            message = f"'{match.group()}' is a number to reach help; write {{id.call}} or {{id.text}} of helplines.yml"
            yield Problem(name, number, message)


def _shown_texts(checked: Checked) -> Iterator[tuple[type, str, str, str]]:
    """Every text a visitor can see, except quoted law, with the entry and field it stands in."""
    content = checked.content
    for fact in content.facts.values():
        if not fact.quote:
            yield from ((Fact, fact.id, lang, text) for lang, text in fact.text.items())
        yield from ((Fact, fact.id, "caveat", text) for text in (fact.caveat or {}).values())
    for topic in content.topics.values():
        for field in ("title", "question", "lead"):
            yield from ((Topic, topic.id, field, text) for text in (getattr(topic, field) or {}).values())
        yield from ((Topic, topic.id, "text", text) for texts in (topic.text or {}).values() for text in texts)
    for card in content.cards.values():
        yield from ((Card, card.id, "title", text) for text in card.title.values())
        for field in ("text", "sms"):
            by_language = getattr(card, field).items()
            yield from ((Card, card.id, f"{field}.{lang}", text) for lang, texts in by_language for text in texts)
    for barrier in content.barriers.values():
        for field in ("label", "lead"):
            by_language = getattr(barrier, field).items()
            yield from ((Barrier, barrier.id, f"{field}.{lang}", text) for lang, text in by_language)
    for key, phrase in content.phrases.items():
        yield from ((Phrase, key, lang, text) for lang, text in phrase.items())


Rule = Callable[[Checked], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    facts_are_used,
    sources_are_used,
    sentences_are_short,
    answers_are_easy,
    topics_are_handy,
    figures_have_years,
    numbers_stand_in_one_place,
    code_has_no_numbers,
    words_do_no_harm,
    nothing_is_promised,
    *check_cards.RULES,
)
