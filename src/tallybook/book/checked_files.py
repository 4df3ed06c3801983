"""Files as records that are sound: typed, their words read, and checked against each other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tallybook.book.crosscheck import cross_check, typed_period
from tallybook.book.currencies import rates_of_time
from tallybook.book.figure import Figure
from tallybook.book.figures import NoFigure, UnreadLanguage, figure_problems, read_figure, unread
from tallybook.book.periods import Period
from tallybook.book.problems import BookError, Problem
from tallybook.book.project_files import ProjectFiles
from tallybook.book.records import Claim, ExchangeRate, Measure, Statement
from tallybook.book.sound_records import SoundRecords
from tallybook.book.typed_records import Records, typed_records
from tallybook.book.validation import Placed
from tallybook.book.yaml_lines import KeyPath


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


def checked_records(files: ProjectFiles) -> SoundRecords:
    """The records of files whose drafts were taken apart (:func:`drafts_apart`).

    Raises BookError with every problem of every file.
    """
    records = typed_records(files)
    figures = _figures(records, files)
    problems = [*files.problems, *(p for file in files.all() for p in file.problems)]
    problems += [*records.problems, *figures.all_problems(), *cross_check(records)]
    if problems:
        raise BookError(problems)
    assert records.measures_file is not None and records.origins_file is not None
    return SoundRecords(
        measures=records.measures_file,
        origins=records.origins_file,
        articles={article.name: article.record for article in records.articles if article.record},
        sources={source.name: source.record for source in records.sources if source.record},
        figure_of_statement=figures.of_statement,
        figure_of_claim=figures.of_claim,
        lines={file.lines.file: file.lines for file in files.all()},
        files={source.name: source.lines.file for source in records.sources},
    )


def _figures(records: Records, files: ProjectFiles) -> _Figures:
    """The figures of all records whose measure and language are known."""
    found = _Figures()
    for source in records.sources:
        known = files.sources[source.name].figures or {}
        for statement in source.statements:
            id_ = statement.record.id
            told = source.record.dated if source.record is not None else None
            read = known[id_] if id_ in known else _figure(records, statement, source.language, told, found)
            found.of_statement[id_] = read
    for article in records.articles:
        known = files.articles[article.name].figures or {}
        for claim in article.claims:
            id_ = claim.record.id
            told = article.record.published if article.record is not None else None
            figure = known[id_] if id_ in known else _figure(records, claim, article.language, told, found)
            if figure is not None:
                found.of_claim[article.name, id_] = figure
    return found


def _figure(
    records: Records,
    placed: Placed[Statement] | Placed[Claim],
    language: str | None,
    told: Period | None,
    found: _Figures,
) -> Figure | None:
    """``told``: when its page or article came out."""
    record = placed.record
    measure = records.measures.get(record.measure)
    if measure is None or language is None:
        return None
    try:
        figure = read_figure(record, measure.record, language, _rates(records, record, measure.record, told))
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


def _rates(
    records: Records, record: Statement | Claim, measure: Measure, told: Period | None
) -> tuple[ExchangeRate, ...]:
    """What currencies were worth at the time of a figure; where it has none of its own, when it was told."""
    rates = records.measures_file.exchange_rates if records.measures_file else []
    if not rates:
        return ()
    typed = typed_period(record.reference_period, measure.first_month)
    stated = typed_period(record.stated) if isinstance(record, Statement) else None
    return rates_of_time(rates, typed or stated or told, typed=typed is not None)


def _place(record: Statement | Claim, key: str) -> KeyPath:
    return ("anchor", "exact") if key == "words" and isinstance(record, Claim) else (key,)
