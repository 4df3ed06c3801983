"""What it costs to make the report, and to judge all articles: and what one changed figure costs after that.

    .venv/bin/python benchmarks/report.py

The notebooks of the first case, executed and rendered by us, and by `jupyter nbconvert --execute` one by
one, in the same run. Then a book of made-up cases, written to a temporary folder: its pages beside the
notebooks, and the pages again after one figure of one source is another one; and `verdicts --all` of the
same book and of one of half as many articles, and again after a change. Seconds of notebooks are of the
clock: run it on an idle machine. Those of pages and verdicts are of the processor, in all processes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import yaml
from rich.console import Console
from rich.table import Table

from tallybook.report import SiteSummary, build_site, execute_notebooks
from tallybook.report.rendering import render_notebook
from tallybook.report.runs import Run, planned_runs
from tallybook.tables.every_case import FOLDER, EveryCase, verdict_question
from tallybook.tables.opened import open_book

ROOT = Path(__file__).resolve().parents[1]
CASE = "kursk-engineers"
NOTEBOOKS = 0.5  # the most that our notebooks may take, relative to nbconvert one by one
A_CASE = 1.0  # seconds, the most that the pages of a case may take
REBUILT = 0.2  # the most that a build after one changed figure may take, relative to one that makes all anew
DOUBLED = 2.4  # the most that verdicts of twice as many articles may take, relative to those of half as many
ASKED_AGAIN = 0.35  # the most that verdicts after one changed figure may take; most of it is to read the book
CASES, CLAIMS = 200, 20
_MEASURES, _PAGES = 4, 6  # of each case

console = Console(highlight=False)


def main(arguments: list[str] | None = None) -> int:
    """Time all and print it; 0, or with --check 1 if an aim was missed."""
    asked = _asked(arguments)
    cases, claims = (6, 5) if asked.quick else (CASES, CLAIMS)
    with tempfile.TemporaryDirectory(prefix="tallybook-made-up-") as folder:
        ours, theirs, notebooks = against_nbconvert(Path(folder), 2 if asked.quick else None)
        book = made_up_book(Path(folder, "book"), cases, claims)
        first, again, summary = built_and_rebuilt(book, Path(folder, "site"))
        half = made_up_book(Path(folder, "half"), max(1, cases // 2), claims)
        of_half, of_all = every_verdict(half, anew=True), every_verdict(book, anew=True)
        change_a_figure(book, "88 crates")
        asked_again = every_verdict(book)
    doubled, kept = of_all / of_half, asked_again / of_all
    ratio, a_case, rebuilt = ours / theirs, first / cases, again / first
    table = Table("what", "seconds", box=None, pad_edge=False)
    table.columns[1].justify = "right"
    for what, seconds in (
        (f"{notebooks} notebooks, executed and rendered", ours),
        (f"{notebooks} notebooks by nbconvert, one by one", theirs),
        (f"a book of {cases} made-up cases of {claims} claims, all pages", first),
        (f"the same after one figure changed ({summary.taken} pages taken over)", again),
        (f"verdicts --all of {max(1, cases // 2)} articles", of_half),
        (f"verdicts --all of {cases} articles", of_all),
        ("the same after one figure changed", asked_again),
    ):
        table.add_row(what, f"{seconds:.1f}")
    console.print(table)
    met = [
        ratio <= NOTEBOOKS, a_case <= A_CASE, rebuilt <= REBUILT, doubled <= DOUBLED, kept <= ASKED_AGAIN,
    ]  # fmt: skip
    words = ("met" if one else "NOT MET" for one in met)
    console.print(
        f"Aims: notebooks at most {NOTEBOOKS:g} of nbconvert: {next(words)} ({ratio:.2f}); pages at most "
        f"{A_CASE:g} s a case: {next(words)} ({a_case:.2f} s); after one figure at most {REBUILT:g} of "
        f"all: {next(words)} ({rebuilt:.2f}); verdicts of twice as many articles at most {DOUBLED:g} "
        f"times as long: {next(words)} ({doubled:.2f}); after one figure at most {ASKED_AGAIN:g} of all: "
        f"{next(words)} ({kept:.2f}).",
        soft_wrap=True,
    )
    return int(asked.check and not all(met))


def against_nbconvert(folder: Path, most: int | None = None) -> tuple[float, float, int]:
    """(our seconds, those of nbconvert, how many notebooks); ``most``: so many, all if not given."""
    runs = planned_runs(ROOT, [path.stem for path in sorted(ROOT.glob("claims/*.yaml"))])
    wanted = [run for run in runs if run.case in (CASE, None)][:most]

    def ours() -> None:
        for run, notebook in execute_notebooks(wanted, jobs=2, progress=False).items():
            render_notebook(run, notebook, {other.path.name: other.page for other in wanted})

    def theirs() -> None:
        for run in wanted:
            _nbconvert(run, folder)

    return _seconds(ours), _seconds(theirs), len(wanted)


def _nbconvert(run: Run, folder: Path) -> None:
    command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", "--output-dir", str(folder)]
    told = subprocess.run([*command, str(run.path)], capture_output=True, text=True)
    if told.returncode:
        raise SystemExit(f"nbconvert failed on {run.path.name}: {told.stderr[-500:]}")


def made_up_book(root: Path, cases: int, claims: int) -> Path:
    """A project of made-up cases, of figures that mean nothing, with one notebook that asks nothing."""
    measures: list[dict[str, Any]] = []
    for case in range(cases):
        for what in range(min(_MEASURES, claims)):
            measures.append(
                {"id": f"made-up-{case}-{what}", "kind": "total", "once": True, "unit": "crate",
                 "definition": f"Crates of the made-up kind {what} in the made-up town {case}."}
            )  # fmt: skip
        _write(root / "claims" / f"made-up-{case}.yaml", _article(case, claims))
        for page in _sources(case, claims):
            _write(root / "sources" / f"{page['id']}.yaml", page)
    origins = [{"id": f"maker-{n}", "name": f"Made-up office {n}"} for n in range(_PAGES)]
    _write(root / "claims" / "measures.yaml", {"measures": measures})
    _write(root / "sources" / "origins.yaml", {"origins": origins})
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Made up")])
    (root / "notebooks").mkdir()
    nbformat.write(notebook, root / "notebooks" / "made-up.ipynb")
    return root


def _article(case: int, claims: int) -> dict[str, Any]:
    stated = [
        {
            "id": f"claim-{n}",
            "measure": f"made-up-{case}-{n % min(_MEASURES, claims)}",
            "anchor": {"exact": f"{_figure(case, n):,} crates", "paragraph": n + 1},
            "attributed_to": "Made-up office 0",
            "origin": "maker-0",
            "cites": [f"made-up-{case}-page-0"],
        }
        for n in range(claims)
    ]
    return {"id": f"made-up-{case}", "title": f"Made-up article {case}", "publisher": "Made-up paper",
            "published": "2025-03-04", "language": "en", "claims": stated}  # fmt: skip


def _sources(case: int, claims: int) -> Iterator[dict[str, Any]]:
    """Pages that give the figures of an article, each its own way: the same, near it, another one."""
    for page in range(_PAGES):
        id_ = f"made-up-{case}-page-{page}"
        stated = [
            {
                "id": f"{id_}-{n}",
                "measure": f"made-up-{case}-{n % min(_MEASURES, claims)}",
                "words": f"{_figure(case, n) + page * (n % 3):,} crates",
                "origin": f"maker-{page}",
            }
            for n in range(page % 2, claims, 2)
        ]
        yield {"id": id_, "publisher": f"Made-up gazette {page}", "title": f"Made-up page {page}",
               "url": f"https://gazette{page}.example/{case}", "published": "2025-03-02",
               "read_on": "2025-04-01", "language": "en", "kind": "secondary",
               "statements": stated}  # fmt: skip


def _figure(case: int, claim: int) -> int:
    return 1_001 + 37 * case + 211 * claim


def built_and_rebuilt(root: Path, out: Path) -> tuple[float, float, SiteSummary]:
    """Seconds of a build that makes all, and of one after a figure changed, with what that one made."""
    first = _seconds(lambda: build_site(root, out, progress=False, anew=True), _processor)
    change_a_figure(root, "77 crates")
    made: list[SiteSummary] = []
    again = _seconds(lambda: made.append(build_site(root, out, progress=False)), _processor)
    return first, again, made[0]


def change_a_figure(root: Path, words: str) -> None:
    """One figure of one source."""
    page = root / "sources" / "made-up-0-page-1.yaml"
    told = yaml.safe_load(page.read_text())
    told["statements"][0]["words"] = words
    _write(page, told)


def every_verdict(root: Path, *, anew: bool = False) -> float:
    """Seconds of ``verdicts --all``, without what it prints. ``anew``: with nothing kept."""
    if anew:
        shutil.rmtree(root / FOLDER, ignore_errors=True)

    def judged() -> None:
        every = EveryCase(open_book(root), verdict_question("today"))
        for _ in every.answers():
            pass

    return _seconds(judged, _processor)


def _processor() -> float:
    """Seconds of the processor, of this process and of those that it has started and waited for."""
    return sum(os.times()[:4])


def _write(path: Path, record: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(record, sort_keys=False, allow_unicode=True), encoding="utf-8")


def _seconds(run: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    run()
    return clock() - start


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    about, _, rest = (__doc__ or "").partition("\n\n")
    ask = argparse.ArgumentParser(
        description=about, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--quick", action="store_true", help="two notebooks, and a book of few cases")
    ask.add_argument("--check", action="store_true", help="exit with 1 if an aim is missed")
    return ask.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
