"""The site is replaced whole or not at all, is the same on every run, and removes nothing of others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tallybook.book.problems import UnknownName
from tallybook.report import NotebookError, ReportError, build_site
from tallybook.report.manifest import MANIFEST

from .made_up import FIGURE, given, runs, says

SHOW = f"class F:\n    def _repr_html_(self):\n        return '''{FIGURE}'''\nF()"
GOOD = [
    says("# Good"),
    runs(SHOW),
    runs("import pandas as pd\npd.DataFrame({'words': ['<script>x</script>']})"),
]


PAGES_OF_CASE = [
    f"harvest/{name}.html" for name in ("index", "claim/picked", "claim/sold", "sources", "among-themselves")
]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_two_runs_give_the_same_bytes_and_no_trace_of_the_machine(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    root = project(a=GOOD, b=[given("flood"), runs("CASE")])
    notebooks = contents(root)
    first = build_site(root, tmp_path / "one", progress=False)
    build_site(root, tmp_path / "two", progress=False)
    made = contents(first.out)
    assert sorted(made) == sorted(
        ["index.html", "a.html", "method.html", "harvest/b.html", MANIFEST, *PAGES_OF_CASE]
        + ["harvest/claim/picked.png", "harvest/claim/sold.png"]
        + [
            f"harvest/data/{name}.csv"
            for name in (
                "checks",
                "claims",
                "columns",
                "comparisons",
                "drift",
                "estimates",
                "robustness",
                "set_aside",
                "sources",
                "verdicts",
            )
        ]
    )
    assert made == contents(tmp_path / "two")
    assert (first.pages, first.downloads, first.index) == (9, 12, tmp_path / "one" / "index.html")
    assert first.total == sum(len(content) for name, content in made.items() if name != MANIFEST)
    assert not any(str(tmp_path).encode() in content for content in made.values())
    assert {
        name: file for name, file in contents(root).items() if not name.startswith(".cache/")
    } == notebooks
    assert b"harvest" in made["harvest/b.html"] and b"flood" not in made["harvest/b.html"]


def test_a_failing_notebook_leaves_the_old_site(project: Callable[..., Path], tmp_path: Path) -> None:
    root, out = project(a=GOOD), tmp_path / "site"
    build_site(root, out, progress=False)
    before = contents(out)
    project(b=[says("# B"), runs("1"), runs("1 / 0")])
    with pytest.raises(NotebookError, match=r"b.ipynb, code cell 2 of 2, line 1: ZeroDivisionError"):
        build_site(root, out, progress=False)
    assert contents(out) == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["project", "site"]


def test_a_folder_with_other_things_in_it_is_never_removed(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    root, out = project(a=[says("# A")]), tmp_path / "thesis"
    out.mkdir()
    (out / "chapter.txt").write_text("years of work")
    (out / "index.html").write_text("<title>mine</title>")
    with pytest.raises(ReportError, match="left alone"):
        build_site(root, out, progress=False)
    assert sorted(contents(out)) == ["chapter.txt", "index.html"]
    with pytest.raises(ReportError, match="is a file"):
        build_site(root, out / "chapter.txt", progress=False)


def test_a_project_without_notebooks_is_told_so(project: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="has no notebook"):
        build_site(project(), tmp_path / "site", progress=False)


def test_one_case_alone(project: Callable[..., Path], tmp_path: Path) -> None:
    """Its own notebooks are run, and no others: a link to one of the book leads to the index."""
    book = [says("# Broken"), runs("1 / 0")]
    linked = [given("flood"), says("[the book](a.ipynb)"), runs("CASE")]
    root = project(a=book, b=linked)
    made = contents(build_site(root, tmp_path / "one", case="harvest", progress=False).out)
    assert {name for name in made if name.endswith(".html")} == {
        "index.html",
        "method.html",
        "harvest/b.html",
        *PAGES_OF_CASE,
    }
    assert b'href="../index.html">the book' in made["harvest/b.html"]
    with pytest.raises(UnknownName, match="no article"):
        build_site(root, tmp_path / "two", case="harvset", progress=False)
    assert not (tmp_path / "two").exists()
