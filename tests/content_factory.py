"""A whole project in miniature, and one change at a time to break it."""

from bot.content import TIERS

_CARD = """\
title: {en: Get help, es: Pide ayuda}
text:
  en:
    - Call {hotline.call} now.
    - They may tell. I am a program.
  es:
    - Llama al {hotline.call}.
    - Pueden avisar. Soy un programa.
sms:
  en:
    - Dial {hotline.call}.
    - They may tell. A program.
  es:
    - Marca {hotline.call}.
    - Pueden avisar. Un programa.
helplines: [hotline, emergency]
choices: [help, barrier]
"""

FILES = {
    "content/sources.yml": """\
MANUAL:
  title: A manual
  publisher: An office
  year: 2024
""",
    "content/facts/signs.yml": """\
SIGN01:
  en: In 2024, 3 in 10 callers saw a sign.
  sources: [MANUAL]
  year: 2024
  status: V
  caveat: {en: It may be more.}
  from: [S01]
""",
    "content/facts/help.yml": """\
HELP01: {en: People can help., es: Hay ayuda., sources: [MANUAL], year: undated, status: V}
HELP02: {en: It is free., es: Es gratis., sources: [MANUAL], year: undated, status: V}
""",
    "content/topics.yml": """\
signs:
  title: {en: Signs}
  question: {en: What are the signs?}
  lead: {en: Look for more than one.}
  facts: [SIGN01]
  related: [signs]
  helplines: [hotline]
help: {title: {en: Help, es: Ayuda}, question: {en: Who can help?}, facts: [HELP01, HELP02]}
""",
    "content/helplines.yml": """\
hotline:
  name: {en: The hotline}
  for: {en: help or a report, es: ayuda}
  may_tell: true
  call: 1-888-373-7888
  text: "233733"
  status: V
  sources: [MANUAL]
  checked: 2026-05
emergency:
  {name: {en: Emergency}, for: {en: danger, es: peligro}, call: "911", status: V, sources: [MANUAL], checked: 2026-05}
""",
    "content/barriers.yml": """\
cost:
  label: {en: Money, es: Dinero}
  lead: {en: You can ask., es: Pregunta.}
  facts: [HELP02]
  choices: [help]
""",
    "content/phrases.yml": """\
may_tell: {en: They may tell the law., es: Pueden avisar a la ley.}
may_tell_short: {en: They may tell., es: Pueden avisar.}
barrier: {en: It is hard, es: Me cuesta}
barrier_question: {en: What is hard?, es: "¿Qué cuesta?"}
barrier_ways: {en: Call or text., es: Llama.}
barrier_other: {en: More, es: Otra}
greeting:
  en: Hello. Call {hotline.call} for help.
""",
    "content/talk/families.yml": """\
signs: {words: {en: [signs]}, topics: {any: [signs], school: [signs]}}
""",
    "content/talk/aspects.yml": """\
school: {words: {en: [schools]}, topic: signs}
""",
    "content/talk/claims.yml": """\
SIGN01: {claims: {en: [nobody sees a sign]}}
""",
    "content/talk/words.yml": """\
connector: {words: {en: [and]}}
""",
    "content/style.yml": """\
sentence_words: 12
grade: {card: 5, general: 7, professional: 10}
ease: {card: 80}
title_characters: 10
question_characters: 20
topic_facts: [1, 2]
card_words: 20
card_number_within: 40
card_choices: 3
card_languages: [en, es]
card_says: {en: [A program], es: [Un programa]}
safety_phrases: [may_tell, may_tell_short, barrier, barrier_question, barrier_ways, barrier_other]
sms_characters: 60
sms_first: 30
barrier_facts: 1
barrier_words: 20
stale_after_days: 90
examples_per_intent: 2
banned:
  calm down: (leave it out)
promises: [secret]
promises_allowed: [HELP01]
""",
    "content/factsheet.yml": """\
S01: {claim: Some saw a sign., section: title, handling: stated}
""",
    **{f"content/cards/{tier}.yml": _CARD for tier in TIERS},
    "domain.yml": """\
intents:
  - greeting
""",
    "data/nlu/all.yml": """\
nlu:
- intent: greeting
  examples: |
    - hello
    - good morning
- intent: signs
  examples: |
    - what are the signs
    - how do I spot it
- intent: help
  examples: |
    - who can help
    - where is help
""",
}


def content_dir(tmp_path, changes=None):
    """Write the project with `changes` and return its `content/`.

    Args:
        changes: file -> what is different in it: `(old, new)` replaces text, a string or bytes the whole file, and
            None takes the file away. A file is named as in `FILES`; new ones are added.
    """
    for file, text in {**FILES, **{file: _changed(file, change) for file, change in (changes or {}).items()}}.items():
        if text is not None:
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return tmp_path / "content"


def line_of(directory, file, text):
    """The number of the first line of `file` that holds `text`."""
    lines = (directory.parent / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def _changed(file, change):
    if not isinstance(change, tuple):
        return change
    old, new = change
    assert FILES[file].count(old) == 1, f"{old!r} must stand once in {file}"
    return FILES[file].replace(old, new)
