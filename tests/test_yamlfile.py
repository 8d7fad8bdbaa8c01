"""Reading YAML: what an editor may get wrong is said with file and line."""

import pytest

from bot.yamlfile import Problem, YamlError, read_mapping


def problem_of(tmp_path, written):
    path = tmp_path / "a.yml"
    path.write_bytes(written if isinstance(written, bytes) else written.encode())
    with pytest.raises(YamlError) as caught:
        read_mapping(path, "content/a.yml")
    assert caught.value.problem.file == "content/a.yml"
    return caught.value.problem


def read(tmp_path, written):
    path = tmp_path / "a.yml"
    path.write_bytes(written.encode())
    return read_mapping(path, "a.yml")


@pytest.mark.parametrize(
    ("written", "line", "message"),
    [
        ("a: {b: 1}\nc: {d: 2}\na: {e: 3}\n", 3, "'a' stands twice (first on line 1)"),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", 4, "'b' stands twice (first on line 2)"),
        ("a:\n  b: 1\n\tc: 2\n", 3, "Check the indentation here"),
        ("a:\n  b: one: two\n", 2, "mapping values are not allowed"),
        ('a:\n  b: "one\n', 3, "Check the indentation here"),
        ("a:\n  [b]: 1\n", 2, "must be text"),
        ("- a\n- b\n", 1, "must be a list of `id:` entries"),
        ("just words\n", 1, "must be a list of `id:` entries"),
        ("", 1, "must be a list of `id:` entries"),
        ("# only a comment\n", 1, "must be a list of `id:` entries"),
        ("a: caf\xe9\n".encode("latin-1"), 1, "is not UTF-8 text"),
        ("a: b\x00c\n", 1, "is not valid YAML"),
        ("a: !!python/object/apply:os.getcwd []\n", 1, "could not determine a constructor"),
        ("a: *b\n", 1, "found undefined alias"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(tmp_path, written, line, message):
    problem = problem_of(tmp_path, written)
    assert problem.line == line
    assert message in problem.message


@pytest.mark.parametrize("name", ["missing.yml", "."])
def test_a_file_that_cannot_be_opened_is_named(tmp_path, name):
    with pytest.raises(YamlError, match=r"^content/x\.yml:1: cannot be read \("):
        read_mapping(tmp_path / name, "content/x.yml")


def test_every_key_knows_its_line_at_every_depth(tmp_path):
    loaded = read(tmp_path, "# a comment\na:\n  b: 1\n\n  c:\n    d: [x, y]\ne: {f: 2}\n")
    assert loaded == {"a": {"b": 1, "c": {"d": ["x", "y"]}}, "e": {"f": 2}}
    assert (loaded.line, loaded.lines) == (2, {"a": 2, "e": 7})
    assert (loaded["a"].line, loaded["a"].lines) == (3, {"b": 3, "c": 5})
    assert loaded["a"]["c"].lines == {"d": 6}
    assert loaded["e"].lines == {"f": 7}


@pytest.mark.parametrize("key", ["on", "no", "yes", "null", "2015"])
def test_a_key_is_the_text_that_was_typed(tmp_path, key):
    assert read(tmp_path, f"{key}: 1\n") == {key: 1}


@pytest.mark.parametrize("written", ["a: é\r\nb: ñ\r\n", "\ufeffa: é\nb: ñ\n"], ids=["CRLF", "byte order mark"])
def test_files_of_windows_editors_are_read(tmp_path, written):
    loaded = read(tmp_path, written)
    assert loaded == {"a": "é", "b": "ñ"}
    assert loaded.lines == {"a": 1, "b": 2}


def test_problems_print_as_editors_expect_and_sort_by_place():
    problems = [Problem("b.yml", 1, "x"), Problem("a.yml", 10, "x"), Problem("a.yml", 9, "x")]
    assert [str(problem) for problem in sorted(problems)] == ["a.yml:9: x", "a.yml:10: x", "b.yml:1: x"]
