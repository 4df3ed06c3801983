"""Has in memory what commands load, so that a child of this process runs one in a tenth of a second."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from desk import CITY
from stepping import command

_ROOMS = ("book", "cli", "consistency", "exchange", "intake", "suite")
_NOT_IN_ONE_PROCESS = ("assistant", "assistant_server", "table_worker")
_OTHERS = (
    "duckdb", "jinja2", "pandas", "pyarrow.parquet", "rich.console", "ruamel.yaml", "sqlite3", "xlsxwriter",
)  # fmt: skip


@cache
def warm() -> None:
    import tallybook as tb

    for name in (*_OTHERS, *_modules()):
        importlib.import_module(name)
    case = tb.open_book(CITY)["made-up-city-budget"]
    case.verdicts()
    tb.check_text("Made up: the city filled 18,400 potholes in 2024, and 17,900 in 2023.")
    command()


def _modules() -> list[str]:
    """Most of the project: to compile its expressions takes longer than most commands."""
    rooms = [importlib.import_module(f"tallybook.{room}") for room in _ROOMS]
    found = [one.name for room in rooms for one in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")]
    return [name for name in found if name.rpartition(".")[2] not in _NOT_IN_ONE_PROCESS]
