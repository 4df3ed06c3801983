"""What must hold of any intervals and of any voices; and of the first case, changed in memory.

What must hold of any figures, from their words on, is in test_any_figures.py.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tallybook import open_book
from tallybook.book import Book
from tallybook.book.figures import read_figure
from tallybook.book.records import Recorded, Source, Statement
from tallybook.estimates.evidence import Evidence
from tallybook.estimates.families import Family
from tallybook.matching.numbers import inside, meet
from tallybook.quantity import Interval
from tallybook.tables.case import Case
from tallybook.terms import Modifier, Relation, Verdict
from tallybook.verdicts.judgement import Voice, judge

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[1] / "data" / "first-case"

numbers = st.one_of(
    st.integers(1, 40), st.sampled_from([90, 100, 8_000, 10_000, 10_900, 11_000, 12_000, 15_000, 250_000])
)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(numbers), draw(numbers)))
    point = low == high
    return Interval(low, high, draw(st.booleans()) and not point, draw(st.booleans()) and not point)


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
    split=st.sampled_from([False, False, False, True]),
)
some_voices = st.lists(voices, max_size=6, unique_by=lambda voice: voice.family.id).filter(
    lambda spoken: sum(voice.own for voice in spoken) <= 1
)
"""Each family has one voice, and a claim at most one family."""


@given(some_voices, st.booleans())
def test_a_verdict_has_the_voices_that_it_needs(spoken: list[Voice], attributed: bool) -> None:
    """Neither the claim's own side nor its echo, a split family or an unknown origin is one of them."""
    judged = judge(spoken, any_estimate=True, attributed=attributed, own=frozenset())
    others = [v for v in spoken if not (v.own or v.echo or v.split) and v.family.independent]
    says = sum(v.relation.confirms for v in others)
    denies = sum(v.relation is Relation.DIFFERS for v in others)
    own = any(v.own and v.relation.confirms and not (v.derived or v.split) for v in spoken)
    match judged.verdict:
        case Verdict.CORROBORATED:
            assert says >= 2 and not judged.differing
        case Verdict.SUPPORTED:
            assert says >= 1 and not judged.differing
        case Verdict.DISPUTED:
            assert denies and (says or own or attributed)
        case Verdict.CONTRADICTED:
            assert denies and not (judged.supporting or own or attributed)
        case Verdict.OWN_WORD:
            assert own and not (judged.supporting or judged.differing)
        case Verdict.NOT_TESTED:
            assert not (own or judged.supporting or judged.differing)
        case Verdict.UNSOURCED:
            pytest.fail("there is an estimate")


@given(some_voices)
def test_a_claim_whose_words_name_its_finder_is_never_called_contradicted(spoken: list[Voice]) -> None:
    assert (
        judge(spoken, any_estimate=True, attributed=True, own=frozenset()).verdict is not Verdict.CONTRADICTED
    )


@given(some_voices, voices)
def test_a_summary_of_one_that_has_spoken_changes_no_verdict(spoken: list[Voice], more: Voice) -> None:
    """Nor does what rests on it, nor what sums up the claim's own side."""
    heard = [v.family.id for v in spoken if v.relation.compares]
    assume(heard and not more.own and more.family.id not in {v.family.id for v in spoken})
    before = judge(spoken, any_estimate=True, attributed=False, own=frozenset("z")).verdict
    for member in (heard[0], "z"):
        rests = more._replace(rests_on=frozenset(member))
        sums_up = more._replace(family=replace(more.family, sums_up=frozenset(member)))
        for one in (rests, sums_up):
            # the summary itself must be nobody's member
            others = [v for v in spoken if one.family.id in (v.family.sums_up | v.rests_on)]
            if not others:
                assert (
                    judge([*spoken, one], any_estimate=True, attributed=False, own=frozenset("z")).verdict
                    is before
                )


@given(some_voices, st.randoms(use_true_random=False))
def test_a_verdict_is_the_same_in_whatever_order_they_speak(spoken: list[Voice], draw: random.Random) -> None:
    other = draw.sample(spoken, len(spoken))
    assert (
        judge(other, any_estimate=True, attributed=False, own=frozenset()).verdict
        is judge(spoken, any_estimate=True, attributed=False, own=frozenset()).verdict
    )


@given(some_voices, voices)
def test_what_is_compatible_or_not_comparable_changes_no_verdict(spoken: list[Voice], more: Voice) -> None:
    """Unless a summary of that very voice is among the others: where a member has spoken, it adds nothing."""
    assume(more.family.id not in {v.family.id for v in spoken} and not more.own)
    assume(not any(more.family.id in v.family.sums_up | v.rests_on for v in spoken))
    silent = more._replace(relation=Relation.NOT_COMPARABLE)
    only_allows = more._replace(relation=Relation.COMPATIBLE)
    before = judge(spoken, any_estimate=True, attributed=False, own=frozenset()).verdict
    assert judge([*spoken, silent], any_estimate=True, attributed=False, own=frozenset()).verdict is before
    assert (
        judge([*spoken, only_allows], any_estimate=True, attributed=False, own=frozenset()).verdict is before
    )


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

    def mixed(records: dict[str, T]) -> dict[str, T]:
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


def _wording(modifier: Modifier, times: float) -> Callable[[float], tuple[float, Modifier]]:
    return lambda number: (max(1.0, round(number * times)), modifier)


WORDINGS = tuple(
    _wording(modifier, times)
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
