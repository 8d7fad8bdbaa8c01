"""Sentence vectors from all-MiniLM-L6-v2: no PyTorch, no TensorFlow, nothing downloaded.

Words are looked up in the published file, which the system keeps in its cache once for all processes. The layers are
`graph.onnx` (see `bot.encoder.graph`) with weights of eight bits: a tenth of the time that the published ones take, at
a cosine of 0.99 to what they give.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import onnxruntime as ort
from cachetools import LRUCache
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bot.encoder.weights import Array, ModelFilesError, Published, default_directory, for_graph, require

__all__ = ["DIMENSIONS", "MAX_TOKENS", "Array", "ModelFilesError", "SentenceEncoder", "shared"]

GRAPH = Path(__file__).with_name("graph.onnx")
DIMENSIONS = 384
MAX_TOKENS = 128
EPSILON = 1e-12
WORTH_PROCESSES = 2000
"""From how many texts on other processes are worth their start."""

REMEMBERED = 1024
"""Vectors kept: of each text of a turn more than one part of the program asks, and many texts come again."""


class SentenceEncoder:
    """Turns texts into vectors of length one.

    Args:
        directory: holds `model.safetensors` and `tokenizer.json`; the installed package's by default.

    Raises:
        ModelFilesError: a file is missing, or the weights are not the published ones.
    """

    def __init__(self, directory: Path | None = None) -> None:
        self._directory = directory = directory or default_directory()
        require(directory / "tokenizer.json")
        tensors = Published(directory)
        self._tensors = tensors
        self._places = (
            tensors["embeddings.position_embeddings.weight"][:MAX_TOKENS]
            + tensors["embeddings.token_type_embeddings.weight"][0]
        )
        self._norm = [tensors[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias")]
        self._tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._layers = _session(dict(for_graph(tensors)))
        self._remembered: LRUCache[bytes, Array] = LRUCache(REMEMBERED)
        self._key = os.urandom(16)
        self._lock = Lock()  # a cache forgets while it is asked: not for two threads at once

    def encode_many(self, texts: Sequence[str]) -> Array:
        """The same as `encode` in a process for each processor, and all remembered: for training, which asks again.

        ONNX Runtime holds Python's lock while it runs, so threads would wait for each other.
        """
        if len(texts) + REMEMBERED > self._remembered.maxsize:
            grown: LRUCache[bytes, Array] = LRUCache(len(texts) + REMEMBERED)
            grown.update(self._remembered)
            self._remembered = grown
        new = [text for text in dict.fromkeys(texts) if self._digest(text) not in self._remembered]
        if len(new) >= WORTH_PROCESSES:
            count = os.cpu_count() or 1
            parts = [new[start::count] for start in range(count)]
            with ThreadPoolExecutor(count) as threads:
                for part, vectors in zip(parts, threads.map(self._elsewhere, parts), strict=True):
                    self._remembered.update(zip(map(self._digest, part), vectors, strict=True))
        return self.encode(texts)

    def _elsewhere(self, texts: Sequence[str]) -> Array:
        command = [sys.executable, "-m", "bot.encoder", str(self._directory)]
        done = subprocess.run(command, input=json.dumps(list(texts)).encode(), stdout=subprocess.PIPE, check=True)
        return np.frombuffer(done.stdout, np.float32).reshape(-1, DIMENSIONS)

    def encode(self, texts: Sequence[str]) -> Array:
        """Vectors of shape (len(texts), 384), float32, each of length one.

        Each text goes alone: the scale of a layer's input depends on all that is in it, and a text must give the same
        vector whatever else is asked.
        """
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, DIMENSIONS)

    def _vector(self, text: str) -> Array:
        digest = self._digest(text)
        with self._lock:
            vector: Array | None = self._remembered.get(digest)
        if vector is None:
            vector = self._forward(self._tokenizer.encode(text).ids)
            with self._lock:
                self._remembered[digest] = vector
        return vector

    def _digest(self, text: str) -> bytes:
        """A keyed digest, to remember instead of the text: nothing that was typed outlives its turn in memory."""
        return hashlib.blake2b(text.encode("utf-8", "replace"), key=self._key, digest_size=16).digest()

    def _forward(self, ids: list[int]) -> Array:
        states = self._tensors.rows("embeddings.word_embeddings.weight", ids) + self._places[: len(ids)]
        centred = states - states.mean(-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + np.float32(EPSILON))
        weight, bias = self._norm
        vector: Array = self._layers.run(None, {"states": (centred / spread * weight + bias)[None]})[0][0]
        return vector


def shared(directory: Path | None = None) -> SentenceEncoder:
    """The encoder of this process: thirty megabytes, and vectors, that NLU and safety need not both have.

    Raises:
        ModelFilesError: see SentenceEncoder.
    """
    return _of(directory or default_directory())


_of = cache(SentenceEncoder)


def _session(weights: dict[str, NDArray[Any]]) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # a message is too short to be worth sharing out
    options.enable_cpu_mem_arena = False  # it would keep the largest message's memory for ever
    options.log_severity_level = 3
    options.add_external_initializers(list(weights), [ort.OrtValue.ortvalue_from_numpy(w) for w in weights.values()])
    return ort.InferenceSession(GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"])
