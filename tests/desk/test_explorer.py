"""The explorer without a browser: what Python has of it, and what stands in its place where it cannot be."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from IPython.core.interactiveshell import InteractiveShell

from tallybook.book.problems import BookError
from tallybook.charts.chart import PAGE_TYPE
from tallybook.report.page_body import markup_faults, tokens_of
from tallybook.tables.case import Case

Make = Callable[..., Case]
SAID = [{"origin": "b", "words": "13 loaves"}, {"origin": "c", "words": "about 13 loaves"}]
CLAIMS = [{"words": "12 loaves"}, {"words": "about 12 loaves"}]


def test_settings_are_moved_from_python_and_their_records_read(small_case: Make) -> None:
    explorer = small_case(SAID, CLAIMS).explore()
    first, second = explorer.comparison.verdicts
    assert str(explorer.comparison.verdicts[first].verdict) == "contradicted"
    explorer.move(tolerance=0.1)
    assert explorer.comparison.policy.tolerance == 0.1
    assert str(explorer.comparison.verdicts[first].verdict) == "not tested"
    explorer.move(claim=second, without="b")
    assert explorer.comparison.policy.tolerance == 0.1, "what is not named stays"
    assert {p.family.id for p in explorer.comparison.pairs[second]} == {"c"}
    assert f", {second}: " in repr(explorer)


def test_without_its_package_one_message_says_how_to_get_it(
    small_case: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = small_case(SAID, CLAIMS)
    monkeypatch.setitem(sys.modules, "anywidget", None)  # what an import of a missing package meets
    monkeypatch.delitem(sys.modules, "tallybook.desk.explorer", raising=False)
    with pytest.raises(BookError) as refused:
        case.explore()
    message = "case.explore() needs the package anywidget. Install it: pip install 'tallybook[desk]'."
    assert str(refused.value) == f"tallybook:1: {message}"
    shell = InteractiveShell()
    shell.user_ns["case"] = case
    capsys.readouterr()
    shell.run_cell("case.explore()")
    assert capsys.readouterr().out.strip() == message, "no traceback around it"


def test_a_page_of_the_report_shows_the_verdict_and_the_picture(small_case: Make) -> None:
    explorer = small_case(SAID, CLAIMS).explore()
    data, _ = explorer._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"].startswith("<Explorer of bread, ")
    assert list(markup_faults(data[PAGE_TYPE], tokens_of(data[PAGE_TYPE]), frozenset())) == []
    soup = BeautifulSoup(data[PAGE_TYPE], "html.parser")
    assert soup.select_one(".ruling .is-contradicted") and soup.select("figure.tb-rows tbody tr")


def test_a_row_is_laid_out_by_the_width_of_the_cell() -> None:
    from tallybook.charts.page_style import WIDE, rows_style
    from tallybook.desk.explorer import Explorer

    assert WIDE in rows_style() and WIDE not in Explorer._css
    assert "@container (min-width: 40rem)" in Explorer._css
