"""A person's word on the statements that a program drafted of a page: kept, or taken out.

What is kept is a statement like any other from then on, and must be whole: it has a measure and an origin,
and its words carry a figure of the measure. The check of the whole book says so before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.book import Book, Source
from tallybook.book.load import book_of
from tallybook.book.problems import BookError, Problem, nearest, quoted_value
from tallybook.book.records import DraftStatement
from tallybook.estimates.claim_terms import plain_name
from tallybook.intake.case_file import EditedFile, as_yaml, files_of, with_text
from tallybook.intake.drafting import slug
from tallybook.intake.origin_guess import near_origins
from tallybook.prose import listed

ORIGINS = "sources/origins.yaml"
_ORDER = (
    "id", "measure", "words", "origin", "origins", "recorded", "reference_period", "base_period", "dates",
    "stated", "speaker", "speaker_org", "status", "part", "part_in_time", "scope", "scope_note", "base",
    "joined", "relays", "superseded_by", "refused", "draws_on", "via", "remark",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drafted:
    """A drafted statement with its page."""

    source: Source
    statement: DraftStatement


def all_drafted(book: Book) -> Iterator[Drafted]:
    """Every drafted statement of a book, page by page."""
    return (Drafted(source, draft) for source in book.sources.values() for draft in source.drafted)


def book_at(root: Path) -> Book:
    """The book of a project, also of one without an article. Raises BookError."""
    return book_of(files_of(root), root)


def drafted_named(book: Book, id_: str) -> Drafted:
    """The drafted statement of an id. BookError where there is none."""
    found = {one.statement.id: one for one in all_drafted(book)}
    if id_ not in found:
        what = "is a statement already" if id_ in book.statements else "is no drafted statement"
        near = nearest(id_, found) if id_ not in book.statements else ""
        raise BookError([Problem("sources", 1, f"{quoted_value(id_)} {what}.{near}")])
    return found[id_]


def keep(root: Path, id_: str, given: Mapping[str, str | None], *, new_origin: str | None = None) -> Book:
    """Make a drafted statement one like any other; returns the book as it is then.

    ``given``: fields that a person corrects, such as measure, origin and reference_period; "" takes one out.
    ``new_origin``: the name of an origin that is to be added to the book for it. BookError where the
    statement is not whole, or its words carry no figure of its measure: it stays a draft then.
    """
    files = files_of(root)
    book = book_of(files, root)
    drafted = drafted_named(book, id_)
    edited = EditedFile(root, book.source_file(drafted.source.id))
    if new_origin is None:
        return edited.change(lambda data: _kept(data, id_, given))
    origin = _origin_id(book, new_origin)
    data = edited.data()
    _kept(data, id_, {**given, "origin": origin})
    if origin in book.origins:
        return edited.write(as_yaml(data))
    origins = EditedFile(root, ORIGINS)
    held = origins.data()
    held["origins"].append({"id": origin, "name": " ".join(new_origin.split())})
    both = with_text(with_text(files, ORIGINS, as_yaml(held)), edited.name, as_yaml(data))
    book_of(both, root)  # the new origin is written only if the statement can be, too
    origins.write(as_yaml(held))
    return edited.write(as_yaml(data))


def refuse_near_origin(root: Path, name: str) -> None:
    """BookError for a new origin that is nearly called as one of the book, where nobody can be asked."""
    book = book_at(root)
    if any(plain_name(origin.name) == plain_name(name) for origin in book.origins.values()):
        return
    near = near_origins(book, name)
    if near:
        known = listed([f"{quoted_value(one.name)} (--origin {one.id})" for one in near], "or")
        message = (
            f"{quoted_value(name)} may be {known}. If it is another one, add it under 'origins' here, and "
            "give --origin."
        )
        raise BookError([Problem(ORIGINS, 1, message)])


def kept_text(book: Book, source: Source, id_: str, given: Mapping[str, str | None]) -> str:
    """The file of a source in which a drafted statement is one like any other; nothing is written."""
    data = EditedFile(book.root, book.source_file(source.id)).data()
    _kept(data, id_, given)
    return as_yaml(data)


def drop(root: Path, id_: str) -> Book:
    """Take a drafted statement out of its page; its words stay in the page's text."""
    book = book_at(root)
    drafted = drafted_named(book, id_)
    return EditedFile(root, book.source_file(drafted.source.id)).change(lambda data: _dropped(data, id_))


def _kept(data: Any, id_: str, fields: Mapping[str, str | None]) -> None:
    statement = next(one for one in data["statements"] if one["id"] == id_)
    del statement["guessed"]
    for key, value in fields.items():
        if value == "":
            statement.pop(key, None)
        elif value is not None and key in statement:
            statement[key] = value
        elif value is not None:
            later = set(_ORDER[_ORDER.index(key) + 1 :])
            place = next((i for i, there in enumerate(statement) if there in later), len(statement))
            statement.insert(place, key, value)


def _dropped(data: Any, id_: str) -> None:
    data["statements"] = [one for one in data["statements"] if one["id"] != id_]
    if not data["statements"]:
        del data["statements"]


def _origin_id(book: Book, name: str) -> str:
    """The id of an origin of a name, an old or a new one."""
    known = next((o.id for o in book.origins.values() if plain_name(o.name) == plain_name(name)), None)
    made = known or slug(plain_name(name)).replace("-", "_")
    if not made or (known is None and made in book.origins):
        message = (
            f"{quoted_value(name)} makes no free id for an origin. Add it to {ORIGINS}, and give --origin."
        )
        raise BookError([Problem(ORIGINS, 1, message)])
    return made
