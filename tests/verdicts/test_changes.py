"""What changed between two wordings: each code at its edges, and what of it is material."""

from __future__ import annotations

from typing import Any

import pytest

from tallybook.quantity import DEFAULT_POLICY
from tallybook.verdicts.distortion import became, distortions, in_figures, moves, said_by

from .made import A_YEAR, CHANGE, INMATES, MILES, PEOPLE, opened, two_said

Record = dict[str, Any]
MONEY: Record = {"kind": "rate", "unit": "£ a week"}
SHARE: Record = {"kind": "share", "unit": "%"}
OWN_SAME: Record = PEOPLE | {"policy": {"same": "0.05", "reason": "made up"}}


def told(
    first: Record | str, second: Record | str, measure: Record = PEOPLE, **more: Any
) -> tuple[str, bool]:
    """The codes in one text, and whether they are material."""
    one, other = ({"words": given} if isinstance(given, str) else given for given in (first, second))
    said, repeated = two_said(one, other, measure=measure, **more)
    codes = distortions(said, repeated, DEFAULT_POLICY)
    return ", ".join(codes), moves(said, repeated, codes, DEFAULT_POLICY)


NUMBERS = [
    # one end of a range, or of a margin
    ("200 to 260 people", "260 people", "range_end_picked"),
    ("200 to 260 people", "200 people", "range_end_picked"),
    ("201 to 263 people", "260 people", "range_end_picked"),  # 260 is what 263 rounds to
    ("200 to 260 people", "230 people", "number_changed"),
    ("200 to 260 people", "200 to 250 people", "number_changed"),
    ("12.3 miles", "12 miles", ""),  # honest rounding of one number, no end of a range
    ("45 ± 0.4 miles", "45 miles", "margin_dropped"),  # the centre, though an end is within its rounding
    ("45 ± 3 miles", "48 miles", "range_end_picked"),
    ("45 to 47 miles", "47 ± 3 miles", "number_changed"),  # who states a margin picks no end
    ("45 ± 3 miles", "45 ± 3 miles", ""),
    ("45 miles", "45 ± 3 miles", ""),
    ("45 ± 3 people", "42 to 48 patients", "margin_dropped"),  # two nouns of one measure are no units
    # two ranges: both ends count
    ("203 to 258 people", "200 to 260 people", ""),
    ("200 to 260 people", "200 to 300 people", "number_changed"),
    ("200 to 260 people", "150 to 260 people", "number_changed"),
    ("210 to 250 people", "200 to 260 people", "number_changed"),
    ("230 people", "200 to 260 people", ""),  # the number lies in what the words suggest
    ("300 people", "200 to 260 people", "number_changed"),
    # "nearly" is a bound of its own kind, from below
    ("1,000 people", "nearly 1,000 people", "bound_added"),
    ("nearly 1,000 people", "1,000 people", "bound_dropped"),
    ("nearly 1,000 people", "nearly 1,000 people", ""),
    ("nearly 1,000 people", "1,100 people", "number_changed"),
    ("972 people", "nearly 1,000 people", ""),
    ("45,756 people", "46,000 people", ""),
    ("45,756 people", "nearly 46,000 people", ""),
    ("45,756 people", "more than 45,000 people", ""),
    # a bound put on a number
    ("nine people", "at least nine people", "bound_added"),
    ("nine people", "over nine people", "bound_added"),
    ("nine people", "up to nine people", "bound_added"),
    ("1,000 people", "more than 400 people", "bound_added"),
    ("1,000 people", "more than 2,000 people", "number_changed"),
    ("1,000 people", "up to 500 people", "number_changed"),
    # a bound left out
    ("up to 1,000 people", "1,000 people", "bound_dropped"),
    ("up to 1,000 people", "about 1,050 people", "bound_dropped"),
    ("up to 1,000 people", "1,200 people", "number_changed, bound_dropped"),
    # a bound turned, sharpened, moved
    ("at least 1,000 people", "up to 1,000 people", "bound_changed"),
    ("at least 1,000 people", "up to 1,200 people", "number_changed, bound_changed"),
    ("at least 1,000 people", "over 1,000 people", "bound_changed"),
    ("over 1,000 people", "at least 1,000 people", ""),
    ("over 1,000 people", "more than 1,000 people", ""),
    ("at most 1,000 people", "under 1,000 people", "bound_changed"),
    ("under 1,000 people", "at most 1,000 people", ""),
    ("at most 1,000 people", "up to 1,000 people", ""),
    ("over 1,250 people", "over 1,200 people", ""),
    ("over 1,200 people", "over 1,500 people", "number_changed"),
]


@pytest.mark.parametrize(("said", "repeated", "codes"), NUMBERS)
def test_what_happened_to_the_number_and_its_bound(said: str, repeated: str, codes: str) -> None:
    assert told(said, repeated, MILES if "miles" in said else PEOPLE)[0] == codes


OTHER_THINGS = [
    ({"words": "nine people"}, {"words": "nine people", "measure": "patients"}, "measure_swapped"),
    ({"words": "9"}, {"words": "9", "measure": "patients", "scope": "north"}, "measure_swapped"),
    ({"words": "nine people"}, {"words": "nine people", "scope": "north"}, "scope_changed"),
    ({"words": "nine people", "part": "men"}, {"words": "nine people", "part": "women"}, "scope_changed"),
    ({"words": "nine people", "part": "men"}, {"words": "nine people", "part": "men"}, ""),
    ({"words": "nine people", "status": "provisional"}, {"words": "nine people"}, ""),
    ({"words": "nine people"}, {"words": "nine people", "status": "forecast"}, "status_changed"),
    ({"words": "300 people or 50"}, {"words": "300 people and 50"}, "or_to_and"),
    ({"words": "nine people", "joined": "and"}, {"words": "nine people", "joined": "or"}, ""),
    ({"words": "nine people", "joined": "or"}, {"words": "nine people"}, ""),
    ({"words": "nine people", "joined": "and"}, {"words": "nine people", "joined": "and"}, ""),
    ({"words": "Nine people killed or wounded"}, {"words": "nine people killed and wounded"}, "or_to_and"),
    ({"words": "nine people killed or wounded"}, {"words": "nine people wounded and hungry"}, ""),
    ({"words": "nine people killed and wounded"}, {"words": "nine people killed or wounded"}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("said", "repeated", "codes"), OTHER_THINGS)
def test_what_else_is_said(said: Record, repeated: Record, codes: str) -> None:
    measures = {
        name: PEOPLE | {"definition": name, "scopes": ["all", "north"]} for name in ("people", "patients")
    }
    claim = {"words": "7", "measure": "people"}
    made = {"claim": claim, "measures": measures, "measure": PEOPLE}
    found, material = told(*({"measure": "people"} | given for given in (said, repeated)), **made)
    assert (found, material) == (codes, codes != "")


@pytest.mark.parametrize(
    ("said", "repeated", "codes"),
    [
        ("up 12%", "down 12%", "direction_changed"),
        ("up 12%", "12%", ""),
        ("up 12%", "up 12%", ""),
        ("down 12%", "down 12%", ""),
        ("down 12%", "down 19%", "number_changed"),
    ],
)
def test_a_direction_turns_only_against_another(said: str, repeated: str, codes: str) -> None:
    assert told(said, repeated, CHANGE) == (codes, codes != "")


@pytest.mark.parametrize(
    ("measure", "said", "repeated", "codes"),
    [
        (MILES, "42.4 kilometres", "42.4 miles", "unit_changed"),
        (MILES, "42.4 kilometres", "26.3 miles", ""),
        (MILES, "42.4 kilometres", "4.2 miles", "number_changed"),
        (MONEY, "£5 a week", "£5 a day", "unit_changed"),
        (MONEY, "£35 a week", "£5 a day", ""),
        (MONEY, "£5 a week", "£5 a week", ""),
        (PEOPLE, "11,000 people", "19,000 people", "number_changed"),
    ],
)
def test_the_same_number_in_another_unit(measure: Record, said: str, repeated: str, codes: str) -> None:
    assert told(said, repeated, measure)[0] == codes


def test_a_share_of_another_figure_is_in_another_unit_than_a_number() -> None:
    share = {"words": "half", "base": 3}
    base = {"words": "18 people"}
    case = opened([share, {"words": "nine people"}, base])
    said, repeated = (said_by(case.evidence.estimates[id_], DEFAULT_POLICY) for id_ in ("s1", "s2"))
    assert said is not None and repeated is not None
    assert distortions(said, repeated, DEFAULT_POLICY) == ("unit_changed",)
    assert became(said, repeated, ("unit_changed",)).endswith("in another unit")  # type: ignore[arg-type]
    assert in_figures(said) == "50%"


PERIODS = [
    ("2023", "2023", False),
    ("2023", "2023-01-01/2023-12-31", False),
    ("2023", "2024", True),
    ("2024", "2023", True),
    ("2023", "2023-01", True),
    ("2023-01", "2023", True),
    ("2023", "2023-12", True),
    ("2023-12", "2023", True),
    # the start, or the end, is any day of its month
    ("2023-08/2023-11-30", "2023-08-15/2023-11-30", False),
    ("2023-08-15/2023-11-30", "2023-08/2023-11-30", False),
    ("2023-08-01/2023-11", "2023-08-01/2023-11-15", False),
    ("2023-08-01/2023-11-15", "2023-08-01/2023-11", False),
]


@pytest.mark.parametrize(("said", "repeated", "changed"), PERIODS)
def test_another_period_of_a_total_is_one_whose_ends_cannot_be_the_same_days(
    said: str, repeated: str, changed: bool
) -> None:
    one, other = ({"words": "nine people", "reference_period": when} for when in (said, repeated))
    assert told(one, other, A_YEAR) == ("period_changed" if changed else "", changed)


@pytest.mark.parametrize(
    ("day", "window", "changed"),
    [
        ("2024-02-02", None, True),
        ("2024-02-01", None, False),
        ("2024-02-02", 1, False),
        ("2024-02-03", 1, True),
    ],
)
def test_another_day_of_a_stock_is_one_outside_of_its_window(
    day: str, window: int | None, changed: bool
) -> None:
    measure = INMATES | ({} if window is None else {"window_days": window})
    one, other = ({"words": "9 inmates", "reference_period": when} for when in ("2024-02-01", day))
    assert told(one, other, measure)[0] == ("period_changed" if changed else "")


OLD = {"words": "9 inmates", "reference_period": "2024-02-01", "published": "2024-02-01"}
DATES: list[tuple[Record, Record, Record, str]] = [
    (OLD, {"published": "2024-03-03"}, INMATES, ""),
    (OLD, {"published": "2024-03-04"}, INMATES, "date_dropped"),
    (OLD, {"published": "2024-02-06"}, INMATES | {"window_days": 5}, ""),
    (OLD, {"published": "2024-02-07"}, INMATES | {"window_days": 5}, "date_dropped"),
    (OLD, {"published": "2024-02-02"}, INMATES | {"window_days": 0}, "date_dropped"),
    (OLD, {}, INMATES, ""),  # nobody knows when it was told
    (OLD, {"published": "2024-06-01", "stated": "2024-02-03"}, INMATES, ""),  # told on its own day
    (OLD, {"published": "2024-06-01"}, INMATES | {"once": True}, ""),
    (OLD | {"part": "men"}, {"published": "2024-06-01", "part": "men"}, INMATES, ""),
    ({"words": "9 inmates", "published": "2024-02-01"}, {"published": "2024-06-01"}, INMATES, ""),
]  # fmt: skip


@pytest.mark.parametrize(("said", "repeated", "measure", "codes"), DATES)
def test_a_date_is_lost_where_an_old_figure_is_told_as_one_of_the_day(
    said: Record, repeated: Record, measure: Record, codes: str
) -> None:
    assert told(said, {"words": "9 inmates"} | repeated, measure) == (codes, False)


def test_a_duration_has_no_time_to_change() -> None:
    said, repeated = ({"words": "9 days", "reference_period": when} for when in ("2022", "2023"))
    assert told(said, repeated, {"kind": "duration", "unit": "day"})[0] == ""


MATERIAL = [
    # a bound comes, goes or turns
    ("up to 1,000 people", "1,000 people", PEOPLE, True),
    ("nine people", "at least nine people", PEOPLE, True),
    ("at least 1,000 people", "up to 1,000 people", PEOPLE, True),
    ("at least 1,000 people", "over 1,000 people", PEOPLE, False),
    # a true bound, off by two to one or less
    ("1,000 people", "more than 500 people", PEOPLE, False),
    ("1,002 people", "more than 500 people", PEOPLE, True),
    ("down 1,000 people", "down more than 600 people", {"kind": "net", "unit": "person"}, False),
    ("down 1,000 people", "down more than 400 people", {"kind": "net", "unit": "person"}, True),
    # the number, by 0.5 % of the larger of the two, counts and money alone
    ("45,765 people", "45,756 people", PEOPLE, False),
    ("19,901 people", "20,001 people", PEOPLE, False),
    ("20,001 people", "19,901 people", PEOPLE, False),
    ("20,200 people", "20,099 people", PEOPLE, False),
    ("20,200 people", "20,098 people", PEOPLE, True),
    ("20,098 people", "20,201 people", PEOPLE, True),
    ("1,001 people", "1,041 people", OWN_SAME, False),
    ("1,001 people", "1,041 people", PEOPLE, True),
    ("12.3 miles", "12.8 miles", MILES, True),
    ("12.8 miles", "12.3 miles", MILES, True),
    ("41.2 miles", "40 miles", MILES, False),  # in its true zone, beyond what it suggests
]  # fmt: skip


@pytest.mark.parametrize(("said", "repeated", "measure", "material"), MATERIAL)
def test_what_is_material(said: str, repeated: str, measure: Record, material: bool) -> None:
    codes, found = told(said, repeated, measure)
    assert codes and found is material


def sentence(first: Record, second: Record, measure: Record = PEOPLE, **more: Any) -> str:
    said, repeated = two_said(first, second, measure=measure, **more)
    return became(said, repeated, distortions(said, repeated, DEFAULT_POLICY))


def test_nothing_that_changed_is_called_no_change() -> None:
    assert sentence({"words": "nine people"}, {"words": "9 people"}) == "no change"


def test_both_figures_are_told_in_their_own_units() -> None:
    told_of = sentence({"words": "up to 42.4 kilometres"}, {"words": "42.4 kilometres"}, MILES)
    assert told_of == "up to 42.4 kilometers became 42.4 kilometers: the bound was lost"
    told_of = sentence({"words": "£5 a week"}, {"words": "£6 a day"}, MONEY)
    assert told_of.startswith("5 a week became 6 a day: another number")
    assert sentence({"words": "40%"}, {"words": "50%"}, SHARE).startswith("40% became 50%: another number")


def test_a_number_that_changed_within_its_rounding_is_told_so() -> None:
    assert sentence({"words": "203 to 258 people"}, {"words": "230 people"}).endswith(": another number")
    within = sentence({"words": "12 miles"}, {"words": "12.3 miles"}, MILES)
    assert within.endswith(": another number, within rounding")


def test_times_that_changed_are_named() -> None:
    dated = [{"words": "9 people", "reference_period": when} for when in ("2022", "2023")]
    assert sentence(*dated, A_YEAR).endswith("of another period (2022 became 2023)")
    late = {"words": "9 inmates", "published": "2024-06-01"}
    assert sentence(OLD, late, INMATES).endswith("its date was lost (1 February 2024 became no date)")


def test_scopes_that_changed_are_named() -> None:
    measure = PEOPLE | {"scopes": ["all people", "the north"]}
    one, other = {"words": "9 people"}, {"words": "9 people", "scope": "the north"}
    assert sentence(one, other, measure).endswith(": all people became the north")
    assert sentence(one, one | {"part": "men"}).endswith(": the whole became a part (men)")


def test_status_and_measure_that_changed_are_named() -> None:
    one, other = {"words": "9 people"}, {"words": "9 people", "status": "forecast"}
    assert sentence(one, other).endswith(": what was counted became what was forecast")
    measures = {
        "sick": PEOPLE | {"definition": "the sick, all ages"},
        "dead": PEOPLE | {"definition": "the dead. All ages"},
        "lorries": {"kind": "rate", "unit": "lorry / day", "once": True},
    }
    claim = {"words": "9", "measure": "sick"}
    made = {"claim": claim, "measures": measures}
    sick, dead, lorries = (
        {"words": words, "measure": name, "origin": "bureau"}
        for words, name in (("9", "sick"), ("9", "dead"), ("9 a day", "lorries"))
    )
    assert "“Made up: the sick” became “Made up: the dead”" in sentence(sick, dead, **made)
    assert "people became lorries" in sentence(sick, lorries, **made)


def test_another_unit_is_told_with_both_amounts_and_how_far_they_lie_apart() -> None:
    up = sentence({"words": "42.4 kilometres"}, {"words": "42.4 miles"}, MILES)
    assert up.endswith("which is 42.4 miles and not 26.3: 61% above it")
    down = sentence({"words": "42.4 miles"}, {"words": "42.4 kilometres"}, MILES)
    assert down.endswith("which is 26.3 miles and not 42.4: 38% below it")
    small = sentence({"words": "0.5 miles"}, {"words": "0.5 kilometres"}, MILES)
    assert small.endswith("which is 0.311 miles and not 0.5: 38% below it")


@pytest.mark.parametrize(
    ("said", "repeated", "kind"),
    [("60 °F", "60 °C", "level"), ("−5 to 0 °F", "−5 to 0 °C", "change")],
)
def test_where_there_is_no_ratio_none_is_told(said: str, repeated: str, kind: str) -> None:
    """Of a point on a scale, and of nothing."""
    told_of = sentence({"words": said}, {"words": repeated}, {"kind": kind, "unit": "°C"})
    assert told_of.endswith(": in another unit")


def test_falls_are_held_against_each_other_by_their_size() -> None:
    told_of = sentence({"words": "down 5 °F"}, {"words": "down 5 °C"}, {"kind": "change", "unit": "°C"})
    assert told_of.endswith("which is −5 degrees Celsius and not −2.78: 80% above it")


def test_a_date_is_no_figure_that_a_page_says() -> None:
    case = opened(
        [
            {"words": "14 May 2024", "dates": {"start": "2024-05-01", "end": "2024-05-14"}},
            {"words": "9 days"},
        ],
        measure={"kind": "duration", "unit": "day"},
    )
    assert said_by(case.evidence.estimates["s1"], DEFAULT_POLICY) is None
