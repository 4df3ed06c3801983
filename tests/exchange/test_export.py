"""Exports as a whole: every format of every case, the same bytes at each run, whole folders and no others."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tallybook.book.problems import UnknownName
from tallybook.cli.app import app
from tallybook.cli.export import _FORMATS
from tallybook.exchange.export import ALL, FORMATS, ExportError, export, notes
from tallybook.exchange.folders import LIST, replace_folder
from tallybook.exchange.outlet import Outlet
from tallybook.tables.case import Case

from .conftest import DATA, PROJECTS, opened

ELSEWHERE = ("first-case", "made-up-flood-toll")


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_command_names_the_formats_that_there_are() -> None:
    assert (*FORMATS, ALL) == _FORMATS


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some cases in all formats, by another process with another hash seed in another zone."""
    place = tmp_path_factory.mktemp("elsewhere")
    script = (
        "import sys; from pathlib import Path; import tallybook as tb\n"
        "for name in sys.argv[3:]:\n"
        "    book = tb.open_book(Path(sys.argv[1], name))\n"
        "    book[book.first].export('all', out=Path(sys.argv[2], name), publisher='The Daily')\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati"}
    command = [sys.executable, "-c", script, str(DATA), str(place), *ELSEWHERE]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return place


@pytest.mark.parametrize("project", PROJECTS)
def test_every_case_goes_out_in_every_format_and_twice_the_same(project: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        done = export(opened(project), [ALL], tmp_path / name, Outlet("The Daily"))
        assert [one.format for one in done] == list(FORMATS)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert len(digests(tmp_path / "one")) > 40


@pytest.mark.parametrize("project", ELSEWHERE)
def test_another_process_writes_the_same_bytes(project: str, elsewhere: Path, tmp_path: Path) -> None:
    export(opened(project), [ALL], tmp_path, Outlet("The Daily"))
    assert digests(tmp_path) == digests(elsewhere / project)


def test_a_hostile_case_goes_out_in_every_format(hostile: Case, tmp_path: Path) -> None:
    export(hostile, [ALL], tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(FORMATS)


def test_a_draft_without_a_claim_that_is_compared_goes_out(
    small_case: Callable[..., Case], tmp_path: Path
) -> None:
    claims = [{"words": "five rolls", "measure": None}]
    draft = small_case([], claims, article={"state": "draft"})
    export(draft, [ALL], tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(FORMATS)


def test_nothing_of_an_older_export_stays(first_case: Case, tmp_path: Path) -> None:
    export(first_case, ["claimreview"], tmp_path)
    old = tmp_path / "claimreview" / "claims" / "gone.jsonld"
    files = {"claims/gone.jsonld": b"{}", "claimreview.jsonld": b"{}"}
    replace_folder(tmp_path / "claimreview", files)
    assert old.exists()
    export(first_case, ["claimreview"], tmp_path)
    assert not old.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["claimreview"]


def test_a_folder_with_somebodys_own_file_is_left_as_it_is(first_case: Case, tmp_path: Path) -> None:
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv" / "mine.txt").write_text("mine")
    with pytest.raises(ExportError, match=r"holds 'mine.txt', which no export wrote"):
        export(first_case, ["bibtex", "csv"], tmp_path)
    assert digests(tmp_path).keys() == {"csv/mine.txt"}


@pytest.mark.parametrize("what", ["file", "link"])
def test_what_is_no_folder_is_left_as_it_is(what: str, first_case: Case, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if what == "file":
        (tmp_path / "csv").write_text("mine")
    else:
        (tmp_path / "csv").symlink_to(elsewhere)
    with pytest.raises(ExportError, match="it is no folder"):
        export(first_case, ["csv"], tmp_path)
    assert not list(elsewhere.iterdir())


def test_a_folder_that_cannot_be_made_is_told(first_case: Case, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot be written"):
        export(first_case, ["csv"], tmp_path / "file" / "below")


def test_a_failure_half_way_leaves_the_old_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_folder(tmp_path / "csv", {"a.csv": b"old"})
    before = digests(tmp_path)
    rename = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise PermissionError(13, "Permission denied", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(PermissionError):
        replace_folder(tmp_path / "csv", {"b.csv": b"new"})
    assert digests(tmp_path) == before


@pytest.mark.parametrize("text", ["[", "[1]", '{"a": 1}', "[" * 100_000])
def test_a_broken_list_of_files_owns_nothing(text: str, tmp_path: Path) -> None:
    replace_folder(tmp_path / "csv", {"a.csv": b"old"})
    (tmp_path / "csv" / LIST).write_text(text)
    with pytest.raises(FileExistsError, match=r"a.csv"):
        replace_folder(tmp_path / "csv", {"b.csv": b"new"})


def test_an_unknown_format_is_refused_before_anything_is_written(first_case: Case, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"Nearest: 'xlsx'"):
        export(first_case, ["csv", "xslx"], tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 601, "\x1b[31m"])
def test_a_publisher_is_one_line(name: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        Outlet(name)


@pytest.mark.parametrize("site", ["", "daily.example", "javascript:alert(1)", "https://a b", "https://a/<b>"])
def test_a_site_is_an_address(site: str) -> None:
    with pytest.raises(ValueError, match="address"):
        Outlet("x", site)


def test_the_command_says_what_it_wrote_and_where(tmp_path: Path) -> None:
    project = str(DATA / "made-up-unsourced")
    command = ["export", "made-up-unsourced", "--to", "csl", "--to", "bibtex", "--project", project]
    run = CliRunner().invoke(app, [*command, "--out", str(tmp_path)])
    assert run.exit_code == 0, run.output
    assert [line.partition(",")[0] for line in run.stdout.splitlines()] == ["bibtex: 1 file", "csl: 1 file"]
    assert "Not as a person accepted them" in run.stderr


def test_what_somebody_should_know_before_publishing_is_told(
    small_case: Callable[..., Case], first_case: Case
) -> None:
    said = [{"words": "nine loaves", "origin": "b"}]
    case = small_case(said, [{"words": "nine loaves"}])
    (unaccepted, nameless) = notes(case, ["all"], Outlet())
    assert unaccepted.startswith("Not as a person accepted them, 1 of 1 verdict: c0.")
    assert "--publisher and --site" in nameless
    whole = Outlet("The Daily", "https://daily.example")
    assert notes(case, ["claimreview"], whole) == notes(case, ["csl"], Outlet()) == [unaccepted]
    assert notes(first_case, ["all"], whole) == []
    draft = small_case(said, [{"words": "nine loaves"}], article={"state": "draft"})
    (told,) = notes(draft, ["all"], Outlet())
    assert told.startswith("bread is a draft")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--to", "xslx"], 2, "Nearest: 'xlsx'"),
        (["--to", "csv", "--site", "nowhere"], 2, "the site is an address"),
        (["--to", "csv", "--publisher", "a\nb"], 2, "the publisher is one line"),
        ([], 2, "--to"),
    ],
)
def test_wrong_use_is_told_in_one_line(words: list[str], code: int, said: str, tmp_path: Path) -> None:
    project = ["--project", str(DATA / "made-up-unsourced"), "--out", str(tmp_path)]
    run = CliRunner().invoke(app, ["export", "made-up-unsourced", *words, *project])
    assert run.exit_code == code and said in run.output
    assert not list(tmp_path.iterdir())


def test_a_notebook_gets_a_table_of_what_was_written(first_case: Case, tmp_path: Path) -> None:
    table = first_case.export("atom", "csl", out=tmp_path)
    assert table["format"].tolist() == ["csl", "atom"]
    written = (tmp_path / "csl" / "sources.csl.json", tmp_path / "atom" / "atom.xml")
    assert table["bytes"].tolist() == [path.stat().st_size for path in written]


def test_the_page_on_formats_names_each_with_its_file_and_standard(first_case: Case) -> None:
    page = (DATA.parents[1] / "docs" / "exports.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split(" | ") for line in page.splitlines() if line.startswith("| `")][1:]
    told = {row[0].strip(" `"): [part.strip() for part in row[1:]] for row in rows}
    assert list(told) == list(FORMATS)
    for name, (files, what, standard) in told.items():
        assert (what, standard) == (FORMATS[name].what, FORMATS[name].standard)
        made = [path for path, _ in FORMATS[name].files(first_case, Outlet())]
        first = files.split("`")[1].replace("ARTICLE", first_case.id).replace("TABLE", "sources")
        assert first in made
