"""What no single record can tell: names that lead nowhere, circles, times and units that contradict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from tallybook.book.measure_checks import (
    base_problems,
    change_problems,
    derivation_problems,
    inside_problems,
    kind_problems,
    mean_problems,
    rate_problems,
    share_problems,
)
from tallybook.book.periods import Period, parse_period
from tallybook.book.problems import Problem, nearest, quoted_value
from tallybook.book.records import (
    Article,
    Claim,
    Derivation,
    DraftStatement,
    Group,
    Matched,
    Measure,
    Origin,
    Review,
    Source,
    Span,
    Statement,
    UnmeasuredClaim,
    joined_in,
)
from tallybook.book.typed_records import FiledRecords, Names, Records
from tallybook.book.validation import Placed
from tallybook.book.yaml_lines import KeyPath
from tallybook.prose import listed
from tallybook.terms import Kind, Relation, Status, Verdict

ANY_MONTH = 4
"""A fiscal year can be read only with a month that is not January, whichever it is."""


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
    yield from (placed.problem(("inside", scope), text) for scope, text in inside_problems(measure))
    yield from _unknown(placed, ("change_of",), names, measure.change_of)
    amount = records.measures.get(measure.change_of or "")
    if amount is not None:
        yield from (placed.problem(("change_of",), text) for text in change_problems(measure, amount.record))
    if measure.mean_of is not None:
        for key in ("total", "number"):
            yield from _unknown(placed, ("mean_of", key), names, getattr(measure.mean_of, key))
        total, number = (records.measures.get(i) for i in (measure.mean_of.total, measure.mean_of.number))
        if total is not None and number is not None:
            for key, text in mean_problems(measure, total.record, number.record):
                yield placed.problem(("mean_of", key), text)
    for j, neighbour in enumerate(measure.neighbours):
        yield from _unknown(placed, ("neighbours", j, "measure"), names, neighbour.measure)
        if neighbour.measure == measure.id:
            message = f"{quoted_value(measure.id)} is its own neighbour. Take it out."
            yield placed.problem(("neighbours", j, "measure"), message)
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
    for j, other in enumerate(origin.shares_with):
        yield from _unknown(placed, ("shares_with", j), names["origin"], other)
    yield from _unknown(placed, ("speaks_for",), names["party"], origin.speaks_for)
    for j, member in enumerate(origin.members):
        if member not in names["party"]:
            yield from _unknown(placed, ("members", j), names["origin"], member)


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
    yield from _period(placed, ("reference_period",), made.reference_period, records, made.measure)
    if made.id in records.statements:
        message = f"{quoted_value(made.id)} is the id of a statement too. Rename one."
        yield placed.problem(("id",), message)
    measures = {records.statements[id_].record.measure for id_ in made.of if id_ in records.statements}
    for id_ in sorted(measures & records.measures.keys()):
        yield from (
            placed.problem(("how",), text)
            for text in derivation_problems(made.how, records.measures[id_].record)
        )
    if made.how in ("sum", "difference") and measures - {made.measure}:
        others = ", ".join(sorted(measures - {made.measure}))
        yield placed.problem(("of",), f"a {made.how} of '{made.measure}' cannot be made from {others}.")


def _circles(records: Records) -> Iterator[Problem]:
    """relays, base and superseded_by each lead from one record to another, never back to itself."""
    for article in records.articles:
        for key in ("base", "supersedes"):
            yield from _circle({placed.record.id: placed for placed in article.claims}, key)
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
        yield from (source.lines.problem(("copy_of",), m) for m in names["article"].unknown(page.copy_of))
    for placed in source.statements:
        statement: Statement = placed.record
        yield from _unknown(placed, ("origin",), names["origin"], statement.origin)
        for key in ("relays", "base", "superseded_by"):
            yield from _unknown(placed, (key,), names["statement"], getattr(statement, key))
        for key in ("draws_on", "origins"):
            for j, other in enumerate(getattr(statement, key)):
                yield from _unknown(placed, (key, j), names["origin"], other)
        for key in ("reference_period", "base_period"):
            yield from _period(placed, (key,), getattr(statement, key), records, statement.measure)
        yield from _said(placed, statement.stated)
        yield from _measured(records, placed)
        yield from _spans(records, placed, ("dates",))
        yield from _based(records, placed, records.statements)
        yield from _joined(placed)
        yield from _superseded(records, placed)
        if page is not None:
            yield from _before_its_time(records, placed, page)
    for draft in source.drafted:
        yield from _drafted(records, draft)


def _drafted(records: Records, placed: Placed[DraftStatement]) -> Iterator[Problem]:
    """What is drafted names what there is; it is not held to be right."""
    draft, names = placed.record, records.names
    yield from _unknown(placed, ("measure",), names["measure"], draft.measure)
    yield from _unknown_scope(records, placed, ("scope",), draft.measure or "", draft.scope)
    yield from _unknown(placed, ("origin",), names["origin"], draft.origin)
    for key in ("relays", "base", "superseded_by"):
        name = getattr(draft, key)
        if name not in names["draft statement"]:
            yield from _unknown(placed, (key,), names["statement"], name)
    for key in ("draws_on", "origins"):
        for j, other in enumerate(getattr(draft, key)):
            yield from _unknown(placed, (key, j), names["origin"], other)
    for key in ("reference_period", "base_period", "stated"):
        text = getattr(draft, key)
        if draft.measure is not None or typed_period(text, ANY_MONTH) is None:
            yield from _period(placed, (key,), text, records, draft.measure)


def _article(records: Records, article: FiledRecords[Article]) -> Iterator[Problem]:
    names = records.names
    claims = {placed.record.id: placed for placed in article.claims}
    for open_claim in article.unmeasured:
        yield from _figure_of_article(records, article, open_claim)
    for placed in article.claims:
        claim: Claim = placed.record
        yield from _figure_of_article(records, article, placed)
        yield from _newer_claim(records, placed, claims)
        yield from _measured(records, placed)
        yield from _spans(records, placed, ("dates", "within"))
        yield from _based(records, placed, claims)
        if article.record is not None:
            yield from _before_its_time(records, placed, article.record)
        measure = records.measures.get(claim.measure)
        if measure is not None and measure.record.kind is Kind.DATE:
            message = (
                f"'{claim.measure}' is a date, and dates are not compared. List the words under 'set_aside'."
            )
            yield placed.problem(("measure",), message)
    for review in article.reviews:
        yield from _review(records, review, article.claim_names)
    if article.record is not None:
        yield from _matches(records, article, article.record.matches)
        for i, name in enumerate(article.record.related_measures):
            if name not in names["measure"]:
                for message in names["measure"].unknown(name):
                    yield article.lines.problem(("related_measures", i), message)


def _matches(
    records: Records, article: FiledRecords[Article], matches: Iterable[Matched]
) -> Iterator[Problem]:
    """A match names a claim of its article, and a statement or source that is there."""
    for i, match in enumerate(matches):
        for key, names, name in (
            ("claim", article.claim_names, match.claim),
            ("statement", records.names["statement"], match.statement),
            ("source", records.names["source"], match.source),
        ):
            for message in names.unknown(name):
                yield article.lines.problem(("matches", i, key), message)


def _figure_of_article(
    records: Records, article: FiledRecords[Article], placed: Placed[Claim] | Placed[UnmeasuredClaim]
) -> Iterator[Problem]:
    """What can be told of a figure of an article, with or without a measure."""
    claim, names = placed.record, records.names
    measure = claim.measure if isinstance(claim, Claim) else None
    yield from _unknown(placed, ("origin",), names["origin"], claim.origin)
    for key in ("base", "supersedes"):
        yield from _other_claim(article, placed, key)
    for j, cited in enumerate(claim.cites):
        if cited not in names["source"]:
            message = f"claim '{claim.id}' cites '{cited}', but sources/ has no such file."
            yield placed.problem(("cites", j), f"{message}{names['source'].nearest(cited)}")
    for key in ("reference_period", "base_period"):
        text = getattr(claim, key)
        if measure is not None or typed_period(text, ANY_MONTH) is None:  # its measure may have a fiscal year
            yield from _period(placed, (key,), text, records, measure)
    yield from _unknown(placed, ("outcome",), names["statement"], claim.outcome)
    if claim.guessed and article.record is not None and not article.record.is_draft:
        fields = listed([f"'{field}'" for field in claim.guessed])
        message = (
            f"nobody has looked at {fields} of '{claim.id}' yet, which a reviewed article does not have."
        )
        yield placed.problem(("guessed",), f"{message} Look at it and take out 'guessed'; or: state: draft.")


def _other_claim(article: FiledRecords[Article], placed: Placed[Any], key: str) -> Iterator[Problem]:
    """A claim of the same article that another one names; one with a measure needs one with a measure."""
    name = getattr(placed.record, key)
    if name not in {open_claim.record.id for open_claim in article.unmeasured}:
        yield from _unknown(placed, (key,), article.claim_names, name)
    elif isinstance(placed.record, Claim):
        message = f"claim {quoted_value(name)} has no measure yet. Give it one, or take out '{key}'."
        yield placed.problem((key,), message)


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
    """An origin takes back its own figures only, by a later one of the same measure and scope."""
    statement = placed.record
    newer = records.statements.get(statement.superseded_by or "")
    if newer is None:
        return
    id_ = quoted_value(statement.superseded_by)
    for key, what in (("speaker_id", "origin"), ("measure", "measure"), ("scope", "scope")):
        ours, theirs = getattr(statement, key), getattr(newer.record, key)
        if ours != theirs:
            ours, theirs = ours or "not given", theirs or "not given"
            message = (
                f"{id_} is of another {what} ('{theirs or 'not given'}', not '{ours or 'not given'}'); only "
                "an origin's own figure of the same measure and scope supersedes its figure. Take it out."
            )
            yield placed.problem(("superseded_by",), message)
    if _is_earlier(records, newer.record, statement):
        later = quoted_value(statement.id)
        message = f"{id_} is earlier than {later}; only a later figure supersedes one. Take it out."
        yield placed.problem(("superseded_by",), message)


def _newer_claim(
    records: Records, placed: Placed[Claim], claims: Mapping[str, Placed[Claim]]
) -> Iterator[Problem]:
    """A claim replaces only one of its own measure, scope and origin, and no later one."""
    claim = placed.record
    older = claims.get(claim.supersedes or "")
    if older is None:
        return
    for key in ("measure", "scope", "origin"):
        if getattr(claim, key) != getattr(older.record, key):
            id_ = quoted_value(claim.supersedes)
            message = f"{id_} is of another {key}; only a claim of the same is replaced. Take it out."
            yield placed.problem(("supersedes",), message)
    if _is_earlier(records, claim, older.record):
        message = f"{quoted_value(claim.supersedes)} is later than {quoted_value(claim.id)}. Swap the two."
        yield placed.problem(("supersedes",), message)


def _is_earlier(records: Records, one: Statement | Claim, other: Statement | Claim) -> bool:
    """Whether one figure certainly is of an earlier time than another, or of the same and told earlier."""
    ours, theirs = (_typed_period(records, record) for record in (one, other))
    if ours is not None and theirs is not None:
        # a change from A to B begins at A, whether it is told as A/B or as B with A as its base
        one_way = (one.base_period is None) == (other.base_period is None)
        begun = one_way and ours.start < theirs.start
        return ours.end < theirs.start or (ours.end <= theirs.end and begun)
    if isinstance(one, Statement) and isinstance(other, Statement):
        told = [typed_period(record.stated) for record in (one, other)]
        return told[0] is not None and told[1] is not None and told[0].end < told[1].start
    return False


def _typed_period(records: Records, record: Statement | Claim) -> Period | None:
    measure = records.measures.get(record.measure)
    return typed_period(record.reference_period, measure.record.first_month if measure else None)


def _before_its_time(
    records: Records, placed: Placed[Statement] | Placed[Claim], page: Source | Article
) -> Iterator[Problem]:
    """No page tells what was observed, or said, after the day it is dated; plans and forecasts apart."""
    record = placed.record
    if page.published is None or page.published_is != "stated":
        return
    keys = ["stated"] if isinstance(record, Statement) else []
    if record.status not in (Status.PLANNED, Status.FORECAST):
        keys.append("reference_period")
    for key in keys:
        measure = records.measures.get(record.measure)
        period = typed_period(getattr(record, key), measure.record.first_month if measure else None)
        if period is None:
            continue
        whole = key == "reference_period" and measure is not None and measure.record.over_a_period
        first = period.extent()[2] if whole and period.spans else period.start.toordinal()
        if first > page.published.end.toordinal():
            what = "page" if isinstance(page, Source) else "article"
            message = (
                f"{quoted_value(period)} is after the {what} was published ({page.published}): {_A[what]} "
                f"dated before what it reports. Correct the date that is wrong; where the {what}'s date is "
                "not reliable, write 'published_is: unreliable'; of a plan or forecast write its 'status'."
            )
            yield placed.problem((key,), message)


_A = {"page": "a page", "article": "an article"}


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


def _period(
    placed: Placed[Any],
    path: KeyPath,
    text: str | None,
    records: Records | None = None,
    measure: str | None = None,
) -> list[Problem]:
    """``measure``: the id of the measure whose fiscal year a period may name."""
    if text is None:
        return []
    known = records.measures.get(measure or "") if records else None
    try:
        parse_period(text, known.record.first_month if known else None)
    except ValueError as error:
        return [placed.problem(path, f"{quoted_value(text)}: {error}")]
    return []


def _said(placed: Placed[Statement], stated: str | None) -> list[Problem]:
    """Nobody says a thing in a fiscal year: the day or month of a word needs no measure to be understood."""
    if stated is not None and typed_period(stated) is None and typed_period(stated, ANY_MONTH) is not None:
        message = f"{quoted_value(stated)}: 'stated' is when it was said. Write a day or a month."
        return [placed.problem(("stated",), message)]
    return _period(placed, ("stated",), stated)


def typed_period(text: str | None, first_month: int | None = None) -> Period | None:
    """A period, None where there is none or where it is not one (which ``_period`` tells)."""
    try:
        return parse_period(text, first_month) if text else None
    except ValueError:
        return None
