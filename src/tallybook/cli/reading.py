"""The command on texts: read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tallybook.cli.arguments import Language, known_language, refuse


def read(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Text files; '-' or none: standard input.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object per figure.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table for spreadsheets.")] = False,
    asides: Annotated[
        bool, typer.Option("--asides", help="Also list numbers that are not figures: dates, names, pages.")
    ] = False,
    context: Annotated[
        bool | None,
        typer.Option(
            "--context/--no-context",
            help="Show each figure in its sentence. Default: on a terminal only.",
            show_default=False,
        ),
    ] = None,
    language: Language = "en",
) -> None:
    """List the figures in texts of any size. Prints words, low, high, modifier, unit, and where."""
    from tallybook.book.text_files import check_texts
    from tallybook.cli.reading_output import print_csv, print_json, print_table, read_files

    if as_json and as_csv:
        refuse("--json and --csv exclude each other.")
    known_language(language)
    named = files or [Path("-")]
    check_texts(named)
    blocks = read_files(named, language=language, asides=asides)
    if as_json:
        print_json(blocks)
    elif as_csv:
        print_csv(blocks, several=len(named) > 1)
    else:
        print_table(blocks, asides=asides, context=context)
