"""Adding pages when things go wrong: servers that break off, processes that are killed, two at once.

Everything in these pages is made up; the server is one of this machine.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from tallybook.book.load import load_book
from tallybook.book.problems import BookError
from tallybook.intake.source_add import SourceAdding, pages_of

from .test_fetch import HERE, Server, answer, server

for package in ("lxml", "trafilatura", "warcio", "ruamel.yaml", "httpcore"):
    pytest.importorskip(package)

__all__ = ["server"]
CITY = Path(__file__).resolve().parents[1] / "data" / "made-up-city-budget"
HTML = (
    b'<html lang="en"><meta property="og:site_name" content="Made-up Daily"><body><article><h1>Made up</h1>'
    b"<p>The city filled 18,500 potholes last year, according to the Made-up Harbour Council.</p></article>"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "city"
    shutil.copytree(CITY, made)
    return made


def test_a_link_is_fetched_kept_and_drafted(root: Path, server: Server) -> None:
    server.answers["/a?utm_source=x"] = answer("Content-Type: text/html", body=HTML)
    (page,) = pages_of(server.url("/a?utm_source=x"), guard=HERE)
    assert not isinstance(page, BookError)
    added = SourceAdding(root).add(page)
    source = load_book(root).sources[added.source]
    assert source.url == server.url("/a") and source.snapshot is not None
    assert [one.words for one in source.drafted] == ["18,500 potholes"]
    (again,) = pages_of(server.url("/a?utm_source=x"), guard=HERE)
    assert not isinstance(again, BookError)
    assert SourceAdding(root).add(again).known is not None


@pytest.mark.parametrize(
    "body",
    [
        answer("Content-Length: 9000", body=HTML),
        answer("Transfer-Encoding: chunked", body=b"40\r\n" + HTML[:20]),
        answer("Content-Encoding: gzip", body=b"\x1f\x8b\x08\x00"),
        answer(body=HTML, status="500 Oh"),
        answer("Content-Type: image/png", body=b"x"),
        answer("Location: http://[::1]/x", status="302 Found"),
        b"",
    ],
)
def test_a_fetch_that_fails_leaves_nothing(root: Path, server: Server, body: bytes) -> None:
    before = sorted(root.rglob("*"))
    server.answers["/a"] = body
    with pytest.raises(BookError) as found:
        list(pages_of(server.url("/a"), guard=HERE))
    assert len(found.value.problems) == 1
    assert sorted(root.rglob("*")) == before


def _adding(root: Path, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tallybook", "source", "add", str(folder), "--project", str(root)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _folder(tmp_path: Path, name: str, numbers: range) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    for number in numbers:
        said = (
            f"The city filled {number:,} potholes in 2024, the mayor said. "
            + f"Street {number} is whole. " * 9
        )
        (folder / f"page-{number}.txt").write_text(said, encoding="utf-8")
    return folder


def test_two_who_add_the_same_and_other_pages_at_once_lose_nothing(root: Path, tmp_path: Path) -> None:
    one, other = _folder(tmp_path, "one", range(100, 108)), _folder(tmp_path, "other", range(104, 112))
    both = [_adding(root, folder) for folder in (one, other)]
    told = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    book = load_book(root)
    texts = [source.text.sha256 for source in book.sources.values() if source.text]
    assert len(texts) == len(set(texts)) == 12


@pytest.mark.skipif(os.name != "posix", reason="signals are told otherwise there")
def test_killed_at_any_moment_the_book_can_be_loaded(root: Path, tmp_path: Path) -> None:
    folder = _folder(tmp_path, "many", range(200, 240))
    dice = random.Random(11)
    for how in (signal.SIGKILL, signal.SIGINT, signal.SIGKILL):
        process = _adding(root, folder)
        assert process.stdout is not None
        process.stdout.readline()  # it has begun to write
        time.sleep(dice.uniform(0, 0.5))
        process.send_signal(how)
        process.communicate(timeout=60)
        load_book(root)
    process = _adding(root, folder)
    told, wrong = process.communicate(timeout=120)
    assert (process.returncode, wrong) == (0, "")
    assert told.splitlines()[-1] == "40 of 40 pages were read."
    pages = [yaml.safe_load(file.read_text("utf-8")) for file in (root / "sources").glob("page-*.yaml")]
    assert len(pages) == 40
    texts = {file.stem for file in (root / ".cache" / "pages").iterdir()}
    assert texts == {page["id"] for page in pages}
