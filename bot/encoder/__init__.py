"""Texts to vectors: all-MiniLM-L6-v2, run by ONNX Runtime with whole-number weights."""

from bot.encoder.encoder import DIMENSIONS, Array, ModelFilesError, SentenceEncoder, shared

__all__ = ["DIMENSIONS", "Array", "ModelFilesError", "SentenceEncoder", "shared"]
