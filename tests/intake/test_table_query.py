"""A table asked by SQL: what it gives, which rows it took in, and every way out that is shut."""

from __future__ import annotations

import io
import json
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tallybook.book.problems import BookError
from tallybook.intake import table_query
from tallybook.intake.table_query import Answer, Asked, ask

pytest.importorskip("duckdb")

SOURCES = str(Path(__file__).resolve().parents[2] / "src")
ROWS = """month,place,loaves,share,code
2025-01-31,North,1200,5.1,007
2025-01-31,South,800,6.0,012
2025-02-28,North,1210,5.0,007
2025-02-28,South,790,,012
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bread.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def one(file: Path, sql: str) -> Answer:
    return ask(file, [sql]).answers[0]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    """What each query below comes to, all asked at once: to start a process takes longer than they do."""
    path = tmp_path_factory.mktemp("asked") / "bread.csv"
    path.write_text(ROWS, encoding="utf-8")
    queries = [sql for sql, *_ in (*ANSWERED, *NO_ANSWER)]
    return dict(zip(queries, ask(path, queries).answers, strict=True))


ANSWERED = [
    ("SELECT sum(loaves) FROM data WHERE month = '2025-02-28'", 2000, "4-5"),
    ("FROM data SELECT max(loaves)", 1210, "2-5"),
    ("SELECT loaves FROM data ORDER BY month DESC, place LIMIT 1", 1210, "4"),
    ("SELECT avg(share) FROM data WHERE place = 'North'", 5.05, "2, 4"),
    ("SELECT count(*) FROM data d WHERE d.place = 'South';", 2, "3, 5"),
    ("SELECT loaves FROM data WHERE code = '012' AND month = '2025-01-31'", 800, "3"),
    ("SELECT sum(loaves) FILTER (WHERE place = 'North') / sum(loaves) FROM data", 0.6025, "2-5"),
    ("WITH m AS (SELECT sum(loaves) s FROM data GROUP BY month) SELECT max(s) FROM m", 2000, "2-5"),
    ("SELECT a.loaves - b.loaves FROM data a JOIN data b USING (place) WHERE place = 'North' "
     "AND a.month = '2025-02-28' AND b.month = '2025-01-31'", 10, "2-5"),
    ("SELECT month(month) FROM data LIMIT 1", 1, "2"),
    ("SELECT count(*) FROM data WHERE place = 'East'", 0, "none"),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "value", "which"), ANSWERED)
def test_a_query_gives_one_number_and_the_rows_it_took_in(
    answered: dict[str, Answer], sql: str, value: float, which: str
) -> None:
    found = answered[sql]
    assert found.error is None
    assert (found.value, found.which) == (pytest.approx(value), which)


def test_the_digest_is_of_the_cells_that_were_read(file: Path) -> None:
    sql = "SELECT sum(loaves) FROM data WHERE month = '2025-02-28'"
    before = one(file, sql)
    file.write_text(ROWS.replace("North,1200", "North,1300").replace(",5.0,", ",9.9,"), encoding="utf-8")
    assert one(file, sql) == before  # another row, and a column that it does not name
    file.write_text(ROWS.replace("1210", "1211"), encoding="utf-8")
    assert one(file, sql).rows_sha256 != before.rows_sha256


def test_where_columns_are_not_named_one_by_one_all_are_in_the_digest(file: Path) -> None:
    queries = [
        "SELECT max(v) FROM (UNPIVOT data ON loaves, share INTO NAME what VALUE v) WHERE what = 'loaves'",
        "SELECT max(a.loaves) FROM data a JOIN data b USING (code, month)",
        "SELECT max(COLUMNS('lo.*')) FROM data",
    ]
    before = ask(file, queries).answers
    assert [found.error for found in before] == [None, None, None]
    file.write_text(ROWS.replace("800,", "801,"), encoding="utf-8")
    for sql, old, new in zip(queries, before, ask(file, queries).answers, strict=True):
        assert new.rows_sha256 != old.rows_sha256, sql


NO_ANSWER = [
    ("SELECT loaves FROM data", "gives more than one row"),
    ("SELECT loaves, share FROM data LIMIT 1", "gives 2 columns"),
    ("SELECT loaves FROM data WHERE place = 'East'", "gives no row"),
    ("SELECT share FROM data WHERE place = 'South' AND month = '2025-02-28'", "gives nothing"),
    ("SELECT place FROM data LIMIT 1", "which is no number"),
    ("SELECT 1 / 0 FROM data LIMIT 1", "no finite number"),
    ("SELECT sum(bread) FROM data", "bread"),
    ("SELECT 4000", "asks nothing of the table"),
    ("WITH data AS (SELECT 7 AS a) SELECT a FROM data", "gives the name data to something else"),
    ("SELECT", "is no SELECT"),
    ("", "more than one statement"),
]


@pytest.mark.parametrize(("sql", "says"), NO_ANSWER)
def test_what_is_no_answer(answered: dict[str, Answer], sql: str, says: str) -> None:
    assert says in (answered[sql].error or "")


ATTACKS = [
    "SELECT count(*) FROM read_csv('{other}')",
    "SELECT count(*) FROM read_text('{other}')",
    "SELECT count(*) FROM read_blob('{other}'), data",
    "SELECT count(*) FROM '{other}'",
    "SELECT (SELECT count(*) FROM read_csv_auto('{other}')) FROM data LIMIT 1",
    "SELECT count(*) FROM data WHERE EXISTS (FROM read_text('{other}'))",
    "SELECT count(*) FROM glob('{folder}/*'), data",
    "SELECT count(*) FROM sniff_csv('{other}'), data",
    "SELECT count(*) FROM parquet_metadata('{other}'), data",
    "COPY data TO '{written}'",
    "COPY (SELECT 1) TO '{written}'",
    "EXPORT DATABASE '{written}'",
    "ATTACH '{written}'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET enable_external_access",
    "PRAGMA enable_profiling",
    "CALL enable_logging()",
    "SELECT count(*) FROM enable_logging(storage = 'file', storage_path = '{written}'), data",
    "SELECT count(*) FROM duckdb_settings(), data",
    "SELECT count(*) FROM duckdb_secrets(), data",
    "SELECT count(*) FROM information_schema.tables, data",
    "SELECT count(*) FROM query('SELECT 1'), data",
    "SELECT count(*) FROM query_table('data_with_rows'), data",
    "SELECT count(*) FROM python_map_function('x'), data",
    "SELECT count(*) FROM json_execute_serialized_sql('x'), data",
    "SELECT count(*) FROM read_json('http://127.0.0.1:{port}/x'), data",
    "SELECT count(*) FROM 'http://127.0.0.1:{port}/x.csv', data",
    "SELECT max(loaves) FROM data; COPY data TO '{written}'",
    "CREATE TABLE mine AS FROM data",
    "INSERT INTO data_with_rows SELECT * FROM data_with_rows",
    "DROP VIEW data",
    "SELECT length(current_setting('home_directory')) FROM data LIMIT 1",
    "SELECT length(getenv('HOME')) FROM data LIMIT 1",
    "SELECT max(loaves) + random() FROM data",
    "SELECT epoch(now()) FROM data LIMIT 1",
    "SELECT date_diff('day', max(month), current_date) FROM data",
    "SELECT date_diff('day', max(month), today()) FROM data",
    "SELECT max(loaves) FROM data TABLESAMPLE 50%",
    "SELECT max(loaves) FROM data USING SAMPLE 2",
    "SELECT length(pg_sleep(60)) FROM data",
    "SELECT write_log('x') FROM data LIMIT 1",
    "SHOW TABLES",
    "EXPLAIN SELECT max(loaves) FROM data",
]


def test_the_process_of_a_table_does_without_pandas_and_ends_in_order(tmp_path: Path) -> None:
    """Arrow would load it for half a second; and a thread that was still ending aborted every other run."""
    path = tmp_path / "bread.csv"
    path.write_text(ROWS, encoding="utf-8")
    job = {"path": str(path), "kind": "csv", "seconds": 8, "queries": ["SELECT max(loaves) FROM data"]}
    look = (
        "import os, sys; sys.path.insert(0, sys.argv[1]); end = os._exit\n"
        "os._exit = lambda code: (os.write(2, b'%d' % ('pandas' in sys.modules)), end(code))\n"
        "from tallybook.intake.table_worker import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", look, SOURCES], input=json.dumps(job), capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "0")
    assert json.loads(done.stdout)["answers"][0]["value"] == 1210


def test_no_attack_reads_writes_or_calls_out(file: Path, tmp_path: Path) -> None:
    """A file with one row beside the table, a folder to write to and an open port: none is touched."""
    (tmp_path / "other.csv").write_text("a\n1\n", encoding="utf-8")
    called: list[object] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    done = threading.Event()

    def listen() -> None:
        while not done.is_set():
            try:
                called.append(server.accept())
            except TimeoutError:
                continue

    listener = threading.Thread(target=listen)
    listener.start()
    names = {"other": tmp_path / "other.csv", "folder": tmp_path, "written": tmp_path / "written",
             "port": server.getsockname()[1]}  # fmt: skip
    try:
        answers = ask(file, [attack.format(**names) for attack in ATTACKS]).answers
    finally:
        done.set()
        listener.join()
        server.close()
    through = [attack for attack, found in zip(ATTACKS, answers, strict=True) if found.error is None]
    assert through == []
    assert called == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bread.csv", "other.csv"]
    assert file.read_text(encoding="utf-8") == ROWS


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM data, range(1000000000000)",
        "WITH RECURSIVE r(n) AS (SELECT 1 FROM data UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r",
        "SELECT sum(length(repeat(place, 1000000000))) FROM data",
        "SELECT count(DISTINCT a.range || b.range) FROM data, range(1000000) a, range(100000) b",
        "SELECT " + "(" * 5_000 + "max(loaves)" + ")" * 5_000 + " FROM data",
    ],
)
def test_time_and_memory_are_bounded(file: Path, sql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_query, "SECONDS", 1.0)
    before = time.perf_counter()
    asked = ask(file, [sql, "SELECT max(loaves) FROM data"])
    assert time.perf_counter() - before < 20
    assert asked.answers[0].error
    assert asked.answers[1].value == 1210  # the other query is answered all the same


def refused(file: Path, **more: object) -> str:
    with pytest.raises(BookError) as error:
        ask(file, **more)  # type: ignore[arg-type]
    return str(error.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "has 0 columns"),
        (b"a,b\n1,2\n3\n", "cannot be read"),
        (b"a,,c\n1,2,3\n", "no name for column 2"),
        (b"a,A\n1,2\n", "two columns 'a'"),
        (b"_row,b\n1,2\n", "column '_row'"),
        (b"a\n\xff\n", "is not UTF-8"),
        (b",".join(b"c%d" % k for k in range(3_000)) + b"\n", "3,000 columns"),
    ],
)
def test_a_csv_that_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    assert says in refused(path)


def test_cells_stay_what_the_file_says(tmp_path: Path) -> None:
    """Codes keep their zeros, "NA" is Namibia, and a number with a comma is no number."""
    path = tmp_path / "t.csv"
    path.write_text('code;land;price;day;n\n012;NA;"1,5";2025-02-30;1\n7;DE;"2,5";2025-03-01;-2\n')
    types = {name: type_ for name, type_, _ in ask(path).columns}
    assert types == {"code": "string", "land": "string", "price": "string", "day": "string", "n": "int64"}
    assert one(path, "SELECT count(*) FROM data WHERE land = 'NA' AND code = '012'").value == 1


def test_titles_above_the_names_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Bread of the town\n\nmonth,loaves\nMay,3\nJune,4\n", encoding="utf-8")
    asked = ask(path, ["SELECT loaves FROM data WHERE month = 'June'"], header=3)
    assert (asked.answers[0].value, asked.answers[0].which) == (4, "5")


def excel(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    writer = pytest.importorskip("xlsxwriter").Workbook(str(path))
    for name, rows in sheets.items():
        sheet = writer.add_worksheet(name)
        for k, row in enumerate(rows):
            sheet.write_row(k, 0, row)
    writer.close()
    return path


def test_a_spreadsheet(tmp_path: Path) -> None:
    rows: list[list[object]] = [["month", "loaves", "code"], ["May", 3, "012"], ["June", 4, 7]]
    path = excel(tmp_path / "t.xlsx", {"Bread": rows, "Notes": [["a"], ["b"]]})
    assert "several sheets" in refused(path)
    assert "has no sheet 'Cake'" in refused(path, sheet="Cake")
    asked = ask(path, ["SELECT sum(loaves) FROM data WHERE month = 'June'"], sheet="Bread")
    assert (asked.answers[0].value, asked.answers[0].which) == (4, "3")


def test_a_parquet_file(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"month": ["May", "June"], "loaves": [3, 4]}), tmp_path / "t.parquet")
    found = one(tmp_path / "t.parquet", "SELECT loaves FROM data WHERE month = 'June'")
    assert (found.value, found.which) == (4, "2")


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/w.xml", "w") as part:
        for _ in range(300):
            part.write(b" " * 1_000_000)
    return path


HOSTILE: dict[str, Callable[[Path], object]] = {
    "bomb.xlsx": bomb,
    "broken.xlsx": lambda path: path.write_bytes(b"PK\x03\x04" + b"\x00" * 100),
    "broken.parquet": lambda path: path.write_bytes(b"PAR1" + b"\xff" * 100 + b"PAR1"),
    "quotes.csv": lambda path: path.write_bytes(b'a,b\n"' + b"x" * 5_000_000),
    "text.csv": lambda path: path.write_bytes(b"\x00" * 1_000_000),
    "large.csv": lambda path: path.write_bytes(b"a\n" + b"1\n" * 51_000_000),
    "page.html": lambda path: path.write_text("<table><tr><td>1</td></tr></table>"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_time(tmp_path: Path, name: str) -> None:
    HOSTILE[name](tmp_path / name)
    before = time.perf_counter()
    try:
        found: Asked | str = ask(tmp_path / name)
    except BookError as error:
        found = str(error)
    assert time.perf_counter() - before < 10
    assert isinstance(found, str) and len(found) < 1_000


def test_a_hostile_spreadsheet_in_memory_is_no_zip(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(io.BytesIO(b"not a workbook").getvalue())
    assert "cannot be read" in refused(tmp_path / "t.xlsx")
