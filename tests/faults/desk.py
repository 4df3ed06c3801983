"""A desk at work, made up: a book of a town, a draft, pages and tables, and files of other people.

Whatever it takes that a command makes is made by that command, once.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import nbformat
from stepping import run

TESTS = Path(__file__).resolve().parents[1]
CITY = TESTS / "data" / "made-up-city-budget"
CASE = "made-up-city-budget"
ARTICLE = """\
The schools of Made-up Harbour

The city filled 18,400 potholes in 2024. It planned to spend €412 million.

Its schools have 1,240 teachers.
"""
PAGE = """\
The city filled 18,400 potholes in 2024, according to the Made-up Harbour Council.

The city filled 17,900 potholes in 2023, the Gardeners’ Society said.
"""
DRAFTED = "page-undated-18400-potholes"
SECOND = "page-undated-17900-potholes"
TABLE = "month,potholes\nMay,6000\nMay,4300\nJune,8100\n"
SQL = "SELECT sum(potholes) FROM data"
MEASURE = "made_up_city_potholes"


def city(folder: Path) -> None:
    """The book, and beside it what people bring to a desk."""
    shutil.copytree(CITY, folder)
    for name, text in {"draft.txt": ARTICLE, "page.txt": PAGE, "potholes.csv": TABLE}.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "notes of others.txt").write_text("Whoever touches this loses it.\n", encoding="utf-8")
    (folder / "export" / CASE).mkdir(parents=True)
    (folder / "export" / CASE / "of others.txt").write_text("Not ours.\n", encoding="utf-8")


def with_a_draft(folder: Path) -> None:
    city(folder)
    _done(folder, "new", "draft.txt", "--id", "fresh", "--published", "2025-06-21", "--publisher", "Made up")


def with_an_answer(folder: Path) -> None:
    with_a_draft(folder)
    _done(folder, "review", "fresh", typed="y\nq\n")


def with_an_answered_sheet(folder: Path) -> None:
    """The first figure is kept, with a note."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    with_a_draft(folder)
    sheet = folder / "claims" / "fresh.xlsx"
    rows = CalamineWorkbook.from_path(str(sheet)).get_sheet_by_index(0).to_python()
    rows[1][rows[0].index("note")] = "looked at"
    with xlsxwriter.Workbook(str(sheet), {"in_memory": True}) as workbook:
        made = workbook.add_worksheet("claims")
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                made.write_string(line, column, str(cell))


def with_a_page(folder: Path) -> None:
    city(folder)
    _done(folder, "source", "add", "page.txt")


def with_a_table(folder: Path) -> None:
    """A statement computed of a table, which has another row since."""
    city(folder)
    _done(folder, *TABLE_WRITTEN)
    kept = folder / "potholes.csv"
    kept.write_text(TABLE + "July,12\n", encoding="utf-8")


TABLE_WRITTEN = (
    "source", "table", "potholes.csv", "--sql", SQL, "--measure", MEASURE, "--origin", "made_up_city_council",
    "--period", "2024", "--publisher", "Roads Office", "--published", "2025-06-01", "--write",
)  # fmt: skip


def with_moved_words(folder: Path) -> None:
    """The text of the article as it was edited: its words stand one paragraph further down."""
    city(folder)
    text = (folder / "article.txt").read_text(encoding="utf-8")
    (folder / "edited.txt").write_text(f"A line before all others.\n\n{text}", encoding="utf-8")


def with_a_docx(folder: Path) -> None:
    sys.path.insert(0, str(TESTS / "intake"))
    try:
        from made_files import docx, paragraph
        from made_files import run as words
    finally:
        sys.path.remove(str(TESTS / "intake"))
    city(folder)
    text = (folder / "article.txt").read_text(encoding="utf-8")
    (folder / "article.docx").write_bytes(docx("".join(paragraph(words(one)) for one in text.split("\n\n"))))


def of_the_first_version(folder: Path) -> None:
    city(folder)
    for name, old, new in (
        ("claims/measures.yaml", "kind: total", "kind: cumulative"),
        ("sources/origins.yaml", "speaks_for:", "government:"),
        ("sources/origins.yaml", "parties:", "governments:"),
    ):
        _edit(folder / name, old, new)


def with_a_twin_measure(folder: Path) -> None:
    """One measure by two names."""
    city(folder)
    file = folder / "claims" / "measures.yaml"
    twin = "  - {id: holes, kind: total, unit: pothole, definition: Potholes filled by the city in a year.}\n"
    _edit(file, "measures:\n", f"measures:\n{twin}")


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, (file, old)
    file.write_text(text.replace(old, new), encoding="utf-8")


def with_notebooks(folder: Path) -> None:
    city(folder)
    for name, code in (("00_start", "import tallybook as tb\ntb.open_book()"), ("01_sum", "1 + 1")):
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_markdown_cell(f"# {name}"), nbformat.v4.new_code_cell(code)]
        )
        for cell in notebook.cells:
            cell.id = f"{name}-{cell.cell_type}"
        (folder / "notebooks").mkdir(exist_ok=True)
        nbformat.write(notebook, folder / "notebooks" / f"{name}.ipynb")


def with_an_older_site(folder: Path) -> None:
    """A site, with a file of a publisher in it, and a book that has changed since."""
    with_notebooks(folder)
    _done(folder, "report")
    (folder / "site" / "CNAME").write_text("made-up.example\n", encoding="utf-8")
    (folder / "site" / ".git").mkdir()
    (folder / "site" / ".git" / "HEAD").write_text("ref: main\n", encoding="utf-8")
    _edit(folder / "claims" / f"{CASE}.yaml", "a quarter of its money", "a part of its money")


def nothing(folder: Path) -> None:
    folder.mkdir()
    (folder / "notes of others.txt").write_text("Whoever touches this loses it.\n", encoding="utf-8")


def _done(folder: Path, *arguments: str, typed: str = "") -> None:
    ended = run(list(arguments), folder, typed=typed)
    assert ended.code == 0, (arguments, ended)
