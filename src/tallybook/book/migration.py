"""A book of the first version made one of the second: old keys and kinds are written anew where they stand.

Of a file only the characters change that must, so that comments, order, quotation marks and line ends stay
as a person wrote them. It reads YAML and no records: what a record refuses today is what is to be changed.
What a file says afterwards is read again and compared with what it is meant to say, before it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tallybook.book.characters import unix_lines
from tallybook.book.problems import LONGEST_QUOTED, BookError, Problem, quoted_value
from tallybook.book.project_files import MEASURES, ORIGINS, folder_files
from tallybook.book.text_files import replacing
from tallybook.book.yaml_lines import LARGEST, YamlFile

FLAG_OF_KIND = {"cumulative": "cumulative", "event_total": "once"}
"""Kinds of the first version that are totals today, and the key that says what sort of total."""

KEYS_OF_ORIGINS = {"governments": "parties"}
KEYS_OF_AN_ORIGIN = {"government": "speaks_for", "shares_intelligence_with": "shares_with"}

_WINDOW_BEFORE, _WIDTH_BEFORE = 45, "0.1"
_TEMPERATURE = re.compile(r"° ?[CF]|deg[CF]|(?:degrees? )?(?:celsius|fahrenheit|kelvin)", re.IGNORECASE)
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d) +00:00(?::00)?")
_TRUE = frozenset({"true", "yes", "on", "t", "y", "1"})  # as pydantic reads them
_LINE_END = re.compile(r"(\r\n?|\n)")
_MARK = "\ufeff"
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


class Rewritten(NamedTuple):
    """A file as it is and as it will be. ``path``: where it lies, links followed."""

    path: Path
    name: str
    before: bytes
    after: bytes


@dataclass
class Migration:
    """What is to be written; ``remarks``: what only a person can decide, with file and line."""

    changes: list[Change] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    files: list[Rewritten] = field(default_factory=list)


def plan_migration(root: Path) -> Migration:
    """What has to change in the project at ``root``; nothing is written.

    BookError with every problem where a file is no YAML that can be read, leads out of the project, or
    holds something old in a way that cannot be changed without a person.
    """
    problems: list[Problem] = []
    found = Migration()
    for folder in ("claims", "sources"):
        for file in folder_files(root, folder, problems).values():
            edited = _edited(file)
            problems += edited.problems
            if edited.changes and not edited.problems:
                _add(found, root, edited, problems)
    if problems:
        raise BookError(problems)
    return found


def write_migration(migration: Migration) -> None:
    """Write all files, or none: each is made beside the old one, and they change places at the end.

    OSError where that fails; what had changed places by then is put back. BookError where not even that can
    be done: each file is whole then, old or new, and another run does the rest.
    """
    try:
        with ExitStack() as stack:
            for file in migration.files:
                stack.enter_context(replacing(file.path)).write_bytes(file.after)
    except BaseException as error:
        stuck = [file.name for file in migration.files if not _put_back(file)]
        if stuck:
            message = "is written, and others could not be. Run 'tallybook migrate --write' again."
            raise BookError(Problem(name, 1, message) for name in stuck) from error
        raise


def _put_back(file: Rewritten) -> bool:
    try:
        if file.path.read_bytes() == file.after:
            with replacing(file.path) as beside:
                beside.write_bytes(file.before)
    except OSError:
        return False
    return True


def _add(found: Migration, root: Path, edited: _Edited, problems: list[Problem]) -> None:
    """Put a file that changes among those to be written, unless it is not what was read any more."""
    path = (root / edited.file).resolve()
    try:
        with path.open("rb") as stream:
            before = stream.read(LARGEST + 1)
        text = before.decode()
    except (OSError, UnicodeDecodeError):
        text, before = "", b""
    if not path.is_relative_to(root) or unix_lines(text.removeprefix(_MARK)) != edited.text:
        problems.append(Problem(edited.file, 1, "was changed while it was read. Run this again."))
        return
    mark = _MARK if text.startswith(_MARK) else ""
    after = (mark + edited.applied_to(text.removeprefix(_MARK))).encode()
    if len(after) > LARGEST:
        message = f"would have {len(after):,} bytes; at most {LARGEST:,} are read. Split it first."
        problems.append(Problem(edited.file, 1, message))
    elif any(other.path == path for other in found.files):
        problems.append(Problem(edited.file, 1, "is a link to another file of the book. Copy the file here."))
    else:
        found.files.append(Rewritten(path, edited.file, before, after))
        found.changes += sorted(edited.changes)
        found.remarks += sorted(edited.remarks)


def _edited(file: YamlFile) -> _Edited:
    """The edits of one file, as its place in the project asks for them."""
    name = file.lines.file
    edited = _Edited(name, file.text or "", list(file.problems))
    if file.problems or not isinstance(file.data, dict):
        return edited
    if name == MEASURES:
        _edit_measures(edited)
    elif name == ORIGINS:
        _edit_origins(edited)
    elif _MIDNIGHT.fullmatch(str(file.data.get("published", "")).strip()):
        _edit_page(edited)
    edited.compare()
    return edited


def _edit_measures(edited: _Edited) -> None:
    edited.parse()
    top = _pairs(edited.root)
    for node, data in _items(top, "measures", edited.data):
        pairs = _pairs(node)
        key, kind = pairs.get("kind", (None, None))
        if key is None or not isinstance(kind, yaml.ScalarNode):
            continue
        flag = FLAG_OF_KIND.get(kind.value)
        if flag is not None:
            edited.change_kind(node, pairs, data, flag)
        if _is_temperature(data) and data["kind"] in ("total", "stock"):
            unit = quoted_value(data["unit"])
            edited.remark(key, f"{unit}: a temperature may be of kind 'level' now, a warming of 'change'.")
    _edit_policy(edited, *top.get("policy", (edited.root, None)))


def _edit_policy(edited: _Edited, key: yaml.Node | None, policy: yaml.Node | None) -> None:
    """Take out the width of "nearly", and say what else it was that the file leaves out.

    ``key``: where to say so.
    """
    pairs = _pairs(policy)
    data = edited.data["policy"] if pairs else {}
    width, about = data.get("nearly", _WIDTH_BEFORE), data.get("about", _WIDTH_BEFORE)
    if "nearly" in pairs:
        key, value = pairs["nearly"]
        edited.take_out(policy, key, value)
        data.pop("nearly")
    if _number(width) != _number(about):
        edited.remark(
            key,
            f"'nearly' had the width {_shown(width)}, and has that of 'about' now, {_shown(about)}: "
            "look at the verdicts on figures with 'nearly'.",
        )
    elif "nearly" in pairs:
        edited.remark(key, "'nearly' has the width of 'about' now, as it had here before.")
    if "window_days" not in pairs:
        edited.remark(
            key,
            f"'window_days' is left out, which meant {_WINDOW_BEFORE} and means 31 now: "
            f"write 'window_days: {_WINDOW_BEFORE}' to keep it.",
        )


def _edit_origins(edited: _Edited) -> None:
    edited.parse()
    top = _pairs(edited.root)
    for old, new in KEYS_OF_ORIGINS.items():
        edited.rename(top, edited.data, old, new)
    for node, data in _items(top, "origins", edited.data):
        pairs = _pairs(node)
        for old, new in KEYS_OF_AN_ORIGIN.items():
            edited.rename(pairs, data, old, new)


def _edit_page(edited: _Edited) -> None:
    """A day with the hour 00:00, which a page or article could have and no day has now."""
    edited.parse()
    key, value = _pairs(edited.root)["published"]
    day = edited.data["published"].split()[0]
    if edited.replace(value, day, f"published: {day}"):
        edited.changes.append(
            Change(edited.file, _line(key), f"published: {edited.data['published']}", f"published: {day}")
        )
        edited.data["published"] = day


class _Edit(NamedTuple):
    """Within one line, from one column to another; ``below``: a line to stand under it."""

    line: int
    start: int
    end: int
    new: str
    below: str | None = None


class _Edited:
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

    def rename(self, pairs: Pairs, data: dict[str, Any], old: str, new: str) -> None:
        """Give a key its new name, where it stands under its old one."""
        if old not in pairs:
            return
        key, value = pairs[old]
        if new in pairs:
            self._problem(key, f"'{old}' is now written '{new}', which is here too. Keep one of the two.")
        elif self.replace(key, new, f"{new}:"):
            data[new] = data.pop(old)
            shown = f" {_shown(value.value)}" if isinstance(value, yaml.ScalarNode) else ""
            self.changes.append(Change(self.file, _line(key), f"{old}:{shown}", f"{new}:{shown}"))

    def change_kind(self, node: yaml.Node, pairs: Pairs, data: dict[str, Any], flag: str) -> None:
        """Make a kind a total with a flag; in a line of its own where the measure has a line a key."""
        key, kind = pairs["kind"]
        if flag in pairs and str(data[flag]).lower() not in _TRUE:
            other = f"{flag}: {_shown(data[flag])}"
            self._problem(key, f"'kind: {kind.value}' and '{other}' contradict each other. Keep one.")
            return
        flagged = "" if flag in pairs else f"{flag}: true"
        flow = bool(getattr(node, "flow_style", False))
        below = " " * key.start_mark.column + flagged if flagged and not flow else None
        behind = f", {flagged}" if flagged and flow else ""
        after = f"kind: total, {flagged}" if flagged else "kind: total"
        if self.replace(kind, "total", after, behind=behind, below=below):
            self.changes.append(Change(self.file, _line(key), f"kind: {kind.value}", after))
            data |= {"kind": "total", flag: data.get(flag, "true")}

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
        shown = _shown(line[first:last])
        new = ""
        if getattr(around, "flow_style", False):
            following = re.compile(r"\s*,\s*").match(line, last)
            preceding = re.compile(r",\s*$").search(line[:first])
            if following:
                last = following.end()
            elif preceding:
                first = preceding.start()
        elif len(around.value) == 1:
            new = "{}"
        self._add(_Edit(start.line, first, last, new))
        self.changes.append(Change(self.file, _line(key), shown, ""))

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
        self._problem(node, _by_hand(told))

    def _problem(self, node: yaml.Node, message: str) -> None:
        self.problems.append(Problem(self.file, _line(node), message))


def _by_hand(told: str) -> str:
    mend = f"Write '{told}' instead" if told else "Take it out"
    return f"is of the first version, in a notation that only a person can change. {mend}."


def _pairs(node: yaml.Node | None) -> Pairs:
    """The keys of a mapping with their values; nothing of whatever else it is."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: (key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def _items(top: Pairs, key: str, data: Any) -> Iterator[tuple[yaml.Node, dict[str, Any]]]:
    """The mappings in a list, each with its data."""
    node = top[key][1] if key in top else None
    if isinstance(node, yaml.SequenceNode):
        for item, said in zip(node.value, data[key], strict=True):
            if isinstance(said, dict):
                yield item, said


def _is_temperature(measure: dict[str, Any]) -> bool:
    return bool(_TEMPERATURE.fullmatch(str(measure.get("unit", ""))))


def _line(node: yaml.Node | None) -> int:
    return int(node.start_mark.line) + 1 if node is not None else 1


def _number(text: Any) -> float | None:
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def _shown(value: Any) -> str:
    """A value as a line of changes prints it."""
    text = " ".join(str(value).split())
    return f"{text[:LONGEST_QUOTED]}…" if len(text) > LONGEST_QUOTED else text
