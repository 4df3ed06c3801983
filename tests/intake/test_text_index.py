"""The index of cached pages and folders: only new files are read, and it may be deleted at any time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tallybook.book import Book, load_book
from tallybook.book.problems import BookError
from tallybook.intake.candidates import Candidates
from tallybook.intake.claim_asked import asked_of
from tallybook.intake.figures_found import Where
from tallybook.intake.other_numbers import numbers_of
from tallybook.intake.text_index import FILE, TextIndex
from tallybook.intake.text_language import language_of

sys.path.insert(0, str(Path(__file__).parent))
from made_up_town import write_town

TEXT = "The treasurer said that the town owes €395 million to its banks.\n\nThe bridge is 300 metres long.\n"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return load_book(write_town(tmp_path / "town"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "old").mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "old" / "b.md").write_text("In 2025 the debt was **€401 million**.\n", encoding="utf-8")
    (folder / "c.png").write_bytes(b"no text")
    return folder


def near(book: Book, folder: Path, claim: str = "c-debt") -> list[str]:
    article = book.articles["town"]
    asked = asked_of(book, article, next(c for c in article.claims if c.id == claim))
    return [f"{found.name}: {found.words}" for found in TextIndex(book, [folder]).near(asked)]


def test_figures_are_found_by_unit_and_size(book: Book, folder: Path) -> None:
    assert near(book, folder) == ["reports/a.txt: €395 million", "reports/old/b.md: €401 million"]
    assert near(book, folder, "c-rain") == []


def test_only_new_and_changed_files_are_read(book: Book, folder: Path) -> None:
    assert TextIndex(book, [folder]).indexed.read == 2
    assert TextIndex(book, [folder]).indexed.read == 0
    (folder / "a.txt").write_text(TEXT.replace("395", "397"), encoding="utf-8")
    later = time.time_ns() + 10**9
    os.utime(folder / "a.txt", ns=(later, later))
    assert TextIndex(book, [folder]).indexed.read == 1
    assert near(book, folder)[0] == "reports/a.txt: €397 million"


def test_a_file_that_is_gone_is_forgotten(book: Book, folder: Path) -> None:
    near(book, folder)
    (folder / "a.txt").unlink()
    assert near(book, folder) == ["reports/old/b.md: €401 million"]


def test_other_folders_are_not_looked_in(book: Book, folder: Path, tmp_path: Path) -> None:
    near(book, folder)
    (tmp_path / "empty").mkdir()
    assert near(book, tmp_path / "empty") == []


@pytest.mark.parametrize("content", [b"", b"no database", os.urandom(4096)])
def test_a_broken_index_is_made_anew(book: Book, folder: Path, content: bytes) -> None:
    (book.root / FILE).parent.mkdir(exist_ok=True)
    (book.root / FILE).write_bytes(content)
    assert len(near(book, folder)) == 2


def test_it_may_be_deleted(book: Book, folder: Path) -> None:
    near(book, folder)
    for file in (book.root / FILE).parent.glob("*.sqlite*"):
        file.unlink()
    assert len(near(book, folder)) == 2


def test_two_processes_at_once(book: Book, folder: Path) -> None:
    for n in range(60):
        (folder / f"n{n}.txt").write_text(TEXT.replace("395", f"{350 + n}"), encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from tallybook.book import load_book\n"
        "from tallybook.intake.text_index import TextIndex\n"
        "index = TextIndex(load_book(Path(sys.argv[1])), [Path(sys.argv[2])])\n"
        "print(len(index), index.indexed.left_out)"
    )
    words = [sys.executable, "-c", code, str(book.root), str(folder)]
    running = [
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in "ab"
    ]
    for process in running:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (0, "62 []\n", "")
    assert len(near(book, folder)) == 62


def test_what_cannot_be_read_is_told(book: Book, folder: Path) -> None:
    (folder / "z.docx").write_bytes(b"\xff\xfe\xfa broken")
    left_out = TextIndex(book, [folder]).indexed.left_out
    assert len(left_out) == 1 and left_out[0].startswith("reports/z.docx: ")


def test_links_are_not_followed(book: Book, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TEXT.replace("395", "399"), encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert all("399" not in one for one in near(book, folder))


def test_no_folder(book: Book, folder: Path) -> None:
    with pytest.raises(BookError, match="is no folder"):
        TextIndex(book, [folder / "a.txt"])


def test_pages_of_sources_are_looked_in_without_what_is_stated(book: Book) -> None:
    pages = book.root / ".cache" / "pages"
    pages.mkdir(parents=True)
    (pages / "p-debt-0.txt").write_text(
        "The town owes €390 million, and a year ago the debt was €380 million.\n", encoding="utf-8"
    )
    found = [one.found for one in Candidates(book, book.articles["town"]).of("c-debt")]
    of_page = [figure for figure in found if figure.where is Where.PAGE]
    assert [(figure.name, figure.words) for figure in of_page] == [("p-debt-0", "€380 million")]
    stated = next(figure for figure in found if figure.name == "debt-0")
    assert stated.sentence.startswith("The town owes") and stated.start == 9


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("최대 1만5000명", [15_000]),
        ("1만 5천 명, 총 4천700명, 2천만", [15_000, 4_700, 20_000_000]),
        ("500万発を上回る", [5_000_000]),
        ("sekitar 15.000 pasukan pada 2024", [15_000]),
        ("6,5 млн снарядов", [6_500_000]),
        ("3,5 juta orang", [3_500_000]),
        ("6割, 40％", [60, 40]),
        ("1,234.5", [1_234]),
        ("", []),
    ],
)
def test_numbers_of_languages_that_are_not_read(text: str, numbers: list[float]) -> None:
    assert [mention.low for mention in numbers_of(text, 0, len(text))] == numbers


@pytest.mark.parametrize(
    "text", ["1" * 200_000, "1万" * 50_000, "1,1" * 60_000, "1 " * 20_000, "여" * 100_000]
)
def test_hostile_numbers_cost_little(text: str) -> None:
    before = time.perf_counter()
    list(numbers_of(text, 0, len(text)))
    assert time.perf_counter() - before < 5


def test_languages() -> None:
    assert language_of(TEXT) == "en"
    assert language_of("Die Stadt hat in dem Jahr nicht mehr ausgegeben als davor, und das ist neu.") == "de"
    assert language_of("La ville a voté son budget pour l'année prochaine, sans hausse des impôts") is None
    assert language_of("") is None
