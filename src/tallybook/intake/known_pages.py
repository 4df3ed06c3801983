"""Whether a page that is brought in is one that the book has: by its address, its bytes, its text.

A page with nearly the same text but other numbers is none: so looks an update, and its figures count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tallybook.book import Book, Source
from tallybook.book.problems import BookError
from tallybook.book.text_files import read_text
from tallybook.intake.case_file import cached_text
from tallybook.intake.near_texts import NEAR, Sample, likeness, other_numbers, sample_of
from tallybook.intake.page_address import is_front_page, same_address, site
from tallybook.intake.read_page import PageRead
from tallybook.intake.snapshot import CACHE

PAGES = "pages"
"""The folder of the cache where the text of a source stands under its id."""


class How(StrEnum):
    """By what a page is known."""

    BYTES = "the same bytes"
    TEXT = "the same text"
    ADDRESS = "the same address"
    CANONICAL = "the address that the page calls its own"
    NEAR = "nearly the same text"
    NAMED = "the id that you gave"


@dataclass(frozen=True, slots=True)
class Known:
    """A page of the book. ``changed``: its text is another one than that which the book has a digest of."""

    source: str
    how: How
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """A text of the book that is nearly that of a page.

    ``name``: of a source or an article; ``numbers``: those that only one of the two has, the first of them.
    """

    name: str
    likeness: float
    numbers: tuple[str, ...]
    article: bool = False


def text_of_page(root: Path, source: str) -> str | None:
    """The text of a source's page from the cache; None where it is not there."""
    return cached(root / CACHE / PAGES / f"{source}.txt")


def cached(file: Path) -> str | None:
    """A text of the cache; None where it is not there, or broken: the cache may be deleted at any time."""
    if not file.is_file() or file.is_symlink():
        return None
    try:
        return read_text(file)
    except BookError:
        return None


class KnownPages:
    """The pages of a book, ready to be asked about new ones."""

    def __init__(self, root: Path, book: Book) -> None:
        self._root, self._book = root, book
        self._addresses: dict[str, str] = {}
        self._bytes: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._samples: dict[str, Sample] | None = None
        for source in book.sources.values():
            self._take(source)

    def add(self, book: Book, source: str, text: str) -> None:
        """A page that the book has from now on; its text is in the cache."""
        self._book = book
        self._take(book.sources[source])
        sample = sample_of(text)
        if self._samples is not None and sample is not None:
            self._samples[source] = sample

    def article_at(self, page: PageRead) -> str | None:
        """The article of the book that stands at the address of a page."""
        here = {same_address(address) for address in (page.url, page.asked, page.canonical)} - {None}
        found = (a.id for a in self._book.articles.values() if same_address(a.url) in here)
        return next(found, None)

    def _take(self, source: Source) -> None:
        address = same_address(source.url)
        if address is not None:
            self._addresses.setdefault(address, source.id)
        if source.snapshot is not None:
            self._bytes.setdefault(source.snapshot.sha256, source.id)
        if source.text is not None:
            self._texts.setdefault(source.text.sha256, source.id)

    def find(self, page: PageRead) -> Known | None:
        """The source that a page is; None where the book has none."""
        article = page.article
        for address in (page.url, page.asked):
            source = self._addresses.get(same_address(address) or "")
            if source is not None:
                return Known(source, How.ADDRESS, self._changed(source, article.digest))
        if article.sha256_of_bytes in self._bytes:
            return Known(self._bytes[article.sha256_of_bytes], How.BYTES)
        if article.digest in self._texts and self._same_site(self._texts[article.digest], page):
            return Known(self._texts[article.digest], How.TEXT)
        return self._by_canonical(page) or self._by_likeness(page)

    def alike(self, page: PageRead) -> list[Alike]:
        """The texts of the book that are nearly that of a page, the most alike first."""
        own = sample_of(page.article.text)
        if own is None:
            return []
        found = [*self._alike_sources(own), *self._alike_articles(own)]
        return sorted(found, key=lambda one: (-one.likeness, one.name))

    def _changed(self, source: str, digest: str) -> bool:
        text = self._book.sources[source].text
        return text is not None and text.sha256 != digest

    def _by_canonical(self, page: PageRead) -> Known | None:
        """What a page calls its own address is wrong where that is a front page, on another site, or the
        address of quite another text."""
        canonical = page.canonical
        if canonical is None or is_front_page(canonical):
            return None
        if page.url is not None and site(page.url) != site(canonical):
            return None
        source = self._addresses.get(same_address(canonical) or "")
        if source is None:
            return None
        text = text_of_page(self._root, source)
        one, other = sample_of(page.article.text), sample_of(text) if text else None
        if one is not None and other is not None and likeness(one, other) < NEAR:
            return None
        return Known(source, How.CANONICAL, self._changed(source, page.article.digest))

    def _by_likeness(self, page: PageRead) -> Known | None:
        for alike in self.alike(page):
            if not alike.article and not alike.numbers and self._same_site(alike.name, page):
                return Known(alike.name, How.NEAR)
        return None

    def _same_site(self, source: str, page: PageRead) -> bool:
        """A text on another site is a copy of the page and another page."""
        here = site(page.url or page.canonical)
        there = site(self._book.sources[source].url)
        return here is None or there is None or here == there

    def _alike_sources(self, own: Sample) -> Iterator[Alike]:
        if self._samples is None:
            texts = ((id_, text_of_page(self._root, id_)) for id_ in self._book.sources)
            samples = ((id_, sample_of(text)) for id_, text in texts if text)
            self._samples = {id_: sample for id_, sample in samples if sample is not None}
        for id_, sample in self._samples.items():
            if (like := likeness(own, sample)) >= NEAR:
                yield Alike(id_, like, tuple(other_numbers(own, sample)[:8]))

    def _alike_articles(self, own: Sample) -> Iterator[Alike]:
        for article in self._book.articles.values():
            text = cached_text(self._root, article)
            sample = sample_of(text) if text else None
            if sample is not None and (like := likeness(own, sample)) >= NEAR:
                yield Alike(article.id, like, tuple(other_numbers(own, sample)[:8]), article=True)
