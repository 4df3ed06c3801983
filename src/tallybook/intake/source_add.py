"""Pages brought in as sources: each is kept, recognised where the book has it, and drafted where it has not.

A page is written whole or not at all, and only if the whole book is sound with it. Of two people who add one
page at once, the second is told that it is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tallybook.book import Book, Source
from tallybook.book.load import book_of
from tallybook.book.periods import parse_period
from tallybook.book.problems import BookError, Problem, quoted_value
from tallybook.book.project_files import SOURCES, book_files, id_of
from tallybook.book.text_files import write_whole
from tallybook.intake.article_text import unread
from tallybook.intake.case_file import EditedFile, as_yaml, files_of, with_text, write_new
from tallybook.intake.drafting import slug
from tallybook.intake.fetch import Guard
from tallybook.intake.folder_walk import files_below
from tallybook.intake.known_pages import PAGES, Alike, How, Known, KnownPages
from tallybook.intake.noted_pages import NOT_STATED
from tallybook.intake.page_address import site
from tallybook.intake.read_page import PageRead, page_at, page_of
from tallybook.intake.snapshot import cache_folder
from tallybook.intake.source_draft import DraftedPage, SourceDrafts, published_of, publisher_of

MOST_FILES = 2_000
"""Files of one folder that are brought in at once."""

_ENDINGS = frozenset(
    {".html", ".htm", ".xhtml", ".pdf", ".docx", ".md", ".markdown", ".txt", ".text", ".warc", ".gz"}
)
_SCHEMA = "# yaml-language-server: $schema=../schemas/source.schema.json\n"
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_MOST_TRIES = 20
_LONGEST_ID = 60


@dataclass(frozen=True)
class Added:
    """What became of one page.

    ``known``: the source that it is, None of a new one; ``filled``: whether a source that nobody had seen was
    filled from it; ``kept``: the file beside the book; ``drafted``: None where nothing was drafted;
    ``alike``: texts of the book that are nearly the same. ``file``: of the source, relative to the project.
    """

    name: str
    source: str
    file: str
    page: PageRead
    kept: str
    known: Known | None = None
    filled: bool = False
    drafted: DraftedPage | None = None
    alike: list[Alike] = field(default_factory=list)


class SourceAdding:
    """A book that pages are added to.

    ``given``: what a person says of them: id, publisher, title, published, language, kind; ``every``: draft
    also figures that no measure of the book can be of.
    """

    def __init__(
        self, root: Path, given: Mapping[str, str | None] | None = None, *, every: bool = False
    ) -> None:
        self.root, self.given, self.every = root, given or {}, every
        _check(self.given)
        self._open()

    def _open(self) -> None:
        """Read the book as it is now."""
        self.files = files_of(self.root)
        self.book: Book = book_of(self.files, self.root)
        self.known = KnownPages(self.root, self.book)
        self.drafts = SourceDrafts(self.book)

    def add(self, page: PageRead) -> Added:
        """Bring one page in. BookError where the book cannot take it; nothing is written then."""
        kept = page.keep(self.root)
        if self._others_added():
            self._open()
        for _ in range(_MOST_TRIES):
            found = self._named() or self.known.find(page)
            if found is not None:
                return self._known(page, kept, found)
            added = self._new(page, kept)
            if added is not None:
                return added
            self._open()  # somebody else has added a page of this id meanwhile, perhaps this one
        raise unread(page.name, "finds no free id. Give one by --id.")

    def _named(self) -> Known | None:
        """The source that a person says a page is: one that nobody had seen, or whose text was not kept."""
        source = self.book.sources.get(self.given.get("id") or "")
        waits = source is not None and source.text is None
        return Known(source.id, How.NAMED) if source is not None and waits else None

    def _others_added(self) -> bool:
        there = {id_of(name) for name in book_files(self.root) if name.startswith(f"{SOURCES}/")}
        return there != {*self.files.sources, "origins"}

    def _new(self, page: PageRead, kept: str) -> Added | None:
        """None where another process has just made a page of this id."""
        id_ = self.given.get("id") or self._free_id(page)
        name = f"sources/{id_}.yaml"
        there = self.files.sources.get(id_)
        if there is not None and there.lines.file != name:
            raise BookError([Problem(there.lines.file, 1, "is there already. Take another --id.")])
        alike = self.known.alike(page)
        near = [one.name for one in alike if not one.article and not one.numbers]
        copies = (one.name for one in alike if one.article and not one.numbers)
        copy_of = self.known.article_at(page) or next(copies, None)
        made = self.drafts.draft(page, id_, self.given, alike=near, copy_of=copy_of, every=self.every)
        text = _SCHEMA + as_yaml(made.data)
        files = with_text(self.files, name, text)
        book = book_of(files, self.root)
        try:
            write_new(self.root, name, text)
        except BookError:
            if self.given.get("id") or not (self.root / name).exists():
                raise
            return None
        self.files, self.book = files, book
        self._keep_text(id_, page)
        return Added(page.name, id_, name, page, kept, drafted=made, alike=alike)

    def _known(self, page: PageRead, kept: str, known: Known) -> Added:
        """A page that the book has: one that nobody had seen is filled; of another the text is kept, if it is
        the one that the book has a digest of, or none."""
        source = self.book.sources[known.source]
        name = self.book.source_file(source.id)
        if source.seen and source.text is None:
            self._edit(source, lambda data: _digests(data, self._draft(page, source)))
        elif not source.seen:
            made = self._draft(page, source)
            self._edit(source, lambda data: _filled(data, made.data))
            self._keep_text(source.id, page)
            return Added(page.name, source.id, name, page, kept, known, filled=True, drafted=made)
        if not known.changed:
            self._keep_text(source.id, page)
        return Added(page.name, source.id, name, page, kept, known)

    def _draft(self, page: PageRead, source: Source) -> DraftedPage:
        publisher = None if _is_host(source.publisher, source.url) else source.publisher
        given = {"publisher": publisher} | {key: value for key, value in self.given.items() if value}
        return self.drafts.draft(page, source.id, given, every=self.every)

    def _edit(self, source: Source, step: Any) -> None:
        edited = EditedFile(self.root, self.book.source_file(source.id))
        self.book = edited.change(step)
        self.files = with_text(self.files, edited.name, edited.text)

    def _keep_text(self, source: str, page: PageRead) -> None:
        write_whole(cache_folder(self.root, PAGES) / f"{source}.txt", page.article.text)
        self.known.add(self.book, source, page.article.text)

    def _free_id(self, page: PageRead) -> str:
        """Of who published it and when: "daily-news-2025-06-01"."""
        publisher, _ = publisher_of(page, self.given)
        stem = slug(Path(page.name).stem, _LONGEST_ID) if page.fetched is None else ""
        base = slug(publisher, _LONGEST_ID) if publisher != NOT_STATED else stem
        day, _ = published_of(page, self.given)
        base = f"{base or 'page'}-{slug(day or '') or 'undated'}"
        made, number = base, 2
        while made in self.book.sources:
            made, number = f"{base}-{number}", number + 1
        return made


def pages_of(
    where: str, kind: str | None = None, guard: Guard | None = None
) -> Iterator[PageRead | BookError]:
    """The pages of a link, a file or a folder; in a folder, the error of each that cannot be read.

    BookError where a link or file cannot be read, or a folder has no or too many texts.
    """
    if where.startswith(("http://", "https://")):
        yield page_at(where, kind, guard)
    elif not Path(where).is_dir():
        yield page_of(Path(where), kind)
    else:
        for file in _files_in(Path(where)):
            try:
                yield page_of(file, kind)
            except BookError as error:
                yield error


def _files_in(folder: Path) -> list[Path]:
    """The files of a folder that may hold a page, all of them before the first is read."""
    found = list(files_below(folder, _ENDINGS, MOST_FILES))
    if not found:
        raise unread(str(folder), "has no HTML, PDF, DOCX, Markdown, text or WARC file.")
    return found


def _check(given: Mapping[str, str | None]) -> None:
    """BookError for an id or a day that cannot be one."""
    id_, day = given.get("id"), given.get("published")
    if id_ and not _ID.fullmatch(id_):
        message = f"--id {quoted_value(id_)} is no id: small letters, digits, '-' and '_'."
        raise BookError([Problem("sources", 1, message)])
    try:
        parse_period(day or "2025")
    except ValueError as error:
        raise BookError([Problem("sources", 1, f"--published {quoted_value(day or '')}: {error}")]) from None


def _is_host(publisher: str, url: str | None) -> bool:
    """Whether a publisher is named as a program does that knows the address alone."""
    return publisher == NOT_STATED or site(f"https://{publisher}") == site(url)


def _digests(data: Any, made: DraftedPage) -> None:
    for key in ("snapshot", "text"):
        data[key] = made.data[key]


def _filled(data: Any, made: Mapping[str, Any]) -> None:
    """What is known of a source that nobody had seen, with what the page says. What a person wrote stays."""
    data.pop("seen", None)
    new = {key for key in made if key not in data}
    if _is_host(str(data["publisher"]), data.get("url")):
        new.add("publisher")
    for key in made:
        if key in new:
            data[key] = made[key]
    guessed = [key for key in made.get("guessed", ()) if key in new]
    if guessed:
        data["guessed"] = guessed
    else:
        data.pop("guessed", None)
