"""What an earlier run has read: the same book as without it, and never believed where it should not be."""

from __future__ import annotations

import errno
import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tallybook.book import Book, kept_files, load_book
from tallybook.book.kept_files import KeptFiles
from tallybook.book.problems import BookError

KEPT = ".cache/book/files.json"
GAZETTE = "sources/gazette.yaml"


@pytest.fixture(autouse=True)
def keeping(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Small books are kept too, with a key of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setattr("tallybook.book.known_files.FEWEST", 0)
    kept_files._key.cache_clear()
    yield
    kept_files._key.cache_clear()


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How often a file was parsed, a figure read and the book cross-checked since the last look."""
    done = {"parsed": 0, "read": 0, "checked": 0}

    def counting(what: str, function: Any) -> Any:
        def counted(*given: Any, **named: Any) -> Any:
            done[what] += 1
            return function(*given, **named)

        return counted

    for what, place in (
        ("parsed", "tallybook.book.yaml_lines._parse"),
        ("read", "tallybook.book.checked_files.read_figure"),
        ("checked", "tallybook.book.checked_files.cross_check"),
    ):
        module, _, name = place.rpartition(".")
        function = getattr(__import__(module, fromlist=[name]), name)
        monkeypatch.setattr(place, counting(what, function))
    return done


def taken(work: dict[str, int]) -> tuple[int, int, int]:
    found = work["parsed"], work["read"], work["checked"]
    work.update(parsed=0, read=0, checked=0)
    return found


def told(book: Book) -> dict[str, Any]:
    """All that a book holds but the lines of its files."""
    return {name: value for name, value in vars(book).items() if name != "lines"}


def test_a_book_that_was_read_before_is_read_no_more(project: Path, work: dict[str, int]) -> None:
    cold = load_book(project)
    parsed, read, checked = taken(work)
    assert parsed == 5 and read == 3 and checked == 1
    warm = load_book(project)
    assert taken(work) == (0, 0, 0)
    assert told(warm) == told(cold)
    for file, lines in cold.lines.items():
        for path in (
            (),
            ("statements", 0, "words"),
            ("claims", 0),
            ("groups", 0, "statements"),
            ("nothing",),
        ):
            assert warm.lines[file].line(path) == lines.line(path)


_OPENED = """
import sys
from pathlib import Path
from tallybook.book import known_files, load_book

known_files.FEWEST = 0
load_book(Path(sys.argv[1]))
print([name for name in sys.argv[2:] if name in sys.modules])
"""
READERS = ("tallybook.reading.scanner", "tallybook.book.crosscheck", "tallybook.book.figures", "pint", "edtf")


def test_a_book_that_was_read_before_needs_no_reader(project: Path) -> None:
    """What reads and checks is not even imported."""
    command = [sys.executable, "-c", _OPENED, str(project), *READERS]
    cold, warm = (
        subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()
        for _ in range(2)
    )
    assert cold == str(list(READERS[:3])) and warm == "[]"


def test_figures_are_made_when_one_is_asked_for(project: Path) -> None:
    cold, warm = load_book(project), load_book(project)
    figures = warm.figure_of_statement
    assert "made" not in vars(figures)
    assert figures["herald-1"] == cold.figure_of_statement["herald-1"]
    assert "made" in vars(figures) and dict(figures) == cold.figure_of_statement
    assert pickle.loads(pickle.dumps(figures)) == cold.figure_of_statement
    with pytest.raises(KeyError):
        figures["nothing"]


DRAFTED = """\
  - id: gazette-2
    words: 99 loaves
    guessed: [words]
  - id: gazette-3
    measure: loaves
    words: 5,000 loaves
    origin: miller
"""
UNMEASURED = """\
  - id: buns
    anchor: {exact: "80 buns", paragraph: 3}
  - id: rye
    measure: loaves
    anchor: {exact: "300 loaves", paragraph: 4}
"""


def test_drafts_are_known_with_their_lines(project: Path, work: dict[str, int]) -> None:
    """What nobody has looked at stands among the others in the file, and apart from them in the book."""
    gazette, bread = project / GAZETTE, project / "claims/bread.yaml"
    gazette.write_text(gazette.read_text().replace("statements:\n", f"statements:\n{DRAFTED}"))
    bread.write_text(
        bread.read_text()
        .replace("claims:\n", f"claims:\n{UNMEASURED}")
        .replace("id: bread", "id: bread\nstate: draft")
    )
    cold = load_book(project)
    for edited in (None, "sources/herald.yaml", GAZETTE, "claims/bread.yaml"):
        if edited:
            (project / edited).write_text(f"# a remark\n{(project / edited).read_text()}")
        taken(work)
        warm = load_book(project)
        assert taken(work)[0] == (1 if edited else 0)
        assert told(warm) == told(cold)
        article, page = warm.articles["bread"], warm.sources["gazette"]
        assert [one.id for one in article.unmeasured] == ["buns"]
        assert [one.id for one in page.drafted] == ["gazette-2"]
        for file, key, records in (
            (GAZETTE, "statements", page.statements),
            (GAZETTE, "drafted", page.drafted),
            ("claims/bread.yaml", "claims", article.claims),
            ("claims/bread.yaml", "unmeasured", article.unmeasured),
        ):
            text = (project / file).read_text().splitlines()
            for n, record in enumerate(records):
                assert text[warm.lines[file].line((key, n, "id")) - 1].strip() == f"- id: {record.id}"


def test_what_is_typed_is_what_was_typed(project: Path) -> None:
    """Each record is of its type again, with its figures' own terms."""
    load_book(project)
    warm = load_book(project)
    figure = warm.figure_of_statement["gazette-1"]
    assert figure is not None
    cold_terms = type(figure.quantity.modifier), type(figure.quantity.form), type(figure.quantity.hedges)
    (project / KEPT).unlink()
    again = load_book(project).figure_of_statement["gazette-1"]
    assert again is not None
    assert cold_terms == (
        type(again.quantity.modifier),
        type(again.quantity.form),
        type(again.quantity.hedges),
    )


def test_only_a_changed_file_is_read_again(project: Path, work: dict[str, int]) -> None:
    load_book(project)
    taken(work)
    change(project, GAZETTE, "over 4,000 loaves", "over 4,001 loaves")
    change(project, GAZETTE, "low: 4000", "low: 4001")
    book = load_book(project)
    assert taken(work) == (1, 1, 1)
    figure = book.figure_of_statement["gazette-1"]
    assert figure is not None and figure.quantity.low == 4001
    load_book(project)
    assert taken(work) == (0, 0, 0)


def test_other_measures_read_all_words_again(project: Path, work: dict[str, int]) -> None:
    load_book(project)
    taken(work)
    change(project, "claims/measures.yaml", "nouns: [loaf, bread]", "nouns: [loaf, bread, bun]")
    load_book(project)
    assert taken(work) == (1, 3, 1)


def test_a_file_that_is_wrong_is_told_with_its_line(project: Path) -> None:
    load_book(project)
    change(project, GAZETTE, "origin: baker", "origin: bakre")
    with pytest.raises(BookError) as warm:
        load_book(project)
    shutil.rmtree(project / ".cache")
    with pytest.raises(BookError) as cold:
        load_book(project)
    assert warm.value.problems == cold.value.problems and warm.value.problems
    assert warm.value.problems[0].line > 1


def test_a_known_file_among_wrong_ones_keeps_its_lines(project: Path) -> None:
    """The measure is wrong now, and the page that uses it is known."""
    load_book(project)
    change(project, "claims/measures.yaml", "id: loaves\n", "id: leaves\n")
    with pytest.raises(BookError) as warm:
        load_book(project)
    shutil.rmtree(project / ".cache")
    with pytest.raises(BookError) as cold:
        load_book(project)
    assert warm.value.problems == cold.value.problems
    assert any(problem.file == GAZETTE and problem.line > 1 for problem in warm.value.problems)


def test_a_file_that_is_gone_is_gone(project: Path) -> None:
    load_book(project)
    (project / "sources/herald.yaml").unlink()
    with pytest.raises(BookError, match="herald-1"):
        load_book(project)


def test_a_book_that_is_wrong_is_not_kept(project: Path, work: dict[str, int]) -> None:
    change(project, GAZETTE, "origin: baker", "origin: bakre")
    for _ in range(2):
        with pytest.raises(BookError):
            load_book(project)
    assert not (project / KEPT).exists()


def no_key() -> bytes:
    raise OSError(errno.ENOENT, "no home")


def spoilt(raw: bytes) -> Iterator[bytes]:
    """Ways in which a file is not what was written."""
    code, _, rest = raw.partition(b"\n")
    yield b""
    yield raw[: len(raw) // 2]
    yield raw[:-1]
    yield raw + b" "
    yield rest
    yield b"0" * len(code) + b"\n" + rest
    yield code + b"\n" + rest.replace(b"4000", b"9000")
    yield code + b"\n{}"
    yield b"\xff" * 200


def test_what_was_spoilt_is_not_believed(project: Path, work: dict[str, int]) -> None:
    cold = load_book(project)
    raw = (project / KEPT).read_bytes()
    assert b"4000" in raw
    taken(work)
    for broken in spoilt(raw):
        (project / KEPT).write_bytes(broken)
        assert told(load_book(project)) == told(cold)
        assert taken(work)[0] == 5
        assert (project / KEPT).read_bytes() == raw


def test_what_another_user_kept_is_not_believed(
    project: Path, work: dict[str, int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A copy of a project brings no figures but those of its files."""
    load_book(project)
    taken(work)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    kept_files._key.cache_clear()
    load_book(project)
    assert taken(work)[0] == 5


def test_what_another_version_kept_is_not_believed(
    project: Path, work: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_book(project)
    taken(work)
    monkeypatch.setattr("tallybook.book.known_files.code_digest", lambda: "another")
    load_book(project)
    assert taken(work)[0] == 5


def test_one_file_is_not_taken_for_another(tmp_path: Path) -> None:
    files = KeptFiles(tmp_path, ".cache/made-up")
    files.write("one", {"a": 1}, b"content")
    assert files.read("one") == (b'{"a": 1}', b"content")
    shutil.copy(tmp_path / ".cache/made-up/one", tmp_path / ".cache/made-up/two")
    with pytest.raises(ValueError, match="two"):
        files.read("two")


def test_what_is_kept_of_an_article_may_have_any_id(tmp_path: Path) -> None:
    files = KeptFiles(tmp_path, ".cache/made-up")
    for id_ in ("lock", "key", "new"):
        files.write(f"{id_}/one", {}, b"content")
        assert files.read(f"{id_}/one") == (b"{}", b"content")


def test_where_nothing_can_be_kept_the_book_opens(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No home, a folder that is a file, a link that leads out: nothing is kept, and nothing is told."""
    cold = load_book(project)
    shutil.rmtree(project / ".cache")
    (project / ".cache").write_text("a file")
    assert told(load_book(project)) == told(cold)
    (project / ".cache").unlink()
    outside = project.parent / "outside"
    outside.mkdir()
    (project / ".cache").symlink_to(outside)
    assert told(load_book(project)) == told(cold)
    assert not list(outside.iterdir())
    (project / ".cache").unlink()
    with monkeypatch.context() as without_key:
        without_key.setattr(kept_files, "_key", no_key)
        assert told(load_book(project)) == told(cold)
    assert not (project / ".cache").exists()


def test_the_key_is_for_its_user_alone(project: Path) -> None:
    load_book(project)
    key = Path(os.environ["XDG_STATE_HOME"]) / "tallybook" / "key"
    assert len(key.read_bytes()) == 32
    assert os.name == "nt" or key.stat().st_mode & 0o077 == 0
    assert [file.name for file in key.parent.iterdir()] == ["key"]


_OPENED_OFTEN = """
import sys
from pathlib import Path
from tallybook.book import known_files, load_book

known_files.FEWEST = 0
root = Path(sys.argv[1])
for _ in range(6):
    (root / ".cache/book/files.json").unlink(missing_ok=True)
    book = load_book(root)
    print(sorted(book.statements), book.figure_of_statement)
"""


def test_two_processes_share_it(project: Path) -> None:
    """Each opens the same book while both write."""
    command = [sys.executable, "-c", _OPENED_OFTEN, str(project)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told_by_each = [process.communicate(timeout=60)[0].splitlines() for process in running]
    assert [process.returncode for process in running] == [0, 0]
    first = told_by_each[0][0]
    assert told_by_each == [[first] * 6] * 2
    assert sorted(file.name for file in (project / ".cache/book").iterdir()) == ["files.json"]


def test_a_draft_left_by_a_kill_is_replaced(project: Path) -> None:
    draft = project / f"{KEPT}.new"
    draft.parent.mkdir(parents=True)
    draft.write_bytes(b"half")
    load_book(project)
    assert (project / KEPT).is_file() and not draft.exists()


def test_it_holds_data_and_no_code(project: Path) -> None:
    load_book(project)
    code, head, body, figures = (project / KEPT).read_bytes().split(b"\n")
    assert len(code) == 64 and set(json.loads(head)) == {"format", "program", "measures", "sound"}
    assert set(json.loads(body)) == {
        "measures",
        "origins",
        "articles",
        "sources",
        "claims",
        "digests",
    }
    assert set(json.loads(figures)) == {"gazette-1", "herald-1"}


def change(project: Path, file: str, old: str, new: str) -> None:
    text = (project / file).read_text(encoding="utf-8")
    assert old in text
    (project / file).write_text(text.replace(old, new), encoding="utf-8")


def test_a_link_is_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    files = KeptFiles(tmp_path, ".cache/made-up")
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache/made-up").symlink_to(outside)
    with pytest.raises(OSError, match="leads out"):
        files.write("one", {}, b"content")
    (outside / "one").write_bytes(b"content")
    with pytest.raises(ValueError, match="one"):
        files.read("one")
    assert [file.name for file in outside.iterdir()] == ["one"]
