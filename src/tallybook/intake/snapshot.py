"""What was fetched, kept beside the book and out of its repository: the page as a WARC file, texts as text.

The book itself keeps a digest alone. A WARC file is what web archives keep: the bytes of the page, the
headers that it came with, its address and the moment.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from tallybook.book.problems import BookError
from tallybook.book.text_files import replacing, write_whole
from tallybook.intake.article_text import ArticleText, unread
from tallybook.intake.extras import extra
from tallybook.intake.fetch import LARGEST_BODY, Fetched

CACHE = ".cache"
_PACKED = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers of the page as it travelled; it is kept unpacked."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``file``: relative to the suite; ``sha256``: of the page's bytes; ``when``: it was fetched, in UTC."""

    file: str
    url: str
    sha256: str
    when: datetime


def cache_folder(suite: Path, name: str) -> Path:
    """A folder under ``<suite>/.cache``, which no repository takes in. BookError where it leads elsewhere."""
    folder = suite / CACHE / name
    if not folder.resolve().is_relative_to(suite.resolve()):
        raise unread(f"{CACHE}/{name}", "leads out of the suite's folder. Remove the link.")
    ignore = suite / CACHE / ".gitignore"
    if not ignore.is_file():
        write_whole(ignore, "*\n")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def keep_snapshot(fetched: Fetched, suite: Path) -> Snapshot:
    """Keep a page under its day and digest; the same page of one day is kept once."""
    warcio = extra("warcio", "intake", "keeping a page", fetched.url)
    from warcio.statusandheaders import StatusAndHeaders

    digest = hashlib.sha256(fetched.bytes).hexdigest()
    file = cache_folder(suite, "snapshots") / f"{fetched.when:%Y-%m-%d}-{digest[:16]}.warc.gz"
    kept = Snapshot(file.relative_to(suite).as_posix(), fetched.url, digest, fetched.when)
    if file.is_file():
        return kept
    headers = [(name, value) for name, value in fetched.headers if name.lower() not in _PACKED]
    with replacing(file) as beside, beside.open("wb") as stream:
        writer = warcio.WARCWriter(stream, gzip=True)
        record = writer.create_warc_record(
            fetched.url,
            "response",
            payload=BytesIO(fetched.bytes),
            length=len(fetched.bytes),
            http_headers=StatusAndHeaders(fetched.status, headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": fetched.when.strftime("%Y-%m-%dT%H:%M:%SZ")},
        )
        writer.write_record(record)
    return kept


def read_snapshot(file: Path) -> Fetched:
    """A page that was kept. BookError where the file is none, is damaged or unpacks to too much."""
    extra("warcio", "intake", "reading a kept page", str(file))
    from warcio.archiveiterator import ArchiveIterator

    try:
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type == "response":
                    body = record.content_stream().read(LARGEST_BODY + 1)
                    if len(body) > LARGEST_BODY:
                        raise unread(str(file), f"unpacks to more than {LARGEST_BODY:,} bytes.")
                    url = record.rec_headers.get_header("WARC-Target-URI") or ""
                    moment = record.rec_headers.get_header("WARC-Date") or ""
                    headers = record.http_headers.headers if record.http_headers else []
                    when = datetime.strptime(moment[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
                    return Fetched(body, url, tuple(headers), when, url)
    except OSError as error:
        raise unread(str(file), f"cannot be read: {error.strerror or 'it is damaged'}.") from None
    except BookError:
        raise
    except Exception:  # a damaged file breaks the library in ways that it does not name
        pass
    raise unread(str(file), "is no page that was kept here. Fetch it again.")


def keep_text(article: ArticleText, suite: Path) -> Path:
    """Keep the text of an article under its digest."""
    file = cache_folder(suite, "texts") / f"{article.digest[:16]}.txt"
    if not file.is_file():
        write_whole(file, article.text)
    return file


def keep_bytes(raw: bytes, suite: Path, ending: str = "") -> Path:
    """Keep a file as it was given, under its digest. ``ending``: of its name, with the dot."""
    safe = ending if ending[:1] == "." and ending[1:].isascii() and ending[1:].isalnum() else ""
    file = cache_folder(suite, "files") / f"{hashlib.sha256(raw).hexdigest()[:16]}{safe.lower()}"
    if not file.is_file():
        with replacing(file) as beside:
            beside.write_bytes(raw)
    return file
