"""YAML that remembers where things stand, so an editor is told the file and the line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

Kind = TypeVar("Kind")

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing an editor should mend: where it is, what is wrong, what to write instead."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class YamlError(ValueError):
    """A YAML file that cannot be read; carries the :class:`Problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Mapping(dict[str, Any]):
    """A YAML mapping that knows the line of each of its keys (1-based) in `lines`, and its own in `line`."""

    line: int
    lines: dict[str, int]


class _PositionLoader(_Loader):  # type: ignore[valid-type, misc]
    """PyYAML's safe loader, plus line numbers, minus silently overwritten keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Mapping:
        result = Mapping()
        result.line = node.start_mark.line + 1
        result.lines = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key must be text", problem_mark=key_node.start_mark)
            key = key_node.value  # as it was typed: YAML takes `on` and `no` for true and false
            line = key_node.start_mark.line + 1
            if key in result:
                raise yaml.MarkedYAMLError(
                    problem=f"'{key}' stands twice (first on line {result.lines[key]}); keep one of them",
                    problem_mark=key_node.start_mark,
                )
            result[key] = self.construct_object(value_node, deep=True)
            result.lines[key] = line
        return result


_PositionLoader.add_constructor("tag:yaml.org,2002:map", _PositionLoader.construct_mapping)


def read_mapping(path: Path, name: str) -> Mapping:
    """Read `path`, whose top level must be a mapping.

    Args:
        path: the file.
        name: how to call it in messages (relative to the project).

    Raises:
        YamlError: it cannot be opened, is not YAML, has a key twice, or is no mapping.
    """
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_PositionLoader)  # noqa: S506 (safe loader)
    except OSError as error:
        raise YamlError(Problem(name, 1, f"cannot be read ({error.strerror})")) from error
    except UnicodeDecodeError as error:
        raise YamlError(Problem(name, 1, "is not UTF-8 text; save it as UTF-8")) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        reason = error.problem or "not valid YAML"
        advice = "Check the indentation here, and put texts with , : ? # in quotes."
        raise YamlError(Problem(name, line, f"{reason}. {advice}")) from error
    except yaml.YAMLError as error:
        raise YamlError(Problem(name, 1, f"is not valid YAML ({error})")) from error
    if not isinstance(loaded, Mapping):
        raise YamlError(Problem(name, 1, "must be a list of `id:` entries, each with its fields below it"))
    return loaded


def read_as(path: Path, name: str, kind: type[Kind], advice: str = "") -> Kind:
    """Read `path` and convert it to `kind`, with msgspec.

    Args:
        path, name: see `read_mapping`.
        advice: said after what is wrong.

    Raises:
        YamlError: as `read_mapping`; or it holds something else than `kind`.
    """
    raw = read_mapping(path, name)
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise YamlError(Problem(name, 1, f"{error}{advice}")) from error
