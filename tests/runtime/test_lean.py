"""Rasa without TensorFlow: what is installed wins, what is missing says so, nothing leaves the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.runtime import lean
from bot.runtime.plugin import NEED_TENSORFLOW, MissingPackage

PROJECT = Path(__file__).parents[2]


def python(code: str, **environment: str) -> str:
    """What a new Python of this environment prints for `code`; variables set to "" are unset."""
    variables = {name: value for name, value in {**os.environ, **environment}.items() if value}
    done = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_every_python_of_the_environment_is_lean_at_almost_no_cost() -> None:
    loaded = python("import sys; print(*sys.modules)").split()
    assert "bot.runtime.lean" in loaded
    assert not {"typing", "rasa", "pluggy", "yaml", "numpy"} & set(loaded)


def test_a_real_package_wins(tmp_path: Path) -> None:
    (tmp_path / "tensorflow").mkdir()
    (tmp_path / "tensorflow" / "__init__.py").write_text("who = 'the real one'\n")
    code = "import tensorflow as tf, bot.runtime.lean as lean; print(tf.who, lean.is_left_out('tensorflow'))"
    assert python(code, PYTHONPATH=str(tmp_path)) == "the real one False"


def test_the_stand_in_is_known_as_one() -> None:
    assert lean.is_left_out("tensorflow")
    assert not lean.is_left_out("json")


def test_only_the_modules_that_rasa_imports_are_answered() -> None:
    for module in (
        "tensorflow.experimental",
        "tensorflow_hub",
        "google.colab",
        "boto3.session",
        "transformers",
    ):
        with pytest.raises(ModuleNotFoundError):
            __import__(module)


def test_a_stand_in_can_be_named_subclassed_caught_and_used_as_a_decorator() -> None:
    import tensorflow as tf  # type: ignore[import-not-found]
    from aiogram.utils.exceptions import TelegramAPIError  # type: ignore[import-not-found]

    class Layer(tf.keras.layers.Layer):  # type: ignore[misc]
        def call(self, inputs: tf.Tensor | None = tf.float32) -> tf.Tensor | int:
            return 1

    @tf.function  # type: ignore[untyped-decorator]
    def answer() -> int:
        return 42

    assert answer() == 42
    with pytest.raises(MissingPackage, match="^Layer needs tensorflow"):
        Layer()
    with pytest.raises(ValueError):
        try:
            raise ValueError
        except TelegramAPIError:
            pytest.fail("a stand-in caught an error that is not its own")
    with pytest.raises(AttributeError):
        _ = tf.__version__


def test_real_use_names_the_user_and_what_to_install() -> None:
    from rasa.core.channels.telegram import TelegramOutput

    with pytest.raises(MissingPackage, match=r'TelegramOutput needs aiogram.*uv pip install.*"aiogram<2.26"'):
        TelegramOutput("token")


def train(config: dict[str, Any]) -> None:
    """Rasa's own call of the plugin, at the start of training."""
    from rasa.plugin import plugin_manager

    plugin_manager().hook.modify_default_recipe_graph_train_nodes(
        train_config=config, train_nodes={}, cli_parameters={}
    )


@pytest.mark.parametrize("name", sorted(NEED_TENSORFLOW))
@pytest.mark.parametrize("part", ["pipeline", "policies"])
def test_components_that_need_tensorflow_are_refused_by_name(name: str, part: str) -> None:
    with pytest.raises(MissingPackage, match=f"^{name} needs tensorflow, which .* pip install rasa==3.6.21$"):
        train({part: [{"name": "WhitespaceTokenizer"}, {"name": name, "epochs": 1}]})
    with pytest.raises(MissingPackage, match=f"^{name} needs"):
        train({part: [{"name": f"rasa.somewhere.{name}"}]})


def test_other_components_are_not_refused() -> None:
    train({"pipeline": [{"name": "WhitespaceTokenizer"}], "policies": None})


def test_the_list_of_those_components_is_complete() -> None:
    """A component needs TensorFlow when its module, or a parent's, has the stand-in as `tf`."""
    import rasa.engine.recipes.default_components  # noqa: F401  registers all of Rasa's components
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe

    registered = {entry.clazz for entry in DefaultV1Recipe._registered_components.values()}
    needing = {
        component.__name__
        for component in registered
        if any(hasattr(sys.modules[kind.__module__], "tf") for kind in component.__mro__)
    }
    assert needing == NEED_TENSORFLOW


def test_nothing_is_reported_to_anyone() -> None:
    setting = "import os; print(os.environ['RASA_TELEMETRY_ENABLED'])"
    assert python(setting, RASA_TELEMETRY_ENABLED="") == "false"
    assert python(setting, RASA_TELEMETRY_ENABLED="true") == "true"  # whoever sets it is obeyed
    telemetry = "import rasa.telemetry; print(rasa.telemetry.is_telemetry_enabled())"
    assert python(telemetry, RASA_TELEMETRY_ENABLED="") == "False"
    with pytest.raises(ModuleNotFoundError):
        __import__("sentry_sdk")


@pytest.mark.slow
def test_rasa_train_ends_with_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text(
        "recipe: default.v1\nassistant_id: tiny\nlanguage: en\n"
        "pipeline: [{name: WhitespaceTokenizer}, {name: CountVectorsFeaturizer}, {name: DIETClassifier}]\n"
        "policies: [{name: RulePolicy}]\n"
    )
    (tmp_path / "domain.yml").write_text('version: "3.1"\nintents: [a, b]\n')
    (tmp_path / "nlu.yml").write_text(
        'version: "3.1"\nnlu:\n'
        '- {intent: a, examples: "- one\\n- two\\n"}\n- {intent: b, examples: "- three\\n- four\\n"}\n'
    )
    rasa = Path(sys.executable).with_name("rasa")
    done = subprocess.run(
        [rasa, "train", "nlu", "--nlu", "nlu.yml"], cwd=tmp_path, capture_output=True, text=True, timeout=100
    )
    output = done.stdout + done.stderr
    assert done.returncode == 1, output
    assert output.count("DIETClassifier needs tensorflow") == 1
    assert "Traceback" not in output
    assert not list(tmp_path.glob("models/*.tar.gz"))


SERVING = "import rasa.core.run, rasa.server, rasa.engine.recipes.default_components, bot.nlu.classifier, sys; "


def test_serving_does_not_import_scikit_learn_and_training_gets_the_real_one() -> None:
    loaded = SERVING + "print([name for name in sys.modules if name.startswith(('sklearn', 'matplotlib'))])"
    assert python(loaded) == "[]"
    used = SERVING + (
        "from rasa.nlu.featurizers.sparse_featurizer import count_vectors_featurizer as module; "
        "print(module.CountVectorizer().fit(['a bee']).vocabulary_)"
    )
    assert python(used) == "{'bee': 0}"


def test_scikit_learn_that_is_there_already_is_used_as_it_is() -> None:
    code = "import sklearn.linear_model as real; " + SERVING
    code += "from rasa.nlu.classifiers import logistic_regression_classifier as module; "
    assert python(code + "print(module.LogisticRegression is real.LogisticRegression)") == "True"
