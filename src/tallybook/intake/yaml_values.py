"""Values of a YAML file replaced where they stand: all other characters of the file stay.

What the file says afterwards is read again and compared with what it is meant to say.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any

import yaml

from tallybook.book.problems import BookError, Problem
from tallybook.book.yaml_lines import KeyPath

_PARSER: Any = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")


def with_values(text: str, wanted: Mapping[KeyPath, str], file: str) -> str:
    """The text with some values replaced where they stand; what is not there is passed over.

    BookError where only a person can do it. ``file``: its name for people.
    """
    root = yaml.compose(text, Loader=_PARSER)
    edits = []
    for path, value in wanted.items():
        node = _at(root, path)
        if node is None:
            continue
        start, end = node.start_mark, node.end_mark
        if start.line != end.line:
            message = f"'{path[-1]}' stands on several lines. Write it on one: {value}"
            raise BookError([Problem(file, start.line + 1, message)])
        edits.append((start.line, start.column, end.column, _scalar(value)))
    lines = text.split("\n")
    for line, first, last, value in sorted(edits, reverse=True):
        lines[line] = lines[line][:first] + value + lines[line][last:]
    after = "\n".join(lines)
    data, says = yaml.load(text, Loader=_PARSER), yaml.load(after, Loader=_PARSER)
    for path, value in wanted.items():
        _set(data, path, value)
    if data != says:
        raise BookError([Problem(file, 1, "is in a notation that only a person can change.")])
    return after


def _at(node: Any, path: KeyPath) -> yaml.ScalarNode | None:
    for step in path:
        if isinstance(step, int):
            node = node.value[step]
        else:
            node = next((value for key, value in node.value if key.value == step), None)
        if node is None:
            return None
    return node if isinstance(node, yaml.ScalarNode) else None


def _set(data: Any, path: KeyPath, value: str) -> None:
    for step in path[:-1]:
        data = data[step]
    if path[-1] in data:
        data[path[-1]] = value


def difference(name: str, before: str, after: str) -> list[str]:
    """The lines of a file that change, as ``diff`` prints them."""
    named = f"{name} (now)", f"{name} (with --write)"
    return list(difflib.unified_diff(before.splitlines(), after.splitlines(), *named, n=1, lineterm=""))


def _scalar(value: str) -> str:
    """A number as it is, anything else in single quotation marks."""
    return value if _NUMBER.fullmatch(value) else "'" + value.replace("'", "''") + "'"
