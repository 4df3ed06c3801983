"""The sub-rooms of the reader point one way: each imports only those before it in the docstring's order."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import tallybook.reading

ROOM = Path(tallybook.reading.__file__).parent
# A sub-room is a folder or, at the top, a file.
ORDER = ["text", "lexicon", "numbers", "asides", "figures", "mention", "scanner", "stream"]
FILES = sorted(path for path in ROOM.rglob("*.py") if path != ROOM / "__init__.py")


def sub_room(path: Path) -> str:
    return path.relative_to(ROOM).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The sub-rooms that a file imports, for types or for use."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    inside = [module.split(".") for module in modules if module.startswith("tallybook.reading")]
    assert all(len(parts) > 2 for parts in inside), "a sub-room imports the whole reader"
    return {parts[2] for parts in inside}


def test_every_sub_room_has_its_place() -> None:
    assert {sub_room(path) for path in FILES} == set(ORDER)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOM)))
def test_a_sub_room_imports_only_those_before_it(path: Path) -> None:
    allowed = set(ORDER[: ORDER.index(sub_room(path)) + 1])
    assert imported(path) <= allowed


def test_the_docstring_gives_the_order() -> None:
    assert re.findall(r"^    (\w+) {2,}", tallybook.reading.__doc__ or "", re.MULTILINE) == ORDER
