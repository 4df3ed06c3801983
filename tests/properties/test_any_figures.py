"""What must hold of any figures: by hypothesis, on books that are made in memory and pass every check."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ..law.books import ARTICLE, CLAIM, book_of_case
from ..law.program import Answer, Compared, answer
from . import some_words as some
from .some_words import Printed, Record, answered, case_of, pages, periods, without_none, words

DIFFERS, AGREES = "differs", "agrees"
COMPARED = (AGREES, "supports", "compatible", DIFFERS)


def beside(printed: Printed, claim: Record, statement: Record) -> Compared:
    """How the one statement bears on the claim."""
    (pair,) = answered(case_of(printed.measure, claim, [statement | {"origin": "a"}])).pairs
    return pair


# A claim never differs from itself


@settings(max_examples=300)
@given(st.data())
def test_a_claim_never_differs_from_its_own_words(data: st.DataObject) -> None:
    """Of every kind, in all words, whatever the dates of the two."""
    printed = data.draw(some.measures)
    said = data.draw(words(printed))
    ours = without_none({"reference_period": data.draw(periods), "published": data.draw(pages)})
    theirs = without_none({"reference_period": data.draw(periods), "published": data.draw(pages)})
    found = beside(printed, ours | {"words": said}, theirs | {"words": said})
    assert DIFFERS not in (found.relation, found.would)


@settings(max_examples=200)
@given(st.data())
def test_a_claim_agrees_with_its_own_words_of_its_own_time(data: st.DataObject) -> None:
    """Unless they set a floor and a ceiling on one number, which rules nothing out."""
    printed = data.draw(some.measures)
    said = data.draw(words(printed).filter(lambda text: "as many as more than" not in text))
    side = {"words": said, "reference_period": data.draw(st.sampled_from(some.PERIODS))}
    assert beside(printed, side, side).relation == AGREES


def test_what_cannot_be_does_not_differ_from_itself() -> None:
    share = Printed({"kind": "share", "unit": "%"}, str)
    side = {"words": "over 100%", "reference_period": "2024-05"}
    assert beside(share, side, side).relation == AGREES


# Widening


@st.composite
def dates_widened(draw: st.DrawFn, printed: Printed) -> tuple[Record, Record]:
    """The time of a figure, and less of it known: of its period, or of the day of its page."""
    if draw(st.booleans()):
        first, second = _two_of(draw, some.PAGES_WIDENED)
        return {"published": first}, {"published": second}
    chains = some.POINTS_WIDENED if some.is_point(printed.measure) else some.SPANS_WIDENED
    first, second = _two_of(draw, chains)
    page = {"published": draw(st.sampled_from(some.PAGES))}
    return page | {"reference_period": first}, page | without_none({"reference_period": second})


def _two_of(draw: st.DrawFn, chains: tuple[tuple[Any, ...], ...]) -> tuple[Any, Any]:
    chain = draw(st.sampled_from(chains))
    first = draw(st.integers(0, len(chain) - 2))
    return chain[first], chain[draw(st.integers(first + 1, len(chain) - 1))]


@settings(max_examples=400)
@given(st.data())
def test_a_wider_date_turns_nothing_into_a_difference(data: st.DataObject) -> None:
    """Neither agreement nor "cannot tell". Two periods named alike are the same, so that none here becomes
    the other's; and a duration has no time to speak of, unless both sides type it."""
    printed = data.draw(some.measures)
    ours, theirs = data.draw(some.two_worded(printed))
    known, less = data.draw(dates_widened(printed))
    other = without_none({"reference_period": data.draw(periods), "published": data.draw(pages)})
    assume(less.get("reference_period", "") != other.get("reference_period"))
    before, after = _either_way(
        data, printed, other | {"words": ours}, known | {"words": theirs}, less | {"words": theirs}
    )
    if printed.measure["kind"] != "duration" or before.relation != "not comparable":
        assert before.relation == DIFFERS or after.relation != DIFFERS


@settings(max_examples=400)
@given(st.data())
def test_a_wider_interval_turns_nothing_into_a_difference(data: st.DataObject) -> None:
    printed = data.draw(some.measures)
    one = data.draw(some.digits(printed))
    ours = data.draw(some.worded(printed, one))
    assume(printed.measure["kind"] != "share" or "over 100" not in ours)  # no number at all
    narrow, wide = data.draw(some.widened(printed, data.draw(some.beside(printed, one))))
    assume(printed.measure["kind"] != "share" or "over 100" not in narrow)
    side = without_none({"reference_period": data.draw(periods), "published": data.draw(pages)})
    other = without_none({"reference_period": data.draw(periods), "published": data.draw(pages)})
    before, after = _either_way(
        data, printed, other | {"words": ours}, side | {"words": narrow}, side | {"words": wide}
    )
    assert before.relation == DIFFERS or after.relation != DIFFERS
    assert DIFFERS in (before.relation, before.would) or after.would != DIFFERS


def _either_way(
    data: st.DataObject, printed: Printed, fixed: Record, first: Record, second: Record
) -> tuple[Compared, Compared]:
    """One record beside two others, as the claim or as the statement."""
    if data.draw(st.booleans()):
        return beside(printed, fixed, first), beside(printed, fixed, second)
    return beside(printed, first, fixed), beside(printed, second, fixed)


# Either side


@settings(max_examples=200)
@given(st.data())
def test_a_difference_and_an_agreement_are_mutual(data: st.DataObject) -> None:
    """Of figures of one time, whichever of the two the article states."""
    printed = data.draw(some.measures)
    ours, theirs = data.draw(some.two_worded(printed))
    of = {"reference_period": data.draw(st.sampled_from(some.PERIODS))}
    one, other = {"words": ours, **of}, {"words": theirs, **of}
    here, there = beside(printed, one, other).relation, beside(printed, other, one).relation
    assert (here == DIFFERS) is (there == DIFFERS)
    assert (here == AGREES) is (there == AGREES)


@settings(max_examples=150)
@given(st.data(), st.floats(0.0, 0.5), st.floats(0.0, 0.5))
def test_a_larger_tolerance_turns_nothing_into_a_difference(
    data: st.DataObject, tolerance: float, more: float
) -> None:
    printed = data.draw(some.measures)
    ours, theirs = data.draw(some.two_worded(printed))
    claim = without_none({"words": ours, "reference_period": data.draw(periods)})
    statement = without_none({"words": theirs, "reference_period": data.draw(periods), "origin": "a"})
    files = book_of_case(case_of(printed.measure, claim, [statement])).files
    relations = []
    for width in sorted((tolerance, min(0.5, tolerance + more))):
        files["claims/measures.yaml"]["policy"] = {"tolerance": str(width)}
        relations.append(answer(files, CLAIM, ARTICLE).pairs[0].relation)
    assert relations[0] == DIFFERS or relations[1] != DIFFERS


# Units and order


@settings(max_examples=200)
@given(st.data())
def test_the_unit_of_a_measure_changes_no_relation(data: st.DataObject) -> None:
    printed = data.draw(st.sampled_from([p for p in some.PRINTED if p.units]))
    ours, theirs = data.draw(some.two_worded(printed))
    claim = without_none({"words": ours, "reference_period": data.draw(periods)})
    statement = without_none({"words": theirs, "reference_period": data.draw(periods)})
    statement["published"] = data.draw(st.sampled_from(some.PAGES))
    other = some.in_unit(printed, data.draw(st.sampled_from(printed.units)))
    here, there = beside(printed, claim, statement), beside(other, claim, statement)
    assert (here.relation, here.reason, here.would) == (there.relation, there.reason, there.would)


ORIGINS = ("army", "navy", "union", "paper", "office", "unknown")
FAMILIES = {
    "army": {"speaks_for": "state"}, "navy": {"speaks_for": "state"}, "office": {"measures": True},
}  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> Record:
    """A claim and a few statements of near numbers, of several origins, pages and times."""
    printed = draw(some.measures)
    one = draw(some.digits(printed))

    def figure() -> Record:
        near = draw(some.beside(printed, one))
        return without_none({"words": draw(some.worded(printed, near)), "reference_period": draw(periods)})

    claim = figure() | without_none({
        "origin": draw(st.sampled_from((None, "army", "union"))), "published": draw(pages),
        "attributed_to": draw(st.sampled_from((None, None, "the army"))),
    })  # fmt: skip
    statements = [
        figure() | {
            "origin": draw(st.sampled_from(ORIGINS)), "published": draw(st.sampled_from(some.PAGES)),
            "tier": draw(st.sampled_from(("primary", "secondary", "tertiary"))),
        }
        for _ in range(draw(st.integers(1, 5)))
    ]  # fmt: skip
    return case_of(printed.measure, claim, statements, origins=dict(FAMILIES))


def _told(found: Answer) -> Record:
    """Everything that is said of a claim; its relations by the id of the statement."""
    today = found.today
    return {
        "pairs": {pair.estimate: pair for pair in found.pairs}, "written": found.written(),
        "today": (today.verdict, today.witnesses, sorted(today.split), today.heading, today.superseded,
                  today.slip, bool(today.said_first), today.attribution, today.codes, today.material),
    }  # fmt: skip


@settings(max_examples=100)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_files_and_records_changes_nothing(case: Record, draw: random.Random) -> None:
    files = book_of_case(case).files
    mixed = {name: _shuffled(files[name], draw) for name in draw.sample(list(files), len(files))}
    assert _told(answer(mixed, CLAIM, ARTICLE)) == _told(answer(files, CLAIM, ARTICLE))


def _shuffled(value: Any, draw: random.Random) -> Any:
    """The same records in another order; the scopes of a measure, of which the first is its own, stay."""
    if isinstance(value, dict):
        return {key: item if key == "scopes" else _shuffled(item, draw) for key, item in value.items()}
    if isinstance(value, list):
        return [_shuffled(item, draw) for item in draw.sample(value, len(value))]
    return value


# Repetitions add no witness


def _verdicts(found: Answer) -> tuple[str, int, str]:
    return found.today.verdict, found.today.witnesses, found.written()


@st.composite
def one_more(draw: st.DrawFn, case: Record) -> Record:
    """The same case with a relay, a copy of the article, or a summary of origins of which one has spoken.

    Not earlier than what it repeats: an earlier one would tell when that was out."""
    statements = case["statements"]
    compared = [int(p.estimate[1:]) for p in answered(case).pairs if p.relation in COMPARED]
    assume(compared)
    spoken = draw(st.sampled_from(compared))
    origin = statements[spoken - 1]["origin"]
    like = draw(st.sampled_from([*statements, case["claim"]]))
    more = without_none({
        "words": like["words"],
        "reference_period": draw(st.sampled_from((None, like.get("reference_period")))),
        "published": draw(st.sampled_from((statements[spoken - 1]["published"], some.PAGES[-1]))),
        "tier": draw(st.sampled_from(("primary", "secondary", "tertiary"))),
    })  # fmt: skip
    origins = dict(case["origins"])
    kind = draw(st.sampled_from(("relay", "copy", "members", "draws_on", "origins")))
    if kind == "relay":
        more |= {"relays": spoken, "origin": draw(st.sampled_from((origin, *ORIGINS)))}
    elif kind == "copy":
        more |= {"copy": True, "origin": draw(st.sampled_from((origin, "stranger")))}
    elif kind == "members":
        more |= {"origin": "digest"}
        origins["digest"] = {"members": [origin, "stranger"]}
    elif kind == "draws_on":
        more |= {"origin": "digest", "draws_on": [origin]}
    else:
        more |= {"origins": [origin, "stranger"]}
    return case | {"statements": [*statements, more], "origins": origins}


@settings(max_examples=300)
@given(st.data())
def test_a_repetition_or_a_summary_more_changes_no_verdict(data: st.DataObject) -> None:
    case = data.draw(cases())
    more = data.draw(one_more(case))
    assert _verdicts(answered(more)) == _verdicts(answered(case))
