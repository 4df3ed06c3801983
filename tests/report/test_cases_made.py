"""The files of cases are made in one or more processes, wait on disk, and outlive a build that is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tallybook.report import SiteSummary, assembly, build_site, case_maker, site
from tallybook.report.kept import FOLDER

from .made_up import says, write_book
from .test_taken_over import COUNTED, ORCHARD, TREES, add, contents, edit, spoil, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two articles that share nothing, and a notebook without code, so that no kernel is needed."""
    root = write_book(tmp_path / "project")
    for file in (root / "notebooks").glob("**/*.ipynb"):
        file.unlink()
    measures = yaml.safe_load((root / "claims/measures.yaml").read_text())
    add(root, "claims/measures.yaml", {"measures": [*measures["measures"], TREES]})
    add(root, "claims/orchard.yaml", ORCHARD)
    add(root, "sources/census.yaml", COUNTED)
    write(root, "all", says("# All"))
    return root


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cases that were made, in this process."""
    ids: list[str] = []
    make: Callable[[Any], Any] = case_maker.make_case

    def noting(job: case_maker.CaseJob) -> case_maker.MadeCase:
        ids.extend(job.part.articles)
        return make(job)

    monkeypatch.setattr(case_maker, "make_case", noting)
    return ids


def build(project: Path, out: Path, **more: Any) -> SiteSummary:
    return build_site(project, out, progress=False, **more)


def stopped(project: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that is stopped when all pages are made and none is published."""

    def ctrl_c(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(site, "publish", ctrl_c)
        with pytest.raises(KeyboardInterrupt):
            build(project, out)
    assert not out.exists()


def waiting(project: Path) -> list[Path]:
    return [file for file in (project / FOLDER).glob("making-*/**/*") if file.is_file()]


def test_the_bytes_are_the_same_whatever_the_jobs(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    each = assembly.each

    def noting(work: Any, items: Iterable[Any], processes: int) -> Iterator[tuple[int, Any]]:
        asked.append(processes)
        return each(work, items, processes)

    monkeypatch.setattr(assembly, "each", noting)
    monkeypatch.setattr(assembly, "CASES_A_PROCESS", 1)
    sites = [build(project, tmp_path / f"site-{jobs}", jobs=jobs, anew=True) for jobs in (1, 2)]
    assert asked == [1, 2]
    assert contents(sites[0].out) == contents(sites[1].out)
    assert sites[0].pages > 10
    assert (sites[0].changed, sites[0].same, sites[0].taken) == (sites[1].changed, 0, 0)
    assert not waiting(project)


def test_few_cases_are_made_in_this_process(project: Path, tmp_path: Path, made: list[str]) -> None:
    build(project, tmp_path / "site", jobs=8)
    assert made == ["harvest", "orchard"]


def test_a_report_that_was_stopped_goes_on(
    project: Path, tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    stopped(project, out, monkeypatch)
    assert made == ["harvest", "orchard"] and waiting(project)
    made.clear()
    edit(project / "sources/census.yaml", "25 trees", "15 trees")
    summary = build(project, out)
    assert made == ["orchard"]
    assert (summary.taken, len(summary.changed)) == (0, summary.pages)
    assert not list((project / FOLDER).glob("making-*"))
    assert contents(out) == contents(build(project, tmp_path / "anew", anew=True).out)


@pytest.mark.parametrize(
    ("what", "how"),
    [
        ("making-*/orchard/files/orchard/index.html", spoil),
        ("making-*/orchard/unit.json", spoil),
        ("making-*/orchard/files/orchard/sources.html", Path.unlink),
    ],
)
def test_what_waits_and_is_broken_is_made_again(
    project: Path,
    tmp_path: Path,
    made: list[str],
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    how: Callable[[Path], object],
) -> None:
    out = tmp_path / "site"
    stopped(project, out, monkeypatch)
    (file,) = (project / FOLDER).glob(what)
    how(file)
    made.clear()
    build(project, out)
    assert made == ["orchard"]
    assert contents(out) == contents(build(project, tmp_path / "anew", anew=True).out)


def test_a_build_anew_takes_nothing_that_waits(
    project: Path, tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped(project, tmp_path / "site", monkeypatch)
    made.clear()
    build(project, tmp_path / "site", anew=True)
    assert made == ["harvest", "orchard"]


def test_nothing_is_written_through_a_link_among_what_waits(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    stopped(project, out, monkeypatch)
    (folder,) = (project / FOLDER).glob("making-*/orchard/files")
    folder.rename(elsewhere)
    before = contents(elsewhere)
    folder.symlink_to(elsewhere)
    edit(project / "sources/census.yaml", "25 trees", "15 trees")
    build(project, out)
    assert contents(elsewhere) == before
