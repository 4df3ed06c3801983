"""The judge itself: a wrong answer is caught, a list means any of it, and gaps are compared by their size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from .books import MadeBook, as_in_yaml, as_the_claim, book_of_case
from .case_files import Case, load_cases, problems_of
from .case_units import unit_of
from .conftest import OWN
from .gaps import fits, gap_of
from .judge import compared_checks, derived_checks, judge, relation_checks
from .names import Names
from .program import WORDS, Answer, Compared, Judged
from .wanted import Check, one_of

ORIGINS, PARTIES = Names(), Names()
MADE = MadeBook({}, {1: "s1", 2: "s2"}, ORIGINS, PARTIES, percent=False)
AGREES = Compared("s1", "agrees", "rounding")
DIFFERS = Compared("s2", "differs", "apart", gap=-243.0, factor=0.995, gap_words="243 fewer")
ANSWER = Answer((AGREES, DIFFERS), Judged("disputed", witnesses=1), {"": "m", "s1": "m", "s2": "m"})
PEOPLE = {"kind": "total", "unit": "person", "unit_is": "count"}


def wrong(expect: dict[str, Any], given: Answer = ANSWER) -> list[str]:
    return [c.what for c in compared_checks(expect, MADE, given) if not c.right and not c.soft]


def case(**given: Any) -> Case:
    base: Case = {"id": "made-up", "kind": "made up", "measure": PEOPLE, "claim": {"words": "312 people"}}
    return base | {"expect": {"verdict_today": "supported"}} | given


@pytest.mark.parametrize(
    ("wanted", "caught"),
    [
        ({"relation": "agrees", "reason": "rounding"}, []),
        ("agrees", []),
        ({"relation": "differs"}, ["statement 1"]),
        ({"relation": ["differs", "agrees"]}, []),
        ({"relation": "agrees", "reason": "same"}, ["statement 1, reason"]),
        ({"relation": "agrees", "reason": ["same", "rounding"]}, []),
        ({"relation": "agrees", "if_of_that_time": True}, ["statement 1, if of that time"]),
        ({"not": ["agrees", "supports"]}, ["statement 1"]),
        ({"not": ["differs"]}, []),
        ({"relation": "agrees", "would": "differs"}, ["statement 1, would"]),
    ],
)
def test_a_relation(wanted: Any, caught: list[str]) -> None:
    assert wrong({"relations": {1: wanted}}) == caught


def test_what_is_said_of_time_is_not_said_elsewhere() -> None:
    said = replace(ANSWER, pairs=(replace(AGREES, if_of_that_time=True),))
    assert wrong({"relations": {1: {"relation": "agrees"}}}, said) == ["statement 1, if of that time"]
    assert wrong({"relations": {1: {"relation": "agrees", "if_of_that_time": True}}}, said) == []


def test_a_statement_of_another_measure_stands_in_no_pair() -> None:
    other = {"relation": "not comparable", "reason": "other measure"}
    given = Answer((), Judged("unsourced"), {"": "deaths", "s1": "injuries"})
    assert all(c.right for c in relation_checks("1", other, given, "s1"))
    lost = Answer((), Judged("unsourced"), {"": "deaths", "s1": "deaths"})
    assert not any(c.right for c in relation_checks("1", other, lost, "s1"))


@pytest.mark.parametrize(
    ("expect", "caught"),
    [
        ({"verdict_today": "disputed", "witnesses": 1}, []),
        ({"verdict_today": ["supported", "disputed"]}, []),
        ({"verdict_today": "supported"}, ["verdict_today"]),
        ({"verdict_never": "disputed"}, ["verdict_never"]),
        ({"witnesses": 2}, ["witnesses"]),
        ({"split": ["south"]}, ["split"]),
        ({"split": []}, []),
        ({"code": "none", "material": False, "superseded": False}, []),
        ({"code": "bound_added"}, ["code"]),
        ({"slip": "none"}, []),
        ({"slip": {"kind": "×10", "statement": 1}}, ["slip"]),
        ({"said_first": "none"}, []),
        ({"said_first": "own side says otherwise"}, ["said_first"]),
        ({"gap": "243 fewer"}, []),
        ({"gap": "243 more"}, ["gap"]),
        ({"says": "a sentence that nobody wrote"}, []),
    ],
)
def test_a_verdict(expect: dict[str, Any], caught: list[str]) -> None:
    assert wrong(expect) == caught


def test_one_code_too_many_is_caught() -> None:
    today = Judged("not tested", codes=("bound_added", "speaker_changed"), slip=("×10", "s2"))
    given = replace(ANSWER, today=today)
    assert wrong({"code": "bound_added"}, given) == ["code"]
    assert wrong({"slip": {"kind": ["×10", "×1,000"], "statement": 2}}, given) == []


def test_the_costly_questions_are_asked_where_they_are_expected() -> None:
    given = replace(
        ANSWER,
        written=lambda: "unsourced",
        without=lambda family: "contradicted" if family == "hospital" else "supported",
        relays=lambda: {"s2": ("number_changed",)},
    )
    right = {
        "verdict_written": "unsourced",
        "verdict_without": {"hospital": "contradicted", "police": "supported"},
        "relay": {2: "number_changed"},
    }
    assert wrong(right, given) == []
    assert wrong({"verdict_without": {"hospital": "supported"}}, given) == ["verdict without hospital"]
    assert wrong({"relay": {1: "said so"}}, given) == ["relay 1"]


def test_a_derived_value() -> None:
    made = Compared(
        "d", "agrees", "rounding", formula="total ÷ period", value=(0.1000685, 0.1000685), true=(0.1, 0.1002)
    )
    given = Answer((made,), Judged("supported"))
    wanted = {"formula": "total ÷ period", "value": 10.007, "true_high": 10.02, "relation": "agrees"}
    assert all(c.right for c in derived_checks(wanted, given, percent=True))
    off = [c.what for c in derived_checks(wanted | {"value": 10.02}, given, percent=True) if not c.right]
    assert off == ["derived, value"]
    assert [c.got for c in derived_checks({"formula": "growth ÷ time"}, given, percent=True)] == [
        "total ÷ period"
    ]


def test_a_derived_value_that_bears_on_nothing() -> None:
    made = Compared("d", "not comparable", "too vague", formula="later − earlier", true=(-10.0, 90.0))
    wanted = {"formula": "later − earlier", "relation": "none", "reason": "holds zero"}
    assert all(c.right for c in derived_checks(wanted, Answer((made,), Judged("not tested")), percent=False))


@pytest.mark.parametrize(
    ("words", "gap", "factor", "right"),
    [
        ("4 more", 4.0, None, True),
        ("4 more", -4.0, None, False),
        ("36 °C below", -36.0, -1.0, True),
        ("0.2 above", 0.2, 1.026, True),
        ("0.2 above", 0.3, 1.04, False),
        ("243 fewer", -243.0, 0.9947, True),
        ("ten times", 37080.0, 10.0, True),
        ("ten times", 37080.0, 9.0, False),
        ("10 times", 37080.0, 10.0, True),
        ("3 % above", 138.0, 1.0302, True),
        ("3 % above", -138.0, 0.97, False),
        ("20 % below", -1.61e6, 0.8, True),
        ("20 % below", -1.61e6, 1.25, True),
    ],
)
def test_gaps(words: str, gap: float, factor: float | None, right: bool) -> None:
    said = gap_of(words)
    assert said is not None and fits(said, gap, factor) is right


def test_a_text() -> None:
    figure = {"low": 300, "high": 300, "modifier": ["about", "exact"], "unit": "ship"}
    text = {"id": "t", "text": "Some 300 ships left.", "expect": {"figures": [figure]}}
    assert judge(text).right
    outcome = judge(text | {"expect": {"figures": [figure | {"low": 301}]}, "why": "It is so."})
    assert not outcome.right and "came out 300.0; expected 301" in str(outcome)
    assert str(outcome).endswith("why: It is so.")
    assert not judge(text | {"expect": {"figures": [figure, figure]}}).right


def test_a_broken_case_fails_with_what_is_wrong() -> None:
    broken = case(statements=[{"word": "312 people", "origin": "hospital"}])
    assert list(problems_of(broken)) == ["unknown key of statement 1 'word'", "statement 1 has no 'words'"]
    assert "the case itself is broken" in judge(broken).error


def test_what_check_says() -> None:
    later = {"words": "312 people", "origin": "a", "reference_period": "2023", "published": "2022-01-01"}
    refused = case(statements=[later])
    wanted: dict[str, Any] = {"check_error": "page dated before what it reports"}
    assert judge(refused | {"expect": wanted}).right
    assert judge(refused | {"expect": wanted | {"told": "unreliable", "not_told": ["noun"]}}).right
    assert not judge(refused | {"expect": wanted | {"told": ["unreliable", "noun"]}}).right
    assert not judge(refused | {"expect": wanted | {"not_told": "unreliable"}}).right
    assert not judge(refused | {"expect": {"check_error": "other dimension"}}).right
    assert "check refuses it" in judge(refused).error


def test_a_soft_check_decides_nothing() -> None:
    assert str(Check("says", "nothing", "something", False, soft=True)).startswith("says: came out")


@pytest.mark.parametrize(
    ("unit", "kind", "made"),
    [
        ("%", "share", "fraction"),
        ("%", "change", "percent"),
        ("% a year", "rate", "percent / year"),
        ("£", "total", "pound sterling"),
        ("£ a claim", "rate", "pound sterling / claim"),
        ("°C", "level", "degree Celsius"),
        ("death a day", "rate", "death / day"),
        ("case per 100,000 people", "rate", "case / 100,000 person"),
        ("dead or missing person", "total", "dead or missing person"),
    ],
)
def test_units(unit: str, kind: str, made: str) -> None:
    assert unit_of(unit, kind) == made


def test_names_lead_back() -> None:
    names = Names(["origins"])
    assert [names.id(n) for n in ("York", "York", "york!", "origins", "12 °C")] == [
        "york", "york", "york-2", "origins-2", "12-c",
    ]  # fmt: skip
    assert names.back["york-2"] == "york!"


def test_scalars_are_text_as_in_a_file() -> None:
    assert as_in_yaml({"a": [True, 1.5, None], "b": None, 3: {"c": False}}) == {
        "a": ["true", "1.5", None],
        "3": {"c": "false"},
    }


def test_the_files_of_a_case() -> None:
    made = book_of_case(
        case(
            claim={"words": "312 people", "cites": [1, "report, not seen"], "origin": "army"},
            origins={"army": {"speaks_for": "the state"}},
            statements=[
                {"words": "312 troops", "origin": "unknown", "page": "The Daily", "tier": "primary"},
                {"words": "312 people", "origin": "army", "page": "The Daily", "copy": True},
            ],
        )
    )
    assert set(made.files) == {
        "claims/measures.yaml", "claims/article.yaml", "sources/origins.yaml",
        "sources/the-daily.yaml", "sources/report-not-seen.yaml",
    }  # fmt: skip
    (measure,) = made.files["claims/measures.yaml"]["measures"]
    assert (measure["unit"], measure["nouns"]) == ("person", ["troop"])
    page = made.files["sources/the-daily.yaml"]
    assert (page["kind"], page["copy_of"], len(page["statements"])) == ("primary", "article", 2)
    assert made.files["sources/report-not-seen.yaml"]["seen"] == "false"
    origins = made.files["sources/origins.yaml"]
    assert origins["parties"] == {"the-state": "the state"}
    assert {o["id"]: o["independent"] for o in origins["origins"]} == {"army": "true", "unknown": "false"}
    (claim,) = made.files["claims/article.yaml"]["claims"]
    assert claim["cites"] == ["the-daily", "report-not-seen"]


def test_a_statement_in_the_place_of_the_claim() -> None:
    first = {"words": "34%", "origin": "poll", "page": "a", "tier": "primary"}
    made = as_the_claim(case(statements=[first, {"words": "33%", "origin": "other"}]), 1)
    assert made["claim"] == {"words": "34%", "origin": "poll"}


def test_no_case_is_lost() -> None:
    assert len(load_cases([OWN / "law.yaml"])) == 321


def test_what_the_cases_expect_is_of_the_vocabulary() -> None:
    own = {
        "reason": {"other measure", "holds zero", "wider than two to one"},
        "code": {"none"},
        "slip": {"none"},
    }
    own["relation"] = {"none"}
    cases = load_cases(sorted(OWN.glob("*.yaml")))
    said = [(c["id"], what, word) for c in cases for what, word in _words(c["expect"])]
    assert len(said) > 1000
    assert [one for one in said if one[2] not in WORDS[one[1]] | own.get(one[1], set())] == []


def _words(expect: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(what it is a word for, the word) of everything that is expected."""
    pairs = [*expect.get("relations", {}).values(), *expect.get("between", {}).values()]
    for facts in [*pairs, expect.get("derived", {})]:
        for key, what in (
            ("relation", "relation"),
            ("would", "relation"),
            ("not", "relation"),
            ("reason", "reason"),
        ):
            yield from ((what, word) for word in one_of(facts.get(key, [])))
    keys = {"verdict_today": "verdict", "verdict_written": "verdict", "verdict_never": "verdict"}
    keys |= {"attribution": "attribution", "code": "code"}
    for key, what in keys.items():
        yield from ((what, word) for word in one_of(expect.get(key, [])))
    yield from (("code", word) for word in expect.get("relay", {}).values() if word != "said so")
    slip = expect.get("slip", [])
    yield from (("slip", word) for word in one_of(slip["kind"] if isinstance(slip, dict) else slip))
