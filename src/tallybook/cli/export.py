"""The command that writes a case in the formats of other tools: export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tallybook.cli.arguments import Project, fail, near, one_of, opened_case, refuse
from tallybook.cli.streams import tell

_FORMATS = (
    "claimreview", "datapackage", "csv", "parquet", "xlsx", "bibtex", "csl", "annotations", "ro-crate",
    "prov", "atom", "all",
)  # fmt: skip


def export(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Id of the article.")],
    to: Annotated[
        list[str], typer.Option("--to", metavar="WORD", help=f"{', '.join(_FORMATS)}. Can be repeated.")
    ],
    project: Project = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder for them, one folder a format. Default: export/ARTICLE."),
    ] = None,
    publisher: Annotated[
        str | None,
        typer.Option("--publisher", help="Who publishes the verdicts: author of each ClaimReview."),
    ] = None,
    site: Annotated[
        str | None, typer.Option("--site", metavar="URL", help="Where the report is published.")
    ] = None,
) -> None:
    """Write a case in the formats that other tools read.

    docs/exports.md says which file is for what. The same records give the same bytes, whenever it is run.
    """
    from tallybook.exchange.export import ExportError, notes
    from tallybook.exchange.export import export as write
    from tallybook.exchange.outlet import Outlet
    from tallybook.prose import counted

    for word in to:
        one_of("--to", word, _FORMATS)
    try:
        outlet = Outlet(publisher, site)
    except ValueError as error:
        refuse(f"{error}.")
    case = opened_case(article, project)
    try:
        done = write(case, to, out, outlet)
        told = notes(case, to, outlet)
    except ExportError as error:
        fail(str(error))
    for one in done:
        tell(f"{one.format}: {counted(one.files, 'file')}, {one.size:,} bytes, in {near(one.folder)}")
    for note in told:
        tell(note, error=True)
