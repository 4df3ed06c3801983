"""Slips: the one figure that would make a claim right by one change, or nothing said (section 4)."""

from __future__ import annotations

from typing import Any

import pytest

from tallybook.cli.case_output import print_verdicts
from tallybook.tables.every_case import verdicts_told
from tallybook.verdicts.slips import Hint, significant, swaps

from .made import A_YEAR, CHANGE, MILES, PEOPLE, Record, judged, opened

IN_2023 = {"reference_period": "2023"}
CLAIM = {"words": "1,430 people"} | IN_2023


def hint(claim: Record, *statements: Record, measure: Record = A_YEAR, **more: Any) -> Hint | None:
    given = [{"origin": f"office {number}"} | one for number, one in enumerate(statements)]
    return judged(given, claim, measure=measure, **more).slip


def kind(claim: Record, *statements: Record, measure: Record = A_YEAR, **more: Any) -> str:
    found = hint(claim, *statements, measure=measure, **more)
    return "" if found is None else str(found.kind)


def words(text: str, **facts: Any) -> Record:
    return {"words": text} | IN_2023 | facts


@pytest.mark.parametrize(
    ("ours", "theirs", "slip"),
    [
        ("1,430 people", "14,300 people", "×10"),
        ("14,300 people", "1,430 people", "×10"),
        ("1,430 people", "143,000 people", "×100"),
        ("1,430 people", "1.43 million people", "×1,000"),
        ("1,430 people", "14.3 million people", ""),
        ("1,430 people", "143 million people", ""),
        ("1,430 people", "1.43 billion people", "×1,000,000"),
        ("1,430 people", "1.43 trillion people", "×1,000,000,000"),
        ("1.43 trillion people", "1,430 people", "×1,000,000,000"),
        ("1,430 people", "14,400 people", ""),
        ("143 people", "1,430 people", "×10"),  # three digits are enough, two are not
        ("140 people", "1,400 people", ""),
        ("1,423 people", "1,243 people", "digits swapped"),
        ("1,423 people", "4,123 people", "digits swapped"),
        ("1,423 people", "1,424 people", ""),
        ("1,423 people", "1,723 people", ""),
        ("1,234 people", "2,143 people", ""),
        ("1,423 people", "1,254 people", ""),
        ("1,423 people", "12,430 people", ""),
        ("1,200 to 1,430 people", "14,300 people", ""),
        ("1,430 people", "14,300 to 14,310 people", ""),
        ("1,430 people", "14,301 to 15,000 people", ""),
    ],
)
def test_a_slip_of_the_pen_in_a_number(ours: str, theirs: str, slip: str) -> None:
    assert kind(words(ours), words(theirs)) == slip


@pytest.mark.parametrize(
    ("measure", "ours", "theirs", "slip"),
    [
        (CHANGE, "up 12.5%", "down 12.5%", "direction turned"),
        (CHANGE, "down 12.5%", "down 125%", "×10"),
        (CHANGE, "down 12.5%", "up 125%", ""),
        (CHANGE, "up 14.23%", "down 12.43%", ""),
        (CHANGE, "down 14.23%", "down 12.43%", "digits swapped"),
        ({"kind": "share", "unit": "%"}, "38.5%", "61.5%", "share for its rest"),
        ({"kind": "share", "unit": "%"}, "38.5%", "61.6%", ""),
        (CHANGE, "up 38.5%", "up 61.5%", ""),
        (MILES, "42.4 miles", "42.4 kilometres", "another unit"),
        (MILES, "42.4 miles", "42.5 kilometres", ""),
        (MILES, "42 miles", "42 kilometres", ""),
        ({"kind": "rate", "unit": "£ a week"}, "£125 a week", "£125 a day", "another period"),
    ],
)
def test_a_slip_of_the_pen_in_what_stands_beside_the_number(
    measure: Record, ours: str, theirs: str, slip: str
) -> None:
    assert kind(words(ours), words(theirs), measure=measure) == slip


def test_without_a_difference_or_a_distortion_no_slip_of_the_pen_is_looked_for() -> None:
    assert kind(CLAIM, words("14,300 people", measure="patients")) == ""
    differs = words("2,000 people")
    assert kind(CLAIM, differs, words("14,300 people", measure="patients")) == "×10"
    cited = {"words": "up to 1,440 people", "page": "page"} | IN_2023
    distorted = CLAIM | {"cites": ["page"]}
    assert kind(distorted, cited, words("14,300 people", measure="patients")) == "×10"


def test_a_neighbour_speaks_for_its_own_time_alone() -> None:
    differs, other = words("2,000 people"), {"words": "14,300 people", "measure": "patients"}
    assert kind(CLAIM, differs, other | {"reference_period": "2022"}) == ""
    assert kind(CLAIM, differs, other | {"reference_period": "2023-12/2024-02"}) == "×10"
    assert kind(CLAIM, differs, other) == "×10"
    undated = {"words": "1,430 people"}
    assert (
        kind(undated, {"words": "2,000 people"}, other | {"reference_period": "2022"}, measure=PEOPLE)
        == "×10"
    )


def test_what_cannot_be_compared_or_only_repeats_is_no_slip_of_the_pen() -> None:
    differs = words("2,000 people")
    assert kind(CLAIM, differs, words("14,300 people", status="forecast")) == ""
    first = words("2,000 people", origin="bureau")
    assert kind(CLAIM, first, words("14,300 people", origin="bureau", relays=1)) == ""
    assert kind(CLAIM, differs, words("14,300 people", refused={"by": "me", "why": "misprint"})) == ""
    same = words("1,430 patients", measure="patients")
    assert kind(CLAIM, differs, same) == ""  # the same number of another measure, on no page that is cited


def test_what_says_nothing_hides_nothing_after_it() -> None:
    refused = {"refused": {"by": "me", "why": "misprint"}}
    past = {"words": "1,430 people", "reference_period": "2022"}
    assert kind(CLAIM, past | refused, past) == "another year"
    other = words("14,300 people", measure="patients")
    assert kind(CLAIM, words("2,000 people"), other | refused, other) == "×10"


def test_of_two_figures_that_would_do_nothing_is_said() -> None:
    assert kind(CLAIM, words("14,300 people"), words("1,340 people")) == ""
    assert kind(CLAIM, words("14,300 people"), words("143,000 people")) == ""
    found = hint(CLAIM, words("14,300 people"), words("14,300 people"))
    assert found is not None and (found.kind, found.estimate) == ("×10", "s1")


def test_a_claim_that_somebody_bears_out_has_no_slip() -> None:
    assert kind(CLAIM, words("14,300 people"), words("1,430 people")) == ""
    own = words("1,430 people", origin="bureau")
    assert kind(CLAIM | {"origin": "bureau"}, words("14,300 people"), own) == ""
    against = words("1,200 people", origin="bureau")
    assert kind(CLAIM | {"origin": "bureau"}, words("14,300 people"), against) == "×10"


def test_a_share_of_another_figure_has_no_slip() -> None:
    def of_the_later_one(files: Record) -> None:
        files["claims/article.yaml"]["claims"][0]["base"] = "later-claim"

    claim = {"words": "half", "replaced_by": words("2,860 people")} | IN_2023
    assert kind(claim, words("14,300 people"), change=of_the_later_one) == ""


def test_points_taken_for_per_cent() -> None:
    measures = {
        "growth": CHANGE | {"neighbours": ["points"]},
        "points": {"kind": "change", "unit": "percentage point"},
    }
    claim = words("up 12.5%", measure="growth")
    points = words("up 12.5 percentage points", measure="points")
    assert kind(claim, words("up 20%", measure="growth"), points, measures=measures) == "points for per cent"


ELSEWHERE = [
    ({"reference_period": "2022"}, "another year"),
    ({"reference_period": "2023-03"}, "another period"),
    ({"reference_period": "2022-03"}, "another period"),
    ({"reference_period": "2020/2026"}, "another period"),
    ({"reference_period": "2022", "words": "1,431 people"}, ""),
    ({"reference_period": "2022", "part": "men"}, ""),
    ({"reference_period": "2022", "refused": {"by": "me", "why": "misprint"}}, ""),
    ({"reference_period": "2023", "scope": "north"}, "another place"),
    ({"reference_period": "2023", "scope": "inner"}, "another place"),
    ({"reference_period": "2023", "scope": "inner", "words": "1,429 people"}, ""),
    ({"reference_period": "2023", "scope": "north", "part": "men"}, ""),
    ({"reference_period": "2023", "status": "forecast"}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("said", "slip"), ELSEWHERE)
def test_the_same_number_of_another_year_or_place(said: Record, slip: str) -> None:
    measure = A_YEAR | {"scopes": ["all", "north", "inner"], "inside": {"inner": "all"}}
    assert kind(CLAIM, words("1,430 people") | said, measure=measure) == slip


@pytest.mark.parametrize(
    ("ours", "theirs", "slip"),
    [
        ("2023-01-01/2023-01-10", "2022-01-01/2022-01-13", "another year"),
        ("2023-01-01/2023-01-10", "2022-01-01/2022-01-14", "another period"),
        ("2023-01-01/2023-01-14", "2022-01-01/2022-01-10", "another period"),
        ("2023-01-01/2023-01-04", "2022-01-01/2022-01-06", "another period"),
        ("2023-02", "2022-03", "another year"),
        ("2023", "2024", "another year"),
    ],
)
def test_a_period_about_as_long_is_called_another_year(ours: str, theirs: str, slip: str) -> None:
    said = {"words": "1,430 people", "reference_period": theirs}
    assert kind(CLAIM | {"reference_period": ours}, said) == slip


def test_a_claim_without_a_date_is_of_no_other_year() -> None:
    running = A_YEAR | {"cumulative": True}
    claim = {"words": "1,430 people", "published": "2024-03-01"}
    assert kind(claim, words("1,430 people", reference_period="2022"), measure=running) == ""
    assert kind(claim, words("1,430 people", reference_period="2025")) == ""
    assert kind(CLAIM, {"words": "1,430 people"}) == ""  # nor is a figure without one, on a page without one


def test_the_same_number_of_two_years_says_nothing_and_of_one_year_twice_is_one() -> None:
    past, before = ({"words": "1,430 people", "reference_period": when} for when in ("2022", "2021"))
    assert kind(CLAIM, past, before) == ""
    found = hint(CLAIM, past, past)
    assert found is not None and found.estimate == "s1"
    measure = A_YEAR | {"scopes": ["all", "north", "south"]}
    north, south = (words("1,430 people", scope=scope) for scope in ("north", "south"))
    assert kind(CLAIM, north, south, measure=measure) == ""
    assert kind(CLAIM, north, north | {"reference_period": "2022"}, measure=measure) == "another place"


def test_a_repetition_is_no_figure_of_its_own() -> None:
    first = {"words": "1,200 people", "reference_period": "2022", "origin": "bureau"}
    assert kind(CLAIM, first, first | {"words": "1,430 people", "relays": 1}) == ""


@pytest.mark.parametrize(
    ("said", "slip"),
    [
        ({}, "same number on the page cited"),
        ({"words": "1,431 people"}, ""),
        ({"page": "another"}, ""),
        ({"refused": {"by": "me", "why": "misprint"}}, ""),
    ],
)
def test_the_same_number_on_the_page_cited(said: Record, slip: str) -> None:
    cites = CLAIM | {"cites": ["page"]}
    other = words("1,430 people", measure="patients", page="page") | said
    assert kind(cites, other, {"words": "7 people", "page": "page", "reference_period": "2022"}) == slip


def test_where_the_number_also_stands_elsewhere_that_is_the_slip_and_not_one_of_the_pen() -> None:
    """One figure, found both ways: the exact number on the page cited comes first."""
    cites = CLAIM | {"cites": ["page"]}
    other = words("1,430 people", measure="patients", page="page")
    assert kind(cites, other, words("2,000 people")) == "same number on the page cited"


def test_the_hint_names_the_figure_its_time_place_or_measure_and_its_page() -> None:
    past = {"words": "1,430 people", "reference_period": "2022", "published": "2023-02-01", "page": "Leaflet"}
    found = hint(CLAIM | {"published": "2024-02-01"}, past)
    assert found is not None and found.says == (
        "1,430 is what office 0 gives for 2022, not 2023 (“1,430 people”, Leaflet, 1 February 2023)."
    )
    measure = A_YEAR | {"scopes": ["all", "the north"]}
    north = words("1,430 people", scope="the north", page="Leaflet")
    found = hint(CLAIM, north, measure=measure)
    assert found is not None and found.says == (
        "1,430 is what office 0 gives for the north, not all (“1,430 people”, Leaflet)."
    )
    found = hint(CLAIM | {"cites": ["Leaflet"]}, words("1,430 people", measure="patients", page="Leaflet"))
    assert found is not None and found.says == (
        "1,430 stands on the page cited as a figure of another measure: Made up: patients "
        "(“1,430 people”, Leaflet)."
    )
    of_all = words("14,300 people", page="Leaflet", scope="all")
    found = hint(CLAIM | {"scope": "all"}, of_all, measure=measure)
    assert found is not None and found.says == (
        "1,430 for 14,300: a factor of 10 (“14,300 people”, Leaflet)."
    )


@pytest.mark.parametrize(
    ("value", "count"),
    [(1430, 3), (75e6, 2), (-1430, 3), (0.00123, 3), (1.05, 3), (1e15, 1), (1.23e15, 3), (1.5e-9, 2), (0, 0)],
)
def test_how_many_digits_of_a_number_are_significant(value: float, count: int) -> None:
    assert significant(value) == count


@pytest.mark.parametrize(
    ("number", "changed"),
    [
        (143, [134, 341, 413]),
        (1430, [1034, 1340, 1403, 3410, 4130]),
        (38.5, [35.8, 58.3, 83.5]),
        (-1.2, [-2.1]),
        (104, [140, 401]),  # no zero in front
        (1_430_000_000, [1_340_000_000, 3_410_000_000, 4_130_000_000]),  # its zeros are the word "billion"
        (111, []),
    ],
)
def test_two_digits_in_each_others_place(number: float, changed: list[float]) -> None:
    assert swaps(number) == pytest.approx(changed)


@pytest.mark.parametrize(
    ("ours", "theirs", "slip"),
    [
        ("1,430 people", "14,312 people", "×10"),  # 1,431.2 is 1,430 to the nearest ten
        ("1,430 people", "14,360 people", ""),
        ("1,431 people", "14,312 people", ""),  # a count without a final zero is no rounding
        ("1,430 people", "1,342 people", "digits swapped"),
        ("1,430 people", "1,404 people", ""),
        ("up to 1,430 people", "14,300 people", "×10"),  # the bound stays
        ("up to 1,430 people", "14,360 people", ""),
    ],
)
def test_the_number_after_the_change_is_rounded_as_the_claim_is(ours: str, theirs: str, slip: str) -> None:
    assert kind(words(ours), words(theirs)) == slip


@pytest.mark.parametrize(
    ("said", "slip"),
    [
        ({}, "×10"),
        ({"status": "provisional"}, "×10"),
        ({"status": "planned"}, ""),
        ({"part": "men"}, ""),
    ],
)
def test_a_neighbour_is_of_the_claims_status_and_part(said: Record, slip: str) -> None:
    other = words("14,300 people", measure="patients") | said
    assert kind(CLAIM, words("2,000 people"), other) == slip


def test_what_may_well_be_the_same_by_chance_is_no_hint() -> None:
    """Of ten shares near it, one is the same; of ten counts, it is told."""
    years = [{"reference_period": str(year)} for year in range(2010, 2020)]
    shares = [year | {"words": f"{31 + k}%"} for k, year in enumerate(years)]
    counts = [year | {"words": f"{1_410 + 4 * k:,} people"} for k, year in enumerate(years)]
    share = {"words": "34%"} | IN_2023
    assert kind(share, *shares, measure={"kind": "share", "unit": "%"}) == ""
    assert kind(share, shares[3], measure={"kind": "share", "unit": "%"}) == "another year"
    assert kind(words("1,418 people"), *counts) == "another year"
    assert kind(words("9 people"), *years_of("9 people", "400 people")) == ""
    assert kind(words("9 people"), *years_of("9 people")) == "another year"  # it stands alone
    assert kind(words("0 people"), *years_of("0 people")) == ""


def years_of(*said: str) -> list[Record]:
    return [{"words": one, "reference_period": str(2015 + k)} for k, one in enumerate(said)]


@pytest.mark.parametrize(
    ("measure", "ours", "theirs", "says"),
    [
        (A_YEAR, "45,765 people", "54,765 people", "45,765 for 54,765: two digits changed places"),
        (MILES, "42.4 miles", "42.4 kilometres", "42.4 miles for 42.4 kilometers: another unit"),
        (
            {"kind": "rate", "unit": "£ a week"}, "£125 a week", "£125 a day",
            "125 pounds sterling a week for 125 pounds sterling a day: per another period",
        ),
        ({"kind": "share", "unit": "%"}, "38.5%", "61.5%", "38.5% for 61.5%: the share and its rest"),
        (CHANGE, "up 12.5%", "down 12.5%", "up 12.5% for down 12.5%: the direction turned"),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_in_a_sentence(measure: Record, ours: str, theirs: str, says: str) -> None:
    found = hint(words(ours), words(theirs, page="Leaflet"), measure=measure)
    assert found is not None and found.says == f"{says} (“{theirs}”, Leaflet)."


def test_a_hint_is_shown_with_its_link_beside_the_verdict_and_is_no_part_of_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    link = "https://example.org/leaflet"

    def with_link(files: Record) -> None:
        for name, page in files.items():
            if name.startswith("sources/") and page.get("publisher") == "Leaflet":
                page["url"] = link

    said = words("14,300 people", page="Leaflet")
    case = opened([said], CLAIM, measure=A_YEAR, change=with_link)
    told = f"1,430 for 14,300: a factor of 10 (“14,300 people”, Leaflet; {link})."
    row = case.verdicts().iloc[0]
    assert (row["verdict"], row["slip"]) == ("contradicted", told)
    assert "14,300: a factor" not in row["why"]
    steps = case.explain(row["claim"])
    assert list(steps.loc[steps["step"] == "hint", "says"]) == [told]
    (found,) = case.slips().to_dict("records")
    assert found | {"claim": ""} == {
        "claim": "", "words": "1,430 people", "change": "×10", "estimate": "s1",
        "says": "1,430 for 14,300: a factor of 10 (“14,300 people”, Leaflet).",
        "estimate_words": "14,300 people", "publisher": "Leaflet", "url": link,
    }  # fmt: skip
    assert "factor of 10" in case._repr_html_()
    print_verdicts(verdicts_told(case, "today"), "today")
    assert "Hint: 1,430 for 14,300" in " ".join(capsys.readouterr().out.split())


def test_without_a_hint_the_table_is_empty_and_keeps_its_columns() -> None:
    case = opened([words("1,430 people")], CLAIM, measure=A_YEAR)
    assert case.slips().empty and list(case.slips())[:3] == ["claim", "words", "change"]
    assert list(case.verdicts()["slip"]) == [""]
    assert "slip" not in case._repr_html_()
