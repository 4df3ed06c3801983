"""A made-up book under random edits: what an earlier run kept never changes what is told.

After each edit the book, its warnings and lines, ``check --all`` and ``verdicts --all`` are compared with
those of a copy that has no ``.cache``, and with what the commands on one article tell.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tallybook.book import Book, kept_files, load_book
from tallybook.book.accepted import FOLDER, write_accepted
from tallybook.book.problems import BookError
from tallybook.intake.checked_book import check_book
from tallybook.tables.acceptance import accepted_now
from tallybook.tables.every_case import EveryCase, verdict_question, verdicts_told
from tallybook.tables.opened import open_book

from .many_articles import name, write_articles

EDITS = 10
MEASURES, ORIGINS, BREAD = "claims/measures.yaml", "sources/origins.yaml", f"claims/{name(0)}.yaml"
MORE_SOURCES = {
    "sources/sub/echo.yaml": """\
id: echo
publisher: Made-up echo
published: 2025-03-03
language: en
kind: secondary
statements:
- {id: echo-1, measure: crates-0, words: 100 crates, origin: b, relays: page-0-b-1}
- {id: echo-2, measure: crates-1, words: about 101 crates, origin: d, reference_period: 2025-02}
- {id: echo-3, measure: price, words: $5 a crate, origin: d}
- {id: draft-1, measure: crates-0, words: 99 crates, origin: d, guessed: [measure]}
""",
    "sources/sub/deep/later.yaml": """\
id: later
publisher: Made-up later page
published: 2025-05-03
language: en
kind: primary
statements:
- {id: later-1, measure: crates-0, words: over 170 crates, origin: c}
- {id: later-2, measure: crates-1, words: half, origin: b, base: page-1-b-1}
- {id: later-3, measure: price, words: 4 euros a crate, origin: c}
""",
}
ORIGINS_TEXT = """\
parties: {north: the North}
origins:
- {id: a, name: Office a, speaks_for: north}
- {id: b, name: Office b}
- {id: c, name: Office c}
- {id: d, name: Office d}
groups:
- {id: said, what: made up, statements: [page-0-b-1, echo-1]}
"""
SETTINGS = """\
exchange_rates:
- {of: euro, to: dollar, value: 1.1, on: 2025-03, source: made up}
policy: {about: 0.1, window_days: 31}
measures:
- {id: price, kind: rate, unit: dollar / crate, definition: Made up., policy: {about: 0.1, reason: made up}}
"""
EXCHANGED = (
    (" crates", " boxes"),
    ("100 crates", "170 crates"),
    ("101 crates", "171 crates"),
    ("origin: b", "origin: a"),
    ("origin: d", "origin: c"),
    ("crates-0", "crates-1"),
    ("about 0.1", "about 0.3"),
    ("value: 1.1", "value: 1.2"),
    ("about: 0.1", "about: 0.2"),
    ("window_days: 31", "window_days: 5"),
    ("once: true", "once: false"),
    ("unit: crate", "unit: crate\n  nouns: [box]"),
    ("id: b, name: Office b", "id: b, name: Office b, speaks_for: north"),
    ("Office c}", "Office c, shares_with: [b]}"),
    ("Office c}", "Office c, independent: false}"),
    ("[page-0-b-1, echo-1]", "[page-0-b-1, echo-1, later-1]"),
    (", guessed: [measure]", ""),
    ("2025-03-02", "2025-01-02"),
    ("2025-05-03", "2024-05-03"),
    (", relays: page-0-b-1", ""),
    (", base: page-1-b-1", ""),
    ("kind: secondary", "kind: tertiary"),
    ("language: en", "language: de"),
    ("language: en", "language: en\nstate: draft"),
    ("origin: c}", "origin: c, superseded_by: echo-1}"),
    ("statements:", "# a remark\nstatements:"),
    ("claims:", "\n\nclaims:"),
    ("measures:\n", "measures:\n\n# a remark\n"),
    ("$5 a crate", "$50,000 a crate"),
    ("Made up.", "Made up anew."),
    ("Gazette b", "Gazette c"),
    ("origin: a", "origin: a\n  cites: [echo, later]"),
)
Step = Callable[[random.Random, Path], None]


@pytest.fixture(autouse=True)
def keeping(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Small books are kept too, with a key of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setattr("tallybook.book.known_files.FEWEST", 0)
    kept_files._key.cache_clear()
    yield
    kept_files._key.cache_clear()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    root = write_articles(tmp_path / "book", 3)
    for file, text in MORE_SOURCES.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text)
    (root / ORIGINS).write_text(ORIGINS_TEXT)
    measures = root / MEASURES
    measures.write_text(measures.read_text().replace("measures:\n", SETTINGS, 1))
    return root


# Edits


def files(root: Path) -> list[Path]:
    found = (file for at in ("claims", "sources") for file in (root / at).rglob("*.yaml"))
    return sorted(file for file in found if file.is_file())


def pages(root: Path) -> list[Path]:
    return [
        file
        for file in files(root)
        if file.parts[len(root.parts)] == "sources" and file.name != "origins.yaml"
    ]


def exchange_words(draw: random.Random, root: Path) -> None:
    old, new = draw.choice(EXCHANGED)
    old, new = draw.choice([(old, new), (new, old)])
    there = [file for file in files(root) if old and old.encode() in file.read_bytes()]
    if there:
        file = draw.choice(there)
        file.write_bytes(file.read_bytes().replace(old.encode(), new.encode(), draw.choice([1, -1])))


def other_bytes(draw: random.Random, root: Path) -> None:
    """The same text with other line ends, a mark at its start, lines before it or none."""
    file = draw.choice(files(root))
    raw = file.read_bytes()
    plain = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    file.write_bytes(
        draw.choice(
            [plain, plain.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + plain, b"# one more line\n" + plain]
        )
    )


def move(draw: random.Random, root: Path) -> None:
    file = draw.choice(pages(root))
    folder = root / "sources" / draw.choice(["", "sub", "sub/deep", "other"])
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / file.name).exists():
        file.rename(folder / file.name)


def copy(draw: random.Random, root: Path) -> None:
    """The same content by another name, or by the same in another folder."""
    file = draw.choice(pages(root))
    target = draw.choice([file.with_name("copy.yaml"), root / "sources/other" / file.name])
    target.parent.mkdir(exist_ok=True)
    if not os.path.lexists(target):
        shutil.copy(file, target)


def swap(draw: random.Random, root: Path) -> None:
    one, two = draw.sample(pages(root), 2)
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)


def link(draw: random.Random, root: Path) -> None:
    """A page becomes a link to the same bytes elsewhere: in the project, or out of it."""
    file = draw.choice([*pages(root), *(file for file in files(root) if file.parent == root / FOLDER)])
    if file.is_symlink():
        raw = file.read_bytes()
        file.unlink()
        file.write_bytes(raw)
        return
    target = draw.choice([root / "kept", root.parent / "outside"]) / file.name
    target.parent.mkdir(exist_ok=True)
    shutil.copy(file, target)
    file.unlink()
    file.symlink_to(target)


def take_away(draw: random.Random, root: Path) -> None:
    draw.choice(files(root)).unlink()


def accept(draw: random.Random, root: Path) -> None:
    try:
        case = draw.choice(list(open_book(root).values()))
    except BookError:
        return
    file = root / FOLDER / f"{case.id}.yaml"
    if not file.is_symlink() and not file.is_dir():
        write_accepted(root, case.id, accepted_now(case))


def accepted_otherwise(draw: random.Random, root: Path) -> None:
    file = root / FOLDER / f"{name(draw.randrange(3))}.yaml"
    file.parent.mkdir(exist_ok=True)
    if file.is_dir():
        file.rmdir()
    else:
        file.unlink(missing_ok=True)
        draw.choice([file.mkdir, file.touch, lambda: file.symlink_to(file), lambda: None])()


STEPS: list[Step] = [exchange_words] * 12 + [
    other_bytes,
    move,
    copy,
    swap,
    link,
    take_away,
    accept,
    accept,
    accepted_otherwise,
]


# What is told


def told_of(root: Path) -> Any:
    """All that the commands on every article tell; the cold copy's place is not in it."""
    try:
        opened = load_book(root)
    except BookError as error:
        return [(p.file, p.line, p.message) for p in error.problems]
    checked = check_book(root, every=True, jobs=1)
    every = EveryCase(open_book(root), verdict_question("today"))
    return {
        "book": {key: value for key, value in vars(opened).items() if key not in ("lines", "root")},
        "lines": list(lines_of(opened)),
        "checked": (checked.lines, checked.problems, checked.warnings, checked.notes),
        "held": [(case.id, case.held) for case in checked.cases],
        "verdicts": dict(every.answers(jobs=1)),
    }


def lines_of(book: Book) -> Iterator[tuple[str, str, int, int]]:
    for file, index in sorted(book.lines.items()):
        for key in ("statements", "drafted", "claims", "origins", "groups", "measures", "exchange_rates"):
            for n in range(5):
                yield file, key, n, index.line((key, n, "words"))


def alone(root: Path) -> tuple[Any, Any, Any]:
    """What the commands on one article tell."""
    checked = check_book(root, verdicts=True)
    cases = [(case.id, case.held) for case in checked.cases]
    verdicts = {
        case.id: json.loads(json.dumps(verdicts_told(case, "today"))) for case in open_book(root).values()
    }
    return {problem.file for problem in checked.problems}, cases, verdicts


def walk(root: Path, seed: int, edits: int) -> int:
    """How many books were sound. Every third or fourth edit is taken back, as one does by version control."""
    draw, sound, was = random.Random(seed), 0, root.with_name("was")
    for number in range(edits):
        shutil.rmtree(was, ignore_errors=True)
        shutil.copytree(root, was, symlinks=True, ignore=shutil.ignore_patterns(".cache"))
        step = draw.choice(STEPS)
        for _ in range(draw.choice([1, 1, 2])):
            step(draw, root)
        cold = root.with_name("cold")
        shutil.rmtree(cold, ignore_errors=True)
        shutil.copytree(root, cold, symlinks=True, ignore=shutil.ignore_patterns(".cache"))
        for link_ in cold.rglob("*.yaml"):
            if link_.is_symlink() and os.readlink(link_).startswith(str(root) + os.sep):
                target = cold / Path(os.readlink(link_)).relative_to(root)
                link_.unlink()
                link_.symlink_to(target)
        where = f"seed {seed}, edit {number}: {step.__name__}"
        warm, anew = told_of(root), told_of(cold)
        assert warm == anew, where
        assert told_of(root) == anew, where
        broken = isinstance(anew, list)
        if not broken:
            sound += 1
            problems, cases, verdicts = alone(cold)
            assert anew["verdicts"] == verdicts, where
            assert anew["held"] == cases, where
            assert {problem.file for problem in anew["checked"][1]} == problems, where
        if broken or draw.random() < 0.3:
            back(was, root)
    return sound


def back(was: Path, root: Path) -> None:
    for folder in ("claims", "sources"):
        shutil.rmtree(root / folder)
        shutil.copytree(was / folder, root / folder, symlinks=True)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_kept_is_never_stale(book: Path, seed: int) -> None:
    assert walk(book, seed, EDITS) >= EDITS // 4
