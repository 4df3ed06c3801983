"""What all tests share: a Chromium for the tests that need one, and a loud word where there is none."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
import yaml
from pytest import CollectReport, TestReport

from tallybook.tables.case import Case
from tallybook.tables.opened import open_book

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .imported import Importer

# nbformat reaches this package through jsonschema, which compiles a grammar of it for a second
# and does without where it is absent. No test needs it.
sys.modules.setdefault("rfc3987_syntax", None)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
HERE = Path(__file__).parent
LONGEST = (
    "report/test_taken_over.py",
    "cases/test_cases_do_not_leak.py",
    "suite/test_installed.py",
    "gates/test_in_a_browser.py",
    "lab/test_explorer.py",
    "cases/test_outputs_do_not_leak.py",
    "lab/test_lab.py",
    "faults/test_kills.py",
    "properties/test_any_figures.py",
    "gates/test_equal_builds.py",
    "report/test_publish.py",
    "report/test_browser.py",
    "report/test_runner.py",
    "cases/test_pictures_do_not_leak.py",
    "report/test_cases_made.py",
    "lab/test_hostile_book.py",
    "intake/test_hostile_files.py",
    "scan/test_on_dask.py",
    "scan/test_run.py",
)
"""The files of tests that take half a minute or more."""
PAGE_KEYS = ("published", "published_is", "kind", "kept", "copy_of")
NOT_RUN = "browser test did NOT run: "
GATE_NOT_RUN = "gate did NOT run: "
NOT_IMPORTED = "could not import"
Report = TypeVar("Report", CollectReport, TestReport)


def pytest_addoption(parser: pytest.Parser) -> None:
    help_ = "write the sentences of tests/sentences anew instead of comparing them"
    parser.addoption("--rewrite-sentences", action="store_true", help=help_)
    help_ = "run the cases of this file instead of the project's own (tests/law, reading, consistency)"
    parser.addoption("--cases", action="append", default=None, metavar="FILE.yaml", help=help_)
    help_ = "tell how long the slowest files of tests took"
    parser.addoption("--slowest-files", type=int, default=0, metavar="N", help=help_)
    help_ = "a site that was built of this checkout, instead of one that the tests build themselves"
    parser.addoption("--site", default=None, metavar="FOLDER", help=help_)


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site: the one of --site, or built once from this repository."""
    given = request.config.getoption("--site")
    if given is not None:
        folder = request.config.rootpath / given
        assert (folder / "index.html").is_file(), f"--site: there is no site in {folder}"
        return folder
    from tallybook.report import build_site

    out = tmp_path_factory.mktemp("built") / "site"
    build_site(Path(__file__).parents[1], out, progress=False, anew=True)
    return out


@pytest.fixture(scope="session")
def imported() -> Iterator[Importer]:
    """What builds import for their kernels is imported once for all tests of a process (imported.py).

    The folders whose tests build reports have it for each of their tests.
    """
    from tallybook.report import warm_client

    from .imported import Importer

    importer = Importer(warm_client.started)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warm_client, "started", importer.start)
        yield importer
    importer.end()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Path of a Chromium that runs, for playwright's ``executable_path``."""
    return _need_chromium()


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright  # here: most tests need no browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=BROWSER_FLAGS)
        yield browser
        browser.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that none of them is left to one worker at the end.

    Under xdist this needs --no-loadscope-reorder, as the Makefile has it; --slowest-files tells which.
    """
    order = {HERE / file: place for place, file in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path, len(order)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture of a browser test is built: is there a browser at all?"""
    if item.get_closest_marker("browser"):
        _need_chromium()


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, CollectReport, CollectReport]:
    """A module that is skipped because a package is missing fails where all packages are asked for."""
    report = yield
    return _packages_asked_for(report)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, TestReport, TestReport]:
    """The same of one test."""
    report = yield
    return _packages_asked_for(report)


def _packages_asked_for(report: Report) -> Report:
    why = report.longrepr[2] if report.skipped and isinstance(report.longrepr, tuple) else ""
    if NOT_IMPORTED in why and os.environ.get("TALLYBOOK_REQUIRE_PACKAGES") == "1":
        report.outcome = "failed"
        report.longrepr = f"{why.removeprefix('Skipped: ')} (TALLYBOOK_REQUIRE_PACKAGES is set)"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Of the reports alone, so that it is the same when the tests ran in other processes."""
    _tell_the_planted(terminalreporter)
    _tell_the_slowest(terminalreporter)
    skipped = [
        report.longrepr[2]
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    ]
    if missed := [why for why in skipped if NOT_RUN in why]:
        terminalreporter.section("browser tests did NOT run", sep="!", red=True, bold=True)
        terminalreporter.write_line(f"{len(missed)} skipped: {find_chromium()[1]}")
        terminalreporter.write_line("Install chromium, or set TALLYBOOK_CHROMIUM to the path of one.")
    if gates := sorted({why.partition(GATE_NOT_RUN)[2] for why in skipped if GATE_NOT_RUN in why}):
        terminalreporter.section("gates did NOT run", sep="!", red=True, bold=True)
        for gate in gates:
            terminalreporter.write_line(gate)


def _tell_the_planted(terminalreporter: pytest.TerminalReporter) -> None:
    """The tally of the planted errors, where a run planted some; those that nothing noticed by name."""
    caught: dict[str, bool] = {}
    for outcome, reports in terminalreporter.stats.items():
        for report in reports:
            properties = dict(getattr(report, "user_properties", ()))
            if "planted" in properties:
                kind = str(properties["planted"])
                caught[kind] = caught.get(kind, True) and outcome in ("passed", "")
    if not caught:
        return
    missed = sorted(kind for kind, noticed in caught.items() if not noticed)
    terminalreporter.section("planted errors", sep="-")
    terminalreporter.write_line(f"{len(caught)} planted, {len(caught) - len(missed)} caught")
    for kind in missed:
        terminalreporter.write_line(f"missed: {kind}")


def _tell_the_slowest(terminalreporter: pytest.TerminalReporter) -> None:
    """The files that took longest, with what was set up for their tests, in seconds."""
    most = terminalreporter.config.getoption("--slowest-files")
    took: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                took[report.nodeid.partition("::")[0]] += report.duration
    if most and took:
        terminalreporter.section(f"slowest {most} of {len(took)} files", sep="-")
        for file, seconds in took.most_common(most):
            terminalreporter.write_line(f"{seconds:7.1f} s  {file}")


def _need_chromium() -> str:
    """Skip without a Chromium; fail where one was asked for."""
    path, why = find_chromium()
    if path is not None:
        return path
    if os.environ.get("TALLYBOOK_CHROMIUM") or os.environ.get("TALLYBOOK_REQUIRE_BROWSER") == "1":
        pytest.fail(NOT_RUN + why, pytrace=False)
    pytest.skip(NOT_RUN + why)


@functools.cache
def find_chromium() -> tuple[str | None, str]:
    """(path, "") of the first Chromium that runs, or (None, why not)."""
    named = os.environ.get("TALLYBOOK_CHROMIUM")
    if named:
        return (named, "") if _runs(named) else (None, f"TALLYBOOK_CHROMIUM={named} does not run")
    for path in filter(None, map(shutil.which, NAMES)):
        if _runs(path):
            return path, ""
    return None, f"no Chromium that runs on the PATH ({', '.join(NAMES)})"


def _runs(path: str) -> bool:
    """Ubuntu's chromium-browser may be a stub that only says what to install instead."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


@pytest.fixture
def small_case(tmp_path: Path) -> Callable[..., Case]:
    """A case of a few lines: ``said`` are statements, ``claims`` claims, as dictionaries of a book's keys.

    A statement stands on a page of its own unless it names one ("page"); page keys are published,
    published_is, kind, kept and copy_of. Measures are loaves (kind as given; a total that is not cumulative
    is of something that happened once, unless said otherwise), crumbs and loaves a month; origins a, b, c, d
    are independent.
    """

    def make(
        said: list[dict[str, Any]],
        claims: list[dict[str, Any]],
        *,
        kind: str = "total",
        cumulative: bool = False,
        once: bool | None = None,
        origins: list[dict[str, Any]] | None = None,
        origins_file: dict[str, Any] | None = None,
        measures: list[dict[str, Any]] | None = None,
        article: dict[str, Any] | None = None,
    ) -> Case:
        root = tmp_path / f"book{len(list(tmp_path.iterdir()))}"
        if once is None:
            once = kind == "total" and not cumulative
        flags = {name: True for name, given in (("cumulative", cumulative), ("once", once)) if given}
        loaves = {"id": "loaves", "kind": kind, **flags, "unit": "loaf", "definition": "Loaves baked.",
                  "scopes": {"all": "all loaves", "rye": "rye loaves"}}  # fmt: skip
        crumbs = {
            "id": "crumbs",
            "kind": kind,
            **flags,
            "unit": "crumb",
            "definition": "Crumbs left.",
            "nouns": ["loaf"],
        }
        monthly = {"id": "monthly", "kind": "rate", "unit": "loaf / month", "definition": "Loaves a month.",
                   "rate_of": "loaves"}  # fmt: skip
        named = {o: {"id": o, "name": f"Origin {o.upper()}"} for o in "abcd"}
        named |= {o["id"]: named.get(o["id"], {}) | o for o in origins or []}
        files: dict[str, Any] = {
            "claims/measures.yaml": {"measures": [loaves, crumbs, monthly, *(measures or [])]},
            "sources/origins.yaml": {"origins": list(named.values()), **(origins_file or {})},
            "claims/bread.yaml": {
                "id": "bread", "title": "Bread", "publisher": "Crust", "published": "2025-06-30",
                "language": "en", "related_measures": ["loaves", "crumbs", "monthly"],
                "claims": [
                    {"id": f"c{k}", "measure": "loaves", **given,
                     "anchor": {"exact": given.get("words", "nine loaves"), "paragraph": 1,
                                **given.get("anchor", {})}}
                    for k, given in enumerate(claims)
                ],
                **(article or {}),
            },
        }  # fmt: skip
        files["claims/bread.yaml"]["related_measures"] += [m["id"] for m in measures or []]
        for claim in files["claims/bread.yaml"]["claims"]:
            claim.pop("words", None)
        pages: dict[str, dict[str, Any]] = {}
        for k, given in enumerate(said):
            statement = {"id": f"s{k}", "measure": "loaves", "origin": "a", "words": "nine loaves", **given}
            page = str(statement.pop("page", f"p{k}"))
            source = pages.setdefault(
                page,
                {"id": page, "publisher": f"Paper {page}", "language": "en", "kind": "secondary",
                 "published": "2025-06-01", "statements": []},
            )  # fmt: skip
            source |= {key: statement.pop(key) for key in PAGE_KEYS if key in statement}
            source["statements"].append(statement)
        files |= {f"sources/{page}.yaml": source for page, source in pages.items()}
        for name, data in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return open_book(root)["bread"]

    return make
