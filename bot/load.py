"""Read `content/` from its YAML files.

Reading is strict: a misspelled field, a missing year or a topic that points nowhere is reported with file and
line, all problems at once. Style rules (length, reading grade, numbers typed in the wrong place) are `bot.check`'s
business and not needed to serve.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from bot.content import (
    ALWAYS,
    ANY,
    BARRIER,
    DEFAULT_LANGUAGE,
    TIERS,
    VARIANTS,
    Aspect,
    Barrier,
    Card,
    Claims,
    Content,
    Entry,
    Fact,
    Family,
    Helpline,
    Phrase,
    Source,
    Talk,
    Topic,
    Words,
)
from bot.yamlfile import Mapping as YamlMapping
from bot.yamlfile import Problem, YamlError, read_mapping

DEFAULT_DIR = Path(__file__).resolve().parent.parent / "content"

_PLACEHOLDER = re.compile(r"\{([^{}.]*)\.?([^{}]*)\}?")  # mistyped ones too, so that they are reported


class ContentError(ValueError):
    """The content cannot be used; `problems` says where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Place:
    """Where an entry stands: its file, its fields with their lines, the line it begins on."""

    file: str
    fields: YamlMapping
    line: int

    def problem(self, message: str, field: str | None = None) -> Problem:
        """A :class:`Problem` at this entry, on the line of `field` (`text.es`: of one in it) where it has one."""
        line, fields = self.line, self.fields
        for part in (field or "").split("."):
            line = fields.lines.get(part, line)
            inner = fields.get(part)
            if not isinstance(inner, YamlMapping):
                break
            fields = inner
        return Problem(self.file, line, message)


Places = dict[tuple[type[Entry], str], Place]


def load_content(directory: Path = DEFAULT_DIR) -> Content:
    """Read the whole of `directory`.

    Raises:
        ContentError: with every problem found, not only the first.
    """
    return load_with_places(directory)[0]


def load_with_places(directory: Path = DEFAULT_DIR) -> tuple[Content, Places]:
    """As :func:`load_content`, and where each entry stands."""
    reader = _Reader(directory)
    helplines = reader.entries(["helplines.yml"], Helpline)
    reader.helplines = helplines
    content = Content(
        sources=reader.entries(["sources.yml"], Source),
        facts=reader.entries(reader.files("facts"), Fact),
        topics=reader.entries(["topics.yml"], Topic),
        helplines=helplines,
        cards=reader.cards(),
        barriers=reader.entries(["barriers.yml"], Barrier),
        phrases={key: phrase.text for key, phrase in reader.entries(["phrases.yml"], Phrase).items()},
        talk=Talk(
            families=reader.entries(["talk/families.yml"], Family),
            aspects=reader.entries(["talk/aspects.yml"], Aspect),
            words=reader.entries(["talk/words.yml"], Words),
            claims=reader.entries(["talk/claims.yml"], Claims),
        ),
    )
    reader.check_references(content)
    if reader.problems:
        raise ContentError(sorted(set(reader.problems)))
    return content, reader.places


_E = TypeVar("_E", bound=Entry)


class _Reader:
    """Turns files into entries and collects what is wrong with them."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.problems: list[Problem] = []
        self.places: Places = {}
        # From when they are set, `{hotline.call}` and the like are replaced by what they say.
        self.helplines: Mapping[str, Helpline] = {}

    def files(self, folder: str) -> list[str]:
        """The YAML files of a sub-folder, in a fixed order."""
        return [f"{folder}/{path.name}" for path in sorted((self.directory / folder).glob("*.yml"))]

    def entries(self, files: list[str], kind: type[_E]) -> dict[str, _E]:
        """Read `id: fields` entries of one kind from several files; an id may stand only once in all of them."""
        found: dict[str, _E] = {}
        for file, entry_id, fields, line in self._raw(files):
            if entry_id in found:
                first = self.places[kind, entry_id]
                self._problem(file, line, f"'{entry_id}' already stands in {first.file}:{first.line}; ids are unique")
                continue
            entry = self._convert(file, entry_id, fields, line, kind)
            if entry is not None:
                found[entry_id] = entry
                self.places[kind, entry_id] = Place(self._name(file), fields, line)
        return found

    def cards(self) -> dict[str, Card]:
        """One file per card: `cards/<tier>.yml`, `cards/<tier>.<variant>.yml`."""
        found: dict[str, Card] = {}
        for file in self.files("cards"):
            card_id = Path(file).stem
            fields = self._mapping(file)
            if wrong := _wrong_name(card_id):
                self._problem(file, 1, wrong)
            elif fields is not None and (card := self._convert(file, card_id, fields, 1, Card)):
                found[card_id] = card
                self.places[Card, card_id] = Place(self._name(file), fields, 1)
        for tier in TIERS:
            if tier not in found:
                self._problem(f"cards/{tier}.yml", 1, "this card is missing or unusable; every tier needs one")
        return found

    def check_references(self, content: Content) -> None:
        """Every id that an entry names, or that every answer needs, must exist."""
        for line in sorted(set(ALWAYS) - set(content.helplines)):
            self._problem("helplines.yml", 1, f"'{line}' is missing; every answer shows it")
        for fact in content.facts.values():
            self._known(fact, "sources", fact.sources, content.sources, "sources.yml")
            if not fact.sources:
                self._entry_problem(fact, "sources", "a fact needs at least one source; add its key")
        for topic in content.topics.values():
            self._known(topic, "facts", topic.facts, content.facts, "facts/")
            self._known(topic, "related", topic.related, content.topics, "topics.yml")
            self._known(topic, "helplines", topic.helplines, content.helplines, "helplines.yml")
            if bool(topic.facts) == bool(topic.text):
                self._entry_problem(topic, "facts", "a topic needs `facts`, or `text` when it is about the assistant")
            if not topic.helplines:
                self._entry_problem(topic, "helplines", "name at least one helpline; every answer shows one")
            if not 1 <= topic.first <= 4:
                self._entry_problem(topic, "first", "must be between 1 and 4")
        for helpline in content.helplines.values():
            self._known(helpline, "sources", helpline.sources, content.sources, "sources.yml")
        self._check_cards(content)
        self._check_talk(content)

    def _check_cards(self, content: Content) -> None:
        for card in content.cards.values():
            self._known(card, "helplines", card.helplines, content.helplines, "helplines.yml")
            self._known(card, "choices", card.choices, {*content.topics, BARRIER}, "topics.yml")
        for barrier in content.barriers.values():
            self._known(barrier, "facts", barrier.facts, content.facts, "facts/")
            self._known(barrier, "choices", barrier.choices, content.topics, "topics.yml")

    def _check_talk(self, content: Content) -> None:
        for claims in content.talk.claims.values():
            self._known(claims, "claims", (claims.id,), content.facts, "facts/")
        for aspect in content.talk.aspects.values():
            self._known(aspect, "topic", (aspect.topic,) if aspect.topic else (), content.topics, "topics.yml")
        for family in content.talk.families.values():
            self._known(family, "topics", tuple(family.topics), {ANY, *content.talk.aspects}, "talk/aspects.yml")
            led = (topic for topic in (family.why, family.how) if topic)
            named = (*(topic for topics in family.topics.values() for topic in topics), *led)
            self._known(family, "topics", named, content.topics, "topics.yml")
            if not all(family.topics.values()) or ANY not in family.topics:
                self._entry_problem(family, "topics", "needs a topic for `any`, and one for each aspect it names")

    def _known(self, entry: Entry, field: str, ids: tuple[str, ...], known: Container[str], where: str) -> None:
        for one in ids:
            if one not in known:
                self._entry_problem(entry, field, f"'{one}' does not exist in {where}; add it there or correct the id")

    def _raw(self, files: list[str]) -> Iterator[tuple[str, str, YamlMapping, int]]:
        for file in files:
            mapping = self._mapping(file) or YamlMapping()
            for key, fields in mapping.items():
                line = mapping.lines[key]
                if isinstance(fields, YamlMapping):
                    yield file, key, fields, line
                else:
                    self._problem(file, line, f"'{key}' has no fields; write them below it, indented by two spaces")

    def _mapping(self, file: str) -> YamlMapping | None:
        try:
            return read_mapping(self.directory / file, self._name(file))
        except YamlError as error:
            self.problems.append(error.problem)
            return None

    def _convert(self, file: str, entry_id: str, fields: YamlMapping, line: int, kind: type[_E]) -> _E | None:
        values: dict[str, Any] = self._fill(fields, file, fields)
        if kind in (Fact, Phrase):
            # In the file the languages stand beside the other fields, which is easier to type and to read.
            values["text"] = {key: values.pop(key) for key in [k for k in values if _is_language(k)]}
        if kind is Fact and "from" in values:
            values["factsheet"] = values.pop("from")
        try:
            entry = msgspec.convert({**values, "id": entry_id}, kind)
        except msgspec.ValidationError as error:
            self._problem(file, _line_of(str(error), fields, line), f"'{entry_id}': {_plain(str(error), fields)}")
            return None
        for field in entry.__struct_fields__:
            value = getattr(entry, field)
            if isinstance(value, dict) and (kind, field) != (Family, "topics"):
                self._need_english(value, file, line, entry_id)
        return entry

    def _need_english(self, text: Mapping[str, object], file: str, line: int, entry_id: str) -> None:
        if not text.get(DEFAULT_LANGUAGE):
            self._problem(file, line, f"'{entry_id}': the English text is missing; write `en: …`")

    def _fill(self, value: Any, file: str, parent: YamlMapping, lang: str = DEFAULT_LANGUAGE) -> Any:
        """Replace helpline placeholders in every string below `value`, in the language of the key it stands under."""
        if isinstance(value, YamlMapping):
            return {
                key: self._fill(child, file, value, key if _is_language(key) else lang) for key, child in value.items()
            }
        if isinstance(value, list):
            return [self._fill(child, file, parent, lang) for child in value]
        if isinstance(value, str) and self.helplines:
            return _PLACEHOLDER.sub(self._filler(file, parent, lang), value)
        return value

    def _filler(self, file: str, parent: YamlMapping, lang: str) -> Callable[[re.Match[str]], str]:
        def fill(match: re.Match[str]) -> str:
            line, field = match.groups()
            value = getattr(self.helplines.get(line), field, None)
            if isinstance(value, dict):
                value = value.get(lang) or value.get(DEFAULT_LANGUAGE)
            if not isinstance(value, str):
                self._problem(file, parent.line, f"{match.group()} is not in helplines.yml; check the id and the field")
                return match.group()
            return value

        return fill

    def _entry_problem(self, entry: Entry, field: str, message: str) -> None:
        self.problems.append(self.places[type(entry), entry.id].problem(f"'{entry.id}': {message}", field))

    def _problem(self, file: str, line: int, message: str) -> None:
        self.problems.append(Problem(self._name(file), line, message))

    def _name(self, file: str) -> str:
        return f"{self.directory.name}/{file}"


def _wrong_name(card_id: str) -> str:
    """What is wrong with the name of a card's file; empty when nothing is."""
    tier, dot, variant = card_id.partition(".")
    if tier not in TIERS and not (tier == ANY and dot):
        return f"'{tier}' is no crisis tier; the tiers are {', '.join(TIERS)}"
    if dot and variant not in VARIANTS:
        return f"'{variant}' is no variant of a card; the variants are {', '.join(VARIANTS)}"
    if dot and tier not in VARIANTS[variant]:
        return f"nothing chooses the variant '{variant}' of '{tier}'; it belongs to {', '.join(VARIANTS[variant])}"
    return ""


def _is_language(key: str) -> bool:
    return len(key) == 2 and key.isalpha()


def _line_of(message: str, fields: YamlMapping, default: int) -> int:
    """The line a msgspec message is about: it ends in a path such as `$.year`, or quotes an unknown field."""
    match = re.search(r"\$\.(\w+)", message) or re.search(r"unknown field `([^`]+)`", message)
    return fields.lines.get(match.group(1), default) if match else default


def _plain(message: str, fields: YamlMapping) -> str:
    """A msgspec message in an editor's words."""
    match = re.search(r"unknown field `([^`]+)`", message)
    if "got `null`" in message or (match and fields.get(match.group(1), "") is None):
        return "a text inside { } that has a comma, or nothing after its colon; put the text in quotes"
    if match:
        return f"there is no field '{match.group(1)}'; correct its spelling or take it out"
    if match := re.search(r"missing required field `(\w+)`", message):
        field = match.group(1)
        hint = " (a year, or `undated` when no source has one)" if field == "year" else ""
        return f"'{field}' is missing; add it{hint}"
    return message.replace(" - at `$.", " in `").replace("Object", "Entry")
