"""The article beside the pages that it cites: which statement is compared, what is said where none is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tallybook.tables.case import Case
from tallybook.verdicts.attribution import Fidelity

from .made import A_YEAR, INMATES, MILES, PEOPLE, judged

Record = dict[str, Any]
CITES: Record = {"words": "1,000 people", "cites": ["page"], "origin": "bureau"}
ON = {"page": "page"}
UNSEEN: Record = CITES | {"cites": ["the leaflet, not seen"]}
TWO = {"people": PEOPLE, "patients": PEOPLE | {"definition": "patients"}}


def fidelity(statements: list[Record], claim: Record, **more: Any) -> Fidelity:
    return judged(statements, claim, **more).fidelity


def on_page(*said: Record | str, claim: Record = CITES, **more: Any) -> Fidelity:
    """Of statements of one page that the claim cites."""
    given = [{"words": one} if isinstance(one, str) else one for one in said]
    return fidelity([ON | one for one in given], claim, **more)


def test_a_claim_that_cites_nothing_is_told_so() -> None:
    assert fidelity([{"words": "1,000 people"}], {"words": "1,000 people"}).result == "no source cited"


ELSEWHERE: Record = {"words": "70 patients", "measure": "patients"}
"""A statement of another measure, whose number nobody takes for the claim's."""


@pytest.mark.parametrize(
    ("kept", "result"),
    [
        (("whole", "whole"), "not found"),
        (("whole", "excerpt"), "not seen"),
        (("excerpt", "whole"), "not seen"),
    ],
)
def test_only_where_all_of_every_cited_page_was_kept_the_figure_is_not_there(
    kept: tuple[str, str], result: str
) -> None:
    claim = CITES | {"cites": ["one", "two"], "measure": "people"}
    pages = {name: {"kept": how} for name, how in zip(("one", "two"), kept, strict=True)}
    said = [ELSEWHERE | {"page": name} for name in pages]
    found = fidelity(said, claim, measures=TWO, pages=pages)
    assert (found.result, found.material, found.named) == (result, False, result)


def test_with_one_cited_page_unseen_the_figure_may_stand_there() -> None:
    claim = CITES | {"cites": ["one", "the leaflet, not seen"], "measure": "people"}
    pages = {"one": {"kept": "whole"}}
    found = fidelity([ELSEWHERE | {"page": "one"}], claim, measures=TWO, pages=pages)
    assert found.result == "not seen" and "the page itself was not seen" in found.why


def test_a_refused_statement_is_not_what_the_page_says() -> None:
    refused = {"words": "1,000 people", "refused": {"by": "me", "why": "misprint"}}
    assert on_page(refused, pages={"page": {"kept": "whole"}}).result == "not found"
    assert on_page(refused, "1,200 people").against == "s2"


@pytest.mark.parametrize(
    ("other", "result"),
    [
        ("1,000 people", "distorted"),
        ("1,060 people", "not found"),
        ("over 1,000 people", "not found"),
    ],
)
def test_only_the_same_figure_of_another_measure_is_taken_for_the_claims(other: str, result: str) -> None:
    claim, page = CITES | {"measure": "people"}, {"page": {"kept": "whole"}}
    found = on_page({"words": other, "measure": "patients"}, claim=claim, measures=TWO, pages=page)
    assert found.result == result
    assert found.codes == (("measure_swapped",) if result == "distorted" else ())


def test_a_share_is_not_taken_for_a_number_of_another_measure() -> None:
    claim, page = CITES | {"words": "one person", "measure": "people"}, {"page": {"kept": "whole"}}
    said = [{"words": "100%", "measure": "patients", "base": 2}, {"words": "9 people", "measure": "patients"}]
    assert on_page(*said, claim=claim, measures=TWO, pages=page).result == "not found"


def test_another_measure_explains_a_claim_only_where_its_number_is_on_the_page_for_nothing_else() -> None:
    claim, other = CITES | {"measure": "people"}, {"words": "1,000 people", "measure": "patients"}
    wrong, part = ({"words": words, "measure": "people"} for words in ("1,200 people", "1,000 people"))
    part |= {"part": "men"}
    assert on_page(wrong, other, claim=claim, measures=TWO).codes == ("measure_swapped",)
    assert on_page(part, other, claim=claim, measures=TWO).codes == ("scope_changed",)
    assert on_page(wrong, part, other, claim=claim, measures=TWO).codes == ("number_changed",)


@pytest.mark.parametrize(
    ("said", "against", "codes"),
    [
        (["1,200 people", "up to 1,000 people"], "s2", "bound_dropped"),
        (["up to 1,000 people", "1,200 people"], "s1", "bound_dropped"),
        (["1,200 people", "1,000 people"], "s2", ""),
        (["1,200 people", "1,300 people"], "s1", "number_changed"),
        (["up to 1,200 people", "up to 1,000 people"], "s2", "bound_dropped"),
    ],
)
def test_of_several_statements_that_one_is_compared_that_the_claim_distorts_least(
    said: list[str], against: str, codes: str
) -> None:
    found = on_page(*said)
    assert (found.against, ", ".join(found.codes)) == (against, codes)
    assert found.named == (codes or "said so")


def test_the_gravest_change_decides_which_of_two_statements_is_distorted_less() -> None:
    """A lost bound is less than another number, whatever is small beside that."""
    claim = CITES | {"words": "1,000 inmates", "published": "2024-06-01"}
    old = {"words": "1,200 inmates", "reference_period": "2024-01-01"}
    found = on_page(old, "up to 1,000 inmates", claim=claim, measure=INMATES)
    assert (found.against, found.codes) == ("s2", ("bound_dropped",))


def test_a_small_change_is_called_small_and_a_material_one_is_not() -> None:
    small = on_page("45,756 people", claim=CITES | {"words": "45,765 people"})
    assert not small.material and small.why.endswith("another number. A small change.")
    large = on_page("45,756 people", claim=CITES | {"words": "65,765 people"})
    assert large.material and large.why.endswith("another number.")
    assert large.why.startswith("The cited page prints “45,756 people”; 45,756 became 65,765")


@pytest.mark.parametrize(
    ("period", "published", "age"),
    [("2024-03-01", "2024-03-01", 0), ("2024-03-01", "2024-03-31", 30), ("2024-03-02", "2024-03-01", None)],
)
def test_how_old_the_figure_was_on_the_day_of_the_article(
    period: str, published: str, age: int | None
) -> None:
    said = {"words": "1,000 people", "reference_period": period}
    assert on_page(said, claim=CITES | {"published": published}).age == age
    assert on_page(said | {"words": "up to 1,000 people"}, claim=CITES | {"published": published}).age == age


def test_of_a_figure_without_any_day_no_age_is_known() -> None:
    assert on_page("1,000 people", claim=CITES | {"published": "2024-03-01"}).age is None


NAMED: Record = CITES | {"attributed_to": "the bureau"}


@pytest.mark.parametrize(
    ("said", "claim", "origins", "codes"),
    [
        ({"origin": "bureau"}, NAMED, {}, ""),
        ({"origin": "office"}, NAMED, {}, "speaker_changed"),
        ({"origin": "office"}, CITES, {}, ""),
        ({"origin": "office", "draws_on": ["bureau"]}, NAMED, {}, ""),
        ({"origin": "office", "draws_on": ["agency"]}, NAMED, {}, "speaker_changed"),
        ({"origin": "office"}, NAMED, {"office": {"members": ["bureau"]}}, ""),
        ({"origin": "office"}, NAMED, {"office": {"members": ["agency"]}, "agency": {}}, "speaker_changed"),
        ({"origin": "unknown"}, NAMED, {}, ""),
        ({"origin": "office"}, NAMED, {"office": {"shares_with": ["bureau"]}}, ""),
    ],
)
def test_another_speaker_is_one_that_neither_is_nor_repeats_whom_the_words_name(
    said: Record, claim: Record, origins: Record, codes: str
) -> None:
    found = on_page({"words": "1,000 people"} | said, claim=claim, origins=origins)
    assert ", ".join(found.codes) == codes


def test_the_speaker_is_told_beside_what_else_changed_in_the_order_of_gravity() -> None:
    found = on_page({"words": "up to 1,000 people", "origin": "office"}, claim=NAMED)
    assert found.codes == ("speaker_changed", "bound_dropped") and found.material
    assert found.named == "speaker_changed"


def test_the_claims_own_words_say_how_they_join_two_groups() -> None:
    found = on_page("300 people or 50", claim=CITES | {"words": "300 people and 50"})
    assert found.codes == ("or_to_and",)


RELAYED = {"words": "1,000 people", "page": "daily", "reference_period": "2023"}


@pytest.mark.parametrize(
    ("said", "result", "pages"),
    [
        ([RELAYED], "quoted so", 1),
        ([RELAYED, RELAYED | {"page": "weekly"}], "quoted so", 2),
        ([RELAYED, RELAYED | {"words": "1,000 of them"}], "quoted so", 1),
        ([RELAYED | {"origin": "office"}], "not seen", 0),
        ([RELAYED | {"words": "up to 1,000 people"}], "not seen", 0),
        ([RELAYED | {"copy": True}], "not seen", 0),
        ([RELAYED | {"refused": {"by": "me", "why": "misprint"}}], "not seen", 0),
        ([RELAYED | {"reference_period": "2022"}], "not seen", 0),
        ([RELAYED | {"reference_period": "2023-12/2024-02"}], "not seen", 0),
        ([{"words": "1,000 people"}], "not seen", 0),
        ([RELAYED | {"words": "100%", "base": 2}, RELAYED | {"origin": "office"}], "not seen", 0),
    ],
)
def test_pages_that_quote_an_unseen_source_so(said: list[Record], result: str, pages: int) -> None:
    found = fidelity(said, UNSEEN | {"reference_period": "2023"}, measure=A_YEAR)
    assert (found.result, found.quoted_by) == (result, pages)


def test_without_a_date_of_the_claim_every_page_of_its_origin_may_quote_it() -> None:
    said = [{"words": "1,000 people"}, RELAYED, {"words": "1,000 patients", "measure": "patients"}]
    found = fidelity(said, UNSEEN | {"measure": "people"}, measures=TWO)
    assert (found.result, found.quoted_by) == ("quoted so", 2)


def test_a_date_or_a_margin_left_out_is_no_other_figure_of_a_page_that_quotes() -> None:
    old = {"words": "1,000 inmates", "reference_period": "2024-01-01"}
    claim = UNSEEN | {"words": "1,000 inmates", "published": "2024-06-01"}
    assert fidelity([old], claim, measure=INMATES).result == "quoted so"
    found = fidelity([{"words": "45 ± 3 miles"}], UNSEEN | {"words": "45 miles"}, measure=MILES)
    assert found.result == "quoted so"


def test_what_the_seen_pages_print_is_told_the_same_figure_first() -> None:
    said = [
        {"words": "over 1,000 people"},
        {"words": "1,000 people in all the land"},
        {"words": "1,000 people"},
        {"words": "1,000 patients"},
    ]
    found = fidelity(said, UNSEEN)
    start = "the leaflet, not seen: the page itself was not seen. Of what was seen from the same origin, "
    assert found.why == (
        f"{start}3 pages print the same figure (“1,000 people”) and 1 page prints “over 1,000 people” or "
        "similar; against those words: the bound was lost."
    )


def test_nothing_from_the_same_origin_is_told_so() -> None:
    found = fidelity([{"words": "1,000 people", "origin": "office"}], UNSEEN)
    assert found.why.endswith("not seen, and no seen page repeats this figure from the same origin.")


def test_other_figures_of_that_origin_are_told_by_the_gravest_change_of_each() -> None:
    said = [{"words": "over 1,200 people"}, {"words": "up to 1,000 people"}, {"words": "1,300 people"}]
    found = fidelity(said, UNSEEN)
    assert found.result == "not seen"
    assert found.why.endswith(
        "1 page prints “up to 1,000 people” or similar; against those words: the bound was lost and 2 pages "
        "print “1,300 people” or similar; against those words: another number."
    )


def test_who_found_it_is_the_origin_of_the_unseen_page_as_well_as_the_claims() -> None:
    def of_the_office(files: Record) -> None:
        files["sources/the-leaflet-not-seen.yaml"]["origin"] = "office"

    said = [{"words": "1,000 people", "origin": "office"}]
    assert fidelity(said, UNSEEN, change=of_the_office).result == "quoted so"


def test_a_page_in_the_readers_language_is_the_example() -> None:
    def in_german(files: Record) -> None:
        files["sources/zeitung.yaml"]["language"] = "de"

    said = [{"words": "1000", "page": "zeitung"}, {"words": "1,000 people", "page": "daily"}]
    assert "(“1,000 people”)" in fidelity(said, UNSEEN, change=in_german).why


@pytest.mark.parametrize("named", ["Origin C", "the origin C"])
def test_whom_a_claim_names_is_its_own_side(small_case: Callable[..., Case], named: str) -> None:
    """Without "origin" too: what the office says itself is no second source for what the office says."""
    told = small_case([{"origin": "c"}], [{"words": "nine loaves", "attributed_to": named}]).verdicts()
    assert told["verdict"].tolist() == ["own word only"] and told["supporting"].tolist() == [0]
    other = small_case([{"origin": "c"}], [{"words": "nine loaves", "attributed_to": "Origin D"}]).verdicts()
    assert other["verdict"].tolist() == ["supported"]
