"""A build takes over what the last one made of the same, and gives the bytes of one that makes all anew."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from typer.testing import CliRunner

import tallybook
from tallybook.book.kept_files import digest
from tallybook.cli.app import app
from tallybook.report import NotebookError, SiteSummary, build_site
from tallybook.report.executed import traces
from tallybook.report.kept import FOLDER, Kept, Store, trace_of
from tallybook.report.manifest import read_manifest
from tallybook.report.publish import Replaced, publish

from .interrupted import End, at_once, killed_after
from .made_up import ARTICLE, given, notebook, page, runs, says, write_book

ORCHARD = ARTICLE | {
    "id": "orchard",
    "title": "The orchard, made up",
    "claims": [
        {"id": "trees", "measure": "trees", "anchor": {"exact": "over 20 trees", "paragraph": 1}, "cites": []}
    ],
    "set_aside": [],
    "reviews": [],
}
TREES = {"id": "trees", "kind": "stock", "unit": "tree", "definition": "Trees that stand."}
COUNTED = page("census", "inspector", "25 trees") | {
    "statements": [{"id": "census-1", "measure": "trees", "words": "25 trees", "origin": "inspector"}]
}
OPENS = "import tallybook as tb\ncase = tb.open_book()[CASE]\ncase.verdicts()"
HARVEST, ORCHARDS = "general.ipynb for harvest", "general.ipynb for orchard"


forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")


def write(root: Path, name: str, *cells: Any) -> None:
    path = root / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook(*cells), path)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def add(root: Path, name: str, record: dict[str, Any]) -> None:
    path = root / name
    path.write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False), encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A project of two articles that share nothing, with its site, and a copy of both."""
    home = tmp_path_factory.mktemp("home")
    root = write_book(home / "work" / "project")
    measures = yaml.safe_load((root / "claims/measures.yaml").read_text())
    add(root, "claims/measures.yaml", {"measures": [*measures["measures"], TREES]})
    add(root, "claims/orchard.yaml", ORCHARD)
    add(root, "sources/census.yaml", COUNTED)
    write(root, "general", given("harvest"), says("# General"), runs(OPENS))
    write(root, "all", says("# All"), runs("import tallybook as tb\nbook = tb.open_book()\nbook"))
    write(root, "none", says("# None"), runs("open('beside.txt').read()"))
    (root / "notebooks" / "beside.txt").write_text("beside")
    build_site(root, home / "work" / "site", progress=False)
    shutil.copytree(home / "work", home / "copy")
    return home / "work", home / "copy"


@pytest.fixture
def work(built: tuple[Path, Path]) -> Iterator[Path]:
    """The folder of project and site, as they were."""
    there, copy = built
    shutil.rmtree(there)
    shutil.copytree(copy, there)
    yield there


def rebuilt(work: Path) -> SiteSummary:
    """Built again, and found to be what a build that makes all anew gives."""
    made = build_site(work / "project", work / "site", progress=False)
    fresh = build_site(work / "project", work / "anew", progress=False, anew=True)
    assert contents(made.out) == contents(fresh.out)
    assert fresh.taken == 0
    return made


def test_what_is_as_it_was_is_not_made_again(work: Path) -> None:
    before = contents(work / "site")
    made = build_site(work / "project", work / "site", progress=False)
    assert (made.executed, made.changed, made.gone, made.same) == ((), (), (), 0)
    assert made.taken == made.pages
    assert contents(work / "site") == before


def figure(root: Path) -> None:
    edit(root / "sources/census.yaml", "25 trees", "15 trees")


def source(root: Path) -> None:
    add(root, "sources/survey.yaml", page("survey", "rival", "9 trees") | {
        "statements": [{"id": "survey-1", "measure": "trees", "words": "9 trees", "origin": "rival"}]
    })  # fmt: skip


def claim(root: Path) -> None:
    more = {"id": "more", "measure": "trees", "anchor": {"exact": "26 trees", "paragraph": 2}}
    add(root, "claims/orchard.yaml", ORCHARD | {"claims": [*ORCHARD["claims"], more]})


def origin(root: Path) -> None:
    """The inspector is an origin of both."""
    edit(root / "sources/origins.yaml", "The inspector", "The office")


def new_notebook(root: Path) -> None:
    write(root, "general", given("harvest"), says("# Other words"), runs(OPENS))


def case_gone(root: Path) -> None:
    (root / "claims/orchard.yaml").unlink()


def file_beside(root: Path) -> None:
    (root / "notebooks" / "beside.txt").write_text("otherwise")


def comment(root: Path) -> None:
    edit(root / "sources/census.yaml", "id: census\n", "id: census  # looked at again\n")


@pytest.mark.parametrize(
    ("change", "executed", "changed"),
    [
        (figure, {ORCHARDS, "all.ipynb"}, {"orchard/index.html", "orchard/claim/trees.html"}),
        (source, {ORCHARDS, "all.ipynb"}, {"orchard/index.html", "orchard/sources.html"}),
        (claim, {ORCHARDS, "all.ipynb"}, {"orchard/claim/more.html", "orchard/general.html", "index.html"}),
        (origin, {HARVEST, ORCHARDS, "all.ipynb"}, {"harvest/sources.html", "orchard/sources.html"}),
        (new_notebook, {HARVEST, ORCHARDS}, {"harvest/general.html", "orchard/general.html"}),
        (case_gone, {"all.ipynb"}, {"index.html", "harvest/index.html"}),
        (file_beside, {"none.ipynb"}, {"none.html"}),
        (comment, set(), set()),
    ],
)
def test_only_what_depends_on_a_change_is_made_again(
    work: Path, change: Callable[[Path], None], executed: set[str], changed: set[str]
) -> None:
    change(work / "project")
    made = rebuilt(work)
    assert set(made.executed) == executed
    assert changed <= set(made.changed)
    if ORCHARDS in executed and HARVEST not in executed:
        assert not any(name.startswith("harvest/") for name in made.changed)
        assert made.taken >= 6
    assert made.gone == (() if change is not case_gone else made.gone)
    assert change is not comment or made.taken == made.pages


BUILD = """
import json, sys
from pathlib import Path
from tallybook.report import build_site
made = build_site(Path(sys.argv[1]), Path(sys.argv[2]), progress=False)
print(json.dumps([made.pages, made.taken, len(made.executed)]))
"""


def test_a_word_of_the_program_that_changed_makes_every_page_anew(work: Path) -> None:
    """The words of verdicts are code, and stand on most pages."""
    program = work / "program"
    shutil.copytree(Path(tallybook.__file__).parent, program / "tallybook")

    def build() -> list[int]:
        command = [sys.executable, "-c", BUILD, str(work / "project"), str(work / "site")]
        inside = os.environ | {"PYTHONPATH": str(program), "PYTHONDONTWRITEBYTECODE": "1"}
        run = subprocess.run(command, env=inside, capture_output=True, text=True, check=True, timeout=300)
        numbers: list[int] = json.loads(run.stdout)
        return numbers

    pages, taken, executed = build()
    assert (taken, executed) == (pages, 0)  # the same program at another place
    edit(program / "tallybook/terms.py", "no comparable source confirms", "no source at hand confirms")
    assert build() == [pages, 0, 4]  # as with --anew
    assert "no source at hand confirms".capitalize() in (work / "site/method.html").read_text()


def spoil(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize(
    ("what", "how"),
    [
        ("runs/orchard/general.json", spoil),
        ("pages-*.json", spoil),
        ("**/*.json", lambda file: file.write_bytes(file.read_bytes()[:100])),
    ],
)
def test_what_was_kept_and_is_spoilt_counts_for_nothing(
    work: Path, what: str, how: Callable[[Path], None]
) -> None:
    before = contents(work / "site")
    found = list((work / "project" / FOLDER).glob(what))
    assert found
    for file in found:
        how(file)
    made = build_site(work / "project", work / "site", progress=False)
    assert contents(work / "site") == before
    assert made.changed == ()
    ran = [file for file in found if not file.name.startswith("pages")]
    assert len(made.executed) == len(ran)


def test_without_the_folder_of_what_was_kept_all_is_made(work: Path) -> None:
    before = contents(work / "site")
    shutil.rmtree(work / "project" / ".cache")
    assert build_site(work / "project", work / "site", progress=False).taken == 0
    assert contents(work / "site") == before


def test_a_page_that_was_edited_is_made_again_and_told(work: Path) -> None:
    edit(work / "site/orchard/claim/trees.html", "</main>", "<p>By hand.</p></main>")
    made = rebuilt(work)
    assert made.executed == ()
    assert made.notes == ("edited since the last report, and overwritten: orchard/claim/trees.html",)
    assert 0 < made.same < made.pages


def test_a_notebook_in_doubt_is_executed_at_every_build(work: Path) -> None:
    """The clock, chance, the environment, another machine, a program: no digest holds what they answer."""
    doubtful = {
        "clock": "from datetime import date\ndate.today().year > 2000",
        "chance": "import random\nrandom.random() < 2",
        "program": "import subprocess\nsubprocess.run(['true']).returncode",
        "writes": "open('written.txt', 'w').write('x')",
        "magic": "%pwd",
        "helper": "import beside",
    }
    (work / "project/notebooks/beside.py").write_text("x = 1\n")
    for name, code in doubtful.items():
        write(work / "project", name, says(f"# {name}"), runs(code))
    for _ in range(2):  # the first one adds files to the folder that another notebook lists
        build_site(work / "project", work / "site", progress=False)
    again = build_site(work / "project", work / "site", progress=False)
    assert set(again.executed) == {f"{name}.ipynb" for name in doubtful}


def test_a_case_through_which_the_whole_book_is_asked_depends_on_the_whole_book(work: Path) -> None:
    code = "import tallybook as tb\nlen(tb.open_book()[CASE].book.sources)"
    write(work / "project", "general", given("harvest"), says("# General"), runs(code))
    build_site(work / "project", work / "site", progress=False)
    source(work / "project")
    assert set(rebuilt(work).executed) == {HARVEST, ORCHARDS, "all.ipynb"}


def test_a_failing_notebook_keeps_the_site_and_is_executed_again(work: Path) -> None:
    before = contents(work / "site")
    write(work / "project", "none", says("# None"), runs("1 / 0"))
    for _ in range(2):
        with pytest.raises(NotebookError, match="ZeroDivisionError"):
            build_site(work / "project", work / "site", progress=False)
    assert contents(work / "site") == before


def test_a_link_to_a_place_that_a_kept_page_relies_on_is_looked_at(work: Path) -> None:
    text = "# General\n\n[there](none.ipynb#here)"
    write(work / "project", "general", given("harvest"), says(text), runs("1"))
    write(work / "project", "none", says("# None\n\n## Here"), runs("1"))
    build_site(work / "project", work / "site", progress=False)
    write(work / "project", "none", says("# None\n\n## There"), runs("1"))
    with pytest.raises(NotebookError, match=r"general.ipynb for harvest: its page links to 'here'"):
        build_site(work / "project", work / "site", progress=False)


def test_one_case_alone_is_taken_over_too(work: Path) -> None:
    out = work / "alone"
    build_site(work / "project", out, case="orchard", progress=False)
    assert build_site(work / "project", out, case="orchard", progress=False).taken == 7
    figure(work / "project")
    made = build_site(work / "project", out, case="orchard", progress=False)
    assert made.executed == (ORCHARDS,)
    fresh = build_site(work / "project", work / "anew", case="orchard", progress=False, anew=True)
    assert contents(out) == contents(fresh.out)


def test_nothing_is_kept_through_a_link_that_leads_out_of_the_project(work: Path) -> None:
    shutil.rmtree(work / "project" / ".cache")
    (work / "elsewhere").mkdir()
    (work / "project" / ".cache").symlink_to(work / "elsewhere")
    made = build_site(work / "project", work / "site", progress=False)
    assert any("nothing was kept for the next build" in note for note in made.notes)
    assert contents(work / "elsewhere") == {}


def told(work: Path, *command: str, code: int = 0) -> str:
    run = CliRunner().invoke(app, [*command, "--project", str(work / "project")])
    assert run.exit_code == code, run.output
    return run.output


def test_one_figure_in_one_source_from_the_edit_to_the_page(work: Path) -> None:
    """`check --verdicts` names what it changed, a person accepts it, and only what depends on it is made."""
    told(work, "check", "--verdicts", "--accept")
    report = ("report", "--out", str(work / "site"))
    told(work, *report)
    assert "no page changed" in told(work, *report)

    figure(work / "project")
    asked = told(work, "check", "--verdicts", code=1)
    assert "trees “over 20 trees”" in asked
    assert "verdict today: from supported to not tested" in asked
    assert "statement census-1 changed: words from “25 trees” to “15 trees”" in asked
    told(work, "check", "--verdicts", "--accept")
    told(work, "check", "--verdicts")

    lines = told(work, *report, "--list").splitlines()
    changed = {line.removeprefix("changed: ") for line in lines if line.startswith("changed: ")}
    assert {"orchard/claim/trees.html", "orchard/index.html", "orchard/general.html"} <= changed
    assert not any(name.startswith(("harvest/", "none")) for name in changed)
    last = next(line for line in lines if "taken over" in line)
    assert last.startswith("2 notebooks executed; ")
    assert int(last.rpartition(", ")[2].partition(" ")[0]) >= 6
    assert "0 taken over" in told(work, *report, "--anew", "--list")
    assert "changed: " not in told(work, *report, "--anew", "--list")


@forks
def test_whenever_a_build_is_killed_the_next_one_gives_the_same(work: Path) -> None:
    """The folder of what was kept is written after the site; what a kill leaves of either is not believed."""
    figure(work / "project")
    fresh = contents(build_site(work / "project", work / "anew", progress=False, anew=True).out)
    shutil.rmtree(work / "project" / FOLDER / "runs" / "orchard")
    steps = 0

    def build() -> None:
        nonlocal steps
        made = Store(work / "project", work / "site")
        made.keep_units({"case orchard": {"key": str(steps), "files": {}, "told": {}, "beyond": []}})
        steps += 1

    for moment in (0.01, 0.02):
        killed_after(build, moment)
        assert contents(build_site(work / "project", work / "site", progress=False).out) == fresh
        assert not list((work / "project" / FOLDER).rglob("*.new"))


@forks
def test_two_builds_at_once_give_the_same(work: Path) -> None:
    figure(work / "project")
    here = partial(build_site, work / "project", work / "site", progress=False)
    assert at_once(here, here) == [End.DONE_BEFORE] * 2
    fresh = build_site(work / "project", work / "anew", progress=False, anew=True)
    assert contents(work / "site") == contents(fresh.out)
    again = here()
    assert (again.executed, again.taken) == ((), again.pages)


def test_a_site_that_another_build_replaced_meanwhile_is_not_taken_over(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish({"index.html": b"one", "a.html": b"a"}, out)
    kept = Kept(out / "a.html", digest(b"a"), trace_of(out / "a.html") or (0, 0, 0, 0))
    publish({"index.html": b"other", "a.html": b"another"}, out)
    before = contents(out)
    with pytest.raises(Replaced):
        publish({"index.html": b"third", "a.html": kept}, out)
    assert contents(out) == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


def test_a_kept_page_is_the_same_file_or_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "site"
    publish({"index.html": b"one", "a.html": b"a"}, out)

    def refused(*_: object, **__: object) -> None:
        raise OSError

    for link in (os.link, refused):
        monkeypatch.setattr(os, "link", link)
        kept = Kept(out / "a.html", digest(b"a"), trace_of(out / "a.html") or (0, 0, 0, 0))
        publish({"index.html": b"two", "a.html": kept}, out)
        assert contents(out)["a.html"] == b"a"
        assert read_manifest(out) == {"index.html": digest(b"two"), "a.html": digest(b"a")}


def test_what_changes_meanwhile_is_seen_wherever_the_book_is_read_from(tmp_path: Path) -> None:
    """Also below a folder that is linked to, of pages or of notebooks."""
    for name in ("claims", "sources", "notebooks", "docs", "kept elsewhere"):
        (tmp_path / name).mkdir()
    for name in ("sources", "notebooks"):
        (tmp_path / name / "linked").symlink_to(tmp_path / "kept elsewhere")
    seen = [traces(tmp_path)]
    for name in ("made-up.yaml", "made-up.ipynb"):
        (tmp_path / "kept elsewhere" / name).write_text("made up")
        seen.append(traces(tmp_path))
    (tmp_path / "kept elsewhere" / "made-up.txt").write_text("nobody reads this")
    seen.append(traces(tmp_path))
    assert len({*seen}) == 3 and seen[-1] == seen[-2]
