"""A YAML file edited where it stands: only the characters change that must.

Comments, order, quotation marks, spaces and line ends stay as a person wrote them, in any style. What the
file says afterwards is read again and compared with what it is meant to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from tallybook.book.problems import LONGEST_QUOTED, Problem

_LINE_END = re.compile(r"(\r\n?|\n)")
_PARSER: Any = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader

Pairs = dict[str, tuple[yaml.ScalarNode, yaml.Node]]


class Change(NamedTuple):
    """One place of one file; ``after`` is empty where it is taken out."""

    file: str
    line: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.before} → {self.after or '(taken out)'}"


class _Edit(NamedTuple):
    """Within one line, from one column to another; ``below``: a line to stand under it."""

    line: int
    start: int
    end: int
    new: str
    below: str | None = None


class EditedYaml:
    """One file with the edits to be made in it, and what it will say then: ``data``."""

    def __init__(self, file: str, text: str, problems: list[Problem]) -> None:
        self.file, self.text, self.problems = file, text, problems
        self.changes: list[Change] = []
        self.remarks: list[Problem] = []
        self.root: yaml.Node | None = None
        self.data: Any = None
        self._lines = text.split("\n")
        self._edits: dict[int, list[_Edit]] = {}

    def parse(self) -> None:
        """Of text that the reader of books has found sound: of bounded depth, and without aliases."""
        self.root = yaml.compose(self.text, Loader=_PARSER)
        self.data = yaml.load(self.text, Loader=_PARSER)

    def remark(self, node: yaml.Node | None, message: str) -> None:
        self.remarks.append(Problem(self.file, _line(node), message))

    def told(self, node: yaml.Node, before: str, after: str) -> None:
        """Say what changes at a node."""
        self.changes.append(Change(self.file, _line(node), before, after))

    def problem(self, node: yaml.Node, message: str) -> None:
        self.problems.append(Problem(self.file, _line(node), message))

    def rename(self, pairs: Pairs, data: dict[str, Any], old: str, new: str) -> None:
        """Give a key its new name, where it stands under its old one."""
        if old not in pairs:
            return
        key, value = pairs[old]
        if new in pairs:
            self.problem(key, f"'{old}' is now written '{new}', which is here too. Keep one of the two.")
        elif self.replace(key, new, f"{new}:"):
            data[new] = data.pop(old)
            same = f" {shown(value.value)}" if isinstance(value, yaml.ScalarNode) else ""
            self.told(key, f"{old}:{same}", f"{new}:{same}")

    def replace(
        self, node: yaml.Node, new: str, told: str, *, behind: str = "", below: str | None = None
    ) -> bool:
        """Put a word in the place of a word, in its quotation marks.

        False, and a problem with what is ``told`` to be written, where it is more than a word: it has a tag,
        escapes, or lines.
        """
        start, end = node.start_mark, node.end_mark
        there = self._lines[start.line][start.column : end.column] if start.line == end.line else ""
        for quote in ("", "'", '"'):
            if there == f"{quote}{node.value}{quote}":
                self._add(_Edit(start.line, start.column, end.column, f"{quote}{new}{quote}{behind}", below))
                return True
        self._by_hand(node, told)
        return False

    def take_out(self, around: yaml.Node, key: yaml.ScalarNode, value: yaml.Node) -> None:
        """Take a key and its value out of a mapping; one that is empty then is written ``{}``."""
        start, end = key.start_mark, value.end_mark
        if start.line != end.line:
            self._by_hand(key, "")
            return
        line, first, last = self._lines[start.line], start.column, end.column
        before, new = shown(line[first:last]), ""
        if getattr(around, "flow_style", False):
            following = re.compile(r"\s*,\s*").match(line, last)
            preceding = re.compile(r",\s*$").search(line[:first])
            if following:
                last = following.end()
            elif preceding:
                first = preceding.start()
            elif around.value[-1][0] is not key:  # its commas stand on other lines
                self._by_hand(key, "")
                return
        elif len(around.value) == 1:
            new = "{}"
        self._add(_Edit(start.line, first, last, new))
        self.told(key, before, "")

    def compare(self) -> None:
        """A problem where the edited text would not say what it is meant to say."""
        if not self._edits or self.problems:
            return
        try:
            says = yaml.load(self.applied_to(self.text), Loader=_PARSER)
        except yaml.YAMLError:
            says = None
        if says != self.data:
            for change in self.changes:
                self.problems.append(Problem(self.file, change.line, _by_hand(change.after)))

    def applied_to(self, text: str) -> str:
        """The text, whose line ends may be any, with the edits made."""
        pieces = _LINE_END.split(text)
        usual = pieces[1] if len(pieces) > 1 else "\n"
        return "".join(
            piece
            for number, (line, end) in enumerate(zip(pieces[::2], [*pieces[1::2], ""], strict=True))
            for piece in self._line_of(number, line, end, usual)
        )

    def _line_of(self, number: int, line: str, end: str, usual: str) -> Iterator[str]:
        edits = self._edits.get(number, ())
        before = line
        below = []
        for edit in sorted(edits, reverse=True):
            line = line[: edit.start] + edit.new + line[edit.end :]
            below += [edit.below] if edit.below is not None else []
        rest = line.strip()
        if rest != before.strip() and (not rest or rest.startswith("#")):  # all but a comment was taken out
            indent = before[: len(before) - len(before.lstrip())]
            yield indent + rest + end if rest else ""
            return
        yield line
        for more in below:
            yield (end or usual) + more
        yield end

    def _add(self, edit: _Edit) -> None:
        self._edits.setdefault(edit.line, []).append(edit)

    def _by_hand(self, node: yaml.Node, told: str) -> None:
        self.problem(node, _by_hand(told))


def _by_hand(told: str) -> str:
    mend = f"Write '{told}' instead" if told else "Take it out"
    return f"is of the first version, in a notation that only a person can change. {mend}."


def pairs(node: yaml.Node | None) -> Pairs:
    """The keys of a mapping with their values; nothing of whatever else it is."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: (key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def items(top: Pairs, key: str, data: Any) -> Iterator[tuple[yaml.Node, dict[str, Any]]]:
    """The mappings in a list, each with its data."""
    node = top[key][1] if key in top else None
    if isinstance(node, yaml.SequenceNode):
        for item, said in zip(node.value, data[key], strict=True):
            if isinstance(said, dict):
                yield item, said


def shown(value: Any) -> str:
    """A value as a line of changes prints it."""
    text = " ".join(str(value).split())
    return f"{text[:LONGEST_QUOTED]}…" if len(text) > LONGEST_QUOTED else text


def _line(node: yaml.Node | None) -> int:
    return int(node.start_mark.line) + 1 if node is not None else 1
