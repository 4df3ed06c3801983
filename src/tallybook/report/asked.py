"""What a notebook asked for while it ran, and whether all of it is still as it was.

Three things no witness can see: the clock, chance and the environment. Code that names them, or that imports
what is not known to read files as Python does, is in doubt; so is whatever changed a file, began a program or
asked another machine. A notebook in doubt is executed at every build.
"""

from __future__ import annotations

import ast
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.book.kept_files import digest

_KNOWN_MODULES = frozenset({"tallybook", "pandas", "numpy", "matplotlib", "IPython"}) | (
    sys.stdlib_module_names - {"ctypes", "_ctypes", "mmap", "random", "secrets", "sqlite3", "time", "uuid"}
)
_UNSEEN = frozenset(
    {"today", "now", "utcnow", "monotonic", "perf_counter", "environ", "getenv", "urandom", "random",
    "default_rng",
     "eval", "exec", "compile", "__import__", "import_module", "run_line_magic", "run_cell_magic", "system",
     "getpid", "memmap", "read_parquet", "read_feather", "read_orc", "read_sql", "read_hdf", "scan_parquet"}
)  # fmt: skip
_BEYOND_CASE = frozenset({"book", "evidence", "getattr", "vars", "attrgetter", "globals", "locals"})
"""Names by which code comes from a case to the records of all others."""


@dataclass(frozen=True)
class Asked:
    """``cases``: by id; ``book``: the whole book; ``files``: digests by path, "" for one that is not there,
    of a folder that of its names; ``doubts``: why nothing of it can be relied on, in words."""

    cases: frozenset[str] = frozenset()
    book: bool = False
    files: Mapping[str, str] | None = None
    doubts: tuple[str, ...] = ()

    @classmethod
    def of(cls, log: Path, code: Iterable[str]) -> Asked:
        """What stands in the file of a witness. ``code``: the cells of the notebook."""
        whole, doubts = read_code(code)
        cases: set[str] = set()
        files: dict[str, str] = {}
        try:
            lines = log.read_text(encoding="utf-8").splitlines()
            for what, which in map(json.loads, lines):
                if what == "case":
                    cases.add(which)
                elif what == "book":
                    whole = True
                elif what in ("file", "folder"):
                    files[which] = digest_of(Path(which))
                else:
                    doubts.append(which)
        except (OSError, ValueError, TypeError):
            doubts.append("there is no witness of it")
        return cls(frozenset(cases), whole, files, tuple(dict.fromkeys(doubts)))

    def holds(self, files: Files) -> bool:
        """Whether the files are as they were, and nothing is in doubt. The cases are compared elsewhere."""
        return not self.doubts and all(files[path] == was for path, was in (self.files or {}).items())

    def record(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "cases": sorted(self.cases),
            "book": self.book,
            "files": dict(sorted((self.files or {}).items())),
            "doubts": list(self.doubts),
        }

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Asked:
        """The same from JSON; KeyError, TypeError or AttributeError where it has another form."""
        files = {str(path): str(was) for path, was in record["files"].items()}
        doubts = tuple(map(str, record["doubts"]))
        return cls(frozenset(map(str, record["cases"])), bool(record["book"]), files, doubts)


class Files(dict[str, str]):
    """Digests of files and folders by path, each made when it is first asked for."""

    def __missing__(self, path: str) -> str:
        self[path] = found = digest_of(Path(path))
        return found


def digest_of(path: Path) -> str:
    """Of what a file holds, or of the names in a folder; "" where there is neither."""
    try:
        if path.is_dir():
            return digest("\n".join(sorted(os.listdir(path))).encode(errors="surrogateescape"))
        return digest(path.read_bytes())
    except OSError:
        return ""


def read_code(cells: Iterable[str]) -> tuple[bool, list[str]]:
    """Whether code may come to the records of the whole book, and what of it no witness can see."""
    names: set[str] = set()
    modules: set[str] = set()
    for cell in cells:
        try:
            tree = compile(cell, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return True, ["it has a cell that is not plain Python"]
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                modules |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                modules.add("." * node.level + (node.module or ""))
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.Attribute):
                names |= {node.attr, *(["book"] if node.attr.startswith("_") else [])}
            elif isinstance(node, ast.Name):
                names |= {node.id} - {"book", "evidence"}
    strange = sorted({name for name in modules if name.partition(".")[0] not in _KNOWN_MODULES})
    unseen = sorted(names & _UNSEEN)
    doubts = [f"it imports {name}" for name in strange] + [f"it names '{name}'" for name in unseen]
    return bool(names & _BEYOND_CASE), doubts
