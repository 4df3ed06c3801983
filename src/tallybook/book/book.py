"""A book: all records of a project that was found sound, each by its id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tallybook.book.figure import Figure
from tallybook.book.problems import Problem
from tallybook.book.records import (
    Article,
    Derivation,
    ExchangeRate,
    Group,
    Imprint,
    Measure,
    Origin,
    Source,
    Statement,
)
from tallybook.book.yaml_lines import KeyPath, LineIndex
from tallybook.prose import counted
from tallybook.quantity import Policy


@dataclass(frozen=True)
class Book:
    """All records of a project, by id. ``statements`` join ``source_of``; ``group_of`` a statement.

    ``figure_of_statement``: what its words state, None for a date; ``figure_of_claim``: by the ids of
    article and claim. They are read once, when the book is loaded.
    ``files``: of the sources, by their ids (:meth:`source_file`).
    """

    root: Path
    policy: Policy
    rates: tuple[ExchangeRate, ...]
    measures: dict[str, Measure]
    origins: dict[str, Origin]
    parties: dict[str, str]
    groups: dict[str, Group]
    derivations: dict[str, Derivation]
    sources: dict[str, Source]
    articles: dict[str, Article]
    statements: dict[str, Statement]
    source_of: dict[str, Source]
    group_of: dict[str, str]
    figure_of_statement: Mapping[str, Figure | None] = field(repr=False)
    figure_of_claim: dict[tuple[str, str], Figure] = field(repr=False)
    lines: dict[str, LineIndex] = field(repr=False)
    imprint: Imprint = field(default_factory=Imprint)
    files: dict[str, str] = field(default_factory=dict, repr=False)

    def source_file(self, source: str) -> str:
        """Where a source stands, relative to the project; of a new one, where it goes."""
        return self.files.get(source, f"sources/{source}.yaml")

    def summary(self) -> str:
        """What the book holds, in one line."""
        articles = self.articles.values()
        claims = sum(len(article.figures) for article in articles)
        drafts, unmeasured = sum(a.is_draft for a in articles), sum(len(a.unmeasured) for a in articles)
        of_drafts = f" (of these {counted(drafts, 'draft')})" if drafts else ""
        no_measure = f" ({unmeasured} without a measure yet)" if unmeasured else ""
        seen = sum(source.seen for source in self.sources.values())
        drafted = sum(len(source.drafted) for source in self.sources.values())
        not_compared = f" ({drafted} more drafted, not compared)" if drafted else ""
        return (
            f"{counted(len(articles), 'article')}{of_drafts}, {counted(claims, 'claim')}{no_measure}; "
            f"{counted(seen, 'source')} seen, {len(self.sources) - seen} not seen; "
            f"{counted(len(self.statements), 'statement')}{not_compared} of "
            f"{counted(len(self.origins), 'origin')} on {counted(len(self.measures), 'measure')}: no problem"
        )

    def problem(self, file: str, path: KeyPath, message: str) -> Problem:
        return self.lines[file].problem(path, message)
