"""What a query may ask of a table, the number that it gives, and the rows that it took in.

DuckDB never opens a file: the table is handed over as columns; then access to files and the network,
extensions, Python's variables and all settings are switched off and locked. A query is one SELECT that a
second run answers alike: no chance, no clock, no function that reads anything but its arguments.
"""

from __future__ import annotations

import hashlib
import json
import math
from decimal import Decimal
from typing import Any

from tallybook.intake.table_formats import ROW, Refused

MOST_SAID = 500
MOST_RANGES = 40
TABLE, NUMBERED = "data", "data_with_rows"

_CLOCK = {"current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "current_user",
          "current_role", "current_catalog", "current_schema", "session_user", "user"}  # fmt: skip
_MACROS = ("list_", "array_")
_OTHER_MACROS = {"fdiv", "if", "nullif", "geomean", "geometric_mean", "wavg", "weighted_avg", "split_part",
                 "date_add", "days_in_month"}  # fmt: skip
_TABLE_FUNCTIONS = {"unnest", "range", "generate_series"}
_FROM = {"BASE_TABLE", "JOIN", "SUBQUERY", "EMPTY", "TABLE_FUNCTION", "EXPRESSION_LIST", "PIVOT"}
_SETTINGS = {
    "threads": 1,
    "memory_limit": "300MB",
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_unsigned_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
}
_LOCKS = (
    "SET enable_progress_bar = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def opened(columns: Any, first: int) -> Any:
    """A database in memory with the table, and nothing else that it could reach."""
    import duckdb
    import pyarrow as pa

    known = {row[0] for row in duckdb.connect(":memory:").execute("FROM duckdb_settings()").fetchall()}
    settings: dict[str, Any] = {name: value for name, value in _SETTINGS.items() if name in known}
    connection = duckdb.connect(":memory:", config=settings)
    rows = pa.array(range(first, first + columns.num_rows), pa.int64())
    connection.register("handed_over", columns.append_column(ROW, rows))
    connection.execute(f"CREATE TABLE {NUMBERED} AS FROM handed_over")
    connection.unregister("handed_over")
    connection.execute(f"CREATE VIEW {TABLE} AS SELECT * EXCLUDE ({ROW}) FROM {NUMBERED}")
    for lock in _LOCKS:
        connection.execute(lock)
    return connection


def answer(connection: Any, columns: Any, sql: str) -> dict[str, Any]:
    """The number that a query gives, with the rows that it took in; or what is wrong with it."""
    import duckdb

    try:
        tree = _parsed(connection, sql)
        node = tree["statements"][0]["node"]
        _look_through(connection, tree, set())
        _asks_the_table(tree)
        value = _one_number(connection.execute(sql))
        return {"value": value, **_used(connection, columns, node, tree)}
    except Refused as refused:
        return {"error": str(refused)[:MOST_SAID]}
    except duckdb.Error as wrong:
        return {"error": " ".join(str(wrong).partition("Possible solutions")[0].split())[:MOST_SAID]}
    except (MemoryError, RecursionError):
        return {"error": "needs more memory than a query may take."}


def _parsed(connection: Any, sql: str) -> Any:
    (text,) = connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [sql]).fetchone()
    tree = json.loads(text)
    if tree.get("error"):
        raise Refused(f"is no SELECT that can be run: {tree.get('error_message')}")
    if len(tree["statements"]) != 1:
        raise Refused("has more than one statement. Write one SELECT.")
    return tree


def _look_through(connection: Any, node: Any, names: set[str]) -> None:
    """Refused where a query could see more than the table, or say something else when it is run again."""
    if isinstance(node, list):
        for one in node:
            _look_through(connection, one, names)
        return
    if not isinstance(node, dict):
        return
    names = names | {entry["key"].casefold() for entry in (node.get("cte_map") or {}).get("map", ())}
    kind = node.get("type")
    if "table_name" in node and kind == "BASE_TABLE":
        name = str(node["table_name"]).casefold()
        if node.get("schema_name") or node.get("catalog_name") or name not in names | {TABLE}:
            raise Refused(f"asks for '{node['table_name']}'. The only table is named {TABLE}.")
    if isinstance(node.get("from_table"), dict) and node["from_table"].get("type") not in _FROM:
        raise Refused("may only select from the table.")
    if node.get("sample"):
        raise Refused("takes a sample, which is another one each time.")
    if kind == "TABLE_FUNCTION":
        function = str(node["function"]["function_name"]).casefold()
        if function not in _TABLE_FUNCTIONS:
            raise Refused(f"calls {function}(), which is not allowed: a query sees the table alone.")
    elif "function_name" in node:
        _allowed(connection, str(node["function_name"]).casefold())
    if kind == "COLUMN_REF" and len(node["column_names"]) == 1:
        name = node["column_names"][0].casefold()
        if name in _CLOCK:
            raise Refused(f"uses {name}, which is another one each time.")
    if kind == "SHOW_REF":
        raise Refused("may only select from the table.")
    for child in node.values():
        _look_through(connection, child, names)


def _asks_the_table(tree: Any) -> None:
    text = json.dumps(tree).casefold()
    if f'"key": "{TABLE}"' in text:
        raise Refused(f"gives the name {TABLE} to something else.")
    if f'"table_name": "{TABLE}"' not in text:
        raise Refused(f"asks nothing of the table, which is named {TABLE}: SELECT … FROM {TABLE}.")


def _allowed(connection: Any, name: str) -> None:
    sql = "SELECT function_type, stability FROM duckdb_functions() WHERE function_name = ?"
    found = connection.execute(sql, [name]).fetchall()
    for kind, stability in found:
        if kind == "macro" and (name.startswith(_MACROS) or name in _OTHER_MACROS):
            return
        if stability == "CONSISTENT":
            return
    if found and name not in _TABLE_FUNCTIONS:
        raise Refused(f"calls {name}(), which is not allowed: it may give another answer each time.")


def _one_number(result: Any) -> float:
    rows = result.fetchmany(2)
    width = len(result.description or ())
    if width != 1:
        raise Refused(f"gives {width} columns. Select one.")
    if len(rows) != 1:
        raise Refused(f"gives {'no row' if not rows else 'more than one row'}. It must give one number.")
    value = rows[0][0]
    if value is None:
        raise Refused("gives nothing: no row of the table fits, or its cell is empty.")
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Refused(f"gives {str(value)[:60]!r}, which is no number.")
    number = float(value)
    if not math.isfinite(number):
        raise Refused("gives no finite number.")
    return number


def _used(connection: Any, columns: Any, node: Any, tree: Any) -> dict[str, Any]:
    """The rows that a query took in, by their numbers, and the digest of what it read of them."""
    import pyarrow as pa

    lines = _lines_query(connection, node, tree)
    all_rows = f"SELECT {ROW} FROM {NUMBERED}"
    rows = sorted({row[0] for row in connection.execute(lines or all_rows).fetchall()})
    first = connection.execute(f"SELECT min({ROW}) FROM {NUMBERED}").fetchone()[0]
    named = _columns_named(tree) if lines is not None else set()  # a join names some by USING alone
    read = [name for name in columns.column_names if name.casefold() in named] if named else []
    part = columns.select(read or columns.column_names)
    part = part.take(pa.array([row - first for row in rows], pa.int64()))
    digest = hashlib.sha256(json.dumps(part.column_names).encode())
    for batch in part.to_batches(max_chunksize=10_000):
        for cells in batch.to_pylist():
            digest.update(json.dumps(list(cells.values()), default=str).encode())
    return {"rows": _ranges(rows), "count": len(rows), "rows_sha256": digest.hexdigest()}


def _lines_query(connection: Any, node: Any, tree: Any) -> str | None:
    """The query, asking for the rows instead of a number; None where it is not that simple."""
    source = node.get("from_table") or {}
    text = json.dumps(tree)
    if node.get("type") != "SELECT_NODE" or source.get("type") != "BASE_TABLE":
        return None
    if text.count('"SELECT_NODE"') > 1 or '"WINDOW' in text or node["cte_map"]["map"]:
        return None
    sums = connection.execute(
        "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'aggregate'"
    ).fetchall()
    counts = _functions(node["select_list"]) & {name for (name,) in sums}
    changed = {**node, "having": None, "qualify": None, "group_expressions": [], "group_sets": []}
    changed["aggregate_handling"] = "STANDARD_HANDLING"
    if counts or node["group_expressions"]:
        changed["modifiers"] = []
    changed["select_list"] = [
        {"class": "COLUMN_REF", "type": "COLUMN_REF", "alias": "", "column_names": [ROW]}
    ]
    alias = source.get("alias") or TABLE
    changed["from_table"] = {**source, "table_name": NUMBERED, "alias": alias}
    changed["from_table"].pop("qualified_name", None)
    asked = json.dumps({**tree, "statements": [{**tree["statements"][0], "node": changed}]})
    try:
        (sql,) = connection.execute("SELECT json_deserialize_sql(?::JSON)", [asked]).fetchone()
        connection.execute(f"EXPLAIN {sql}")
    except Exception:  # another shape of the tree in another version: all rows are named then
        return None
    return str(sql)


def _functions(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(_functions, node)) if node else set()
    if not isinstance(node, dict):
        return set()
    own = {str(node["function_name"]).casefold()} if "function_name" in node else set()
    return own.union(*map(_functions, node.values())) if node else own


def _columns_named(node: Any) -> set[str]:
    """The columns that a query names; empty where it takes them all, or by a pattern."""
    text = json.dumps(node)
    if '"STAR"' in text or '"PIVOT"' in text:
        return set()
    if isinstance(node, list):
        return set().union(*map(_columns_named, node)) if node else set()
    if not isinstance(node, dict):
        return set()
    own = {str(node["column_names"][-1]).casefold()} if node.get("type") == "COLUMN_REF" else set()
    return own.union(*(_columns_named(child) for child in node.values())) if node else own


def _ranges(rows: list[int]) -> str:
    """ "2-13, 40"; cut where there are many."""
    found: list[list[int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    said = [f"{a}" if a == b else f"{a}-{b}" for a, b in found[:MOST_RANGES]]
    return ", ".join([*said, *(["…"] if len(found) > MOST_RANGES else [])]) or "none"


def described(columns: Any) -> Any:
    """(name, type, example) of each column."""
    for name in columns.column_names:
        column = columns.column(name)
        example = next((str(cell) for cell in column.slice(0, 20).to_pylist() if cell is not None), "")
        yield [name, str(column.type), example[:60]]
