"""Lantern's plugin for Rasa: its answers at the hooks that `rasa.plugin` lists.

Rasa looks for a plugin under one name only, `rasa_plus`. `bot.runtime.lean` leads that name here.
"""

import warnings
from typing import Any

import pluggy
from rasa.shared.exceptions import RasaException

from bot.runtime.lean import is_left_out

hookimpl = pluggy.HookimplMarker("rasa")

NEED_TENSORFLOW = {
    "ConveRTFeaturizer",
    "DIETClassifier",
    "LanguageModelFeaturizer",
    "ResponseSelector",
    "TEDPolicy",
    "UnexpecTEDIntentPolicy",
}


class MissingPackage(RasaException, ImportError):
    """Something needs a package that is left out. Rasa's commands print the sentence and exit with 1."""

    def __init__(self, user: str, package: str) -> None:
        remedy = f'To add it: uv pip install --python .venv "{package}"'
        if package == "tensorflow":  # the release that Rasa 3.6 needs goes with no current NumPy
            remedy = "Use another one, or install all of Rasa: Python 3.10, pip install rasa==3.6.21"
        super().__init__(f"{user} needs {package}, which this lean installation leaves out. {remedy}")


@hookimpl
def configure_commandline() -> None:
    """Keep Python's notes about old calls inside Rasa off the console; Sanic turns them on for everyone."""
    warnings.filterwarnings("ignore", category=DeprecationWarning)


@hookimpl
def modify_default_recipe_graph_train_nodes(train_config: dict[str, Any]) -> None:
    """Refuse components that need TensorFlow before anything is trained."""
    if not is_left_out("tensorflow"):
        return
    for component in [*(train_config.get("pipeline") or []), *(train_config.get("policies") or [])]:
        name = str(component.get("name")).rpartition(".")[2]
        if name in NEED_TENSORFLOW:
            raise MissingPackage(name, "tensorflow")


def init_hooks(manager: pluggy.PluginManager) -> None:
    """What Rasa calls when it has found the plugin, whichever of its commands or functions is used."""
    import bot.runtime.plugin
    from bot.runtime.inprocess import run_actions_in_process

    manager.register(bot.runtime.plugin)
    run_actions_in_process()
