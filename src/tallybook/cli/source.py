"""The commands on sources: a page, a file or a folder brought in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.arguments import Project, one_of, project_root, refuse
from tallybook.cli.streams import printable, tell
from tallybook.terms import Tier

if TYPE_CHECKING:
    from tallybook.book import Book
    from tallybook.intake.source_add import Added
    from tallybook.intake.source_draft import DraftedPage

app = typer.Typer(no_args_is_help=True, help="Bring pages in as sources.", rich_markup_mode=None)

_MOST_SHOWN = 12
_MOST_WARNINGS = 10
_GUESSES = ("measure", "origin", "speaker", "speaker_org", "via", "relays", "status", "reference_period")


@app.callback()
def sources() -> None:
    """Bring pages in as sources."""


@app.command()
def add(
    where: Annotated[
        list[str],
        typer.Argument(
            metavar="PAGE...", help="Links, files (HTML, PDF, DOCX, Markdown, text, WARC) or folders."
        ),
    ],
    source_id: Annotated[
        str | None,
        typer.Option("--id", help="Id of the source, new or not seen yet. Default: publisher and day."),
    ] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", help="Who published it.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title of the page.")] = None,
    published: Annotated[str | None, typer.Option("--published", help="Day: 2025-12-15, or 2025-12.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="Language of the text.")] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help=f"One of: {', '.join(Tier)}.", metavar="WORD")
    ] = None,
    read_as: Annotated[
        str | None, typer.Option("--read-as", help="One of: html, pdf, docx, md, txt.", metavar="WORD")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Draft also figures that no measure of the book can be of.")
    ] = False,
    project: Project = None,
) -> None:
    """Bring in a page, a file or a folder of them.

    Each page is kept on this machine (.cache/), its digest and day in the book. Figures that a measure of the
    book can be of become drafted statements; their origin and what they repeat are guessed and marked. No
    comparison counts them before a person takes out "guessed". A page that the book has is recognised.
    Exit code 1: a page cannot be read, or the book cannot take it; the others are added all the same.
    """
    from tallybook.book.problems import BookError
    from tallybook.intake.source_add import SourceAdding, pages_of

    if kind is not None:
        one_of("--kind", kind, list(Tier))
    given = {
        "id": source_id, "publisher": publisher, "title": title, "published": published,
        "language": language, "kind": kind,
    }  # fmt: skip
    _only_one(given, where)
    adding = SourceAdding(project_root(project), given, every=every)
    failed = added = 0
    for place in where:
        try:
            for page in pages_of(place, read_as):
                if isinstance(page, BookError):
                    tell(f"not added: {page}", error=True)
                    failed += 1
                    continue
                _tell(adding.add(page), adding.book)
                added += 1
        except BookError as error:
            tell(f"not added: {error}", error=True)
            failed += 1
    if added + failed > 1:
        tell(f"{added} of {added + failed} pages were read.")
    if failed:
        raise typer.Exit(1)


@app.command()
def drafts(
    source: Annotated[str | None, typer.Argument(help="Id of a source. Default: all.")] = None,
    project: Project = None,
) -> None:
    """List the drafted statements, each with what was guessed of it."""
    from tallybook.book.problems import require_name
    from tallybook.intake.source_drafts_taken import all_drafted, book_at
    from tallybook.prose import counted

    book = book_at(project_root(project))
    if source is not None:
        require_name("source", source, book.sources)
    found = [one for one in all_drafted(book) if source in (None, one.source.id)]
    for one in found:
        statement = one.statement
        given = statement.model_dump(mode="json", exclude_defaults=True)
        told = "; ".join(f"{key} {_shown(given[key])}" for key in _GUESSES if key in given)
        tell(f"{statement.id}: {printable(statement.words)}: {printable(told or 'nothing guessed')}")
    tell(f"{counted(len(found), 'drafted statement')}; no comparison counts one")


@app.command()
def review(
    source: Annotated[str | None, typer.Argument(help="Id of a source. Default: all.")] = None,
    project: Project = None,
) -> None:
    """Go through the drafted statements, one key each.

    Each answer is written at once; stop whenever you like, and go on where you were. In a pipe, an answer is
    a line.
    """
    from tallybook.book.problems import require_name
    from tallybook.cli.source_session import SourceSession

    session = SourceSession(project_root(project), source)
    if source is not None:
        require_name("source", source, session.book.sources)
    raise typer.Exit(session.run())


@app.command()
def keep(
    statements: Annotated[
        list[str], typer.Argument(metavar="STATEMENT...", help="Ids of drafted statements.")
    ],
    measure: Annotated[str | None, typer.Option("--measure", help="Id of its measure.")] = None,
    origin: Annotated[str | None, typer.Option("--origin", help="Id of who produced the figure.")] = None,
    new_origin: Annotated[
        str | None, typer.Option("--new-origin", help="Name of an origin to be added to the book for it.")
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", help="What it refers to: 2024-11; '' for none.")
    ] = None,
    relays: Annotated[
        str | None, typer.Option("--relays", help="Id of the statement that it repeats; '' for none.")
    ] = None,
    project: Project = None,
) -> None:
    """Make drafted statements ones like any other.

    The options correct what was guessed. A statement without a measure or an origin, or whose words carry no
    figure of its measure, stays a draft.
    Exit code 1: one of them stays a draft; those before it are kept.
    """
    from tallybook.intake.source_drafts_taken import keep as keep_draft
    from tallybook.intake.source_drafts_taken import refuse_near_origin

    if origin is not None and new_origin is not None:
        refuse("--origin names an origin of the book and --new-origin a new one. Give one of them.")
    root = project_root(project)
    if new_origin is not None:
        refuse_near_origin(root, new_origin)
    given = {"measure": measure, "origin": origin, "reference_period": period, "relays": relays}
    for id_ in statements:
        keep_draft(root, id_, given, new_origin=new_origin)
        tell(f"kept   {printable(id_)}")


@app.command()
def drop(
    statements: Annotated[
        list[str], typer.Argument(metavar="STATEMENT...", help="Ids of drafted statements.")
    ],
    project: Project = None,
) -> None:
    """Take drafted statements out of their pages."""
    from tallybook.intake.source_drafts_taken import drop as drop_draft

    root = project_root(project)
    for id_ in statements:
        drop_draft(root, id_)
        tell(f"taken out {printable(id_)}")


def _only_one(given: Mapping[str, str | None], where: Sequence[str]) -> None:
    """An id and a title are those of one page."""
    from pathlib import Path

    several = len(where) > 1 or any(Path(place).is_dir() for place in where if "://" not in place)
    for name in ("id", "title"):
        if several and given[name] is not None:
            refuse(f"--{name} is of one page, and here are several. Add them one at a time.")


def _tell(added: Added, book: Book) -> None:
    from tallybook.prose import counted

    page, article = added.page, added.page.article
    tell(f"page   {printable(added.name)}: {counted(len(article.paragraphs), 'paragraph')}")
    tell(f"kept   {added.kept}")
    if added.known is not None:
        tell(f"known  {added.file}: {added.known.how}")
        if added.known.changed:
            tell("warn   its text is another one than the book has a digest of; the book is unchanged")
    if added.filled:
        tell(f"filled {added.file}, which nobody had seen")
    elif added.known is None:
        tell(f"added  {added.file}")
    for alike in added.alike[:3]:
        what = f"claims/{alike.name}.yaml" if alike.article else book.source_file(alike.name)
        numbers = f"; only one of them has {', '.join(alike.numbers)}" if alike.numbers else ""
        tell(f"alike  {what}: {alike.likeness:.0%} of the words{printable(numbers)}")
    if added.drafted is not None:
        for line in _drafted(added.drafted):
            tell(line)
    for note in (*article.notes, *(mark.says for mark in article.marks[:_MOST_WARNINGS])):
        tell(f"warn   {printable(note)}")
    if len(article.marks) > _MOST_WARNINGS:
        tell(f"warn   and {len(article.marks) - _MOST_WARNINGS} more; each statement that they touch says so")
    if page.fetched is None and page.article.url is None and added.known is None:
        tell("note   a file tells no address: write 'url' where there is one")
    if added.drafted is not None and added.drafted.data.get("statements"):
        tell(f"next   tallybook source review {added.source}")


def _drafted(made: DraftedPage) -> Iterator[str]:
    from tallybook.prose import counted

    statements = made.data.get("statements", [])
    measured = sum("measure" in one for one in statements)
    origins = sum("origin" in one for one in statements)
    rest = f"; {counted(made.rest, 'other figure')} in its text, where no measure fits" if made.rest else ""
    if statements or made.rest:
        yield (
            f"draft  {counted(len(statements), 'statement')}: {measured} with a measure, {origins} with an "
            f"origin{rest}"
        )
    for one in statements[:_MOST_SHOWN]:
        weak = f" ({weak})" if (weak := made.weak.get(one["id"])) else ""
        told = "; ".join(
            f"{key} {_shown(one[key])}{weak if key == 'measure' else ''}" for key in _GUESSES if key in one
        )
        place = f"¶{made.paragraphs[one['id']]}"
        yield f"       {place} {printable(one['words'])}: {printable(told or 'nothing guessed')}"
    if len(statements) > _MOST_SHOWN:
        yield f"       and {len(statements) - _MOST_SHOWN} more"
    if made.open_names:
        yield f"names  no origin of the book yet: {printable('; '.join(made.open_names[:_MOST_SHOWN]))}"
    for note in made.told:
        yield f"warn   {printable(note)}"


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
