"""A whole project in miniature, and one change at a time to break it."""

from bot.content import TIERS

_CARD = """\
title: {en: Get help}
text:
  en:
    - Call {hotline.call} now.
helplines: [hotline, emergency]
choices: [signs]
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
    "content/topics.yml": """\
signs:
  title: {en: Signs}
  question: {en: What are the signs?}
  lead: {en: Look for more than one.}
  facts: [SIGN01]
  related: [signs]
  helplines: [hotline]
""",
    "content/helplines.yml": """\
hotline:
  name: {en: The hotline}
  for: {en: help or a report}
  call: 1-888-373-7888
  text: "233733"
  status: V
  sources: [MANUAL]
  checked: 2026-05
emergency: {name: {en: Emergency}, for: {en: danger}, call: "911", status: V, sources: [MANUAL], checked: 2026-05}
""",
    "content/phrases.yml": """\
greeting:
  en: Hello. Call {hotline.call} for help.
""",
    "content/style.yml": """\
sentence_words: 12
grade: {card: 5, general: 7, professional: 10}
title_characters: 10
question_characters: 20
topic_facts: [1, 2]
card_words: 20
card_number_within: 40
card_choices: 3
stale_after_days: 90
examples_per_intent: 2
banned:
  calm down: (leave it out)
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
