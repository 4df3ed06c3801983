"""A page as it was fetched, kept beside the book and read again as it was."""

from __future__ import annotations

import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tallybook.book.problems import BookError
from tallybook.intake.article_text import read_article
from tallybook.intake.fetch import LARGEST_BODY, Fetched
from tallybook.intake.snapshot import keep_bytes, keep_snapshot, keep_text, read_snapshot

pytest.importorskip("warcio")

PAGE = "<p>Over 12 loaves – a made-up page.</p>".encode()
WHEN = datetime(2026, 5, 3, 10, 20, 30, tzinfo=UTC)


def fetched(body: bytes = PAGE) -> Fetched:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"))
    return Fetched(body, "https://daily.example/bread", headers, WHEN, "https://daily.example/b")


def test_a_page_comes_back_as_it_was(tmp_path: Path) -> None:
    kept = keep_snapshot(fetched(), tmp_path)
    assert kept.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert kept.file == f".cache/snapshots/2026-05-03-{kept.sha256[:16]}.warc.gz"
    again = read_snapshot(tmp_path / kept.file)
    assert (again.bytes, again.url, again.when) == (PAGE, "https://daily.example/bread", WHEN)
    assert again.content_type == "text/html; charset=utf-8"
    assert again.header("content-encoding") is None


def test_the_cache_is_in_no_repository_and_a_page_is_kept_once(tmp_path: Path) -> None:
    first, again = keep_snapshot(fetched(), tmp_path), keep_snapshot(fetched(), tmp_path)
    assert first == again
    assert (tmp_path / ".cache" / ".gitignore").read_text() == "*\n"
    assert len(list((tmp_path / ".cache" / "snapshots").iterdir())) == 1


def test_texts_and_files_are_kept_by_their_digest(tmp_path: Path) -> None:
    article = read_article(b"Over 12 loaves.\n\nOver 30 rolls.")
    file = keep_text(article, tmp_path)
    assert file.read_text() == article.text and file.stem == article.digest[:16]
    assert keep_bytes(b"x", tmp_path, ".DOCX").suffix == ".docx"
    assert keep_bytes(b"y", tmp_path, "/../../x").parent == tmp_path / ".cache" / "files"


def test_a_link_does_not_lead_the_cache_out_of_the_suite(tmp_path: Path) -> None:
    suite, other = tmp_path / "suite", tmp_path / "other"
    suite.mkdir()
    other.mkdir()
    (suite / ".cache").symlink_to(other)
    with pytest.raises(BookError, match="leads out of the suite"):
        keep_snapshot(fetched(), suite)
    assert not list(other.iterdir())


def bomb() -> bytes:
    body = b"0" * (LARGEST_BODY + 10)
    lines = ["WARC/1.0", "WARC-Type: response", "WARC-Target-URI: http://daily.example/"]
    lines += ["Content-Type: application/http; msgtype=response", f"Content-Length: {len(body) + 19}", "", ""]
    head = "\r\n".join(lines)
    return gzip.compress(head.encode() + b"HTTP/1.1 200 OK\r\n\r\n" + body)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"nothing",
        gzip.compress(b"nothing"),
        gzip.compress(PAGE)[:20],
        bomb(),
        bomb()[:5000],
        gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n"),
    ],
    ids=["nothing", "no archive", "packed words", "half", "bomb", "half a bomb", "no headers"],
)
def test_what_is_no_page_that_was_kept(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "x.warc.gz"
    file.write_bytes(raw)
    with pytest.raises(BookError) as refused:
        read_snapshot(file)
    assert len(refused.value.problems) == 1


def test_nothing_is_left_of_what_could_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import warcio

    def fail(*args: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(warcio.WARCWriter, "write_record", fail)
    with pytest.raises(OSError, match="no room"):
        keep_snapshot(fetched(), tmp_path)
    assert not list((tmp_path / ".cache" / "snapshots").iterdir())
