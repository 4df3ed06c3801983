"""The files of a book that was found sound, each as one record, and the book that they are together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tallybook.book.book import Book
from tallybook.book.figure import Figure
from tallybook.book.records import Article, MeasuresFile, Origin, OriginsFile, Source, Statement
from tallybook.book.yaml_lines import LineIndex
from tallybook.prose import listed
from tallybook.quantity import Policy


@dataclass(frozen=True)
class SoundRecords:
    """``articles``, ``sources``: by the names of their files without ".yaml".

    ``figure_of_statement``, ``figure_of_claim``: as in a book; ``lines``: by file; ``files``: of the sources.
    """

    measures: MeasuresFile
    origins: OriginsFile
    articles: dict[str, Article]
    sources: dict[str, Source]
    figure_of_statement: Mapping[str, Figure | None]
    figure_of_claim: dict[tuple[str, str], Figure]
    lines: dict[str, LineIndex]
    files: dict[str, str]


def book_of_records(root: Path, records: SoundRecords) -> Book:
    """All records by their ids."""
    measures, origins, sources = records.measures, records.origins, records.sources
    statements = {s.id: s for source in sources.values() for s in source.statements}
    return Book(
        root=root,
        policy=Policy(**measures.policy.model_dump()),
        rates=tuple(measures.exchange_rates),
        measures={measure.id: measure for measure in measures.measures},
        origins=_origins(origins.origins, statements),
        parties=dict(origins.parties),
        groups={group.id: group for group in origins.groups},
        derivations={made.id: made for made in origins.derivations},
        sources=sources,
        articles=records.articles,
        statements=statements,
        source_of={s.id: source for source in sources.values() for s in source.statements},
        group_of={s: group.id for group in origins.groups for s in group.statements},
        figure_of_statement=records.figure_of_statement,
        figure_of_claim=records.figure_of_claim,
        lines=records.lines,
        imprint=measures.imprint,
        files=records.files,
    )


def _origins(listed_: list[Origin], statements: Mapping[str, Statement]) -> dict[str, Origin]:
    """The origins by id, with one for each word of several together, which sums up what they say."""
    found = {origin.id: origin for origin in listed_}
    for statement in statements.values():
        if statement.origin is None and statement.speaker_id not in found:
            name = listed([found[o].name for o in statement.origins])
            found[statement.speaker_id] = Origin.model_construct(
                id=statement.speaker_id, name=name, members=list(statement.origins)
            )
    return found
