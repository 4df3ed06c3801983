"""One YAML file as plain data, with the line of each key and value.

Scalars stay text until a record gives them a type: ``no`` is a language, not a falsehood. The file
is a stranger's: its size is bounded, and aliases are refused, because a few lines of them can
stand for gigabytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from tallybook.book.problems import Problem, shown

LARGEST = 1_000_000
KeyPath = tuple[str | int, ...]
NULL = "tag:yaml.org,2002:null"


class Lines:
    """Where each part of a file stands."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._line: dict[KeyPath, int] = {(): 1}

    def mark(self, path: KeyPath, line: int) -> None:
        self._line[path] = line

    def line(self, path: KeyPath) -> int:
        """The line of a part; of the nearest part around it that has one."""
        while path not in self._line:
            path = path[:-1]
        return self._line[path]

    def problem(self, path: KeyPath, message: str) -> Problem:
        return Problem(self.file, self.line(path), message)


def read_yaml(path: Path, file: str) -> tuple[Any, Lines, list[Problem]]:
    """The data of ``path`` (dict, list, str, None), its lines, and what is wrong with it.

    With problems that leave nothing to read, the data is None. Never raises for what is in the file.
    """
    lines = Lines(file)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            return None, lines, [_too_large(lines, size)]
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        return None, lines, [lines.problem((), f"cannot be read: {error.strerror}.")]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        bad = error.object[error.start]
        message = f"byte 0x{bad:02x} is no UTF-8. Save the file as UTF-8."
        return None, lines, [Problem(file, line, message)]
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        return None, lines, [_syntax_problem(lines, error)]
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return None, lines, [Problem(file, line, "a control character stands here. Take it out.")]
    except (YAMLError, ValueError, RecursionError):
        return (
            None,
            lines,
            [lines.problem((), "this is no YAML that can be read: it is nested too deeply or broken.")],
        )
    if node is None:
        return None, lines, [lines.problem((), "the file is empty. Fill it in, or delete it.")]
    problems: list[Problem] = []
    data = _build(node, (), lines, problems, set())
    return data, lines, problems


def _too_large(lines: Lines, size: int) -> Problem:
    message = (
        f"the file has {size:,} bytes; at most {LARGEST:,} are read. Quote only the words that carry figures."
    )
    return lines.problem((), message)


def _syntax_problem(lines: Lines, error: MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    what = " ".join(str(error.problem or error.context or "broken").split())
    return Problem(lines.file, line, f"not YAML: {what}.")


def _build(node: Node, path: KeyPath, lines: Lines, problems: list[Problem], seen: set[int]) -> Any:
    here = node.start_mark.line + 1
    if path not in lines._line or path == ():
        lines.mark(path, here)
    if id(node) in seen or node.anchor is not None:
        message = "YAML anchors and aliases (&, *) are not read here. Write the value out."
        problems.append(Problem(lines.file, here, message))
        return None
    seen.add(id(node))
    if isinstance(node, ScalarNode):
        return None if node.tag == NULL else node.value
    if isinstance(node, SequenceNode):
        return [_build(n, (*path, i), lines, problems, seen) for i, n in enumerate(node.value)]
    assert isinstance(node, MappingNode)
    built: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            problems.append(Problem(lines.file, line, "a key must be a word."))
            continue
        key = str(key_node.value)
        if key in built:
            problems.append(Problem(lines.file, line, f"key {shown(key)} stands twice. Keep one."))
            continue
        lines.mark((*path, key), line)
        built[key] = _build(value_node, (*path, key), lines, problems, seen)
    return built
