"""Warnings of ``check``: what passes, and deserves a second look. Each names its place and a remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tallybook.book.nobody import names_nobody
from tallybook.estimates.doubts import doubts
from tallybook.tables.case import Case

Make = Callable[..., Case]
TWO = [{"words": "9 loaves", "origin": "a"}, {"words": "9 loaves", "origin": "b"}]
GROUP = {"groups": [{"id": "one", "what": "one utterance", "statements": ["s0", "s1"]}]}


def told(case: Case) -> list[str]:
    return [f"{w.file}: {w.message}" for w in doubts(case.evidence)]


def test_a_group_of_several_families(small_case: Make) -> None:
    (found,) = told(small_case(TWO, [{}], origins_file=GROUP))
    assert found == (
        "sources/origins.yaml: group 'one' is one utterance, and its statements are of 2 source groups: "
        "Origin A (s0) and Origin B (s1). Part it by who speaks, or correct an 'origin'."
    )
    shared = [{"id": "a", "shares_with": ["b"]}]
    assert told(small_case(TWO, [{}], origins_file=GROUP, origins=shared)) == []


@pytest.mark.parametrize(
    ("odd", "found"),
    [
        ({"words": "900 loaves"}, "“900 loaves” is 100 times or more all other numbers of 'loaves'"),
        ({"words": "899 loaves"}, None),
        ({"words": "0.04 loaves"}, "“0.04 loaves” is a hundredth or less of all other numbers of 'loaves'"),
        ({"words": "no loaves"}, None),
        ({"words": "900 loaves", "scope": "rye"}, None),
        ({"words": "900 loaves", "status": "planned"}, None),
        ({"words": "900 loaves", "part": "the north"}, None),
        (
            {"words": "900 loaves", "status": "provisional"},
            "“900 loaves” is 100 times or more all other numbers of 'loaves'",
        ),
    ],
)
def test_a_number_out_of_the_scale_of_all_others(
    small_case: Make, odd: dict[str, str], found: str | None
) -> None:
    said = [{"words": "7 loaves"}, {"words": "4 to 10 loaves"}, odd]
    case = small_case(said, [{"words": "9 loaves"}])
    if found is None:
        assert told(case) == []
        return
    (only,) = told(case)
    assert only.startswith(f"sources/p2.yaml: {found}; the nearest is ") and "nothing is to be done" in only


def test_a_claim_out_of_scale_and_too_few_others(small_case: Make) -> None:
    said: list[dict[str, Any]] = [{"words": "7 loaves"}, {"words": "8 loaves"}, {"words": "9 loaves"}]
    (only,) = told(small_case(said, [{"words": "9,000 loaves"}]))
    assert only.startswith("claims/bread.yaml: “9,000 loaves”")
    assert told(small_case(said[1:], [{"words": "9,000 loaves"}])) == []


@pytest.mark.parametrize(
    "words",
    ["some estimates", "some estimates (unnamed)", "experts", "critics say", "Several officials",
     "many analysts", "according to one estimate", "unnamed sources", "it is believed by some observers"],
)  # fmt: skip
def test_words_that_name_nobody(words: str) -> None:
    assert names_nobody(words)


@pytest.mark.parametrize(
    "words",
    [
        "Japan",
        "the Met Office",
        "Ukrainian officials",
        "Reuters",
        "the ministry",
        "police",
        "UN experts",
        "some",
    ],
)
def test_words_that_name_somebody(words: str) -> None:
    assert not names_nobody(words)


def test_warnings_follow_the_summary_and_fail_only_where_that_is_asked(
    small_case: Make, tmp_path: Path, run: Callable[..., Result]
) -> None:
    small_case(TWO, [{"words": "9 loaves", "attributed_to": "some estimates"}], origins_file=GROUP)
    done = run("check", "--project", tmp_path / "book0")
    first, *warnings = done.stdout.splitlines()
    assert done.exit_code == 0 and first.endswith("no problem")
    assert [line.partition(": warning: ")[0] for line in warnings] == [
        "claims/bread.yaml:13",
        "sources/origins.yaml:13",
    ]
    assert "'some estimates' names nobody" in warnings[0]
    strict = run("check", "--strict", "--project", tmp_path / "book0")
    assert strict.exit_code == 1 and strict.stdout == done.stdout
    assert strict.stderr == "2 warnings. --strict takes none.\n"


def test_strict_is_content_with_no_warning(
    small_case: Make, tmp_path: Path, run: Callable[..., Result]
) -> None:
    small_case(TWO[:1], [{"words": "9 loaves"}])
    text = tmp_path / "text.txt"
    text.write_text("We ate 9 loaves.\n\nThey ate 40 rolls.\n", encoding="utf-8")
    assert run("check", "--strict", "--project", tmp_path / "book0").exit_code == 0
    done = run("check", "--text", text, "--project", tmp_path / "book0")
    assert done.exit_code == 0 and f"{text}:3: warning: the figure '40 rolls' in paragraph 2" in done.stdout
    assert run("check", "--strict", "--text", text, "--project", tmp_path / "book0").exit_code == 1
