"""The command on the measures of a book: what there is, what may be one by another name, two made one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.arguments import Project, agreed, fail, project_root, refuse
from tallybook.cli.streams import printable, tell

if TYPE_CHECKING:
    from tallybook.book import Book


def measures(
    merge: Annotated[
        tuple[str, str] | None,
        typer.Option("--merge", metavar="THIS INTO-THAT", help="Make all figures of THIS figures of THAT."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="With --merge: write without asking.")] = False,
    alike: Annotated[
        bool, typer.Option("--alike", help="Only the measures that may be one by another name.")
    ] = False,
    project: Project = None,
) -> None:
    """List the measures, and those that may be one by another name.

    With --merge two are made one: it is shown which files change, and they are written once you agree. The
    nouns and scopes of both are kept. Measures that are not one say so by naming each other in "neighbours".
    """
    from tallybook.book.load import load_book

    if yes and merge is None:
        refuse("--yes needs --merge.")
    root = project_root(project)
    if merge is None:
        _tell(load_book(root), only_alike=alike)
        return
    from tallybook.intake.alike_measures import merged, write_merging
    from tallybook.prose import counted

    merging = merged(root, *merge)
    for file, records in merging.records.items():
        tell(f"{file}: {counted(records, 'figure')} of {merging.gone}, then of {merging.kept}")
    tell(f"claims/measures.yaml: {merging.gone} is taken out")
    if not yes and not agreed("Write it? [y/n] "):
        fail("Nothing written. Run with --yes to write.")
    write_merging(root, merging)
    tell(f"{counted(len(merging.records) + 1, 'file')} written. Look at: tallybook check --verdicts")


def _tell(book: Book, *, only_alike: bool) -> None:
    from tallybook.intake.alike_measures import alike_pairs
    from tallybook.prose import counted

    claims = Counter(claim.measure for article in book.articles.values() for claim in article.claims)
    statements = Counter(statement.measure for statement in book.statements.values())
    for measure in () if only_alike else book.measures.values():
        figures = f"{counted(claims[measure.id], 'claim')}, {counted(statements[measure.id], 'statement')}"
        tell(
            printable(f"{measure.id} ({measure.kind.label}, {measure.unit}; {figures}): {measure.definition}")
        )
    pairs = alike_pairs(book)
    for pair in pairs:
        tell("")
        tell(f"{pair.one.id} and {pair.other.id} may be one by another name:")
        for measure in (pair.one, pair.other):
            tell(f"  {printable(measure.definition)}")
        fewer, more = sorted((pair.one.id, pair.other.id), key=lambda id_: claims[id_] + statements[id_])
        tell(f"  If they are: tallybook measures --merge {fewer} {more}")
    if only_alike and not pairs:
        tell("No two measures look like one by another name.")
