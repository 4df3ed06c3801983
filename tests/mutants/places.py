"""The places of a source file where one change could be made, and the draw of some of them by a seed.

No change is made to words or to what only a type checker reads: docstrings and other strings, what is inside
an f-string or a ``raise``, annotations, decorators, imports, ``__slots__``, ``if TYPE_CHECKING``.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider
from operators import OPERATORS

_NAMES_OF_TYPES = frozenset(
    ["str", "int", "float", "bool", "bytes", "tuple", "list", "dict", "set", "frozenset", "object", "None"]
)
_ONLY_NAMES = ("__slots__", "__all__", "__match_args__")


@dataclass(frozen=True)
class Change:
    """``line``: its number; ``before``, ``after``: the changed lines without indentation."""

    line: int
    before: str
    after: str
    mutated: str


@dataclass
class Source:
    """A module; ``file``: its path in the project, with slashes."""

    file: str
    text: str
    module: cst.Module
    tree: str


@dataclass
class Place:
    """One node of a module, and what may stand in its place.

    ``within``: function or class, with dots, "" at the top; ``text``: the line where the node begins, without
    indentation; ``count``: how many changes of the same description come before it in the file.
    """

    source: Source
    node: cst.CSTNode
    other: cst.CSTNode
    within: str
    text: str
    operator: str
    count: int
    span: tuple[int, int, int, int]

    @property
    def file(self) -> str:
        return self.source.file

    @cached_property
    def key(self) -> str:
        """Of the text, not of the line number: the same after an edit elsewhere in the file."""
        parts = (self.file, self.within, self.text, self.operator, self.count)
        return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:20]

    @cached_property
    def change(self) -> Change | None:
        """None where it makes no other program, or none that compiles."""
        changed = self.source.module.deep_replace(self.node, self.other)
        assert isinstance(changed, cst.Module)
        mutated = changed.code
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            try:
                if ast.dump(ast.parse(mutated)) == self.source.tree:
                    return None
                compile(mutated, self.file, "exec")
            except SyntaxError:
                return None
        old, new = self.source.text.splitlines(), mutated.splitlines()
        blocks = [b for b in difflib.SequenceMatcher(None, old, new, False).get_opcodes() if b[0] != "equal"]
        _, first, _, begin, _ = blocks[0]
        _, _, last, _, end = blocks[-1]
        return Change(first + 1, _stripped(old[first:last]), _stripped(new[begin:end]), mutated)


def _stripped(lines: Iterable[str]) -> str:
    return "\n".join(line.strip() for line in lines)


def target_files(root: Path, targets: Iterable[str]) -> list[Path]:
    """The Python files named by ``targets``, each a file or a folder of ``root``; FileNotFoundError."""
    found: set[Path] = set()
    for target in targets:
        path = root / target
        files = list(path.rglob("*.py")) if path.is_dir() else [path] if path.is_file() else []
        if not files:
            raise FileNotFoundError(f"There is no Python file at {target}.")
        found |= set(files)
    return sorted(found)


def places_of(root: Path, path: Path) -> list[Place]:
    """All places of one file, in its order."""
    text = path.read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    source = Source(path.relative_to(root).as_posix(), text, wrapper.module, ast.dump(ast.parse(text)))
    visitor = _Visitor(source, text.splitlines())
    wrapper.visit(visitor)
    return visitor.places


def drawn(places: Iterable[Place], seed: int, leave_out: set[str]) -> Iterator[Place]:
    """In an order that the seed decides, one change a place; those whose key is left out are passed over.

    The order is of the text of each place, so that an edit elsewhere leaves nearly the same draw.
    """

    def order(place: Place) -> str:
        return hashlib.sha256(f"{seed}:{place.key}".encode()).hexdigest()

    taken: set[tuple[str, tuple[int, int, int, int]]] = set()
    for place in sorted(places, key=order):
        where = (place.file, place.span)
        if where not in taken and place.key not in leave_out and place.change is not None:
            taken.add(where)
            yield place


@dataclass
class _Visitor(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    source: Source
    lines: list[str]
    places: list[Place] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)
    seen: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        super().__init__()

    def on_visit(self, node: cst.CSTNode) -> bool:
        if _is_wording(node):
            return False
        at = self.get_metadata(PositionProvider, node, None)
        if isinstance(at, CodeRange):  # signs have none of their own
            self.spans.append((at.start.line, at.start.column, at.end.line, at.end.column))
        else:
            self.spans.append(self.spans[-1])
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self.names.append(node.name.value)
        for kinds, operator in OPERATORS:
            if isinstance(node, kinds):
                for other in operator(node):
                    self._add(node, other, operator.__name__)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if _is_wording(original_node):
            return
        self.spans.pop()
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self.names.pop()

    def _add(self, node: cst.CSTNode, other: cst.CSTNode, operator: str) -> None:
        span = self.spans[-1]
        within, text = ".".join(self.names), self.lines[span[0] - 1].strip()
        same = (within, text, operator)
        self.places.append(Place(self.source, node, other, within, text, operator, self.seen[same], span))
        self.seen[same] += 1


def _is_wording(node: cst.CSTNode) -> bool:
    """Whether a node is only read, or only checked for types."""
    match node:
        case cst.FormattedString() | cst.Raise() | cst.Annotation() | cst.Decorator():
            return True
        case cst.Import() | cst.ImportFrom() | cst.TypeAlias():
            return True
        case cst.FunctionDef(name=cst.Name(value="__repr__")):
            return True
        case cst.If(test=cst.Name(value="TYPE_CHECKING")):
            return True
        case cst.If(test=cst.Attribute(attr=cst.Name(value="TYPE_CHECKING"))):
            return True
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]):
            return name in _ONLY_NAMES
        case cst.Arg(keyword=cst.Name(value="strict")):
            return True
        case cst.BinaryOperation(operator=cst.BitOr()):
            return _is_type(node)
    return False


def _is_type(node: cst.CSTNode) -> bool:
    """A union of types, outside an annotation: ``isinstance(x, A | B)``, ``Words = str | None``."""
    match node:
        case cst.BinaryOperation(left=left, operator=cst.BitOr(), right=right):
            return _is_type(left) and _is_type(right)
        case cst.Subscript(value=value) | cst.Attribute(attr=value):
            return _is_type(value)
        case cst.Name(value=name):
            word = name.lstrip("_")
            return name in _NAMES_OF_TYPES or (word[:1].isupper() and not word.isupper())
    return False
