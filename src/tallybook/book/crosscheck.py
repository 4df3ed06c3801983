"""What no single record can tell: names that lead nowhere, circles, times and units that contradict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from graphlib import CycleError, TopologicalSorter
from typing import Any

from tallybook.book.measure_checks import base_problems, kind_problems, rate_problems, share_problems
from tallybook.book.periods import Period, parse_period
from tallybook.book.problems import Problem, nearest, quoted_value
from tallybook.book.records import (
    Article,
    Claim,
    Derivation,
    Group,
    Measure,
    Origin,
    Review,
    Source,
    Span,
    Statement,
    joined_in,
)
from tallybook.book.typed_records import FiledRecords, Names, Records
from tallybook.book.validation import Placed
from tallybook.book.yaml_lines import KeyPath
from tallybook.terms import Kind, Relation, Status, Verdict

A_DAY = timedelta(days=1)
"""A page of one side of the earth may tell of the next day of the other."""


def cross_check(records: Records) -> list[Problem]:
    """Every problem between records, in no order."""
    return [
        *(p for measure in records.measures.values() for p in _measure(records, measure)),
        *(p for origin in records.origins.values() for p in _origin(records, origin)),
        *(p for group in records.groups.values() for p in _group(records, group)),
        *(p for made in records.derivations.values() for p in _derivation(records, made)),
        *_circles(records),
        *(p for source in records.sources for p in _source(records, source)),
        *(p for article in records.articles for p in _article(records, article)),
    ]


def _unknown(placed: Placed[Any], path: KeyPath, names: Names, name: str | None) -> Iterable[Problem]:
    if name is None or name in names:
        return ()
    return (placed.problem(path, message) for message in names.unknown(name))


def _unknown_scope(
    records: Records, placed: Placed[Any], path: KeyPath, measure: str, scope: str | None
) -> Iterator[Problem]:
    known = records.measures.get(measure)
    if scope is not None and known is not None:
        yield from _unknown(placed, path, Names(f"scope of '{measure}'", known.record.scopes), scope)


def _measure(records: Records, placed: Placed[Measure]) -> Iterator[Problem]:
    measure, names = placed.record, records.names["measure"]
    yield from _unknown(placed, ("rate_of",), names, measure.rate_of)
    yield from (placed.problem((key,), message) for key, message in kind_problems(measure))
    total = records.measures.get(measure.rate_of or "")
    if total is not None:
        yield from (placed.problem(("rate_of",), text) for text in rate_problems(measure, total.record))
    for j, rule in enumerate(measure.shares):
        path: KeyPath = ("shares", j)
        yield from _unknown_scope(records, placed, (*path, "scope"), measure.id, rule.scope)
        for key in ("part", "whole", "rest"):
            yield from _unknown(placed, (*path, key), names, getattr(rule, key))
        part, other = (records.measures.get(id_ or "") for id_ in (rule.part, rule.whole or rule.rest))
        if part is not None and other is not None:
            yield from (placed.problem(path, text) for text in share_problems(part.record, other.record))


def _origin(records: Records, placed: Placed[Origin]) -> Iterator[Problem]:
    origin, names = placed.record, records.names
    for j, other in enumerate(origin.shares_intelligence_with):
        yield from _unknown(placed, ("shares_intelligence_with", j), names["origin"], other)
    yield from _unknown(placed, ("government",), names["government"], origin.government)
    for j, member in enumerate(origin.members):
        yield from _unknown(placed, ("members", j), names["government"], member)


def _group(records: Records, placed: Placed[Group]) -> Iterator[Problem]:
    group = placed.record
    for j, statement in enumerate(group.statements):
        yield from _unknown(placed, ("statements", j), records.names["statement"], statement)
    members = Names(f"statement of '{group.id}'", group.statements)
    for j, statement in enumerate(group.nearest):
        yield from _unknown(placed, ("nearest", j), members, statement)


def _derivation(records: Records, placed: Placed[Derivation]) -> Iterator[Problem]:
    """Its inputs are known, each once; its id is not a statement's; sums are of one measure."""
    made = placed.record
    for j, id_ in enumerate(made.of):
        path: KeyPath = ("of", j)
        yield from _unknown(placed, path, records.names["statement"], id_)
        if id_ in made.of[:j]:
            yield placed.problem(
                path, f"{quoted_value(id_)} is a duplicate; each input counts once. Keep one."
            )
    yield from _unknown(placed, ("measure",), records.names["measure"], made.measure)
    yield from _unknown_scope(records, placed, ("scope",), made.measure, made.scope)
    yield from _period(placed, ("reference_period",), made.reference_period)
    if made.id in records.statements:
        message = f"{quoted_value(made.id)} is the id of a statement too. Rename one."
        yield placed.problem(("id",), message)
    measures = {records.statements[id_].record.measure for id_ in made.of if id_ in records.statements}
    if made.how in ("sum", "difference") and measures - {made.measure}:
        others = ", ".join(sorted(measures - {made.measure}))
        yield placed.problem(("of",), f"a {made.how} of '{made.measure}' cannot be made from {others}.")


def _circles(records: Records) -> Iterator[Problem]:
    """relays, base and superseded_by each lead from one record to another, never back to itself."""
    for article in records.articles:
        yield from _circle({placed.record.id: placed for placed in article.claims}, "base")
    for key in ("relays", "base", "superseded_by"):
        yield from _circle(records.statements, key)


def _circle(placed: Mapping[str, Placed[Any]], key: str) -> Iterator[Problem]:
    arrows = {id_: to for id_, one in placed.items() if (to := getattr(one.record, key)) in placed}
    while ring := _ring(arrows):
        way = " → ".join(ring)
        message = f"'{key}' is a circular reference: {way}. Take out the wrong one."
        yield placed[ring[0]].problem((key,), message)
        del arrows[ring[0]]


def _ring(arrows: Mapping[str, str]) -> list[str]:
    """A circle of ids, the first one last again; empty when there is none."""
    try:
        TopologicalSorter({id_: [to] for id_, to in arrows.items()}).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def _source(records: Records, source: FiledRecords[Source]) -> Iterator[Problem]:
    names = records.names
    page = source.record
    if page is not None:
        yield from (source.lines.problem(("origin",), m) for m in names["origin"].unknown(page.origin))
    for placed in source.statements:
        statement: Statement = placed.record
        yield from _unknown(placed, ("origin",), names["origin"], statement.origin)
        for key in ("relays", "base", "superseded_by"):
            yield from _unknown(placed, (key,), names["statement"], getattr(statement, key))
        for j, other in enumerate(statement.draws_on):
            yield from _unknown(placed, ("draws_on", j), names["origin"], other)
        for key in ("reference_period", "stated"):
            yield from _period(placed, (key,), getattr(statement, key))
        yield from _measured(records, placed)
        yield from _spans(records, placed, ("dates",))
        yield from _based(records, placed, records.statements)
        yield from _joined(placed)
        yield from _superseded(records, placed)
        if page is not None:
            yield from _before_its_time(placed, page)


def _article(records: Records, article: FiledRecords[Article]) -> Iterator[Problem]:
    names = records.names
    claims = {placed.record.id: placed for placed in article.claims}
    for placed in article.claims:
        claim: Claim = placed.record
        yield from _unknown(placed, ("origin",), names["origin"], claim.origin)
        yield from _unknown(placed, ("base",), article.claim_names, claim.base)
        for j, cited in enumerate(claim.cites):
            if cited not in names["source"]:
                message = f"claim '{claim.id}' cites '{cited}', but sources/ has no such file."
                yield placed.problem(("cites", j), f"{message}{names['source'].nearest(cited)}")
        yield from _period(placed, ("reference_period",), claim.reference_period)
        yield from _measured(records, placed)
        yield from _spans(records, placed, ("dates", "within"))
        yield from _based(records, placed, claims)
        measure = records.measures.get(claim.measure)
        if measure is not None and measure.record.kind is Kind.DATE:
            message = (
                f"'{claim.measure}' is a date, and dates are not compared. List the words under 'set_aside'."
            )
            yield placed.problem(("measure",), message)
    for review in article.reviews:
        yield from _review(records, review, article.claim_names)
    if article.record is not None:
        for i, name in enumerate(article.record.related_measures):
            if name not in names["measure"]:
                for message in names["measure"].unknown(name):
                    yield article.lines.problem(("related_measures", i), message)


def _review(records: Records, placed: Placed[Review], claims: Names) -> Iterator[Problem]:
    review = placed.record
    yield from _unknown(placed, ("claim",), claims, review.claim)
    if review.estimate is not None:
        statement, made = records.names["statement"], records.names["derivation"]
        first = review.estimate.partition("/")[0]
        if first not in statement and first not in made:
            message = f"estimate {quoted_value(review.estimate)} is not known.{statement.nearest(first)}"
            yield placed.problem(("estimate",), message)
    words: list[str] = list(Verdict) if review.estimate is None else list(Relation)
    if review.says not in words:
        message = f"{quoted_value(review.says)} is none of: {', '.join(words)}.{nearest(review.says, words)}"
        yield placed.problem(("says",), message)


def _measured(records: Records, placed: Placed[Any]) -> Iterator[Problem]:
    """The measure is known, the scope is one of its own, and a date has its period."""
    record: Statement | Claim = placed.record
    yield from _unknown(placed, ("measure",), records.names["measure"], record.measure)
    yield from _unknown_scope(records, placed, ("scope",), record.measure, record.scope)
    measure = records.measures.get(record.measure)
    if measure is not None and measure.record.kind is Kind.DATE and record.reference_period is None:
        yield placed.problem(("measure",), "a figure that is a date needs its 'reference_period'.")


def _based(records: Records, placed: Placed[Any], others: Mapping[str, Placed[Any]]) -> Iterator[Problem]:
    """A share is of a figure with a number, in the unit that its own measure has."""
    record: Statement | Claim = placed.record
    base = others.get(record.base or "")
    if base is None:
        return
    measures = [records.measures.get(one.measure) for one in (record, base.record)]
    if measures[0] is None or measures[1] is None:
        return
    if measures[1].record.kind is Kind.DATE or (isinstance(base.record, Statement) and base.record.dates):
        yield placed.problem(("base",), f"{quoted_value(record.base)} has no number that a share can be of.")
        return
    for message in base_problems(measures[0].record, measures[1].record):
        yield placed.problem(("base",), message)


def _joined(placed: Placed[Statement]) -> Iterator[Problem]:
    """Where the words themselves join two figures, 'joined' says the same."""
    statement = placed.record
    said = joined_in(statement.words)
    if statement.joined and said and said != statement.joined:
        words = quoted_value(statement.words)
        message = f"the words {words} join by '{said}', but recorded is '{statement.joined}'."
        yield placed.problem(("joined",), message)


def _superseded(records: Records, placed: Placed[Statement]) -> Iterator[Problem]:
    """An origin takes back its own figures only, by one of the same measure."""
    statement = placed.record
    newer = records.statements.get(statement.superseded_by or "")
    if newer is None:
        return
    id_ = quoted_value(statement.superseded_by)
    for key in ("origin", "measure"):
        if getattr(newer.record, key) != getattr(statement, key):
            message = (
                f"{id_} is of {key} '{getattr(newer.record, key)}', not '{getattr(statement, key)}'; "
                "only an origin's own figure of the same measure supersedes its figure. Take it out."
            )
            yield placed.problem(("superseded_by",), message)


def _before_its_time(placed: Placed[Statement], page: Source) -> Iterator[Problem]:
    """No page tells what was observed, or said, after the day it is dated."""
    statement = placed.record
    if page.published is None or page.published_is != "stated":
        return
    keys = ["stated"] if statement.status is not Status.OBSERVED else ["stated", "reference_period"]
    for key in keys:
        period = _parsed(getattr(statement, key))
        if period is not None and period.start > page.published + A_DAY:
            message = (
                f"{quoted_value(period)} is after the page was published ({page.published}). Correct the "
                "date that is wrong; where the page's date is not reliable, write 'published_is: inferred'."
            )
            yield placed.problem((key,), message)


def _spans(records: Records, placed: Placed[Any], keys: Iterable[str]) -> Iterator[Problem]:
    measure = records.measures.get(placed.record.measure)
    for key in keys:
        span: Span | None = getattr(placed.record, key)
        if span is None:
            continue
        if measure is not None and measure.record.kind is not Kind.DURATION:
            yield placed.problem(
                (key,), f"{quoted_value(placed.record.id)} is not a duration. Take out '{key}'."
            )
        ends = [*_period(placed, (key, "start"), span.start), *_period(placed, (key, "end"), span.end)]
        yield from ends
        if not ends and parse_period(span.end).end < parse_period(span.start).start:
            message = f"{quoted_value(span.end)} is before {quoted_value(span.start)}. Swap the two."
            yield placed.problem((key, "end"), message)


def _period(placed: Placed[Any], path: KeyPath, text: str | None) -> list[Problem]:
    if text is None:
        return []
    try:
        parse_period(text)
    except ValueError as error:
        return [placed.problem(path, f"{quoted_value(text)}: {error}")]
    return []


def _parsed(text: str | None) -> Period | None:
    """A period, None where there is none or where it is not one (which ``_period`` tells)."""
    try:
        return parse_period(text) if text else None
    except ValueError:
        return None
