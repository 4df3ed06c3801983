"""What the explorer shows under moved settings: the law's own answer, and never more than was asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tallybook.book.problems import BookError, UnknownName
from tallybook.desk.elements import elements
from tallybook.desk.settings import MOVED, scale_of
from tallybook.desk.view import Desk
from tallybook.quantity import Policy
from tallybook.tables.case import Case
from tallybook.tables.opened import open_book
from tallybook.terms import AsOf

Make = Callable[..., Case]
SAID = [{"origin": "b", "words": "13 loaves"}, {"origin": "c", "words": "about 13 loaves"}]
LOAVES = {"low": 12, "unit": "loaf", "because": "made up"}
CLAIMS = [{"words": "12 loaves"}, {"words": "over 40 loaves"}]


@pytest.fixture(scope="module")
def first() -> Desk:
    return Desk(open_book()["kursk-engineers"])


def asked(desk: Desk, **moved: Any) -> dict[str, Any]:
    return desk.shown(desk.setting({"claim": desk.own.claim, **moved}))


def groups(shown: dict[str, Any]) -> set[str]:
    return {b.get_text() for b in BeautifulSoup(str(shown["picture"]), "html.parser").select("tr th > b")}


def text(markup: object) -> str:
    return BeautifulSoup(str(markup), "html.parser").get_text(" ", strip=True)


@pytest.mark.parametrize(
    "moved",
    [{}, {"tolerance": 0.07}, {"tolerance": 0.5}, {"window_days": 0}, {"about": 0.2}, {"overshoot": 1.1},
     {"rounding_cap": 0.0, "grains": 2.0}, {"as_of": "written", "same": 0.02}],
)  # fmt: skip
def test_every_verdict_is_that_of_the_case_under_those_settings(first: Desk, moved: dict[str, Any]) -> None:
    setting = first.setting({"claim": "troops-sent", **moved})
    widths = {name: value for name, value in moved.items() if name != "as_of"}
    case = first.case.with_policy(replace(first.case.policy, **widths))
    expected = case.comparison(setting.as_of)
    shown = first.shown(setting)
    table = BeautifulSoup(shown["verdicts"], "html.parser").select("tbody tr")
    assert [row.select("td")[0].get_text() for row in table] == [
        str(judged.verdict) for judged in expected.verdicts.values()
    ]
    judged = expected.verdicts["troops-sent"]
    assert f" {judged.verdict} " in text(shown["verdict"]) and judged.why in text(shown["verdict"])
    assert first.comparison(setting).verdicts == expected.verdicts


def test_what_changed_is_said_beside_what_the_case_itself_says(first: Desk) -> None:
    shown = asked(first, claim="troops-sent", about=0.2)
    assert "supported under the case’s own settings: corroborated" in text(shown["verdict"])
    changed = BeautifulSoup(shown["verdicts"], "html.parser").select("tr.changed")
    assert text(shown["verdicts"]).startswith(f"All claims: {len(changed)} of 8 verdicts changed")
    assert "All claims: no verdict changed" in text(asked(first)["verdicts"])


def test_a_source_group_that_is_left_out_is_in_no_part(first: Desk) -> None:
    shown = asked(first, claim="troops-sent", without="south_korea")
    assert "South Korea" in groups(asked(first, claim="troops-sent"))
    assert "South Korea" not in groups(shown) and "South Korea" not in text(shown["verdict"])


def test_what_would_change_a_verdict_is_told_only_where_it_is_asked_for(first: Desk) -> None:
    assert asked(first, claim="troops-sent")["trials"] == ""
    said = text(asked(first, claim="troops-sent", trials=True)["trials"])
    assert "Corroborated with Ukraine, supported without." in said


@pytest.mark.parametrize(
    "hostile",
    [
        {"claim": "no-such-claim"}, {"claim": ["troops-sent"]}, {"claim": None}, {"as_of": "tomorrow"},
        {"as_of": {}}, {"without": "nobody"}, {"without": 3}, {"tolerance": "0.2"}, {"tolerance": None},
        {"tolerance": math.nan}, {"tolerance": math.inf}, {"about": -math.inf}, {"grains": True},
        {"trials": "yes"}, {"unknown": 1},
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for_changes_nothing(first: Desk, hostile: dict[str, Any]) -> None:
    assert first.setting(hostile) == first.own


def test_a_dial_stops_at_its_ends(first: Desk) -> None:
    for dial in MOVED:
        low, high, step = scale_of(dial, first.case.policy)
        for beyond, end in ((-1e9, low), (1e9, high)):
            assert getattr(first.setting({dial.field: beyond}).policy, dial.field) == end
        assert low <= getattr(first.case.policy, dial.field) <= high and step > 0


def test_a_book_with_wider_settings_than_the_dials_starts_at_its_own(small_case: Make) -> None:
    case = small_case(SAID, CLAIMS).with_policy(Policy(window_days=4000, about=0.9))
    desk = Desk(case)
    assert desk.setting({}) == desk.own
    assert desk.shown(desk.own)["words"]["window_days"] == "4,000 days"


def test_where_a_measure_has_a_width_of_its_own_the_dial_says_so(small_case: Make) -> None:
    measures = [
        {"id": "rolls", "kind": "stock", "unit": "loaf", "definition": "Rolls.", "window_days": 9,
         "policy": {"about": 0.2, "reason": "made up"}}
    ]  # fmt: skip
    claims = [{"words": "12 loaves"}, {"words": "12 loaves", "measure": "rolls"}]
    desk = Desk(small_case(SAID, claims, measures=measures))
    first, second = desk.claims
    assert asked(desk, claim=first)["notes"] == {}
    assert set(asked(desk, claim=second)["notes"]) == {"window_days", "about"}


def test_every_choice_is_one_line_of_plain_text(small_case: Make) -> None:
    claims = [{"words": "over <b>12</b> loaves", "recorded": LOAVES}]
    desk = Desk(small_case(SAID, claims))
    ((_, words),) = desk.choices()["claims"]
    assert words == "“over <b>12</b> loaves”"
    assert [name for _, name in desk.choices()["families"]] == ["Origin B", "Origin C"]
    assert [value for value, _ in desk.choices()["times"]] == list(AsOf)


def test_an_unknown_claim_is_refused_and_an_article_without_one_says_why(small_case: Make) -> None:
    with pytest.raises(UnknownName, match="no claim 'x'"):
        Desk(small_case(SAID, CLAIMS), "x")
    draft = small_case(SAID, [], article={"state": "draft"})
    with pytest.raises(BookError, match="no figure of this article has a measure yet"):
        Desk(draft)


def test_a_draft_says_so(small_case: Make) -> None:
    desk = Desk(small_case(SAID, CLAIMS, article={"state": "draft"}))
    assert "This is a draft" in text(desk.shown(desk.own)["verdict"])


def test_html_becomes_lists_with_every_text_as_it_stands() -> None:
    assert elements('<p class="a">5 &lt; 6 <b>&amp;</b><br>$x$</p>') == [
        ["p", {"class": "a"}, "5 < 6 ", ["b", {}, "&"], ["br", {}], "$x$"]
    ]
    assert elements("") == []


@pytest.mark.parametrize("broken", ["<p>", "<p></b>", "</p>", "<p><b></p></b>"])
def test_tags_that_are_not_in_pairs_are_refused(broken: str) -> None:
    with pytest.raises(ValueError, match="close"):
        elements(broken)


def test_the_lists_are_the_picture(first: Desk) -> None:
    """Nothing is lost on the way: the same names, attributes and texts as a parser of HTML finds."""
    markup = str(asked(first, claim="troops-estimate")["picture"])

    def told(node: Any) -> list[Any]:
        if isinstance(node, str):
            return [node]
        name, attributes, *inside = node
        return [(name, attributes), *(part for child in inside for part in told(child))]

    soup = BeautifulSoup(markup, "html.parser", multi_valued_attributes=None)
    read = [d if isinstance(d, str) else (d.name, dict(d.attrs)) for d in soup.descendants]
    assert [part for node in elements(markup) for part in told(node)] == [
        str(part) if isinstance(part, str) else part for part in read
    ]
