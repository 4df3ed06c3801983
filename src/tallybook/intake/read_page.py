"""A page or file as it is brought in as a source: its bytes, its text, where it came from and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tallybook.intake.article_text import LARGEST_FILE, ArticleText, read_article, unread
from tallybook.intake.fetch import Fetched, Guard, fetch
from tallybook.intake.snapshot import keep_bytes, keep_snapshot, read_snapshot

_KEPT = (".warc", ".warc.gz")


@dataclass(frozen=True)
class PageRead:
    """``name``: as it was asked for; ``url``: where it was in the end, ``asked``: where it was looked for,
    None of a file; ``when``: it was read, in UTC; ``fetched``: what a server said, None of a file."""

    name: str
    article: ArticleText
    raw: bytes = field(repr=False)
    when: datetime
    url: str | None = None
    asked: str | None = None
    fetched: Fetched | None = field(default=None, repr=False)

    @property
    def canonical(self) -> str | None:
        """The address that the page says is its own."""
        return self.article.url

    def keep(self, root: Path) -> str:
        """Keep it beside the book; the file's name."""
        if self.fetched is not None:
            return keep_snapshot(self.fetched, root).file
        return keep_bytes(self.raw, root, Path(self.name).suffix).relative_to(root).as_posix()


def page_at(url: str, kind: str | None = None, guard: Guard | None = None) -> PageRead:
    """The page at an address. BookError where it cannot be fetched or read."""
    return fetched_page(fetch(url, guard=guard), url, kind)


def page_of(file: Path, kind: str | None = None) -> PageRead:
    """The page in a file, or in the WARC file of one that was kept. BookError where it cannot be read."""
    if file.name.lower().endswith(_KEPT):
        return fetched_page(read_snapshot(file), str(file), kind)
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise unread(str(file), f"cannot be read: {error.strerror}.") from None
    article = read_article(raw, name=str(file), kind=kind)
    return PageRead(str(file), article, raw, datetime.now(UTC))


def fetched_page(fetched: Fetched, name: str, kind: str | None = None) -> PageRead:
    """Its text is read as of a file, so that the address that the page itself names is known too."""
    article = read_article(fetched.bytes, name=name, kind=kind, content_type=fetched.content_type)
    return PageRead(name, article, fetched.bytes, fetched.when, fetched.url, fetched.asked or name, fetched)
