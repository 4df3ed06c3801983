"""Every table, chain, download and command of a case is the same, whatever other articles its book holds.

Its pictures: test_pictures_do_not_leak.py; its notebooks and pages: test_cases_do_not_leak.py. They are three
files, so that workers share them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.tables.opened import OpenBook, open_book

from .outputs import outputs
from .projects import FIELDS, HERE, MADE_UP, ROOT, combined


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> OpenBook:
    """The articles of this repository and all made-up ones in one book."""
    return open_book(combined(tmp_path_factory.mktemp("beside") / "book", [ROOT, *MADE_UP.values()]))


@pytest.mark.parametrize("case", [*HERE, *FIELDS])
def test_every_table_chain_download_and_command_is_the_same(
    case: str, beside: OpenBook, tmp_path: Path
) -> None:
    alone = open_book(combined(tmp_path / "book", [MADE_UP.get(case, ROOT)]))
    without, within = outputs(alone[case], alone.book.root), outputs(beside[case], beside.book.root)
    assert list(within) == list(without)
    assert [name for name in without if within[name] != without[name]] == []
