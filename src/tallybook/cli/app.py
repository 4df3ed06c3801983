"""The ``tallybook`` command: its families of commands, and what a person is told when one fails."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import tallybook
from tallybook.cli import (
    assistant,
    book,
    cases,
    export,
    lint,
    match,
    measures,
    new,
    quotes,
    reading,
    report,
    review,
    scan,
    source,
    source_table,
    suite,
)  # fmt: skip
from tallybook.cli.arguments import fail, unwritten
from tallybook.cli.streams import keep_to_the_encoding, tell


class Commands(TyperGroup):
    """Errors that a person can mend are plain lines and exit code 1, without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as error:
            from tallybook.book.problems import BookError, UnknownName
            from tallybook.prose import counted

            match error:
                case BookError():
                    fail(f"{error}\n{counted(len(error.problems), 'problem')}")
                case UnknownName():
                    fail(str(error))
                case OSError() if not isinstance(error, BrokenPipeError):
                    fail(unwritten(error))
            raise


app = typer.Typer(
    cls=Commands,
    help="Compare the figures of a news article with what its sources say.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

for command in (
    suite.init, new.new, review.review, review.sheet, review.status, measures.measures, match.match,
    quotes.quotes, reading.read, scan.scan, book.check, cases.verdicts, cases.explain, cases.compare,
    cases.drift,
    cases.robustness, cases.selfcheck, lint.lint, export.export, report.report, report.notebooks,
    book.schema, book.migrate, assistant.mcp,
):  # fmt: skip
    app.command()(command)
source.app.command()(source_table.table)
app.add_typer(source.app, name="source")


def _print_version(wanted: bool) -> None:
    if wanted:
        tell(f"tallybook {tallybook.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options that stand before the command."""


def main() -> None:
    """Run the command. A reader that has seen enough of its output ends it quietly."""
    keep_to_the_encoding()
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
