"""Stock Rasa's project and environment, as far as they can be tested without installing it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import yaml

from bot.bench import project as stock_project
from bot.bench.client import CannotMeasure
from bot.bench.disk import installed_size, locked_names
from bot.bench.stock import Stock, find_python, learned
from bot.bench.texts import digest
from bot.load import load_content

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("stock")
    (directory / "data").mkdir()
    (directory / "data" / "left.yml").write_text("from an earlier run")
    stock_project.write(directory, PROJECT, load_content())
    return directory


def read(path: Path) -> dict:  # type: ignore[type-arg]
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_the_configuration_is_the_default_of_rasa_3_6(written: Path) -> None:
    import rasa.engine.recipes.config_files as default  # what Rasa itself fills an empty configuration with

    ours, theirs = (
        read(written / "config.yml"),
        read(Path(next(iter(default.__path__))) / "default_config.yml"),
    )
    assert (ours["pipeline"], ours["policies"]) == (theirs["pipeline"], theirs["policies"])


def test_every_intent_with_examples_has_a_response_and_a_rule(written: Path) -> None:
    domain = read(written / "domain.yml")
    trained = {entry["intent"] for path in (written / "data" / "nlu").glob("*.yml") for entry in read(path)["nlu"]}
    answered = {step["intent"] for rule in read(written / "data/rules.yml")["rules"] for step in rule["steps"][:1]}
    assert trained == set(domain["intents"]) == answered - {"nlu_fallback"}
    for intent in answered:
        (response,) = domain["responses"][f"utter_{intent}"]
        assert response["text"]
        assert not set("{}") & set(response["text"])


def test_stories_only_say_what_the_rules_say(written: Path) -> None:
    stories = read(written / "data/stories.yml")["stories"]
    assert len(stories) >= 5
    for story in stories:
        for said, done in zip(story["steps"][::2], story["steps"][1::2], strict=True):
            assert done == {"action": f"utter_{said['intent']}"}


def test_nothing_of_an_earlier_run_is_left(written: Path) -> None:
    assert not (written / "data" / "left.yml").exists()


def test_a_machine_without_python_3_10_is_told_so_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotMeasure) as failure:
        find_python([tmp_path / "python3.10", sys.executable])
    said = str(failure.value)
    assert "Python 3.10" in said
    assert "\n" not in said
    assert said.count(". ") == 0


def test_a_button_is_pressed_in_rasas_own_way(tmp_path: Path) -> None:
    assert json.loads(Stock(tmp_path, PROJECT).press("signs", "me")) == {"sender": "me", "message": "/signs"}


def test_only_named_packages_count_and_no_byte_code(tmp_path: Path) -> None:
    for name in ("big_one-1.0", "other-2.0"):
        folder = tmp_path / f"{name}.dist-info"
        folder.mkdir()
        (tmp_path / f"{name}.py").write_bytes(b"x" * 2**20)
        (tmp_path / f"{name}.pyc").write_bytes(b"x" * 2**20)
        (folder / "RECORD").write_text(f"{name}.py,,\n{name}.pyc,,\ngone.py,,\n")
    lock = tmp_path / "requirements.lock"
    lock.write_text("Big.One[extra]==1.0 \\\n    --hash=sha256:00\n    # via other==2.0\n")
    assert locked_names(lock) == {"big-one"}
    assert installed_size(tmp_path, locked_names(lock)) == pytest.approx(1, abs=0.1)
    assert installed_size(tmp_path) == pytest.approx(2, abs=0.2)


@pytest.mark.parametrize(("epochs", "said"), [(1, " 1 of the 100 "), (None, " an unknown number of the 100 ")])
def test_a_kept_model_says_how_long_it_learned(tmp_path: Path, epochs: int | None, said: str) -> None:
    stock = Stock(tmp_path, PROJECT, reuse=True)
    (stock.folder / "models").mkdir(parents=True)
    kept = {"seconds": 9.0, "processor_seconds": 8.0, "examples": 7, "date": "2026-11-22"}
    if epochs is not None:
        kept |= {"epochs": epochs, "data": "d1"}
    (stock.folder / "models" / "training.json").write_text(json.dumps(kept))
    assert said in learned(stock.train())


def test_training_notes_its_epochs_and_its_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stock = Stock(tmp_path, PROJECT, epochs=3)
    (stock.folder / "models").mkdir(parents=True)
    stock.nlu.mkdir(parents=True)
    (stock.nlu / "signs.yml").write_text("nlu:\n- intent: signs\n  examples: |\n    - what are the signs\n")
    make_models = (sys.executable, "-c", "import pathlib; pathlib.Path('models').mkdir()")
    monkeypatch.setattr(Stock, "training", make_models)
    made = stock.train()
    assert (made.epochs, made.examples, made.data) == (3, 1, digest(["what are the signs"]))
    assert stock.trained() == made
