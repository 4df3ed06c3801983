"""Everything that a case gives without a notebook, as text: tables, chains, pictures, downloads, commands."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from typer.testing import CliRunner

from tallybook import charts
from tallybook.book.accepted import accepted_text
from tallybook.charts import Chart
from tallybook.cli.app import app
from tallybook.report.downloads import downloads
from tallybook.tables.acceptance import accepted_now
from tallybook.tables.case import Case
from tallybook.terms import AsOf

# A review goes through a draft, and a match looks for figures on every page of the book, as it should.
_NOT_ASKED = ("review", "match")
# They judge a case some hundred times over, by the same way whether origins are grouped or not.
_NOT_ASKED_TWICE = (*_NOT_ASKED, "fragile", "robustness", "sensitivity")
COMMANDS = ("verdicts", "compare", "drift", "selfcheck")
CLAIMS_EXPLAINED = 3
"""By the command; each claim has its chain as a table, too."""


def outputs(case: Case, root: Path) -> dict[str, str]:
    """All but the pictures, by what was asked; ``root``: the project of the case."""
    return dict([*_tables(case), *_chains(case), *_downloads(case), *_commands(case, root)])


def pictures(case: Case) -> dict[str, str]:
    """By what was asked."""
    return dict(_pictures(case))


def _tables(case: Case) -> Iterator[tuple[str, str]]:
    yield "answer", case.answer
    yield "accepted", accepted_text(accepted_now(case))
    yield "in a notebook", case._repr_html_()
    for shown, other in (("", case), (" without grouping", case.without_grouping())):
        for name, method in inspect.getmembers(other, inspect.ismethod):
            asked = inspect.signature(method).parameters
            if (
                name.startswith("_")
                or name in (_NOT_ASKED if other is case else _NOT_ASKED_TWICE)
                or any(p.default is p.empty for p in asked.values())
            ):
                continue
            for given in [{"as_of": time} for time in AsOf] if "as_of" in asked else [{}]:
                if isinstance(made := method(**given), pd.DataFrame):
                    yield f"{name}{shown} {given}", _table(made)
    for measure in case.measures:
        yield f"estimates {measure}", _table(case.estimates(measure))
    for group in case.drift_summary()["group"]:
        yield f"drift {group}", _table(case.drift(group))


def _chains(case: Case) -> Iterator[tuple[str, str]]:
    for time in AsOf:
        for claim in case.comparison().claims:
            yield f"explain {claim} {time}", _table(case.explain(claim, as_of=time))
    for pair in case.compare().itertuples():
        chain = case.explain(pair.claim, pair.estimate)
        yield f"explain {pair.claim} {pair.estimate}", _table(chain)


def _pictures(case: Case) -> Iterator[tuple[str, str]]:
    """As pages and notebooks show them: the drawn figure is painted of the same rows."""
    claims, measures = list(case.comparison().claims), list(case.measures)
    asked: list[tuple[str, dict[str, Any]]] = [("matrix", {}), ("dumbbell", {}), ("sensitivity", {})]
    asked += [("intervals", {"claim": claim}) for claim in claims]
    asked += [(name, {"measure": m}) for name in ("timeline", "intervals") for m in measures]
    asked += [("drift", {"group": group}) for group in case.drift_summary()["group"]]
    for name, given in asked:
        chart: Chart = getattr(charts, name)(case, **given)
        told = chart.title, chart.alt, chart.caption, chart.page, _table(chart.data)
        yield f"{name} {given}", "\n".join(told)
    for claim in claims:
        yield f"rows {claim}", charts.interval_table(case, claim=claim)


def _downloads(case: Case) -> Iterator[tuple[str, str]]:
    for file in downloads(case):
        yield file.file, f"{file.name}: {file.what}, {file.rows}\n{file.content!r}"


def _commands(case: Case, root: Path) -> Iterator[tuple[str, str]]:
    claims = [f"{case.id}/{claim}" for claim in case.comparison().claims][:CLAIMS_EXPLAINED]
    for command in [*((name, case.id) for name in COMMANDS), *(("explain", claim) for claim in claims)]:
        run = CliRunner().invoke(app, [*command, "--project", str(root)])
        assert run.exit_code == 0 and run.stdout, (command, run.output)
        yield " ".join(command), run.output


def _table(frame: pd.DataFrame) -> str:
    return f"{frame.dtypes.to_dict()}\n{frame.to_csv()}"
