"""The report: the table, with what one must know to trust and to repeat it."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

from bot.bench import measure as m
from bot.bench.client import TURNS

_TEXT = """\
# Speed, memory and size

Lantern beside *stock* Rasa: the same intents and examples in the pipeline and policies that Rasa 3.6
begins a project with, and one plain response per intent. Both ran in one measurement on one machine.
Figures differ between machines; the ratios are what counts.

{table}

- Measured on {date}: {machine}. Load average before it began: {load:.1f}.
- {versions}.
- Trained once, without anything kept from an earlier training: {trained}.
- Environment: the installed packages, without byte-compiled files. Lantern's are those of
  `requirements.lock`.
- Start: from starting the process to the first answered message, files already in the disk cache; median
  of {starts}.
- Memory: resident memory of the server and its children.
- Typed: {typed} questions of `tests/understanding/`, which no training file holds, one after the other.
- Pressed: {pressed} presses. Repeated: {repeated} texts that had been answered before. A conversation has
  {turns} messages.
- 30 clients: each in conversations of its own, with texts never seen before, for {seconds:.0f} seconds.
  They are another process on the same machine.
- Long conversation: {rounds} of {long} messages; median of messages 198 to 202 against that of messages 2
  to 6.
- The two sides take turns, in {rounds} rounds, so that noise falls on both. Stock answers with fixed text
  and runs no custom action; Lantern runs its own.

## To repeat it

    make bench                                                 # {time}: stock trains for long
    make bench BENCH_ARGS="--stock --write docs/benchmark.md"  # the same, and renews this page
    .venv/bin/lantern bench                                    # Lantern alone
    .venv/bin/lantern bench --stock --reuse                    # stock's model of the last time

Stock needs Python 3.10, which is looked for on the path, in pyenv and in uv, and about 3 GB in
`~/.cache/lantern`. Leave the machine alone meanwhile.
"""


def document(table: str, versions: Sequence[str], trained: str, date: str, load: float) -> str:
    """The page for docs/.

    Args:
        table: the comparison, as Markdown.
        versions: what was measured, one text a side.
        trained: on how many examples, and when; one text for both sides, or one a side.
        date: when it was measured.
        load: the machine's load average before.
    """
    return _TEXT.format(
        table=table,
        date=date,
        machine=machine(),
        load=load,
        versions=". Stock: ".join(versions),
        trained=trained,
        starts=m.STARTS,
        typed=m.ROUNDS * m.TYPED,
        pressed=m.ROUNDS * m.PRESSED,
        repeated=m.ROUNDS * m.REPEATED,
        turns=TURNS,
        seconds=m.ROUNDS * m.CROWD_SECONDS,
        rounds=m.ROUNDS,
        long=m.LONG,
        time="an hour or two",
    )


def machine() -> str:
    """The machine in a few words: processor, cores, memory, system."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return " ".join(names[0].split()) if names else platform.machine()
