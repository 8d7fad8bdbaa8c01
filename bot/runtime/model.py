"""The trained model: making it, knowing whether it is current, loading it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.check_examples import examples_of
from bot.runtime.memory import give_back
from bot.safety import meaning
from bot.yamlfile import read_mapping

if TYPE_CHECKING:
    from rasa.core.agent import Agent

PROJECT = Path(__file__).resolve().parent.parent.parent
MODELS = PROJECT / "models"
TOPICS = PROJECT / "content" / "topics.yml"
NAME = "lantern"


class NoModel(RuntimeError):
    """There is no trained model, or training gave none."""


def model_path(directory: Path = MODELS) -> Path:
    """Where the model of this project stands."""
    return directory / f"{NAME}.tar.gz"


def is_current(directory: Path = MODELS) -> bool:
    """Whether the model there was trained on the data, configuration and code as they are now."""
    stamp = directory / f"{NAME}.sha256"
    return model_path(directory).is_file() and stamp.is_file() and stamp.read_text().strip() == fingerprint()


def fingerprint() -> str:
    """SHA-256 over all that a model depends on; of the topics only their ids, so a fact changes without training."""
    digest = hashlib.sha256("\n".join(read_mapping(TOPICS, TOPICS.name)).encode())
    for path in _inputs():
        digest.update(f"{path.relative_to(PROJECT)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _inputs() -> Iterator[Path]:
    yield from (PROJECT / name for name in ("config.yml", "domain.yml", "requirements.lock", "bot/linear.py"))
    yield from sorted((PROJECT / "data").rglob("*.yml"))
    for package in ("encoder", "nlu"):
        yield from sorted((PROJECT / "bot" / package).rglob("*.py"))


def train(directory: Path = MODELS) -> Path:
    """Train on the project's data.

    Returns:
        The model file.

    Raises:
        NoModel: Rasa gave no model; it has said why.
    """
    current = fingerprint()
    model = train_anew(PROJECT / "config.yml", PROJECT / "data", directory, PROJECT / "domain.yml")
    (directory / f"{NAME}.sha256").write_text(f"{current}\n")
    return model


def train_anew(config: Path, data: Path, directory: Path, domain: Path | None = None) -> Path:
    """Rasa's training, whatever was trained before.

    Args:
        directory: gets the model.
        domain: None to train only the understanding.

    Raises:
        NoModel: Rasa gave no model; it has said why.
    """
    import rasa.api

    with _quickly():
        result = rasa.api.train(
            domain=str(domain or ""),
            config=str(config),
            training_files=[str(data)],
            output=str(directory),
            fixed_model_name=NAME,
            force_training=True,  # Rasa's cache does not see that our components' code has changed
        )
    if not result.model:
        raise NoModel("training gave no model")
    return Path(result.model)


@contextmanager
def _quickly() -> Iterator[None]:
    """A training without what nobody here asks for: Rasa's cache of each step's output, and the tightest packing."""
    from rasa.engine.training.hooks import TrainingHook
    from tarsafe import TarSafe

    hooks = TrainingHook.on_before_node, TrainingHook.on_after_node
    TrainingHook.on_before_node = lambda self, *args, **kwargs: {}
    TrainingHook.on_after_node = lambda self, *args, **kwargs: None
    TarSafe.gzopen = partial(TarSafe.gzopen, compresslevel=1)
    try:
        yield
    finally:
        TrainingHook.on_before_node, TrainingHook.on_after_node = hooks
        del TarSafe.gzopen  # its base has the ordinary one


def train_safety(directory: Path = MODELS, force: bool = False) -> None:
    """Make the trained part of the safety net, when it is missing or anything it is made from has changed."""
    if force or not meaning.is_current(directory):
        directory.mkdir(exist_ok=True)
        meaning.train((text, intent) for _, intent, text in examples_of(PROJECT)).save(directory)


async def load(path: Path, endpoints_file: Path = PROJECT / "endpoints.yml") -> Agent:
    """Load a model with what `endpoints_file` names (conversation store, lock, action server).

    Raises:
        NoModel: the file is missing or is no model.
    """
    from rasa.core.agent import load_agent
    from rasa.core.utils import AvailableEndpoints

    if not path.is_file():
        raise NoModel(f"there is no model at {path}; train one with `lantern train`")
    agent = await load_agent(str(path), endpoints=AvailableEndpoints.read_endpoints(str(endpoints_file)))
    if not agent.is_ready():
        raise NoModel(f"{path} cannot be loaded; train again with `lantern train --force`")
    # Rasa wraps the store in one that goes over to its own, which keeps what was typed, when ours fails.
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    agent.tracker_store = agent.processor.tracker_store = store
    give_back()
    return agent
