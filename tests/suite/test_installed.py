"""A person with an installed wheel and no checkout: ``tallybook init``, and all that a suite's README says.

The packages are those of this environment, so that no index is asked; everything else is real: the built
wheel, a fresh environment, the suite's own set-up with its pinned wheel, make.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tallybook.suite import own_wheel

from .conftest import PACKAGES, Installed, outside

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="no make on the PATH")
OF_A_CASE = ("index", "sources", "among-themselves")
"""The pages of a case beside those of its claims and notebooks."""
ELLIPSIS = "…"
SET_UP = """
import importlib.util, sys
from pathlib import Path
spec = importlib.util.spec_from_file_location("bootstrap", "tools/bootstrap.py")
bootstrap = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bootstrap)

def packages(root, began):  # instead of fetching them
    (inside,) = (root / ".venv").glob("lib/python*/site-packages")
    (inside / "these.pth").write_text(sys.argv[1] + "\\n")

bootstrap.install_packages = packages
sys.exit(bootstrap.main(Path.cwd()))
"""


@pytest.fixture(scope="module")
def desk(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A suite in a folder with a difficult name, set up."""
    place = tmp_path_factory.mktemp("outside")
    made = installed.run("init", '"my" désk', cwd=place, check=True)
    lines = made.stdout.splitlines()
    assert lines[0].startswith('made "my" désk: a suite of tallybook ')
    assert lines[1] == "next: cd '\"my\" désk' && make report" and len(lines) == 2
    folder = place / '"my" désk'
    set_up = subprocess.run(
        [sys.executable, "-c", SET_UP, PACKAGES], cwd=folder, env=outside(), capture_output=True, text=True
    )
    assert set_up.returncode == 0, set_up.stderr
    return folder


def make(desk: Path, target: str) -> str:
    run = subprocess.run(
        ["make", target, f"PYTHON={sys.executable}"], cwd=desk, env=outside(), capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def console(desk: Path, command: str, cwd: Path | None = None) -> list[str]:
    path = f"{desk / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        ["bash", "-c", command], cwd=cwd or desk, env=outside(PATH=path), capture_output=True, text=True
    )
    return [line.rstrip() for line in (run.stdout + run.stderr).splitlines() if line.strip()]


def test_the_wheel_is_the_same_bytes_from_a_checkout_an_installed_wheel_and_a_suite(
    installed: Installed, desk: Path, tmp_path: Path
) -> None:
    """And what it is made of is what was built."""
    (copied,) = (desk / "wheels").iterdir()
    assert console(desk, "tallybook init again", cwd=tmp_path)[0].startswith("made again")
    assert (tmp_path / "again" / "wheels" / copied.name).read_bytes() == copied.read_bytes()
    wheel = own_wheel()
    assert (wheel.name, wheel.content, wheel.built) == (copied.name, copied.read_bytes(), True)
    with zipfile.ZipFile(copied) as ours, zipfile.ZipFile(installed.wheel) as built:
        assert ours.testzip() is None
        assert sorted(ours.namelist()) == sorted(built.namelist())
        assert all(ours.read(n) == built.read(n) for n in built.namelist() if not n.endswith("/RECORD"))
    assert hashlib.sha256(copied.read_bytes()).hexdigest() in (desk / "tallybook.lock").read_text()


def test_a_changed_installation_is_not_passed_on(installed: Installed, tmp_path: Path) -> None:
    (file,) = installed.bin.parent.glob("lib/python*/site-packages/tallybook/suite/files/gitignore")
    before = file.read_bytes()
    try:
        for spoil in (lambda: file.write_bytes(b"#"), file.unlink):
            spoil()
            run = installed.run("init", "desk", cwd=tmp_path)
            assert run.returncode == 1 and run.stdout == ""
            said = r"tallybook/suite/files/gitignore .+ Install tallybook again .+\n"
            assert re.fullmatch(said, run.stderr)
            assert list(tmp_path.iterdir()) == []
    finally:
        file.write_bytes(before)


def test_a_spoilt_wheel_is_not_installed(desk: Path, tmp_path: Path) -> None:
    shutil.copytree(desk, tmp_path / "desk", ignore=shutil.ignore_patterns(".venv"))
    (wheel,) = (tmp_path / "desk" / "wheels").iterdir()
    wheel.write_bytes(wheel.read_bytes().replace(b"Makes", b"Fakes", 1) + b" ")
    pip = [sys.executable, "-m", "pip", "install", "--no-index", "--no-deps", "--require-hashes", "--dry-run"]
    run = subprocess.run(
        [*pip, "--force-reinstall", "-r", "tallybook.lock"],
        cwd=tmp_path / "desk",
        capture_output=True,
        text=True,
    )
    assert run.returncode != 0 and "HASH" in run.stderr.upper()


def test_refusals_are_one_line(installed: Installed, desk: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    for words, told in (
        (["full"], "'full' is not empty: it has 'mine'. Nothing was written; name a new folder.\n"),
        (["a\x1b[1mb"], "has a character that cannot be shown. Take another name.\n"),
    ):
        run = installed.run("init", *words, cwd=tmp_path)
        assert run.returncode == 1 and run.stdout == ""
        assert run.stderr.endswith(told) and run.stderr.count("\n") == 1 and run.stderr[:-1].isprintable()
    dash = installed.run("init", "--", "-desk", cwd=tmp_path)
    assert dash.returncode == 0 and dash.stdout.splitlines()[-1] == "next: cd ./-desk && make report"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["-desk", "full"]


def test_an_empty_suite_has_a_report_and_passes_its_tests(desk: Path) -> None:
    told = make(desk, "test")
    assert told.count("The book has no article yet. Add one: claims/<id>.yaml.") == 1
    assert told.rstrip().endswith("All passed.")
    index = (desk / "site" / "index.html").read_text(encoding="utf-8")
    assert "This book has no article yet." in index
    assert "This book has no article yet." in (desk / "site" / "00_start.html").read_text(encoding="utf-8")
    assert "5 notebooks left as they are. The book has no article yet." in make(desk, "notebooks")
    outside_it = console(desk, "tallybook check", cwd=desk.parent)
    assert outside_it[0].startswith(".:1: no project here, nor in a folder above")


def test_the_readme_of_a_suite_is_true(desk: Path) -> None:
    """Its files are put where it says, its commands run in order and print what it shows."""
    readme = (desk / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(yaml|console)\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert {kind for kind, _ in blocks} == {"yaml", "console"}
    for kind, text in blocks:
        if kind == "yaml":
            (desk / text.splitlines()[0].removeprefix("# ")).write_text(text, encoding="utf-8")
            continue
        command, *shown = text.splitlines()
        printed = console(desk, command.removeprefix("$ "))
        if shown[-1] == ELLIPSIS:
            shown.pop()
            printed = printed[: len(shown)]
        assert printed == shown
    assert make(desk, "test").rstrip().endswith("All passed.")
    site = desk / "site" / "made-up-buses"
    names = [path.stem for path in (desk / "notebooks").glob("*.ipynb") if path.stem != "00_start"]
    assert sorted(path.stem for path in site.glob("*.html")) == sorted([*OF_A_CASE, *names])
    assert "Most sources stand behind" in (site / "10_own_question.html").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?:`|^ {4})make ([a-z]+)\b", readme, re.MULTILINE))
    assert {"report", "test", "lab"} <= targets
    table = "\n".join(line for line in readme.splitlines() if line.startswith("|"))
    for name in re.findall(r"`((?:[\w.-]+/)+|[\w.-]+\.(?:yaml|yml|lock))`", table):
        assert any((place / name).exists() for place in (desk, desk / "claims", desk / "sources")), name
