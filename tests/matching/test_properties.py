"""What must hold of any figures: symmetry, widening, units, relays, order.

The first half is on random figures, the second on the first case, which is read once and changed in memory.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tallybook import open_book
from tallybook.book import Book
from tallybook.book.figures import read_figure
from tallybook.book.records import Recorded, Source, Statement
from tallybook.estimates.evidence import Evidence
from tallybook.estimates.families import Family
from tallybook.estimates.zones import Zones
from tallybook.matching.comparability import Comparability
from tallybook.matching.numbers import inside, meet
from tallybook.quantity import Interval, Policy, Quantity
from tallybook.tables.case import Case
from tallybook.terms import Modifier, Relation, Verdict
from tallybook.verdicts.judgement import Voice, judge

from . import one_pair
from .one_pair import OF_ONE_TIME, TIMES

ROOT = Path(__file__).resolve().parents[1] / "data" / "first-case"

numbers = st.one_of(
    st.integers(1, 40), st.sampled_from([90, 100, 8_000, 10_000, 10_900, 11_000, 12_000, 15_000, 250_000])
)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    low, high = sorted((draw(numbers), draw(numbers)))
    modifier = draw(st.sampled_from(list(Modifier)))
    if modifier is not Modifier.RANGE:
        high = low
    hedges = draw(st.sampled_from([(), (), (), (Modifier.ABOUT,), (Modifier.UP_TO,), (Modifier.AT_LEAST,)]))
    return Quantity(low, high, modifier, "loaf", "month", hedges)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(numbers), draw(numbers)))
    point = low == high
    return Interval(low, high, draw(st.booleans()) and not point, draw(st.booleans()) and not point)


policies = st.builds(
    Policy,
    about=st.sampled_from([0.0, 0.05, 0.1, 0.3]),
    nearly=st.sampled_from([0.05, 0.1, 0.3]),
    overshoot=st.sampled_from([1.0, 1.5, 3.0]),
    rounding_cap=st.sampled_from([0.0, 0.05, 0.1]),
    tolerance=st.sampled_from([0.0, 0.1, 0.5]),
)


def _exactly(number: float, modifier: Modifier) -> Quantity:
    return Quantity(number, number, modifier, "loaf", "month")


def zones(quantity: Quantity, policy: Policy) -> Zones:
    return one_pair.zones(quantity, policy)


def relation(claim: Zones, estimate: Zones, time: Comparability, policy: Policy) -> Relation:
    return one_pair.bears(claim, estimate, time, policy, "loaf / month").relation


# Intervals


@given(intervals(), intervals())
def test_two_intervals_meet_each_other_or_neither(one: Interval, other: Interval) -> None:
    assert meet(one, other) is meet(other, one)


@given(intervals(), intervals())
def test_what_is_inside_meets(one: Interval, other: Interval) -> None:
    assert not inside(one, other) or meet(one, other)


@given(st.lists(intervals(), min_size=3, max_size=3))
def test_what_is_inside_something_inside_is_inside(three: list[Interval]) -> None:
    one, other, third = sorted(three, key=lambda i: (i.high - i.low, not i.low_open, not i.high_open))
    assert not (inside(one, other) and inside(other, third)) or inside(one, third)


@given(intervals(), intervals(), st.floats(0, 100), st.floats(0, 100))
def test_widening_loses_no_meeting(one: Interval, other: Interval, below: float, above: float) -> None:
    assert inside(one, one.widened(below, above))
    assert not meet(one, other) or meet(one.widened(below, above), other)


# Relations


@given(quantities(), quantities(), st.sampled_from(TIMES), policies)
def test_the_words_of_a_difference_and_the_zones_agree(
    ours: Quantity, theirs: Quantity, time: Comparability, policy: Policy
) -> None:
    """The law in one line: it differs where the zones do not meet, and only there."""
    claim, estimate = zones(ours, policy), zones(theirs, policy)
    apart = not meet(time.open(estimate.tolerated(policy)), claim.tolerated(policy))
    contradictory = claim.contradictory or estimate.contradictory
    differs = relation(claim, estimate, time, policy) is Relation.DIFFERS
    assert differs is (apart and not contradictory)


@given(quantities(), quantities(), policies)
def test_a_difference_is_mutual(ours: Quantity, theirs: Quantity, policy: Policy) -> None:
    claim, estimate = zones(ours, policy), zones(theirs, policy)
    one, other = (
        relation(claim, estimate, OF_ONE_TIME, policy),
        relation(estimate, claim, OF_ONE_TIME, policy),
    )
    assert (one is Relation.DIFFERS) is (other is Relation.DIFFERS)
    assert (one is Relation.AGREES) is (other is Relation.AGREES)


@given(quantities(), quantities(), st.sampled_from(TIMES), policies, st.floats(0, 0.5))
def test_a_larger_tolerance_turns_nothing_into_a_difference(
    ours: Quantity, theirs: Quantity, time: Comparability, policy: Policy, more: float
) -> None:
    claim, estimate = zones(ours, policy), zones(theirs, policy)
    wider = replace(policy, tolerance=policy.tolerance + more)
    assume(relation(claim, estimate, time, policy) is not Relation.DIFFERS)
    assert relation(claim, estimate, time, wider) is not Relation.DIFFERS


@given(
    quantities(), quantities(), st.sampled_from(TIMES), policies,
    st.floats(0, 1e5), st.floats(0, 1e5), st.booleans(),
)  # fmt: skip
def test_a_wider_zone_turns_nothing_into_a_difference(
    ours: Quantity,
    theirs: Quantity,
    time: Comparability,
    policy: Policy,
    below: float,
    above: float,
    claims: bool,
) -> None:
    claim, estimate = zones(ours, policy), zones(theirs, policy)
    assume(relation(claim, estimate, time, policy) is not Relation.DIFFERS)
    if claims:
        claim = replace(claim, true=claim.true.widened(below, above, floor=0.0))
    else:
        estimate = replace(estimate, true=estimate.true.widened(below, above, floor=0.0))
    assert relation(claim, estimate, time, policy) is not Relation.DIFFERS


@given(
    quantities(), quantities(), st.sampled_from(TIMES), policies,
    st.one_of(st.floats(1e-3, 1e6), st.sampled_from([1 / 12, 1 / 30.436875, 365.2425, 0.40468564224, 1e6])),
)  # fmt: skip
@example(_exactly(10_000, Modifier.OVER), _exactly(10_000, Modifier.UNDER), OF_ONE_TIME, Policy(), 0.1)
@example(_exactly(9, Modifier.EXACT), _exactly(9, Modifier.UNDER), OF_ONE_TIME, Policy(), 1 / 12)
def test_another_unit_changes_no_relation(
    ours: Quantity, theirs: Quantity, time: Comparability, policy: Policy, factor: float
) -> None:
    claim, estimate = zones(ours, policy), zones(theirs, policy)
    before = relation(claim, estimate, time, policy)
    assert relation(claim.scaled(factor), estimate.scaled(factor), time, policy) is before


@given(quantities(), policies)
def test_a_figure_agrees_with_itself(quantity: Quantity, policy: Policy) -> None:
    """Unless its words set a floor and a ceiling on one number, which rules nothing out."""
    assume(not quantity.contradictory)
    assert relation(zones(quantity, policy), zones(quantity, policy), OF_ONE_TIME, policy) is Relation.AGREES


# Verdicts

families = st.builds(
    Family,
    id=st.sampled_from("abcdef"),
    name=st.just("A family"),
    origins=st.just(()),
    independent=st.booleans(),
    sums_up=st.frozensets(st.sampled_from("abcdef"), max_size=2),
)
voices = st.builds(
    Voice,
    family=families,
    relation=st.sampled_from(list(Relation)),
    own=st.sampled_from([False, False, False, True]),
    echo=st.sampled_from([False, False, True]),
    derived=st.booleans(),
    rests_on=st.frozensets(st.sampled_from("abcdef"), max_size=1),
)
some_voices = st.lists(voices, max_size=6, unique_by=lambda voice: voice.family.id).filter(
    lambda spoken: sum(voice.own for voice in spoken) <= 1
)
"""Each family has one voice, and a claim at most one family."""


@given(some_voices)
def test_a_verdict_has_the_voices_that_it_needs(spoken: list[Voice]) -> None:
    judged = judge(spoken, any_estimate=True)
    others = [v for v in spoken if not (v.own or v.echo) and v.family.independent]
    says = sum(v.relation.confirms for v in others)
    denies = sum(v.relation is Relation.DIFFERS for v in others)
    match judged.verdict:
        case Verdict.CORROBORATED:
            assert says >= 2 and not judged.differing
        case Verdict.SUPPORTED:
            assert says >= 1 and not judged.differing
        case Verdict.DISPUTED:
            assert says and denies
        case Verdict.CONTRADICTED:
            assert denies and not judged.supporting
        case Verdict.OWN_WORD:
            assert any(v.own and v.relation.confirms for v in spoken)
        case Verdict.UNSOURCED:
            pytest.fail("there is an estimate")


@given(some_voices, st.randoms(use_true_random=False))
def test_a_verdict_is_the_same_in_whatever_order_they_speak(spoken: list[Voice], draw: random.Random) -> None:
    other = draw.sample(spoken, len(spoken))
    assert judge(other, any_estimate=True).verdict is judge(spoken, any_estimate=True).verdict


@given(some_voices, voices)
def test_what_is_compatible_or_not_comparable_changes_no_verdict(spoken: list[Voice], more: Voice) -> None:
    assume(more.family.id not in {v.family.id for v in spoken} and not more.own)
    silent = more._replace(relation=Relation.NOT_COMPARABLE)
    only_allows = more._replace(relation=Relation.COMPATIBLE)
    before = judge(spoken, any_estimate=True).verdict
    assert judge([*spoken, silent], any_estimate=True).verdict is before
    assert judge([*spoken, only_allows], any_estimate=True).verdict is before


# The first case, read once


@cache
def first_case() -> Case:
    return open_book(ROOT)["kursk-engineers"]


@cache
def told() -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    return tables(first_case()), outcomes(first_case())


def outcomes(case: Case) -> dict[str, str]:
    rows = case.verdicts()
    return {
        f"{claim} {when}": row[when] for claim, row in rows.set_index("claim").iterrows()
        for when in ("verdict", "written")
    }  # fmt: skip


def tables(case: Case) -> dict[str, pd.DataFrame]:
    """What the case says, each table in the order of its ids."""
    pairs = case.compare().drop(columns=["reason"])
    return {
        "verdicts": _sorted(case.verdicts().drop(columns=["why", "fidelity_why"]), "claim"),
        "pairs": _sorted(pairs, "claim", "estimate"),
        "drift": _sorted(case.drift().drop(columns=["group", "what"]), "statement"),
        "estimates": _sorted(case.estimates(), "estimate"),
    }


def _sorted(table: pd.DataFrame, *by: str) -> pd.DataFrame:
    return table.sort_values(list(by)).reset_index(drop=True)


def same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, other[name], obj=name)


def shuffled(book: Book, draw: random.Random, article: str) -> tuple[Book, Case]:
    """The same records in another order, as other names of files would give them."""

    def mixed(records: dict[str, object]) -> dict[str, object]:
        return dict(draw.sample(list(records.items()), len(records)))

    sources = {
        id_: s.model_copy(update={"statements": draw.sample(s.statements, len(s.statements))})
        for id_, s in mixed(book.sources).items()
    }
    groups = {
        id_: g.model_copy(update={"statements": draw.sample(g.statements, len(g.statements))})
        for id_, g in mixed(book.groups).items()
    }
    origins = {
        id_: o.model_copy(update={"shares_with": o.shares_with[::-1]})
        for id_, o in mixed(book.origins).items()
    }
    other = replace(
        book,
        sources=sources,
        groups=groups,
        origins=origins,
        measures=mixed(book.measures),
        statements={s.id: s for source in sources.values() for s in source.statements},
        source_of={s.id: source for source in sources.values() for s in source.statements},
    )
    claims = book.articles[article].claims
    mixed_article = book.articles[article].model_copy(update={"claims": draw.sample(claims, len(claims))})
    return other, Case(Evidence(other), mixed_article)


@settings(max_examples=12)
@given(st.randoms(use_true_random=False))
def test_the_order_of_files_and_records_changes_nothing(draw: random.Random) -> None:
    _, case = shuffled(first_case().book, draw, "kursk-engineers")
    same(told()[0], tables(case))


def test_the_same_book_gives_the_same_tables_twice() -> None:
    same(told()[0], tables(Case(Evidence(first_case().book), first_case().article)))


WORDINGS: tuple[Callable[[float], tuple[float, Modifier]], ...] = tuple(
    lambda n, m=modifier, k=times: (max(1.0, round(n * k)), m)
    for modifier in Modifier
    if modifier is not Modifier.RANGE
    for times in (1, 1, 0.1, 1.07, 10)
)


@st.composite
def relays(draw: st.DrawFn) -> tuple[Source, Statement]:
    """A new page that says that it repeats a statement of the case: in any words, of any date and rank."""
    book = first_case().book
    counted = [
        s for s in book.statements.values()
        if s.base is None and s.dates is None and book.measures[s.measure].kind not in ("date", "share")
    ]  # fmt: skip
    repeated = draw(st.sampled_from(counted))
    measure = book.measures[repeated.measure]
    known = first_case().evidence.estimates[repeated.id].amount
    assert known is not None
    low, modifier = draw(st.sampled_from(WORDINGS))(known.core.low)
    unit, _, per = measure.unit.partition(" / ")
    day = date(2023, 1, 1) + timedelta(draw(st.integers(0, 1300)))
    when = draw(st.sampled_from([None, day.isoformat(), repeated.reference_period]))
    statement = Statement(
        id="zz-relay",
        measure=repeated.measure,
        words="as another page has it",
        origin=draw(st.sampled_from([repeated.origin, repeated.origin, *book.origins])),
        recorded=Recorded(low=low, high=low, modifier=modifier, unit=unit, per=per or None, because="drawn"),
        reference_period=when,
        status=draw(st.sampled_from([repeated.status, "observed", "planned"])),
        scope=draw(st.sampled_from([repeated.scope, *measure.scopes])),
        part=draw(st.sampled_from([repeated.part, None])),
        relays=repeated.id,
    )
    source = Source(
        id="zz-page", publisher="Another page", published=draw(st.sampled_from([None, day])), language="en",
        kind=draw(st.sampled_from(["primary", "secondary", "tertiary"])), statements=[statement],
    )  # fmt: skip
    return source, statement


@settings(max_examples=60)
@given(relays())
def test_a_relay_more_changes_no_verdict(relay: tuple[Source, Statement]) -> None:
    source, statement = relay
    book = first_case().book
    figure = read_figure(statement, book.measures[statement.measure], "en")
    more = replace(
        book,
        sources={**book.sources, source.id: source},
        statements={**book.statements, statement.id: statement},
        source_of={**book.source_of, statement.id: source},
        figure_of_statement={**book.figure_of_statement, statement.id: figure},
    )
    assert outcomes(Case(Evidence(more), first_case().article)) == told()[1]
