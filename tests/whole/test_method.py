"""docs/method.md says what the program does: it is made anew, and its cases and its words are complete."""

from __future__ import annotations

import re

import pytest

from tallybook import terms

from ..law.case_files import load_cases
from ..law.conftest import OWN
from ..law.judge import judge
from ..law.method import METHOD, known, rendered, rules

SHOWN = [
    (rule["title"], id_)
    for section in rules()["sections"]
    for rule in section.get("rules", [])
    for id_ in rule["cases"]
]
TERMS = (
    "Kind",
    "Status",
    "Incomparable",
    "Relation",
    "Reason",
    "Attribution",
    "Distortion",
    "Verdict",
    "Slip",
)


def test_it_is_what_the_rules_and_the_program_give() -> None:
    told = "docs/method.md is not what the rules and the program give now: 'make docs' writes it"
    assert METHOD.read_text(encoding="utf-8") == rendered(), told


@pytest.mark.parametrize(("title", "id_"), SHOWN, ids=[id_ for _, id_ in SHOWN])
def test_a_rule_has_cases_that_hold(title: str, id_: str) -> None:
    outcome = judge(known()[id_])
    assert outcome.right, f"{title}\n{outcome}"


def test_every_rule_shows_a_case_and_none_twice() -> None:
    assert all(rule["cases"] for section in rules()["sections"] for rule in section.get("rules", []))
    ids = [id_ for _, id_ in SHOWN]
    assert len(set(ids)) == len(ids)


def test_every_kind_of_case_has_a_rule() -> None:
    kinds = {case["kind"] for case in load_cases([OWN / "law.yaml"])}
    assert kinds - {known()[id_]["kind"] for _, id_ in SHOWN} == set()


@pytest.mark.parametrize("name", TERMS)
def test_every_term_is_named(name: str) -> None:
    text = METHOD.read_text(encoding="utf-8")
    assert [term for term in getattr(terms, name) if str(term) not in text] == []


@pytest.mark.parametrize("name", [name for name in TERMS if name not in ("Status", "Kind")])
def test_every_term_is_said_of_something(name: str) -> None:
    """Not only in the table of the terms: by a rule, or by what comes out of a case."""
    text = METHOD.read_text(encoding="utf-8")
    said = re.sub(r"^\| `[^`|]+` \| [^|]+ \|$", "", text, flags=re.MULTILINE)
    assert [term for term in getattr(terms, name) if str(term) not in said] == []


def test_nothing_is_left_to_fill_in() -> None:
    assert re.findall(r"\{(?!low: )[^}]*\}", METHOD.read_text(encoding="utf-8")) == []
