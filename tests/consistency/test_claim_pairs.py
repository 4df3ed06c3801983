"""Do the claims of one article agree among themselves? Small books, as they are written on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tallybook import open_book
from tallybook.book import load_book
from tallybook.consistency import Check, check_claims
from tallybook.estimates.claim_terms import claim_terms
from tallybook.estimates.evidence import Evidence
from tallybook.quantity import Policy

MEASURES = """\
measures:
  - {id: loaves, kind: total, cumulative: true, unit: loaf, definition: loaves sold, nouns: [loaf, bread],
     scopes: {rye: rye loaves, all: loaves of all kinds}}
  - {id: loaves_a_month, kind: rate, unit: loaf / month, definition: loaves sold in a month, rate_of: loaves}
  - {id: baked_elsewhere, kind: rate, unit: loaf / year, definition: loaves that other bakers sell in a year}
  - {id: eaten, kind: rate, unit: loaf / year, definition: loaves that the town eats in a year}
  - id: share_of_town
    kind: share
    unit: fraction
    definition: the baker's share of the town's loaves
    scopes: {sold: of what is sold, eaten: of what is eaten, baked: of what is baked}
    shares:
      - {part: loaves_a_month, rest: baked_elsewhere, scope: sold}
      - {part: loaves_a_month, whole: eaten, scope: eaten}
  - {id: baked, kind: total, unit: loaf, definition: loaves baked, nouns: [bread]}
  - {id: baked_a_day, kind: rate, unit: loaf / day, definition: loaves baked in a day, rate_of: baked}
  - {id: stale, kind: total, unit: loaf, definition: loaves thrown away stale, nouns: [bread]}
  - id: stale_share
    kind: share
    unit: fraction
    definition: how much of what is baked is thrown away
    shares:
      - {part: stale, whole: baked}
  - {id: burnt, kind: total, once: true, unit: loaf, definition: loaves burnt in the fire, nouns: [bread]}
  - {id: on_shelf, kind: stock, unit: loaf, definition: loaves on the shelf}
  - {id: grown, kind: change, unit: percent, definition: how loaves on the shelf grew, change_of: on_shelf}
  - {id: more, kind: change, unit: loaf, definition: how many more loaves on it, change_of: on_shelf}
  - {id: warmth, kind: level, unit: degree Celsius, once: true, definition: how warm the oven was}
  - {id: strike, kind: duration, unit: day, definition: how long the strike took}
"""
ORIGINS = "origins:\n  - {id: baker, name: The baker}\n"
SOURCE = """\
id: gazette
publisher: The Gazette
published: 2025-03-02
language: en
kind: primary
statements:
  - {id: others-few, measure: baked_elsewhere, words: "36,000 loaves a year", origin: baker,
     reference_period: "2025"}
  - {id: others-many, measure: baked_elsewhere, words: "some 400,000 loaves a year", origin: baker,
     status: planned}
  - {id: town-eats, measure: eaten, words: "120,000 loaves a year", origin: baker, reference_period: "2024"}
"""
ARTICLE = """\
id: bread
title: Bread sells
publisher: The Times of Nowhere
published: 2025-03-10
language: en
claims:
"""
Told = Callable[..., list[Check]]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """The checks of an article with these claims, each "measure | words | more YAML of the claim"."""

    def check(*claims: str, policy: Policy | None = None) -> list[Check]:
        article = ARTICLE
        for number, claim in enumerate(claims):
            measure, words, *more = (part.strip() for part in claim.split("|"))
            article += f"  - {{id: c{number}, measure: {measure}, anchor: {{exact: {words!r}, paragraph: 1}}"
            article += "".join(f", {part}" for part in more) + "}\n"
        files = {
            "claims/measures.yaml": MEASURES,
            "claims/bread.yaml": article,
            "sources/origins.yaml": ORIGINS,
            "sources/gazette.yaml": SOURCE,
        }
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        book = load_book(tmp_path)
        policy = policy or book.policy
        evidence = Evidence(book)
        claims = claim_terms(book, book.articles["bread"], evidence.families)
        return check_claims(claims, list(evidence.estimates.values()), policy)

    return check


JULY, NOVEMBER, JANUARY = (f'reference_period: "{month}"' for month in ("2024-07", "2024-11", "2025-01"))
A_DAY, NOON = (f'reference_period: "{day}"' for day in ("2025-01-07", "2025-01-07T12:00"))
YEAR = 'reference_period: "2025"'
HALF_A_YEAR = 'reference_period: "2024-07/2024-12"'
OVER, MORE, FEWER = (f"loaves | {words} loaves" for words in ("over 10,000", "15,000", "9,000"))
A_MONTH = "loaves_a_month"


@pytest.mark.parametrize(
    ("one", "other", "closes", "why"),
    [
        ("burnt | at least nine loaves", "burnt | nine loaves", True, "the bound differs: “at least”, and"),
        ("burnt | nine loaves", "burnt | nine loaves of bread", True, "both name 9 loaves"),
        ("burnt | 11,000 loaves", "burnt | 10,900 loaves", True, "the same within rounding"),
        ("burnt | over 10,000 loaves", "burnt | as many as 15,000 loaves", True, "both can be true"),
        ("burnt | 200 to 260 loaves", "burnt | 250 loaves", True, "both can be true"),
        ("burnt | at least 19 loaves", "burnt | under 19 loaves", False, "a floor and the other a ceiling"),
        ("burnt | nine loaves", "burnt | ten loaves", False, "they allow 9 and 10; the larger is 1.1"),
        ("burnt | nine loaves", "burnt | at least 27 loaves", False, "3 times the smaller"),
        # a total only grows
        (f"{OVER} | {NOVEMBER}", f"{MORE} | {JANUARY}", True, "count up to two times"),
        (f"{MORE} | {JANUARY}", f"{FEWER} | {NOVEMBER}", True, "(November 2024, then January 2025)"),
        (f"{MORE} | {NOVEMBER}", f"{FEWER} | {JANUARY}", False, "the later count and lower than"),
        (f"{MORE} | {NOVEMBER}", FEWER, None, "the article gives “9,000 loaves” no date"),
        (MORE, FEWER, False, "1.5 times the smaller"),
        (f"{OVER} | {NOVEMBER}", MORE, True, "both can be true"),
        # stocks and rates of other times are not set side by side
        (f"on_shelf | 90 loaves | {JULY}", f"on_shelf | 40 loaves | {JANUARY}", None, "different times"),
        (f"on_shelf | 91 loaves | {JANUARY}", f"on_shelf | 42 loaves | {JANUARY}", None, "two days or hours"),
        (f"on_shelf | 91 loaves | {A_DAY}", f"on_shelf | 42 loaves | {A_DAY}", False, "cannot both be"),
        (f"on_shelf | over 91 loaves | {A_DAY}", f"on_shelf | 91 loaves | {A_DAY}", False, "a ceiling"),
        (f"loaves | 91 loaves | {A_DAY}", f"loaves | 42 loaves | {A_DAY}", None, "two days or hours"),
        (f"loaves | 91 loaves | {JANUARY}", f"loaves | 42 loaves | {YEAR}", None, "two days or hours"),
        (f"loaves | over 91 loaves | {JANUARY}", f"loaves | 91 loaves | {YEAR}", None, "two days or hours"),
        (f"loaves | 91 loaves | {NOON}", f"loaves | 42 loaves | {NOON}", False, "cannot both be"),
        (f"on_shelf | 91 loaves | {JANUARY}", "on_shelf | 42 loaves", None, "gives “42 loaves” no date"),
        (f"{A_MONTH} | 250,000 loaves a month", f"{A_MONTH} | three million loaves a year", True, "both"),
        (f"{A_MONTH} | 250,000 loaves a month", f"{A_MONTH} | two million loaves a year", False, "larger"),
    ],
)  # fmt: skip
def test_two_claims_of_one_measure(told: Told, one: str, other: str, closes: bool | None, why: str) -> None:
    (check,) = told(one, other)
    assert (check.test, check.about, check.closes) == ("one measure", ("c0", "c1"), closes)
    assert why in check.why
    assert (check.gap is not None) == (closes is False and "ceiling" not in why)


def test_other_scopes_are_no_second_claim(told: Told) -> None:
    assert told("loaves | 900 loaves | scope: rye", "loaves | 4,000 loaves | scope: all") == []


def test_the_tolerance_of_the_policy_counts(told: Told) -> None:
    (check,) = told("burnt | nine loaves", "burnt | ten loaves", policy=Policy(tolerance=0.1))
    assert check.closes is True


@pytest.mark.parametrize(
    ("rate", "total", "closes", "why"),
    [
        ("100 loaves a month", f"600 loaves | {HALF_A_YEAR}", True, "over 6–6.05 months"),
        ("nine loaves a month", f"54 loaves | {HALF_A_YEAR}", True, "comes to 51–57.4"),
        ("nine loaves a month", f"56 loaves | {HALF_A_YEAR}", True, "comes to 51–57.4"),
        ("nine loaves a month", f"59 loaves | {HALF_A_YEAR}", False, "times the smaller"),
        ("101 to 121 loaves a month", f"over 650 loaves | {HALF_A_YEAR}", True, "comes to 603–734"),
        ("200 loaves a month", f"600 loaves | {HALF_A_YEAR}", False, "1.8 times the smaller"),
        ("1,212 loaves a year", f"606 loaves | {HALF_A_YEAR}", True, "comes to 606–611"),
        (f"200 loaves a month | {NOVEMBER}", f"600 loaves | {HALF_A_YEAR}", None, "of November 2024 alone"),
        ("200 loaves a month | reference_period: '2024'", f"600 loaves | {HALF_A_YEAR}", None, "of 2024 al"),
        (f"200 loaves a month | {HALF_A_YEAR}", f"600 loaves | {HALF_A_YEAR}", False, "larger"),
        ("100 loaves a month", "600 loaves", None, "names no period"),
        ("100 loaves a month", '600 loaves | reference_period: "../2024-12"', None, "names no period"),
    ],
)  # fmt: skip
def test_a_rate_and_its_total(told: Told, rate: str, total: str, closes: bool | None, why: str) -> None:
    for claims in (
        (f"loaves_a_month | {rate}", f"loaves | {total}"),
        (f"loaves | {total}", f"loaves_a_month | {rate}"),
    ):
        (check,) = told(*claims)
        assert (check.test, check.closes) == ("rate and total", closes)
        assert why in check.why


def by_denominator(checks: list[Check]) -> dict[str, Check]:
    return {check.about[-1]: check for check in checks if check.test == "share by denominator"}


def test_a_share_follows_from_one_denominator_and_not_from_another(told: Told) -> None:
    checks = told(
        "share_of_town | as much as half | scope: sold", "loaves_a_month | 2,500 to 3,500 loaves a month"
    )
    found = by_denominator(checks)
    assert {id_: check.closes for id_, check in found.items()} == {"others-few": True, "others-many": False}
    assert found["others-few"].why == (
        "“as much as half” follows: “2,500 to 3,500 loaves a month” beside “36,000 loaves a year” "
        "(The Gazette, 2025) makes 44.6–54.5%."
    )
    assert "(The Gazette, no period given, planned)" in found["others-many"].why
    assert "which the words allow and do not suggest" in found["others-many"].why
    assert found["others-many"].gap == pytest.approx(0.475 / (3500 / (3500 + 30_000)), rel=0.2)


def test_a_share_of_a_whole(told: Told) -> None:
    part = "loaves_a_month | 2,500 loaves a month"
    assert by_denominator(told("share_of_town | a quarter | scope: eaten", part))["town-eats"].closes is True
    assert by_denominator(told("share_of_town | half | scope: eaten", part))["town-eats"].closes is False


def test_a_share_of_another_scope_cannot_be_told(told: Told) -> None:
    checks = told("share_of_town | half | scope: baked", "loaves_a_month | 2,500 loaves a month")
    found = by_denominator(checks)
    assert set(found) == {"others-few", "others-many", "town-eats"}
    assert {check.closes for check in found.values()} == {None}
    assert (
        "makes 23.52–26.6% (of what is eaten); “half” is another share (of what is baked)"
        in found["town-eats"].why
    )


@pytest.mark.parametrize(
    ("others", "closes"), [("2,500 loaves a month", True), ("90,000 loaves a year", False)]
)
def test_a_share_and_its_parts_all_in_the_article(told: Told, others: str, closes: bool) -> None:
    checks = told(
        "share_of_town | half | scope: sold",
        "loaves_a_month | 2,500 loaves a month",
        f"baked_elsewhere | {others}",
    )
    (check,) = (check for check in checks if check.test == "share and parts")
    assert (check.about, check.closes) == (("c0", "c1", "c2"), closes)


@pytest.mark.parametrize(("when", "closes"), [("2024", False), ("2024-03", None), (None, False)])
def test_a_part_of_a_year_is_no_share_of_a_whole_of_a_month(
    told: Told, when: str | None, closes: bool | None
) -> None:
    checks = told(
        "stale_share | half | reference_period: '2024'",
        "stale | 1,204 loaves | reference_period: '2024'",
        "baked | 2,000 loaves" + (f" | reference_period: '{when}'" if when else ""),
    )
    (check,) = (check for check in checks if check.test == "share and parts")
    assert check.closes is closes
    assert (closes is not None) or "are about different times (2024 and March 2024)" in check.why


@pytest.mark.parametrize(("period", "closes"), [("2025", False), ("2024", None)])
def test_a_share_of_another_year_than_its_parts_cannot_be_told(
    told: Told, period: str, closes: bool | None
) -> None:
    checks = told(
        f"stale_share | half | reference_period: '{period}'",
        "stale | 1,204 loaves | reference_period: '2025'",
        "baked | 12,000 loaves | reference_period: '2025'",
    )
    (check,) = (check for check in checks if check.test == "share and parts")
    assert check.closes is closes


def test_a_total_of_a_named_year_is_held_against_its_rate(told: Told) -> None:
    for words, closes in (("36,525 loaves", True), ("12,000 loaves", False)):
        (check,) = told(f"baked | {words} | reference_period: '2024'", "baked_a_day | 100 loaves a day")
        assert (check.test, check.closes) == ("rate and total", closes)


def test_denominators_can_be_chosen(told: Told, tmp_path: Path) -> None:
    told("share_of_town | half | scope: sold", "loaves_a_month | 2,500 loaves a month")
    book = load_book(tmp_path)
    evidence = Evidence(book)
    claims = claim_terms(book, book.articles["bread"], evidence.families)
    assert check_claims(claims, [], book.policy) == []
    (check,) = check_claims(claims, [evidence.estimates["others-few"]], book.policy)
    assert check.about == ("c0", "c1", "others-few")


@pytest.mark.parametrize(
    ("words", "key", "start", "end", "closes", "why"),
    [
        ("103 days", "dates", "2024-12-01", "2025-03-14", True, "1 December 2024 to 14 March 2025 is 103"),
        ("104 days", "dates", "2024-12-01", "2025-03-14", True, "103 days"),
        ("three months", "dates", "2024-12-01", "2025-02-28", True, "89 days"),
        ("three months", "dates", "2024-12-01", "2025-05-28", False, "178 days"),
        ("six months", "dates", "2024-12-01", "2025-05-05", False, "155 days"),
        ("six months", "dates", "2024-12-01", "2025-06-25", True, "206 days"),
        ("less than three months", "dates", "2024-12-01", "2025-05-28", False, "85.7 days off"),
        ("less than three months", "dates", "2024-12-01", "2025-02-10", True, "71 days"),
        ("about 100 days", "dates", "early December 2024", "2025-03-14", True, "94–103 days"),
        ("less than three months", "within", "early August 2025", "2025-12-12", True,
         "124–133 days; “less than three months” fits, and at least 33–42 days of it are not accounted for"),
        ("three months", "within", "2024-12-01", "2025-03-01", True, "fits into that"),
        ("six months", "within", "2024-12-01", "2025-03-01", False, "77.4 days more than that"),
    ],
)  # fmt: skip
def test_a_duration_and_its_dates(
    told: Told, words: str, key: str, start: str, end: str, closes: bool | None, why: str
) -> None:
    (check,) = told(f'strike | {words} | {key}: {{start: "{start}", end: "{end}"}}')
    assert (check.test, check.about, check.closes) == ("duration and dates", ("c0",), closes)
    assert why in check.why


def test_the_first_case_says_its_own_mind(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[1] / "data" / "first-case"
    checks = open_book(root)["kursk-engineers"].checks()
    assert set(checks.loc[checks["test"] != "share by denominator", "result"]) == {"consistent"}
    whys = " ".join(checks["why"])
    for part in (
        "but the bound differs",
        "both can be true",
        "at least 33–42 days of it are not accounted for",
    ):
        assert part in whys


def test_every_check_is_one_sentence(told: Told) -> None:
    checks = told(
        "burnt | nine loaves",
        "burnt | ten loaves",
        "share_of_town | half | scope: sold",
        "loaves_a_month | 2,500 loaves a month",
        "loaves | 600 loaves",
    )
    assert len(checks) == 4
    for check in checks:
        assert check.why.endswith(".") and "\n" not in check.why
        assert check.start is None and check.end is None


GROWN = "grown | fell by 12.4% | reference_period: 2024-12-31 | base_period: 2024-06-30"
FIRST, SECOND = "reference_period: 2024-06-30", "reference_period: 2024-12-31"


@pytest.mark.parametrize(
    ("change", "earlier", "later", "closes", "why"),
    [
        (GROWN, f"on_shelf | 20,507 loaves | {FIRST}", f"on_shelf | 17,955 loaves | {SECOND}", True,
         "“17,955 loaves” ÷ “20,507 loaves” − 1 = −12.4 percent; the article says “fell by 12.4%”."),
        (GROWN.replace("12.4", "21"), f"on_shelf | 20,507 loaves | {FIRST}",
         f"on_shelf | 17,955 loaves | {SECOND}", False, "the article says “fell by 21%”."),
        (GROWN.replace("fell", "rose"), f"on_shelf | 20,507 loaves | {FIRST}",
         f"on_shelf | 17,955 loaves | {SECOND}", False, "= −12.4 percent"),
        ("more | 2,550 more loaves | reference_period: 2024-12-31 | base_period: 2024-06-30",
         f"on_shelf | 20,000 loaves | {FIRST}", f"on_shelf | 22,551 loaves | {SECOND}", True,
         "= 2,551 loaves"),
        ("more | 2,551 more loaves | reference_period: 2024-12-31 | base_period: 2024-06-30",
         f"on_shelf | 20,511 loaves | {FIRST}", f"on_shelf | 22,551 loaves | {SECOND}", False,
         "= 2,040 loaves"),
        ("grown | fell by 21% | reference_period: 2024-06-30/2024-12-31",
         f"on_shelf | 20,507 loaves | {FIRST}", f"on_shelf | 17,955 loaves | {SECOND}", False,
         "the article says “fell by 21%”."),
        ("more | 2,551 more loaves | reference_period: 2024-06-30/2024-12-31",
         f"on_shelf | 20,000 loaves | {FIRST}", f"on_shelf | 22,551 loaves | {SECOND}", True,
         "= 2,551 loaves"),
    ],
)  # fmt: skip
def test_a_change_beside_its_two_levels(
    told: Told, change: str, earlier: str, later: str, closes: bool, why: str
) -> None:
    found = [check for check in told(change, later, earlier) if check.test == "change and levels"]
    (check,) = found
    assert check.about == ("c0", "c2", "c1") and check.closes is closes
    assert why in check.why


@pytest.mark.parametrize(
    "later",
    [
        "on_shelf | 17,955 loaves | reference_period: 2024-11-30",  # of another day
        "on_shelf | 17,955 loaves | reference_period: 2024-12",  # of some day in the month
        f"on_shelf | 17,955 loaves | {SECOND} | attributed_to: the guild | origin: baker",  # by somebody else
        f"on_shelf | 17,955 loaves | {SECOND} | status: forecast",
        f"on_shelf | 17,955 loaves | {SECOND} | part: in the north",
    ],
)
def test_levels_that_may_be_of_something_else_make_no_change(told: Told, later: str) -> None:
    change = GROWN.replace("12.4", "21")
    found = told(change, f"on_shelf | 20,507 loaves | {FIRST}", later)
    assert [check for check in found if check.test == "change and levels"] == []


@pytest.mark.parametrize(
    "period",
    [
        "2024-06/2024-12",
        "2024-05-31/2024-12-31",
        "2024-06-30/2024-12-30",
        "2024-06-30T08:00/2024-12-31T08:00",
    ],
)
def test_levels_of_other_days_than_the_ends_of_a_period_make_no_change(told: Told, period: str) -> None:
    found = told(
        f"grown | fell by 21% | reference_period: '{period}'",
        f"on_shelf | 20,507 loaves | {FIRST}",
        f"on_shelf | 17,955 loaves | {SECOND}",
    )
    assert [check for check in found if check.test == "change and levels"] == []


@pytest.mark.parametrize(
    ("words", "period", "closes"),
    [
        ("fell by 12.4%", "2024-06-30/2024-12-31", True),
        ("fell by 21%", "2024-06-30/2024-12-31", False),
        ("fell by 21%", "2024-06-30/2024-12-30", None),  # to another day
        ("fell by 21%", "2024-06/2024-12", None),
    ],
)
def test_one_change_told_in_two_ways_is_one_claim_twice(
    told: Told, words: str, period: str, closes: bool | None
) -> None:
    found = told(GROWN, f"grown | {words} | reference_period: {period}")
    assert [(check.test, check.closes) for check in found] == (
        [] if closes is None else [("one measure", closes)]
    )


def test_two_levels_are_told_apart_in_their_unit(told: Told) -> None:
    """A temperature has no true zero: that one is 1.3 times another means nothing."""
    (check,) = told(f"warmth | 10.2 °C | {FIRST}", f"warmth | 46 °F | {FIRST}")
    assert check.closes is False
    assert check.why.endswith("they allow 10.15–10.25 and 7.5–8.06; 2.09 degrees Celsius apart.")
