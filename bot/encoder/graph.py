"""Writes `graph.onnx`: the six layers of all-MiniLM-L6-v2 as ONNX Runtime runs them, without their weights.

    python -m bot.encoder.graph

The file is kept with the code, so that only who changes it needs the package `onnx`; a test compares the two. It is
BERT (Devlin et al. 2019) with mean pooling. Its matrices are whole numbers of eight bits, and so is each layer's
input, scaled by its own range on the way (ONNX Runtime: DynamicQuantizeMatMul).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from bot.encoder.weights import LAYERS

FILE = Path(__file__).with_name("graph.onnx")
DIMENSIONS, HIDDEN, HEADS = 384, 1536, 12
EPSILON = 1e-12
FUSED = "com.microsoft"  # operators that only ONNX Runtime has
OPERATORS = [helper.make_opsetid("", 18), helper.make_opsetid(FUSED, 1)]


class _Layers:
    """Collects the nodes and the weights they name."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.weights: list[TensorProto] = []

    def add(self, operator: str, inputs: list[str], *outputs: str, domain: str = FUSED, **options: Any) -> str:
        self.nodes.append(helper.make_node(operator, inputs, list(outputs), domain=domain, **options))
        return outputs[0]

    def matrix(self, name: str, source: str, inputs: int, outputs: int) -> str:
        zero = f"{outputs}.zero"  # both signs alike: the same for all columns of all matrices of one width
        if all(weight.name != zero for weight in self.weights):
            self.weights.append(numpy_helper.from_array(np.zeros(outputs, np.int8), zero))
        weight = self._given(f"{name}.weight", TensorProto.INT8, inputs, outputs)
        scale = self._given(f"{name}.scale", TensorProto.FLOAT, outputs)
        bias = self._given(f"{name}.bias", TensorProto.FLOAT, outputs)
        return self.add("DynamicQuantizeMatMul", [source, weight, scale, zero, bias], name)

    def add_and_norm(self, name: str, source: str, skipped: str) -> str:
        weight, bias = (
            self._given(f"{name}.norm.{part}", TensorProto.FLOAT, DIMENSIONS) for part in ("weight", "bias")
        )
        return self.add("SkipLayerNormalization", [source, skipped, weight, bias], f"{name}.norm", epsilon=EPSILON)

    def _given(self, name: str, kind: int, *shape: int) -> str:
        """A weight that is given when the graph is loaded."""
        tensor = TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value="given")
        self.weights.append(tensor)
        return name


def model() -> ModelProto:
    """`states` of shape (texts, tokens, 384), float32 -> `vectors` (texts, 384), float32, each of length one."""
    layers = _Layers()
    states = "states"
    for layer in map(str, range(LAYERS)):
        joined = layers.matrix(f"{layer}.attention", states, DIMENSIONS, 3 * DIMENSIONS)
        parts = [f"{layer}.{part}" for part in ("query", "key", "value")]
        layers.add("Split", [joined], *parts, domain="", axis=2, num_outputs=3)
        mixed = layers.add("MultiHeadAttention", parts, f"{layer}.heads", num_heads=HEADS)
        mixed = layers.matrix(f"{layer}.mixed", mixed, DIMENSIONS, DIMENSIONS)
        states = layers.add_and_norm(f"{layer}.mixed", mixed, states)
        hidden = layers.matrix(f"{layer}.hidden", states, DIMENSIONS, HIDDEN)
        hidden = layers.add("Gelu", [hidden], f"{layer}.gelu")
        out = layers.matrix(f"{layer}.out", hidden, HIDDEN, DIMENSIONS)
        states = layers.add_and_norm(f"{layer}.out", out, states)
    layers.weights.append(numpy_helper.from_array(np.array([1]), "tokens"))
    pooled = layers.add("ReduceMean", [states, "tokens"], "pooled", domain="", keepdims=0)
    layers.add("LpNormalization", [pooled], "vectors", domain="", axis=1, p=2)
    graph = helper.make_graph(
        layers.nodes,
        "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, ["texts", "tokens", DIMENSIONS])],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", DIMENSIONS])],
        layers.weights,
    )
    return helper.make_model(graph, opset_imports=OPERATORS, ir_version=9, producer_name="lantern")


if __name__ == "__main__":
    FILE.write_bytes(model().SerializeToString(deterministic=True))
