"""Start Rasa without the packages that Lantern never uses.

Rasa 3.6 imports TensorFlow, the clients of six chat platforms and two databases whether a bot uses them or
not: two gigabytes on disk and half a minute of waiting. They are left out of `requirements.lock`, and this
module answers Rasa's imports of them with stand-ins that hold nothing.

* The finder stands LAST in `sys.meta_path`: any package that is really installed wins.
* It knows exactly the modules that Rasa imports while it loads, so other libraries still see what is missing.
* A stand-in may be named, subclassed, caught or used as a decorator. Any real use ends in one clear sentence.

The file `lantern.pth` in the environment's site-packages imports this module at every start of Python, also
for the plain `rasa` command. So it must cost next to nothing: not even `typing` is imported.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import FunctionType, ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Nothing leaves the machine, and no notices about later versions. One thread per matrix: NumPy and SciPy each bring an
# OpenBLAS whose threads, waiting for each other, make one message take twenty times as long. Whoever sets these
# otherwise is obeyed.
DEFAULTS = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "OPENBLAS_NUM_THREADS": "1",
}

# What to install -> the modules of it that Rasa imports while it loads.
LEFT_OUT = {
    "tensorflow": """
        tensorflow tensorflow.keras tensorflow.keras.backend tensorflow.keras.utils
        tensorflow.python tensorflow.python.eager tensorflow.python.eager.wrap_function
        tensorflow.types tensorflow.types.experimental
        keras keras.utils keras.utils.control_flow_util""",
    "aiogram<2.26": "aiogram aiogram.types aiogram.utils aiogram.utils.exceptions",
    "boto3": "boto3 boto3.dynamodb boto3.dynamodb.conditions botocore botocore.exceptions",
    "CacheControl[filecache]": "cachecontrol",
    "fbmessenger": """
        fbmessenger fbmessenger.attachments fbmessenger.elements fbmessenger.quick_replies
        fbmessenger.sender_actions""",
    "google-auth": "google google.auth google.auth.transport google.auth.transport.requests google.oauth2",
    "pymongo<4.4": "pymongo pymongo.collection pymongo.errors",
    "structlog-sentry<3": "structlog_sentry",
    "slack-sdk": "slack_sdk slack_sdk.web slack_sdk.web.async_client",
    "twilio<8.3": """
        twilio twilio.base twilio.base.exceptions twilio.rest twilio.twiml twilio.twiml.voice_response""",
    "webexteamssdk<1.7": "webexteamssdk",
}
PACKAGE_OF = {module: package for package, modules in LEFT_OUT.items() for module in modules.split()}

PLUGIN = "rasa_plus"  # the one name under which Rasa looks for a plugin: see bot/runtime/plugin.py


class _Inert(type):
    """The class of every stand-in: an attribute is one more stand-in, and any real use is refused."""

    package: str

    def __getattr__(cls, name: str) -> Any:
        return _stand_in(name, cls.package)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and isinstance(args[0], FunctionType) and not kwargs:
            return args[0]  # used as a decorator: leave the function as it is
        from bot.runtime.plugin import MissingPackage

        raise MissingPackage(cls.__name__, cls.package)


def _stand_in(name: str, package: str) -> Any:
    if name.startswith("__"):  # what Python itself asks of a module or a class: there is none
        raise AttributeError(name)
    return _Inert(name, (Exception,), {"package": package})  # an exception, so that `except` takes it too


class _InertModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        return _stand_in(name, PACKAGE_OF[self.__name__])


class _NoReports:
    """Stands for structlog_sentry.SentryProcessor in Rasa's logging: passes entries on, reports to nobody."""

    def __init__(self, **_: Any) -> None: ...

    def __call__(self, _logger: Any, _method: str, entry: Any) -> Any:
        return entry


class LeanFinder:
    """Finds and loads the stand-ins, and leads Rasa to Lantern's plugin."""

    @classmethod
    def find_spec(cls, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name not in PACKAGE_OF and name != PLUGIN:
            return None
        return ModuleSpec(name, cls, is_package=name != PLUGIN)  # type: ignore[arg-type]

    @staticmethod
    def create_module(spec: ModuleSpec) -> ModuleType:
        return (ModuleType if spec.name == PLUGIN else _InertModule)(spec.name)

    @staticmethod
    def exec_module(module: ModuleType) -> None:
        if module.__name__ == PLUGIN:
            from bot.runtime.plugin import init_hooks

            vars(module)["init_hooks"] = init_hooks
        elif module.__name__ == "structlog_sentry":
            vars(module)["SentryProcessor"] = _NoReports


class _Late:
    """Stands for a name of a large module until it is called: then that module is imported."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return getattr(import_module(self._module), self._name)(*args, **kwargs)


class LateFinder:
    """Lets Rasa import plotting (and with it matplotlib) and parts of scikit-learn when it first uses them.

    Serving uses neither, and they are a third of the memory and of the start. Rasa names what it takes from
    scikit-learn at the head of three modules; while such a module is being loaded, a `_Late` stands for that name.
    """

    modules = frozenset({"rasa.utils.plotting"})
    names = {
        "rasa.nlu.classifiers.logistic_regression_classifier": ("sklearn.linear_model", "LogisticRegression"),
        "rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer": (
            "sklearn.feature_extraction.text",
            "CountVectorizer",
        ),
        "rasa.utils.tensorflow.model_data": ("sklearn.model_selection", "train_test_split"),
    }

    @classmethod
    def find_spec(cls, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name not in cls.modules and name not in cls.names:
            return None
        from importlib.machinery import PathFinder
        from importlib.util import LazyLoader

        spec = PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return None
        if name in cls.modules:
            spec.loader = LazyLoader(spec.loader)
        else:
            _take_late(spec.loader, *cls.names[name])
        return spec


def _take_late(loader: Any, module: str, name: str) -> None:
    """While `loader` runs its module, `from module import name` gives a stand-in, unless the real one is there."""
    run = loader.exec_module

    def exec_module(loading: ModuleType) -> None:
        if module in sys.modules:
            run(loading)
            return
        late = ModuleType(module)
        vars(late)[name] = _Late(module, name)
        added = {part: late for part in _parents(module) if part not in sys.modules}
        sys.modules.update(added)
        try:
            run(loading)
        finally:
            for part in added:
                del sys.modules[part]

    loader.exec_module = exec_module


def _parents(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[: end + 1]) for end in range(len(parts))]


def is_left_out(module: str) -> bool:
    """Whether this module, which Rasa imports, is only a stand-in here."""
    return isinstance(__import__(module), _InertModule)


def activate() -> None:
    """Make Rasa lean. Importing this module does it."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    if LeanFinder not in sys.meta_path:
        sys.meta_path.insert(0, LateFinder)
        sys.meta_path.append(LeanFinder)


activate()
