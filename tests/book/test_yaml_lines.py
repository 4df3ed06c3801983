"""A YAML file as plain data with its lines, by libyaml or by PyYAML's own parser; whatever is in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tallybook.book import yaml_lines
from tallybook.book.yaml_lines import YamlFile, read_yaml

ROOT = Path(__file__).resolve().parents[2]
TEXT = """\
# a comment
id: no
kind: "yes"
quoted: 'null'
nothing: ~
empty:
date: 2025-03-01
number: 012
tagged: !!str 5
folded: >
  one
  two
list:
  - a: 1
    b: {c: [d, e]}
  - plain
"""
LINES = {
    (): 2, ("id",): 2, ("folded",): 10, ("list",): 13, ("list", 0): 14, ("list", 0, "b"): 15,
    ("list", 0, "b", "c", 1): 15, ("list", 1): 16, ("list", 7): 13, ("list", 0, "x", "y"): 14,
}  # fmt: skip


@pytest.fixture(params=["libyaml", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.param == "pure":
        monkeypatch.setattr(yaml_lines, "_PARSER", yaml.BaseLoader)
    elif not yaml.__with_libyaml__:
        pytest.skip("PyYAML has no libyaml here")
    yield


def read(tmp_path: Path, text: str) -> YamlFile:
    path = tmp_path / "file.yaml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path, "file.yaml")


@pytest.mark.usefixtures("parser")
def test_scalars_stay_text_and_have_their_lines(tmp_path: Path) -> None:
    found = read(tmp_path, TEXT)
    assert found.problems == []
    assert found.data == {
        "id": "no", "kind": "yes", "quoted": "null", "nothing": None, "empty": None, "date": "2025-03-01",
        "number": "012", "tagged": "5", "folded": "one two\n",
        "list": [{"a": "1", "b": {"c": ["d", "e"]}}, "plain"],
    }  # fmt: skip
    assert {path: found.lines.line(path) for path in LINES} == LINES


def test_both_parsers_read_the_first_case_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [*sorted(ROOT.glob("claims/*.yaml")), *sorted(ROOT.glob("sources/*.yaml"))][:40]
    fast = [read_yaml(file, file.name) for file in files]
    monkeypatch.setattr(yaml_lines, "_PARSER", yaml.BaseLoader)
    for file, found in zip(files, fast, strict=True):
        assert vars(read_yaml(file, file.name).lines) == vars(found.lines)
        assert read_yaml(file, file.name).data == found.data


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        pytest.param("a: &x 1\n", 1, "anchors and aliases", id="anchor"),
        pytest.param("a: 1\nb: *a\n", 2, "anchors and aliases", id="alias"),
        pytest.param("&x a: 1\n", 1, "anchors and aliases", id="anchor of a key"),
        pytest.param("a: 1\n\na: 2\n", 3, "key 'a' is a duplicate. Keep one", id="duplicate"),
        pytest.param("a: {b: 1, b: 2}\n", 1, "key 'b' is a duplicate", id="duplicate inside"),
        pytest.param("? [a]\n: b\nc: d\n", 1, "a key must be a word", id="a list for a key"),
        pytest.param("a: 1\n---\nb: 2\n", 2, "a second document begins here", id="two documents"),
        pytest.param("a: [1\nb: 2\n", 2, "not valid YAML", id="open bracket"),
        pytest.param("a: b: c\n", 1, "not valid YAML", id="two colons"),
        pytest.param("\ta: 1\n", 1, "not valid YAML", id="tab"),
        pytest.param("a: " + "[" * 21 + "]" * 21, 1, "nested too deeply", id="deep"),
        pytest.param("%YAML 9.9\n---\na: 1\n", 1, "not valid YAML", id="version"),
    ],
)  # fmt: skip
def test_what_is_wrong_has_its_line(tmp_path: Path, text: str, line: int, told: str) -> None:
    (problem,) = read(tmp_path, text).problems
    assert (problem.file, problem.line) == ("file.yaml", line) and told in problem.message


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "{",
        "- ",
        "? ",
        "a: ",
        "&a ",
        "*a ",
        "!",
        '"',
        "'",
        "|\n",
        "%",
        "a\n",
        "- &a *a\n",
        "{a: &a b},",
        "#",
    ],
)
def test_a_hostile_file_takes_no_time(tmp_path: Path, piece: str) -> None:
    text = (piece * (yaml_lines.LARGEST // len(piece)))[: yaml_lines.LARGEST]
    start = time.process_time()
    found = read(tmp_path, text)
    assert time.process_time() - start < 10
    assert len(found.problems) <= yaml_lines.MOST_PROBLEMS


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (problem,) = read_yaml(tmp_path / "gone.yaml", "gone.yaml").problems
    assert "cannot be read" in problem.message
