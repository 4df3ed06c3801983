"""``verdicts --all``, ``check --all``: what the commands on one article tell, of all; kept, and gone on."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from tallybook.book.kept_files import KeptFiles
from tallybook.cli.app import app
from tallybook.tables import every_case
from tallybook.tables.every_case import FOLDER, EveryCase, verdict_question
from tallybook.tables.held import CHECK
from tallybook.tables.opened import open_book
from tallybook.terms import AsOf

from .many_articles import name, write_articles

Run = Callable[..., Result]
ARTICLES = 4
posix = pytest.mark.skipif(os.name != "posix", reason="the system has no such signals")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "book", ARTICLES)


def told(run: Run, book: Path, *words: str, code: int = 0) -> str:
    found = run(*words, "--project", book)
    assert (found.exit_code, found.stderr) == (code, ""), found.output
    return str(found.stdout)


def kept(book: Path) -> list[Path]:
    return sorted((book / FOLDER).glob("*/*.json"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# What is told


@pytest.mark.parametrize("as_of", list(AsOf))
def test_all_verdicts_are_those_of_each_article_one_after_the_other(run: Run, book: Path, as_of: str) -> None:
    together: list[str] = []
    for n in range(ARTICLES):
        *of_one, judged = told(run, book, "verdicts", name(n), "--as-of", as_of).splitlines()
        together += [f"{name(n)}: Made-up article {n}", *of_one, ""]
    assert told(run, book, "verdicts", "--all", "--as-of", as_of).splitlines() == [*together, judged]


def test_two_processes_tell_what_one_tells(run: Run, tmp_path: Path) -> None:
    one, two = (write_articles(tmp_path / name, ARTICLES) for name in ("one", "two"))
    assert told(run, one, "verdicts", "--all", "--jobs", "1") == told(
        run, two, "verdicts", "--all", "--jobs", "2"
    )
    of_one, of_two = (
        told(run, root, "check", "--all", "--jobs", jobs, code=1) for root, jobs in ((one, "1"), (two, "2"))
    )
    assert of_one == of_two
    assert [file.name for file in kept(one)] == [file.name for file in kept(two)]
    assert [file.read_bytes() for file in kept(one)] == [file.read_bytes() for file in kept(two)]


def test_of_a_book_without_an_article_it_says_so(run: Run, tmp_path: Path) -> None:
    book = write_articles(tmp_path / "book", 0)
    assert told(run, book, "verdicts", "--all").startswith("The book has no article yet.")
    assert "The book has no article yet." in told(run, book, "check", "--all")


def test_a_draft_says_that_it_is_one(run: Run, book: Path) -> None:
    change(book / f"claims/{name(1)}.yaml", "language: en", "language: en\nstate: draft")
    assert "no verdict here is final" in told(run, book, "verdicts", "--all")
    assert f"{name(1)}: draft" in told(run, book, "check", "--all", code=1)


def test_figures_that_nobody_has_kept_yet_are_counted_below_the_verdicts(run: Run, book: Path) -> None:
    assert "drafted" not in told(run, book, "verdicts", name(1))
    change(book / "sources/page-1-b.yaml", "origin: b", "guessed: [measure]")
    change(book / "sources/page-1-b.yaml", "kind: ", "kept: excerpt\nkind: ")
    *_, last = told(run, book, "verdicts", name(1)).splitlines()
    assert last == "1 drafted statement is not compared yet. Next: tallybook source review"
    assert told(run, book, "verdicts", "--all").splitlines()[-1] == last
    assert "drafted" not in told(run, book, "verdicts", name(0))


def test_an_example_says_that_it_is_one(run: Run, book: Path) -> None:
    change(book / f"claims/{name(1)}.yaml", "language: en", "language: en\nmade_up: true")
    assert told(run, book, "verdicts", name(1)).startswith("Example, made up.\n")
    assert told(run, book, "verdicts", "--all").count("Example, made up.\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("verdicts",),
        ("verdicts", name(0), "--all"),
        ("verdicts", name(0), "--jobs", "2"),
        ("verdicts", "--all", "--into", "x.docx"),
        ("check", "--jobs", "2"),
        ("check", "--all", "--article", name(0)),
        ("check", "--all", "--verdicts", "--accept"),
        ("check", "--all", "--accept"),
    ],
)
def test_what_does_not_go_together_is_wrong_use(run: Run, book: Path, words: tuple[str, ...]) -> None:
    found = run(*words, "--project", book)
    assert (found.exit_code, found.stdout, len(found.stderr.splitlines())) == (2, "", 1)
    assert not kept(book)


# Every check


def test_every_check_tells_of_figures_that_contradict_each_other_at_their_line(run: Run, book: Path) -> None:
    told(run, book, "check", "--verdicts", "--accept")
    lines = told(run, book, "check", "--all").splitlines()
    at = 1 + (book / f"claims/{name(2)}.yaml").read_text().splitlines().index("- id: c0")
    start = f"claims/{name(2)}.yaml:{at}: warning: the figures cannot all be true (one measure: c0, c1): "
    (found,) = [line for line in lines if line.startswith(start)]
    assert "“102 crates” and “172 crates”" in found
    assert [line for line in lines if ": warning: " not in line] == told(
        run, book, "check", "--verdicts"
    ).splitlines()
    strict = run("check", "--all", "--strict", "--project", book)
    assert (strict.exit_code, strict.stderr) == (1, f"{ARTICLES} warnings. --strict takes none.\n")


def test_every_check_tells_of_each_change_since_somebody_accepted(run: Run, book: Path) -> None:
    told(run, book, "check", "--verdicts", "--accept")
    told(run, book, "check", "--all")
    change(book / "sources/page-1-b.yaml", "101 crates", "7 crates")
    plain = [
        line for line in told(run, book, "check", "--all", code=1).splitlines() if ": warning: " not in line
    ]
    assert plain == told(run, book, "check", "--verdicts", code=1).splitlines()
    assert any("verdict today: from" in line for line in plain)


@pytest.mark.parametrize("output", ["junit", "sarif", "github"])
def test_every_check_in_the_formats_of_programs(run: Run, book: Path, output: str) -> None:
    told(run, book, "check", "--verdicts", "--accept")
    whole = told(run, book, "check", "--all", "--format", output)
    assert whole.count("cannot all be true") >= ARTICLES
    change(book / "sources/page-1-b.yaml", "101 crates", "7 crates")
    assert "verdict today: from" in told(run, book, "check", "--all", "--format", output, code=1)


def test_a_broken_file_of_what_was_accepted_is_told_as_by_the_check_of_verdicts(run: Run, book: Path) -> None:
    told(run, book, "check", "--verdicts", "--accept")
    there = book / "claims/accepted"
    (there / f"{name(1)}.yaml").write_text("claims: 3\n")
    (there / f"{name(2)}.yaml").rename(there / "nobody.yaml")
    found, known = (run("check", option, "--project", book) for option in ("--all", "--verdicts"))
    assert (found.exit_code, found.stderr) == (known.exit_code, known.stderr) == (1, known.stderr)
    assert "nobody" in found.stderr and f"{name(1)}.yaml" in found.stderr


@pytest.mark.parametrize("words", [("verdicts", "--all"), ("check", "--all")])
def test_one_broken_article_is_told_and_nothing_else(run: Run, book: Path, words: tuple[str, ...]) -> None:
    told(run, book, "verdicts", "--all")
    change(book / f"claims/{name(3)}.yaml", "crates-3", "cartes-3")
    found = run(*words, "--project", book)
    assert (found.exit_code, found.stdout) == (1, "")
    assert f"claims/{name(3)}.yaml:" in found.stderr and "Nearest: 'crates-3'" in found.stderr


# What is kept


def test_a_second_run_asks_only_for_what_changed(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = every_case._asked

    def noting(how: Callable[..., object], part: object) -> object:
        asked.extend(part.articles)  # type: ignore[attr-defined]
        return ask(how, part)  # type: ignore[arg-type]

    monkeypatch.setattr(every_case, "_asked", noting)
    first = told(run, book, "verdicts", "--all")
    assert asked == [name(n) for n in range(ARTICLES)]
    asked.clear()
    assert told(run, book, "verdicts", "--all") == first
    change(book / f"claims/{name(2)}.yaml", "language: en", "language: en  # a remark")
    assert told(run, book, "verdicts", "--all") == first
    assert asked == []
    change(book / "sources/page-2-b.yaml", "102 crates", "7 crates")
    assert told(run, book, "verdicts", "--all") != first
    assert asked == [name(2)]
    asked.clear()
    told(run, book, "verdicts", "--all", "--as-of", "written")
    assert len(asked) == ARTICLES


def spoil(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def of_another_case(file: Path) -> None:
    (other,) = [one for one in kept(file.parents[3]) if name(3) in one.parts]
    file.write_bytes(other.read_bytes())


def no_mapping(file: Path) -> None:
    head = file.read_bytes().split(b"\n")[1]
    place = file.parents[3]
    KeptFiles(place, FOLDER).write(file.relative_to(place / FOLDER).as_posix(), json.loads(head), b"[1, 2")


@pytest.mark.parametrize("break_", [spoil, cut, emptied, of_another_case, no_mapping, Path.unlink])
def test_a_kept_file_that_is_broken_counts_for_nothing(
    run: Run, book: Path, break_: Callable[[Path], object]
) -> None:
    first = told(run, book, "verdicts", "--all")
    (file,) = [one for one in kept(book) if name(1) in one.parts]
    whole = file.read_bytes()
    break_(file)
    assert EveryCase(open_book(book), verdict_question("today")).asked == 1
    assert told(run, book, "verdicts", "--all") == first
    assert file.read_bytes() == whole


def test_what_is_kept_is_text_below_the_code_of_its_user(run: Run, book: Path) -> None:
    told(run, book, "verdicts", "--all")
    assert len(kept(book)) == ARTICLES
    for file in kept(book):
        head, body = KeptFiles(book, FOLDER).read(file.relative_to(book / FOLDER).as_posix())
        assert set(json.loads(head)) == {"key", "statements", "pages"} and json.loads(body)[
            "title"
        ].startswith("Made-up")


def test_what_was_kept_of_an_article_that_is_gone_goes_too(run: Run, book: Path) -> None:
    told(run, book, "verdicts", "--all")
    (book / f"claims/{name(0)}.yaml").unlink()
    told(run, book, "verdicts", "--all")
    assert {file.parent.name for file in kept(book)} == {name(n) for n in range(1, ARTICLES)}


@pytest.mark.parametrize("inside", [".cache", f".cache/cases/{name(0)}"])
def test_nothing_is_kept_through_a_link_that_leads_elsewhere(
    run: Run, book: Path, tmp_path: Path, inside: str
) -> None:
    first = told(run, book, "verdicts", "--all", "--jobs", "1")
    shutil.rmtree(book / ".cache")
    (tmp_path / "elsewhere").mkdir()
    (book / inside).parent.mkdir(parents=True, exist_ok=True)
    (book / inside).symlink_to(tmp_path / "elsewhere")
    found = run("verdicts", "--all", "--project", book)
    assert (found.exit_code, found.stdout) == (0, first)
    assert found.stderr.startswith("nothing was kept for the next run: ")
    assert not list((tmp_path / "elsewhere").rglob("*"))


def test_the_answer_of_a_part_is_that_of_the_whole_book() -> None:
    """Of the book of this repository: what is kept, and what the commands on one article tell."""
    book = open_book(Path(__file__).resolve().parents[2])
    for question in (verdict_question("today"), verdict_question("written"), CHECK):
        every = EveryCase(book, question)
        every._open = list(every._accepted)
        every._kept = every_case.KeptFiles(Path("/nowhere"), FOLDER)
        of_parts = dict(every.answers(jobs=1))
        assert of_parts == {id_: json.loads(json.dumps(question.ask(book[id_]))) for id_ in book}


def test_a_statement_of_another_measure_by_now_is_not_told_as_gone(run: Run, book: Path) -> None:
    told(run, book, "check", "--verdicts", "--accept")
    change(book / "sources/page-1-b.yaml", "crates-1", "crates-2")
    for _ in range(2):
        every = told(run, book, "check", "--all", code=1).splitlines()
        plain = [line for line in every if ": warning: " not in line]
        assert plain == told(run, book, "check", "--verdicts", code=1).splitlines()
        assert any("measure from “crates-1” to “crates-2”" in line for line in plain)


# Stopped


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts the command on a larger book and comes back when it has kept something, and not all."""
    running: list[subprocess.Popen[str]] = []

    def begin(book: Path, *words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tallybook", *words, "--project", str(book)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        running.append(process)
        end = time.monotonic() + 120
        while not kept(book):
            assert process.poll() is None and time.monotonic() < end, process.communicate()
            time.sleep(0.01)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


def children(process: int) -> list[int]:
    """The processes that a process has started, where the system lists them."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        found += [int(folder.name)] if parent == process else []
    return found


def all_end(processes: list[int]) -> bool:
    end = time.monotonic() + 60
    while any(Path(f"/proc/{one}").exists() for one in processes):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


LARGE = 40


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[str]]:
    """What the command tells of the larger book, and the names of all files that it keeps."""
    book = write_articles(tmp_path_factory.mktemp("undisturbed"), LARGE, claims=12)
    found = CliRunner().invoke(app, ["verdicts", "--all", "--jobs", "1", "--project", str(book)])
    assert (found.exit_code, found.stderr) == (0, "")
    return found.stdout, files_kept(book)


def files_kept(book: Path) -> list[str]:
    """Whatever lies there, drafts and locks as well."""
    folder = book / FOLDER
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@posix
@pytest.mark.parametrize(("how", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)])
def test_stopped_it_goes_on_and_leaves_no_process(
    run: Run,
    tmp_path: Path,
    begun: Callable[..., subprocess.Popen[str]],
    undisturbed: tuple[str, list[str]],
    how: signal.Signals,
    code: int,
) -> None:
    book = write_articles(tmp_path / "large", LARGE, claims=12)
    process = begun(book, "verdicts", "--all", "--jobs", "2")
    crew = children(process.pid)
    assert len(crew) == 2 or not Path("/proc").is_dir()
    process.send_signal(how)
    _, error = process.communicate(timeout=60)
    assert process.returncode == code
    assert all_end(crew)
    assert error == (
        "" if how is signal.SIGKILL else "Stopped. What was made is kept; the same command goes on.\n"
    )
    before = len(kept(book))
    assert 0 < before < LARGE
    asked = EveryCase(open_book(book), verdict_question("today")).asked
    assert asked == LARGE - before
    again = told(run, book, "verdicts", "--all")
    assert again.count("Made-up article") == LARGE
    assert (again, files_kept(book)) == undisturbed


# Progress


@posix
@pytest.mark.parametrize("terminal", [False, True])
def test_progress_is_shown_on_a_terminal_alone(book: Path, terminal: bool) -> None:
    import pty

    ours, theirs = pty.openpty() if terminal else os.pipe()
    command = [sys.executable, "-m", "tallybook", "verdicts", "--all", "--project", str(book)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # how a terminal ends
            break
        if not piece:
            break
        shown += piece
    out, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0 and out.count(b"Made-up article") == ARTICLES
    assert (f"{ARTICLES}/{ARTICLES}".encode() in shown) is terminal
    assert terminal or shown == b""


def test_the_book_of_these_tests_holds_what_they_need(book: Path) -> None:
    assert len(yaml.safe_load((book / f"claims/{name(0)}.yaml").read_text())["claims"]) == 2
