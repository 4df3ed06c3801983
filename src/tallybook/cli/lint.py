"""The command on drafts: lint."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.arguments import Language, Project, known_language, one_of, refuse
from tallybook.cli.streams import as_utf8, tell

if TYPE_CHECKING:
    from tallybook.intake.lint import LintedDraft

_FORMATS = ("text", "json", "sarif", "junit", "github")
_KINDS = ("text", "markdown", "html", "docx", "pdf")
_MOST_DRAFTS = 1_000


def lint(
    files: Annotated[
        list[Path], typer.Argument(help="Drafts: text, Markdown, HTML, DOCX, PDF; '-': standard input.")
    ],
    project: Project = None,
    output: Annotated[
        str, typer.Option("--format", help=f"One of: {', '.join(_FORMATS)}.", metavar="WORD")
    ] = "text",
    read_as: Annotated[
        str | None,
        typer.Option("--read-as", help=f"One of: {', '.join(_KINDS)}. Default: by the name.", metavar="WORD"),
    ] = None,
    language: Language = "en",
    every: Annotated[
        bool, typer.Option("--all", help="As text, also a line for each figure that nothing is known of.")
    ] = False,
) -> None:
    """Check the figures of a draft against the book.

    And against each other; each with line and column, in DOCX and PDF with its paragraph.
    Exit code 0: nothing found; 1: a source contradicts a figure, the page that it cites has another number,
    or the figures contradict each other; 2: a draft or the book cannot be read, or a draft has no text.
    """
    from tallybook.book.problems import BookError

    one_of("--format", output, _FORMATS)
    if read_as is not None:
        one_of("--read-as", read_as, _KINDS)
    known_language(language)
    if len(files) > _MOST_DRAFTS:
        refuse(f"{len(files):,} drafts; at most {_MOST_DRAFTS:,} are read at once.")
    try:
        linted = _linted(files, project, read_as, language)
    except BookError as error:
        refuse(str(error))
    _print(linted, output, every)
    if any(draft.failing for draft in linted):
        raise typer.Exit(1)


def _linted(
    files: Iterable[Path], project: Path | None, read_as: str | None, language: str
) -> list[LintedDraft]:
    """All drafts are read before the book is opened. BookError: what cannot be read."""
    from datetime import date

    from tallybook.book.load import find_root, load_book
    from tallybook.estimates.evidence import Evidence
    from tallybook.intake.draft import read_draft
    from tallybook.intake.known import KnownFigures
    from tallybook.intake.lint import lint as lint_draft

    drafts = [read_draft(file, read_as) for file in files]
    book = KnownFigures(Evidence(load_book(find_root(project))), date.today(), language)
    return [lint_draft(draft, book, language=language) for draft in drafts]


def _print(linted: list[LintedDraft], output: str, every: bool) -> None:
    from tallybook.exchange.lint_formats import FORMATS, as_text

    if output == "text":
        tell(as_text(linted, every=every))
        return
    as_utf8()
    tell(FORMATS[output](linted))
