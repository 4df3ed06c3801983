"""What no single file can tell: names that lead nowhere, circles, figures that differ from words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

from tallybook.book.figures import NoFigure, figure_of, in_words
from tallybook.book.load import Book
from tallybook.book.periods import parse_period
from tallybook.book.problems import Problem, nearest, shown
from tallybook.book.records import (
    Article,
    Claim,
    Derivation,
    Measure,
    Review,
    ShareOf,
    Source,
    Span,
    Statement,
    joined_in,
)
from tallybook.book.units import UnitMismatch, converts, days_in, factor, unit_parts
from tallybook.book.yaml_lines import KeyPath
from tallybook.terms import Kind, Relation, Verdict

Told = Callable[[KeyPath, str], Problem]
MEASURES, ORIGINS = "claims/measures.yaml", "sources/origins.yaml"


def cross_check(book: Book) -> list[Problem]:
    """Every problem between the records of a book, in no order."""
    return [
        *_measures(book),
        *_origins(book),
        *_circles(book),
        *(p for source in book.sources.values() for p in _source(book, source)),
        *(p for article in book.articles.values() for p in _article(book, article)),
    ]


def _unknown(tell: Told, path: KeyPath, what: str, name: str | None, known: Iterable[str]) -> list[Problem]:
    known = list(known)
    if name is None or name in known:
        return []
    return [tell(path, f"{what} {shown(name)} is not known.{nearest(name, known)}")]


def _measures(book: Book) -> Iterator[Problem]:
    for i, measure in enumerate(book.measures.values()):
        tell = _teller(book, MEASURES)
        yield from _unknown(tell, ("measures", i, "rate_of"), "measure", measure.rate_of, book.measures)
        for j, rule in enumerate(measure.shares):
            yield from _share_rule(book, tell, ("measures", i, "shares", j), measure, rule)
        if measure.kind == Kind.RATE:
            yield from _rate_unit(tell, ("measures", i, "unit"), measure)


def _share_rule(book: Book, tell: Told, path: KeyPath, measure: Measure, rule: ShareOf) -> Iterator[Problem]:
    """Only a share is computed so, from measures that are known and whose units convert."""
    if measure.kind != Kind.SHARE:
        yield tell(path, f"{shown(measure.id)} is a {measure.kind}; 'shares' is for a measure of kind share.")
    yield from _unknown(tell, (*path, "scope"), f"scope of '{measure.id}'", rule.scope, measure.scopes)
    for key in ("part", "whole", "rest"):
        yield from _unknown(tell, (*path, key), "measure", getattr(rule, key), book.measures)
    part, other = book.measures.get(rule.part), book.measures.get(rule.whole or rule.rest or "")
    if part is not None and other is not None:
        try:
            factor(part, *unit_parts(other.unit))
        except UnitMismatch as mismatch:
            yield tell(path, f"{other.unit} and {part.unit} do not convert: {mismatch}.")


def _rate_unit(tell: Told, path: KeyPath, measure: Measure) -> Iterator[Problem]:
    _, per = unit_parts(measure.unit)
    try:
        days_in(per or "")
    except UnitMismatch:
        yield tell(path, f"{shown(measure.unit)} is no rate; write it as 'shell / month'.")


def _origins(book: Book) -> Iterator[Problem]:
    tell = _teller(book, ORIGINS)
    for i, origin in enumerate(book.origins.values()):
        path: KeyPath = ("origins", i)
        for j, other in enumerate(origin.shares_intelligence_with):
            place = (*path, "shares_intelligence_with", j)
            yield from _unknown(tell, place, "origin", other, book.origins)
        yield from _unknown(tell, (*path, "government"), "government", origin.government, book.governments)
        for j, member in enumerate(origin.members):
            yield from _unknown(tell, (*path, "members", j), "government", member, book.governments)
    for i, group in enumerate(book.groups.values()):
        for j, statement in enumerate(group.statements):
            yield from _unknown(tell, ("groups", i, "statements", j), "statement", statement, book.statements)
        for j, statement in enumerate(group.nearest):
            what = f"statement of '{group.id}'"
            yield from _unknown(tell, ("groups", i, "nearest", j), what, statement, group.statements)
    for i, derivation in enumerate(book.derivations.values()):
        yield from _derivation(book, tell, ("derivations", i), derivation)


def _derivation(book: Book, tell: Told, path: KeyPath, made: Derivation) -> Iterator[Problem]:
    """Its inputs are known and have numbers; its id is no statement's; sums are of one measure."""
    for j, id_ in enumerate(made.of):
        yield from _unknown(tell, (*path, "of", j), "statement", id_, book.statements)
        if id_ in made.of[:j]:
            yield tell((*path, "of", j), f"{shown(id_)} stands twice; each input counts once. Keep one.")
    measure = book.measures.get(made.measure)
    yield from _unknown(tell, (*path, "measure"), "measure", made.measure, book.measures)
    if measure is not None:
        yield from _unknown(tell, (*path, "scope"), f"scope of '{measure.id}'", made.scope, measure.scopes)
    yield from _period(tell, (*path, "reference_period"), made.reference_period)
    if made.id in book.statements:
        yield tell((*path, "id"), f"{shown(made.id)} is a statement's id too. Ids are used once.")
    measures = {book.statements[id_].measure for id_ in made.of if id_ in book.statements}
    if made.how in ("sum", "difference") and measures - {made.measure}:
        others = ", ".join(sorted(measures - {made.measure}))
        yield tell((*path, "of"), f"a {made.how} of '{made.measure}' cannot be made from {others}.")


def _circles(book: Book) -> Iterator[Problem]:
    """relays, base and superseded_by each lead from one record to another, never back to itself."""
    for article in book.articles.values():
        ring = _ring({claim.id: claim.base for claim in article.claims})
        if ring:
            index = next(i for i, claim in enumerate(article.claims) if claim.id == ring[0])
            place = ("claims", index, "base")
            yield book.problem(f"claims/{article.id}.yaml", place, _round("base", ring))
    for key in ("relays", "base", "superseded_by"):
        ring = _ring({s.id: getattr(s, key) for s in book.statements.values()})
        if ring:
            where = book.source_of[ring[0]]
            index = next(i for i, s in enumerate(where.statements) if s.id == ring[0])
            yield book.problem(f"sources/{where.id}.yaml", ("statements", index, key), _round(key, ring))


def _ring(arrows: dict[str, str | None]) -> list[str]:
    """A circle of ids, first id last again; empty when there is none."""
    try:
        TopologicalSorter({id_: [to] for id_, to in arrows.items() if to in arrows}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _round(key: str, ring: list[str]) -> str:
    return f"'{key}' goes round in a circle: {' → '.join(reversed(ring))}. Take out the wrong one."


def _source(book: Book, source: Source) -> Iterator[Problem]:
    tell = _teller(book, f"sources/{source.id}.yaml")
    yield from _unknown(tell, ("origin",), "origin", source.origin, book.origins)
    for i, statement in enumerate(source.statements):
        path: KeyPath = ("statements", i)
        yield from _unknown(tell, (*path, "origin"), "origin", statement.origin, book.origins)
        for key in ("relays", "base", "superseded_by"):
            yield from _unknown(tell, (*path, key), "statement", getattr(statement, key), book.statements)
        for j, other in enumerate(statement.draws_on):
            yield from _unknown(tell, (*path, "draws_on", j), "origin", other, book.origins)
        for key in ("reference_period", "stated"):
            yield from _period(tell, (*path, key), getattr(statement, key))
        yield from _span(tell, (*path, "dates"), statement.dates)
        kind = book.measures[statement.measure].kind if statement.measure in book.measures else Kind.DURATION
        if statement.dates is not None and kind != Kind.DURATION:
            yield tell((*path, "dates"), f"{shown(statement.id)} is no duration. Take out 'dates'.")
        yield from _joined(tell, path, statement)
        yield from _measured(book, tell, path, statement, source.language)


def _article(book: Book, article: Article) -> Iterator[Problem]:
    tell = _teller(book, f"claims/{article.id}.yaml")
    claims = {claim.id for claim in article.claims}
    for i, name in enumerate(article.related_measures):
        yield from _unknown(tell, ("related_measures", i), "measure", name, book.measures)
    for i, claim in enumerate(article.claims):
        path: KeyPath = ("claims", i)
        yield from _unknown(tell, (*path, "origin"), "origin", claim.origin, book.origins)
        yield from _unknown(tell, (*path, "base"), "claim", claim.base, claims - {claim.id})
        for j, cited in enumerate(claim.cites):
            if cited not in book.sources:
                message = (
                    f"claim {shown(claim.id)} cites {shown(cited)}, but sources/ has no such file."
                    f"{nearest(cited, book.sources)}"
                )
                yield tell((*path, "cites", j), message)
        yield from _period(tell, (*path, "reference_period"), claim.reference_period)
        yield from _measured(book, tell, path, claim, article.language)
        for key in ("dates", "within"):
            span = getattr(claim, key)
            yield from _span(tell, (*path, key), span)
            kind = book.measures[claim.measure].kind if claim.measure in book.measures else Kind.DURATION
            if span is not None and kind != Kind.DURATION:
                yield tell((*path, key), f"{shown(claim.id)} is no duration. Take out '{key}'.")
    for i, review in enumerate(article.reviews):
        yield from _review(book, tell, ("reviews", i), review, claims)


def _review(book: Book, tell: Told, path: KeyPath, review: Review, claims: set[str]) -> Iterator[Problem]:
    yield from _unknown(tell, (*path, "claim"), "claim", review.claim, claims)
    known = {*book.statements, *book.derivations}
    if review.estimate is not None and review.estimate.partition("/")[0] not in known:
        yield from _unknown(tell, (*path, "estimate"), "estimate", review.estimate, known)
    words: list[str] = list(Verdict) if review.estimate is None else list(Relation)
    if review.says not in words:
        message = f"{shown(review.says)} is none of: {', '.join(words)}.{nearest(review.says, words)}"
        yield tell((*path, "says"), message)


def _joined(tell: Told, path: KeyPath, statement: Statement) -> Iterator[Problem]:
    """Where the words themselves join two figures, 'joined' says the same."""
    said = joined_in(statement.words)
    if statement.joined and said and said != statement.joined:
        message = f"the words {shown(statement.words)} join by '{said}', recorded is '{statement.joined}'."
        yield tell((*path, "joined"), message)


def _span(tell: Told, path: KeyPath, span: Span | None) -> Iterator[Problem]:
    if span is None:
        return
    found = [*_period(tell, (*path, "start"), span.start), *_period(tell, (*path, "end"), span.end)]
    yield from found
    if not found and parse_period(span.end).end < parse_period(span.start).start:
        yield tell((*path, "end"), f"{shown(span.end)} is before {shown(span.start)}. Turn the two round.")


def _measured(
    book: Book, tell: Told, path: KeyPath, record: Statement | Claim, language: str | None
) -> Iterator[Problem]:
    """The measure is known, the scope is one of its own, and the words carry its figure."""
    measure = book.measures.get(record.measure)
    if measure is None:
        yield from _unknown(tell, (*path, "measure"), "measure", record.measure, book.measures)
        return
    yield from _unknown(tell, (*path, "scope"), f"scope of '{measure.id}'", record.scope, measure.scopes)
    if measure.kind == Kind.DATE and record.reference_period is None:
        yield tell((*path, "measure"), "a figure that is a date needs its 'reference_period'.")
    words = record.words if isinstance(record, Statement) else record.anchor.exact
    place: KeyPath = (*path, "words") if isinstance(record, Statement) else (*path, "anchor", "exact")
    try:
        figure = figure_of(record, measure, language)
    except NoFigure as error:
        yield tell((*path, "recorded") if record.recorded else place, f"the words {shown(words)} {error}.")
        return
    if figure is None:
        if isinstance(record, Claim):
            message = (
                f"'{measure.id}' is a date, and dates are not compared. List the words under 'set_aside'."
            )
            yield tell((*path, "measure"), message)
        return
    if record.base is not None and not figure.share:
        read_as = in_words(figure.quantity)
        yield tell((*path, "base"), f"the words {shown(words)} read as {read_as}, no share. Take out 'base'.")
    if figure.quantity.low < 0:
        yield tell(place, f"the words {shown(words)} read as below zero; no kind of measure here goes there.")
    if figure.share:
        if record.base is None:
            message = f"the words {shown(words)} give a share or a change; name the figure it is of ('base')."
            yield tell(place, message)
    elif not converts(measure, figure.quantity.unit):
        yield tell(place, _wrong_unit(words, in_words(figure.quantity), measure))


def _wrong_unit(words: str, read: str, measure: Measure) -> str:
    counted = ", ".join([measure.unit, *measure.nouns])
    return (
        f"the words {shown(words)} read as {read}, but measure '{measure.id}' counts {counted}. "
        "Add the noun to the measure, or mend the measure or the words."
    )


def _period(tell: Told, path: KeyPath, text: str | None) -> Iterator[Problem]:
    if text is None:
        return
    try:
        parse_period(text)
    except ValueError as error:
        yield tell(
            path,
            f"{shown(text)}: {error}. Write 2024-11-12, 2024-11, 2024, a period a/b, or 'early August 2025'.",
        )


def _teller(book: Book, file: str) -> Told:
    return lambda path, message: book.problem(file, path, message)
