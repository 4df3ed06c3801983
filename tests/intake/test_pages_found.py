"""With all statements taken away, the right pages are among the first candidates (printed with ``-s``)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tallybook.book import load_book

sys.path.insert(0, str(Path(__file__).parent))
from pages_measured import PagesFound, pages_found, without_statements

DATA = Path(__file__).resolve().parents[1] / "data"
OTHER_FIELDS = ["made-up-city-budget", "made-up-flood-toll", "made-up-sea-crossings", "made-up-temperatures"]


def found_in(name: str, folder: Path) -> list[PagesFound]:
    whole = load_book(DATA / name)
    found = pages_found(whole, without_statements(whole, folder), next(iter(whole.articles)))
    for one in found:
        print(f"{one.claim}: {len(one.right)} of {len(one.pages)} pages, the first: {one.first_is_right}")
    return found


def test_the_pages_of_the_first_case(tmp_path: Path) -> None:
    found = found_in("first-case", tmp_path)
    among, first = sum(bool(one.right) for one in found), sum(one.first_is_right for one in found)
    assert among == len(found) == 8
    page = (DATA.parents[1] / "docs" / "match.md").read_text(encoding="utf-8").replace("\n", " ")
    said = (
        f"in {among} of {len(found)} claims a page that states its measure is among the first five candidates"
    )
    assert f"{said}, in {first} it is the first" in page


@pytest.mark.parametrize("name", OTHER_FIELDS)
def test_the_pages_of_made_up_books(name: str, tmp_path: Path) -> None:
    found = found_in(name, tmp_path)
    assert all(one.right for one in found)
    assert all(one.cited is not False for one in found)
