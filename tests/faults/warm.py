"""Has in memory what commands load, so that a child of this process runs one in a tenth of a second."""

from __future__ import annotations

from functools import cache

from desk import CITY


@cache
def warm() -> None:
    import duckdb  # noqa: F401
    import jinja2  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow.parquet  # noqa: F401
    import ruamel.yaml  # noqa: F401
    import xlsxwriter  # noqa: F401

    import tallybook as tb
    import tallybook.cli.app
    from tallybook.exchange.export import export  # noqa: F401

    case = tb.open_book(CITY)["made-up-city-budget"]
    case.verdicts()
