"""Commands on the book as a whole: check, migrate, schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.arguments import Project, fail, near, project_root, refuse
from tallybook.cli.streams import tell

if TYPE_CHECKING:
    from tallybook.book import Article, Book


def check(
    project: Project = None,
    text: Annotated[
        Path | None,
        typer.Option("--text", help="Text of the article: find each quotation, and figures left out."),
    ] = None,
    article: Annotated[
        str | None, typer.Option("--article", help="Article of that text, or the one of --verdicts.")
    ] = None,
    verdicts: Annotated[
        bool, typer.Option("--verdicts", help="Compare verdicts and relations with those accepted.")
    ] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="With --verdicts: write what is said now as accepted.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail where there are warnings.")] = False,
) -> None:
    """Check all claims and sources. Lists every problem at once, with file, line and remedy.

    Warnings follow "no problem": what can be compared, and deserves a second look. With --verdicts, also
    what changed since somebody accepted it (claims/accepted/).
    """
    from tallybook.book.load import load_book
    from tallybook.book.nobody import nobody_warnings
    from tallybook.book.problems import NO_ARTICLE, BookError, require_name
    from tallybook.book.quotes import check_quotes
    from tallybook.estimates.doubts import doubts
    from tallybook.intake.table_checks import check_tables
    from tallybook.prose import counted
    from tallybook.tables.opened import OpenBook

    if accept and not verdicts:
        refuse("--accept needs --verdicts: it writes the verdicts and relations of now to claims/accepted/.")
    book = load_book(project_root(project))
    if article is not None:
        require_name("article", article, book.articles)
    of_text = check_quotes(book, _article_of_text(book, article), text) if text else None
    for line in (*(of_text.found if of_text else ()), book.summary()):
        tell(line)
    if not book.articles:
        tell(NO_ARTICLE)
    tables = check_tables(book)
    if tables.line:
        tell(tables.line)
    if tables.problems:
        raise BookError(tables.problems)
    opened = OpenBook(book)
    warnings = [
        *sorted([*nobody_warnings(book), *doubts(opened.evidence)]),
        *tables.warnings,
        *(of_text.warnings if of_text else ()),
    ]
    for warning in warnings:
        tell(f"{warning.file}:{warning.line}: warning: {warning.message}")
    if verdicts:
        from tallybook.cli.acceptance import check_verdicts

        check_verdicts(opened, article, accept=accept)
    if warnings and strict:
        fail(f"{counted(len(warnings), 'warning')}. --strict takes none.")


def migrate(
    project: Annotated[
        Path | None, typer.Argument(help="Folder of the project. Default: the project around this folder.")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write the changes. Without it they are only listed.")
    ] = False,
) -> None:
    """Bring a book of the first version to the second. Comments, order and layout stay."""
    from tallybook.book.migration import plan_migration, write_migration
    from tallybook.book.project_files import find_root
    from tallybook.prose import counted

    migration = plan_migration(find_root(project))
    for change in migration.changes:
        tell(str(change))
    for remark in migration.remarks:
        tell(f"{remark.file}:{remark.line}: remark: {remark.message}")
    if not migration.changes:
        tell("Nothing to change: no key of the first version is left.")
        return
    what = f"{counted(len(migration.changes), 'change')} in {counted(len(migration.files), 'file')}"
    if not write:
        fail(f"{what}, none written. Run with --write to write them.")
    write_migration(migration)
    tell(f"{what} written.")


def schema(
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder to write to. Default: schemas, in the project."),
    ] = None,
) -> None:
    """Write the JSON Schemas of the YAML files."""
    from tallybook.book.schema import schemas
    from tallybook.book.text_files import write_whole

    if out is None:
        out = near(project_root(None) / "schemas")
    for name, content in schemas().items():
        try:
            write_whole(out / name, content)
        except OSError as error:
            fail(f"{out / name} cannot be written: {error.strerror}.")
        tell(f"wrote {out / name}")


def _article_of_text(book: Book, article: str | None) -> Article:
    from tallybook.book.problems import NO_ARTICLE

    if article is not None:
        return book.articles[article]
    if len(book.articles) > 1:
        refuse(f"--text needs --article, with one of: {', '.join(book.articles)}")
    if not book.articles:
        fail(f"--text: {NO_ARTICLE}")
    return next(iter(book.articles.values()))
