"""Every picture of a case is the same, byte for byte, whatever other articles its book holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.tables.opened import OpenBook, open_book

from .outputs import pictures
from .projects import FIELDS, HERE, MADE_UP, ROOT, combined


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> OpenBook:
    """The articles of this repository and all made-up ones in one book."""
    return open_book(combined(tmp_path_factory.mktemp("beside") / "book", [ROOT, *MADE_UP.values()]))


@pytest.mark.parametrize("case", [*HERE, *FIELDS])
def test_every_picture_is_the_same(case: str, beside: OpenBook, tmp_path: Path) -> None:
    alone = open_book(combined(tmp_path / "book", [MADE_UP.get(case, ROOT)]))
    without, within = pictures(alone[case]), pictures(beside[case])
    assert list(within) == list(without) != []
    assert [name for name in without if within[name] != without[name]] == []
