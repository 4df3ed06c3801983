"""Anchors put where their words stand now: shown as a difference, and written only when asked for."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable
from typing import Any

import yaml

from tallybook.book import Article, Book
from tallybook.book.passages import Paragraphs
from tallybook.book.problems import BookError, Problem
from tallybook.book.yaml_lines import KeyPath
from tallybook.intake.match_decisions import read_file, written_together
from tallybook.intake.quotations import QuotationCheck

_PARSER: Any = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
_KEYS = ("exact", "prefix", "suffix", "paragraph", "start", "end")


class Reanchored:
    """The file of an article as it shall be. BookError where only a person can change its notation.

    ``difference``: the lines that change, as ``diff`` prints them. ``left``: the quotations that moved or
    changed and whose place cannot be told.
    """

    def __init__(self, book: Book, article: Article, text: str, checks: Iterable[QuotationCheck]) -> None:
        self._root = book.root
        self._file = book.root / "claims" / f"{article.id}.yaml"
        self._before = read_file(self._file)
        checks = list(checks)
        wanted = {path: value for check in checks for path, value in _values(check).items()}
        self.left = [c for c in checks if c.now is None and c.result in ("moved", "changed")]
        if wanted and article.text is not None and not self.left:
            digest = hashlib.sha256(text.encode()).hexdigest()
            wanted |= {("text", "sha256"): digest, ("text", "characters"): str(len(text))}
            wanted[("text", "paragraphs")] = str(len(Paragraphs(text)))
        self._after = _replaced(self._before, wanted, self._file.name)

    @property
    def difference(self) -> list[str]:
        name = f"claims/{self._file.name}"
        before, after = self._before.splitlines(), self._after.splitlines()
        named = f"{name} (now)", f"{name} (with --write)"
        return list(difflib.unified_diff(before, after, *named, n=1, lineterm=""))

    def write(self) -> None:
        """BookError where the file was changed since, or the book would not be sound with it."""
        written_together(self._root, {self._file: self._before}, {self._file: self._after})


def _values(check: QuotationCheck) -> dict[KeyPath, str]:
    """The keys of an anchor that its file has, with what they shall say."""
    was, now = check.was, check.now
    if was is None or now is None:
        return {}
    return {
        (*check.path, key): str(getattr(now, key))
        for key in _KEYS
        if key in was.model_fields_set and getattr(was, key) != getattr(now, key)
    }


def _replaced(text: str, wanted: dict[KeyPath, str], name: str) -> str:
    """The text with some scalars replaced where they stand."""
    root = yaml.compose(text, Loader=_PARSER)
    edits = []
    for path, value in wanted.items():
        node = _at(root, path)
        if node is None:
            continue
        start, end = node.start_mark, node.end_mark
        if start.line != end.line:
            message = f"'{path[-1]}' stands on several lines. Write it on one: {value}"
            raise BookError([Problem(f"claims/{name}", start.line + 1, message)])
        edits.append((start.line, start.column, end.column, _scalar(value)))
    lines = text.split("\n")
    for line, first, last, value in sorted(edits, reverse=True):
        lines[line] = lines[line][:first] + value + lines[line][last:]
    after = "\n".join(lines)
    data, says = yaml.load(text, Loader=_PARSER), yaml.load(after, Loader=_PARSER)
    for path, value in wanted.items():
        _set(data, path, value)
    if data != says:
        raise BookError([Problem(f"claims/{name}", 1, "is in a notation that only a person can change.")])
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


def _scalar(value: str) -> str:
    """Digits as they are, anything else in single quotation marks."""
    return value if value.isdecimal() else "'" + value.replace("'", "''") + "'"
