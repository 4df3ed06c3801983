"""The files of a project as one book: read, typed, joined, checked."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tallybook.book.book import Book
from tallybook.book.crosscheck import cross_check
from tallybook.book.drafts import drafts_apart
from tallybook.book.figures import Figure, NoFigure, UnreadLanguage, figure_problems, read_figure, unread
from tallybook.book.known_files import KnownFiles
from tallybook.book.problems import BookError, Problem
from tallybook.book.project_files import CLAIMS, ProjectFiles, find_root, parsed, raw_files
from tallybook.book.records import Claim, Origin, Statement
from tallybook.book.typed_records import Records, typed_records
from tallybook.book.validation import Placed
from tallybook.book.yaml_lines import KeyPath
from tallybook.prose import listed
from tallybook.quantity import Policy

__all__ = ["LOADED", "LOADING", "find_root", "load_book"]

LOADING, LOADED = "tallybook.loading", "tallybook.loaded"
"""Events (``sys.audit``): the files that are opened between them are those of the book."""


@dataclass
class _Figures:
    """What the words of all records state; each is read once."""

    of_statement: dict[str, Figure | None] = field(default_factory=dict)
    of_claim: dict[tuple[str, str], Figure] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: dict[str, list[Problem]] = field(default_factory=dict)

    def all_problems(self) -> list[Problem]:
        """Of each language that is not read, the first record alone, with the number of them."""
        firsts = [
            replace(places[0], message=unread(language, len(places))) if len(places) > 1 else places[0]
            for language, places in self.unread.items()
        ]
        return self.problems + firsts


def load_book(root: Path | None = None) -> Book:
    """The book of the project at or above ``root``.

    Raises BookError with every problem of every file: syntax, types, names that lead nowhere,
    circular references, and figures that differ from their words or from what their measure counts.
    """
    folder = find_root(root)
    sys.audit(LOADING)
    try:
        with _nothing_collected():
            raw = raw_files(folder)
            known = KnownFiles(folder, raw.measures, len(raw.sources))
            files = parsed(raw, known)
            sound = not raw.problems and known.is_sound(raw.all())
            book = book_of(files, folder, sound=sound)
            if not sound:
                known.keep(raw.all(), {file.lines.file: file.data for file in files.all()}, _by_file(book))
            return book
    finally:
        sys.audit(LOADED)


def book_of(files: ProjectFiles, root: Path, *, sound: bool = False) -> Book:
    """The book that some files make. Raises BookError with every problem of every file.

    ``sound``: the same files were checked against each other before.
    """
    files = drafts_apart(files)
    records = typed_records(files)
    figures = _figures(records, files)
    problems = [*files.problems, *(p for file in files.all() for p in file.problems)]
    problems += [*records.problems, *figures.all_problems(), *(() if sound else cross_check(records))]
    if problems:
        raise BookError(problems)
    return _joined(root, files, records, figures)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """All that loading makes is kept: to look through it for garbage takes a sixth of the time.

    At the end it is put among the old objects unexamined, so that the next collection passes it over.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:  # else somebody else has frozen objects, and unfreezing would undo it
            gc.freeze()
            gc.unfreeze()
        if collecting:
            gc.enable()


def _by_file(book: Book) -> dict[str, dict[str, Figure | None]]:
    """The figures of a book, by the file and the id of their record."""
    found = {
        book.source_file(id_): {s.id: book.figure_of_statement[s.id] for s in source.statements}
        for id_, source in book.sources.items()
    }
    for (article, claim), figure in book.figure_of_claim.items():
        found.setdefault(f"{CLAIMS}/{article}.yaml", {})[claim] = figure
    return found


def _figures(records: Records, files: ProjectFiles) -> _Figures:
    """The figures of all records whose measure and language are known."""
    found = _Figures()
    for source in records.sources:
        known = files.sources[source.name].figures or {}
        for statement in source.statements:
            id_ = statement.record.id
            read = known[id_] if id_ in known else _figure(records, statement, source.language, found)
            found.of_statement[id_] = read
    for article in records.articles:
        known = files.articles[article.name].figures or {}
        for claim in article.claims:
            id_ = claim.record.id
            figure = known[id_] if id_ in known else _figure(records, claim, article.language, found)
            if figure is not None:
                found.of_claim[article.name, id_] = figure
    return found


def _figure(
    records: Records,
    placed: Placed[Statement] | Placed[Claim],
    language: str | None,
    found: _Figures,
) -> Figure | None:
    record = placed.record
    measure = records.measures.get(record.measure)
    if measure is None or language is None:
        return None
    rates = records.measures_file.exchange_rates if records.measures_file else ()
    try:
        figure = read_figure(record, measure.record, language, rates)
    except NoFigure as error:
        problem = placed.problem(_place(record, error.key), str(error))
        if isinstance(error, UnreadLanguage):
            found.unread.setdefault(error.language, []).append(problem)
        else:
            found.problems.append(problem)
        return None
    if figure is not None:
        found.problems += [
            placed.problem(_place(record, key), text)
            for key, text in figure_problems(figure, record, measure.record)
        ]
    return figure


def _place(record: Statement | Claim, key: str) -> KeyPath:
    return ("anchor", "exact") if key == "words" and isinstance(record, Claim) else (key,)


def _joined(root: Path, files: ProjectFiles, records: Records, figures: _Figures) -> Book:
    """The book of records that were found sound."""
    assert records.measures_file is not None and records.origins_file is not None
    sources = {source.name: source.record for source in records.sources if source.record}
    return Book(
        root=root,
        policy=Policy(**records.measures_file.policy.model_dump()),
        rates=tuple(records.measures_file.exchange_rates),
        measures={id_: placed.record for id_, placed in records.measures.items()},
        origins=_origins(records),
        parties=dict(records.origins_file.parties),
        groups={id_: placed.record for id_, placed in records.groups.items()},
        derivations={id_: placed.record for id_, placed in records.derivations.items()},
        sources=sources,
        articles={article.name: article.record for article in records.articles if article.record},
        statements={id_: placed.record for id_, placed in records.statements.items()},
        source_of={s.id: source for source in sources.values() for s in source.statements},
        group_of={s: g.record.id for g in records.groups.values() for s in g.record.statements},
        figure_of_statement=figures.of_statement,
        figure_of_claim=figures.of_claim,
        lines={file.lines.file: file.lines for file in files.all()},
        imprint=records.measures_file.imprint,
        files={source.name: source.lines.file for source in records.sources},
    )


def _origins(records: Records) -> dict[str, Origin]:
    """The origins by id, with one for each word of several together, which sums up what they say."""
    found = {id_: placed.record for id_, placed in records.origins.items()}
    for placed in records.statements.values():
        statement = placed.record
        if statement.origin is None and statement.speaker_id not in found:
            name = listed([found[o].name for o in statement.origins])
            found[statement.speaker_id] = Origin.model_construct(
                id=statement.speaker_id, name=name, members=list(statement.origins)
            )
    return found
