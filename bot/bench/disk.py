"""The size of installed packages, without byte-compiled files: those depend on the installer."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from pathlib import Path


def installed_size(site: Path, only: Collection[str] | None = None) -> float:
    """MiB on disk of the distributions in `site`.

    Args:
        site: a `site-packages` folder.
        only: normalized names of the distributions to count; all when None.
    """
    blocks = 0
    for record in site.glob("*.dist-info/RECORD"):
        name = normalize(record.parent.name.removesuffix(".dist-info").partition("-")[0])
        if only is None or name in only:
            blocks += sum(_blocks(site / row[0]) for row in csv.reader(record.open(encoding="utf-8")) if row)
    return blocks * 512 / 2**20


def locked_names(lock: Path) -> frozenset[str]:
    """Normalized names of the distributions that a requirements file pins."""
    pinned = re.findall(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return frozenset(map(normalize, pinned))


def normalize(name: str) -> str:
    """A distribution's name in the one form that compares (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _blocks(path: Path) -> int:
    """Blocks of 512 bytes that a file takes; 0 when it is not there or byte-compiled."""
    try:
        return 0 if path.suffix == ".pyc" else path.stat().st_blocks
    except OSError:
        return 0
