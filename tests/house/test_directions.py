"""One direction of flow: a room imports only rooms to its left, and nothing heavy before it is used."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "tallybook"
ROOMS = [
    "markup",
    "program",
    "terms",
    "spreadsheet",
    "quantity",
    "reading",
    "prose",
    "book",
    "estimates",
    "matching",
    "verdicts",
    "consistency",
    "tables",
    "evaluation",
    "charts",
    "intake",
    "exchange",
    "scan",
    "desk",
    "report",
    "suite",
    "cli",
]


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The rooms that a file imports, for types or for use."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = (
                [node.module] if node.module != "tallybook" else [f"tallybook.{a.name}" for a in node.names]
            )
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("tallybook.")}
    return found


def files() -> list[Path]:
    return sorted(
        p
        for p in PACKAGE.rglob("*.py")
        if p.name not in ("__init__.py", "__main__.py") or p.parent != PACKAGE
    )


def test_every_room_is_on_the_plan() -> None:
    assert {room_of(path) for path in files()} == set(ROOMS)


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_rooms_to_its_left(path: Path) -> None:
    here = room_of(path)
    allowed = set(ROOMS[: ROOMS.index(here) + 1])
    assert imported(path) <= allowed, f"{here} imports {sorted(imported(path) - allowed)}"


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import tallybook", ["pandas", "matplotlib", "pint", "nbclient", "pydantic"]),
        (
            "import tallybook; tallybook.read('over 10,000 soldiers')",
            ["pandas", "matplotlib", "pint", "yaml"],
        ),
        (
            "import tallybook; tallybook.open_book('.')",
            ["pandas", "networkx", "matplotlib", "numpy", "pint", "edtf"],
        ),
        (
            "from tallybook.book import known_files, load_book; known_files.FEWEST = 10**9; load_book()",
            ["pandas", "networkx", "matplotlib", "numpy", "pint", "edtf"],
        ),
        (
            "import tallybook; tallybook.open_book('.')['kursk-engineers'].verdicts()",
            ["tallybook.consistency.text", "matplotlib"],
        ),
        ("import tallybook.cli.app", ["pandas", "matplotlib", "pydantic", "nbformat"]),
        ("import tallybook.cli.scan", ["pyarrow", "dask", "distributed", "multiprocessing", "pydantic"]),
        (
            "import tallybook.scan.run; import tallybook.scan.local",
            ["pandas", "pyarrow", "dask", "distributed", "warcio", "matplotlib"],
        ),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_used(code: str, absent: list[str]) -> None:
    script = f"import sys; {code}; print(*(m for m in {absent!r} if m in sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
