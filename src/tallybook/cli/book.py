"""Commands on the book as a whole: check, migrate, schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.arguments import CaseJobs, Project, fail, near, one_of, project_root, refuse
from tallybook.cli.streams import as_utf8, tell

if TYPE_CHECKING:
    from tallybook.intake.checked_book import CheckedBook

_FORMATS = ("text", "junit", "sarif", "github")


def check(
    project: Project = None,
    text: Annotated[
        Path | None,
        typer.Option(
            "--text",
            help="The article's text, as 'new' reads it: find each quotation, and figures left out.",
        ),
    ] = None,
    article: Annotated[
        str | None, typer.Option("--article", help="Article of that text, or the one of --verdicts.")
    ] = None,
    verdicts: Annotated[
        bool, typer.Option("--verdicts", help="Compare verdicts and relations with those accepted.")
    ] = False,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help="Every check of every article: --verdicts, and its figures against each other."
        ),
    ] = False,
    jobs: CaseJobs = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="With --verdicts: write what is said now as accepted.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail where there are warnings.")] = False,
    output: Annotated[
        str, typer.Option("--format", help=f"One of: {', '.join(_FORMATS)}.", metavar="WORD")
    ] = "text",
) -> None:
    """Check all claims and sources. Lists every problem at once, with file, line and remedy.

    Warnings follow "no problem": what can be compared, and deserves a second look. With --verdicts, also
    what changed since somebody accepted it (claims/accepted/). With --all, also figures of an article that
    contradict each other, as warnings; what was found of an article is kept in .cache until a record of it
    changes, and stopped, the same command goes on.
    """
    from tallybook.book.problems import NO_ARTICLE, BookError
    from tallybook.cli.every_progress import stoppable, watched
    from tallybook.intake.checked_book import ArticleNotNamed, check_book
    from tallybook.prose import counted

    one_of("--format", output, _FORMATS)
    if every and accept:
        refuse("--accept goes with --verdicts, and not with --all: look at what you accept.")
    if accept and not verdicts:
        refuse("--accept needs --verdicts: it writes the verdicts and relations of now to claims/accepted/.")
    if accept and output != "text":
        refuse("--accept tells people what changed: leave --format out.")
    if every and article is not None and text is None:
        refuse("--all is of every article: leave --article out.")
    if jobs is not None and not every:
        refuse("--jobs needs --all.")
    root = project_root(project)
    try:
        with stoppable():
            checked = check_book(
                root,
                article=article, text=text, verdicts=verdicts, every=every, jobs=jobs, watched=watched,
            )  # fmt: skip
    except ArticleNotNamed as error:
        if not error.known:
            fail(f"--text: {NO_ARTICLE}")
        refuse(f"--text needs --article, with one of: {', '.join(error.known)}")
    for note in checked.notes:
        tell(note, error=True)
    if output != "text":
        _print_for_programs(checked, root, output, strict=strict)
        return
    for line in checked.lines:
        tell(line)
    for warning in checked.warnings:
        tell(f"{warning.file}:{warning.line}: warning: {warning.message}")
    if checked.problems:
        raise BookError(checked.problems)
    if verdicts or every:
        from tallybook.cli.acceptance import tell_changes

        tell_changes(checked.cases, None if every else article, accept=accept)
    if checked.warnings and strict:
        fail(f"{counted(len(checked.warnings), 'warning')}. --strict takes none.")


def _print_for_programs(checked: CheckedBook, root: Path, output: str, *, strict: bool) -> None:
    """Problems too are told in the format, on standard output; exit code 1 where something fails."""
    from tallybook.exchange.check_formats import FORMATS, report

    found = report(checked, near(root), strict=strict)
    as_utf8()
    tell(FORMATS[output](found))
    if found.fails:
        raise typer.Exit(1)


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
