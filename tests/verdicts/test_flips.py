"""Where a verdict flips: found between two settings by bisection, told above and below the present one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from tallybook.matching.matcher import Matcher
from tallybook.quantity import DEFAULT_POLICY, Policy
from tallybook.terms import Verdict
from tallybook.verdicts import robustness
from tallybook.verdicts.robustness import Dial, Stretch, Trial, stretches, trials

from .made import INMATES, Record, opened

FOR, MANY, BOTH = Verdict.SUPPORTED, Verdict.CORROBORATED, Verdict.DISPUTED
AGAINST, OPEN, OWN = Verdict.CONTRADICTED, Verdict.NOT_TESTED, Verdict.OWN_WORD


def dial_of(field: str) -> Dial:
    (found,) = (dial for dial in robustness.DIALS if dial.field == field)
    return found


@pytest.mark.parametrize(
    ("field", "tried", "precision"),
    [
        ("window_days", "0 7 14 30 45 60 90 120 180 270 365", 1),
        ("about", "0.01 0.02 0.05 0.1 0.15 0.2 0.3", 0.001),
        ("grains", "1 2 3 5 8 10", 0.1),
        ("fraction", "0.02 0.05 0.1 0.15 0.2", 0.001),
        ("same", "0 0.001 0.002 0.005 0.01 0.02", 0.0005),
        ("overshoot", "1.1 1.25 1.5 2 2.5 3", 0.01),
        ("rounding_cap", "0 0.01 0.02 0.05 0.1 0.15", 0.001),
    ],
)
def test_a_dial_is_turned_from_next_to_nothing_to_far_beyond_what_anybody_means(
    field: str, tried: str, precision: float
) -> None:
    """The sentences name the first and the last setting; the others find what turns twice."""
    dial = dial_of(field)
    assert (dial.tried, dial.precision) == (tuple(map(float, tried.split())), precision)
    assert dial.tried[0] < getattr(DEFAULT_POLICY, field) < dial.tried[-1]


@pytest.mark.parametrize(
    ("field", "now", "value", "close"),
    [
        ("about", 0.1, 0.05, True),
        ("about", 0.1, 0.2, True),
        ("about", 0.1, 0.049, False),
        ("about", 0.1, 0.201, False),
        ("window_days", 31, 15, False),
        ("window_days", 31, 16, True),
        ("window_days", 31, 62, True),
        ("window_days", 31, 63, False),
        # overshoot is counted from 1: one and a half times n reaches half of n beyond it
        ("overshoot", 1.5, 1.25, True),
        ("overshoot", 1.5, 2.0, True),
        ("overshoot", 1.5, 1.24, False),
        ("overshoot", 1.5, 2.01, False),
    ],
)
def test_close_is_between_half_and_twice_the_present_width(
    field: str, now: float, value: float, close: bool
) -> None:
    assert dial_of(field).close(now, value) is close


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("window_days", 1, "1 day"),
        ("window_days", 30.6, "31 days"),
        ("grains", 1, "1 unit of the last digit"),
        ("grains", 5.0, "5 units of the last digit"),
        ("grains", 4.25, "4.2 units of the last digit"),
        ("overshoot", 1.5, "1.5 times"),
        ("about", 0.1, "10%"),
    ],
)
def test_a_setting_in_words(field: str, value: float, words: str) -> None:
    assert dial_of(field).words(value) == words


def flips_at(
    *points: float, first: Verdict = FOR, then: Verdict = AGAINST
) -> Callable[[Sequence[float]], list[dict[str, Verdict]]]:
    """A verdict that turns at each point and back at the next."""

    def judge(values: Sequence[float]) -> list[dict[str, Verdict]]:
        return [{"c": (first, then)[sum(value >= point for point in points) % 2]} for value in values]

    return judge


@pytest.mark.parametrize("points", [(), (0.3,), (0.31, 0.64), (0.62, 0.64), (0.1, 0.3, 0.6, 0.9), (1.0,)])
def test_each_point_of_change_is_found_to_the_precision(points: tuple[float, ...]) -> None:
    found = robustness._changes(flips_at(*points), [0.0, 0.25, 0.5, 0.63, 1.0], 0.001)["c"]
    assert found[0] == (0.0, FOR)
    assert [start for start, _ in found[1:]] == pytest.approx(list(points), abs=0.0011)
    assert all(start >= point for (start, _), point in zip(found[1:], points, strict=True))
    assert [outcome for _, outcome in found] == [(FOR, AGAINST)[k % 2] for k in range(len(found))]


def test_a_step_as_wide_as_the_precision_is_not_divided() -> None:
    asked: list[float] = []

    def judge(values: Sequence[float]) -> list[dict[str, Verdict]]:
        asked.extend(values)
        return flips_at(7.5)(values)

    assert robustness._changes(judge, [0, 8, 9], 1)["c"] == [(0, FOR), (8, AGAINST)]
    assert sorted(asked) == [0, 4, 6, 7, 8, 9]


def by_tolerance(now: float, *runs: tuple[float, float, Verdict]) -> Trial:
    return robustness._by_tolerance("c", [Stretch(*run) for run in runs], now)


def test_a_verdict_that_no_tolerance_flips() -> None:
    found = by_tolerance(0.0, (0.0, 0.5, FOR))
    assert (found.change, found.after, found.fragile) == ("", None, False)
    assert found.said == "stays supported at every tolerance up to 50%"
    last = by_tolerance(0.45, (0.0, 0.4, FOR), (0.4, 0.5, OPEN))
    assert (last.before, last.after, last.change) == (OPEN, None, "")


@pytest.mark.parametrize(
    ("now", "high", "then", "fragile"),
    [
        (0.0, 0.1, AGAINST, True),  # at exactly ten per cent
        (0.0, 0.1005, AGAINST, False),
        (0.05, 0.15, AGAINST, True),
        (0.05, 0.2, AGAINST, False),
        (0.0, 0.01, MANY, False),  # the same side
    ],
)
def test_a_verdict_that_ten_per_cent_move_to_another_side_is_fragile(
    now: float, high: float, then: Verdict, fragile: bool
) -> None:
    found = by_tolerance(now, (0.0, high, FOR), (high, 0.5, then))
    assert (found.before, found.after, found.fragile) == (FOR, then, fragile)


def test_every_later_verdict_is_told_with_where_it_begins() -> None:
    found = by_tolerance(0.0, (0.0, 0.2, AGAINST), (0.2, 0.3, OPEN), (0.3, 0.5, FOR))
    assert (found.change, found.after) == ("20%", OPEN)
    assert found.said == (
        "stays contradicted until the tolerance passes 20%, then not tested and supported from 30%"
    )
    at_the_edge = by_tolerance(0.2, (0.0, 0.2, AGAINST), (0.2, 0.5, OPEN))
    assert at_the_edge.before == AGAINST
    within = by_tolerance(0.25, (0.0, 0.2, AGAINST), (0.2, 0.3, OPEN), (0.3, 0.5, FOR))
    assert (within.before, within.after, within.change) == (OPEN, FOR, "30%")


def by_dial(*runs: tuple[float, Verdict], before: Verdict = OPEN) -> Trial:
    """Of the time window, which is 31 days."""
    return robustness._by_dial("c", dial_of("window_days"), list(runs), before, DEFAULT_POLICY)


def test_a_verdict_that_no_setting_flips() -> None:
    found = by_dial((0, OPEN))
    assert (found.change, found.after, found.fragile) == ("", None, False)
    assert found.said == "stays not tested with a time window from 0 days to 365 days"


def test_the_nearest_flips_above_and_below_are_told_and_the_nearer_is_the_change() -> None:
    runs = [(0, AGAINST), (5, OWN), (20, OPEN), (60, FOR), (90, MANY)]
    found = by_dial(*runs)
    assert (found.change, found.after, found.fragile) == ("below 20 days", OWN, True)
    assert found.said == (
        "not tested with a time window of 31 days, but own word only below 20 days and supported from 60 days"
    )
    above = by_dial((0, OWN), (1, OPEN), (32, FOR))
    assert (above.change, above.after, above.fragile) == ("from 32 days", FOR, True)
    only_above = by_dial((0, OPEN), (40, FOR))
    assert (only_above.change, only_above.said) == (
        "from 40 days",
        "not tested with a time window of 31 days, but supported from 40 days",
    )
    here = by_dial((0, FOR), (31, OPEN))
    assert (here.change, here.after) == ("below 31 days", FOR)


@pytest.mark.parametrize(
    ("runs", "fragile"),
    [
        ([(0, OPEN), (62, FOR)], True),
        ([(0, OPEN), (63, FOR)], False),
        ([(0, OPEN), (40, OWN)], False),  # the same side
        ([(0, FOR), (16, OPEN)], True),
        ([(0, FOR), (15, OPEN)], False),
        ([(0, OWN), (30, OPEN), (40, FOR)], True),  # either of the two
    ],
)
def test_a_verdict_is_fragile_where_a_close_setting_moves_it_to_another_side(
    runs: list[tuple[float, Verdict]], fragile: bool
) -> None:
    assert by_dial(*runs).fragile is fragile


def test_groups_left_out_are_told_where_they_flip_it() -> None:
    (stays,) = robustness._by_families("c", FOR, {"A": FOR, "B": FOR})
    assert (stays.change, stays.after, stays.fragile) == ("", None, False)
    assert stays.said == "stays supported without any one source group"
    flips = robustness._by_families("c", MANY, {"A": FOR, "B": MANY, "C": OPEN})
    assert [(t.change, t.after, t.fragile) for t in flips] == [
        ("without A", FOR, False),
        ("without C", OPEN, True),
    ]
    assert flips[0].said == "corroborated with A, supported without"


def test_grouping_is_never_fragile() -> None:
    stays = robustness._by_grouping("c", FOR, FOR)
    assert (stays.change, stays.after, stays.fragile) == ("", None, False)
    turns = robustness._by_grouping("c", OPEN, MANY)
    assert (turns.change, turns.after, turns.fragile) == ("without grouping origins", MANY, False)


SMALL: list[Record] = [{"words": "1,060 people", "origin": "b"}, {"words": "7 people", "origin": "unknown"}]


def test_the_stretches_reach_from_no_tolerance_to_half(monkeypatch: pytest.MonkeyPatch) -> None:
    """In steps of half a point of a percentage, and each point of change to a twentieth of one."""
    case = opened(SMALL, {"words": "1,000 people"})
    asked: list[float] = []

    def verdicts(_: Matcher, __: Policy, tolerances: Sequence[float]) -> list[dict[str, Verdict]]:
        asked.extend(tolerances)
        return flips_at(0.20001, 0.499)(tolerances)

    monkeypatch.setattr(robustness, "verdicts_at", verdicts)
    found = stretches(case.matcher(), case.policy)["c"]
    assert asked[:101] == pytest.approx([k / 200 for k in range(101)])
    assert [(run.low, run.verdict) for run in found] == [
        (0.0, FOR), (pytest.approx(0.20001, abs=0.0005), AGAINST), (pytest.approx(0.499, abs=0.0005), FOR),
    ]  # fmt: skip
    assert [run.high for run in found] == [found[1].low, found[2].low, 0.5]


def test_everything_is_tried_in_the_order_of_the_report() -> None:
    case = opened(SMALL, {"words": "1,000 people"})
    found = trials(case.matcher(), case.policy, case.evidence.ungrouped)
    assert [trial.dial for trial in found] == [
        "tolerance", *(dial.name for dial in robustness.DIALS),
        "source group left out", "grouping of origins",
    ]  # fmt: skip
    assert found[-2].change == "without b"  # who cannot be named has no voice to leave out


def test_a_window_is_tried_in_whole_days_around_the_present_one() -> None:
    """25 days apart: in the window of a month, and out of one of 24 days."""
    said = [{"words": "9 inmates", "origin": "b", "reference_period": "2024-02-01"}]
    case = opened(said, {"words": "9 inmates", "published": "2024-02-26"}, measure=INMATES)
    found = {t.dial: t for t in trials(case.matcher(), case.policy, case.evidence.ungrouped)}
    assert found["time window"].change == "below 25 days"
    wide = replace(case.policy, window_days=10)
    found = {t.dial: t for t in trials(case.matcher(), wide, case.evidence.ungrouped)}
    assert found["time window"].change == "from 25 days"
