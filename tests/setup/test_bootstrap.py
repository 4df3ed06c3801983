"""tools/bootstrap.py: when it builds, what it builds, and what it says when it cannot."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
import venv
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tools" / "bootstrap.py"
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    root.mkdir()
    (root / "pyproject.toml").write_text("[project]\n")
    (root / "requirements.lock").write_text("numpy==2.4.6\n")
    return root


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The bootstrap with stand-ins for venv and the installers; ``house.calls`` is what they did."""
    module = load()
    calls: list[str] = []

    def make_environment(place: Path) -> None:
        calls.append("environment")
        shutil.rmtree(place, ignore_errors=True)
        (place / "bin").mkdir(parents=True)
        (place / "bin" / "python").symlink_to(os.path.realpath(sys.executable))
        (place / "lib" / f"python{VERSION}" / "site-packages").mkdir(parents=True)

    def run(command: list[str], root: Path, began: float | None = None) -> None:
        what = "project" if "-e" in command else "packages"
        calls.append(what)
        (root / ".venv" / "lib" / f"python{VERSION}" / "site-packages" / what).mkdir(exist_ok=True)

    monkeypatch.setattr(module, "make_environment", make_environment)
    monkeypatch.setattr(module, "run", run)
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    module.calls = calls
    return module


EVERYTHING = ["environment", "packages", "project"]


def test_it_can_be_read_by_an_old_python() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_a_python_that_is_too_old_is_refused_in_one_line(
    house: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(house.sys, "version_info", (3, 9, 18, "final", 0))
    assert house.main(checkout) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "needs Python 3.11 or newer" in told.err
    assert "3.9.18" in told.err
    assert house.calls == []


def test_a_newer_python_on_the_path_is_named(house: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "_new_enough", lambda name: name == "python3.12")
    with pytest.raises(house.SetupError, match=r"make PYTHON=python3\.12$"):
        house.refuse_old_python((3, 8, 1))


def test_the_first_call_builds_and_the_second_does_nothing(house: ModuleType, checkout: Path) -> None:
    assert house.main(checkout) == 0
    assert house.calls == EVERYTHING
    assert house.main(checkout) == 0
    assert house.calls == EVERYTHING


def test_an_unchanged_environment_is_passed_in_well_under_a_second(
    house: ModuleType, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house.main(checkout)
    capsys.readouterr()
    began = time.monotonic()
    house.main(checkout)
    assert time.monotonic() - began < 0.5
    assert capsys.readouterr().out == ""


def change_lock(root: Path) -> None:
    (root / "requirements.lock").write_text("numpy==2.5.0\n")


def break_interpreter(root: Path) -> None:
    (root / ".venv" / "bin" / "python").unlink()
    (root / ".venv" / "bin" / "python").symlink_to("nowhere")


def remove_interpreter(root: Path) -> None:
    (root / ".venv" / "bin" / "python").unlink()


def lose_package(root: Path) -> None:
    (root / ".venv" / "lib" / f"python{VERSION}" / "site-packages" / "packages").rmdir()


def lose_stamp(root: Path) -> None:
    (root / ".venv" / "tallybook-setup.json").unlink()


def garble_stamp(root: Path) -> None:
    (root / ".venv" / "tallybook-setup.json").write_bytes(b"\xff{")


def foreign_stamp(root: Path) -> None:
    (root / ".venv" / "tallybook-setup.json").write_text('{"setup": 3, "project": 1, "contents": []}')


def other_python(root: Path) -> None:
    path = root / ".venv" / "tallybook-setup.json"
    stamp = json.loads(path.read_text())
    stamp["setup"]["python"] = "3.99"
    path.write_text(json.dumps(stamp))


def remove_environment(root: Path) -> None:
    shutil.rmtree(root / ".venv")


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (change_lock, "because requirements.lock changed"),
        (break_interpreter, "because its interpreter does not run"),
        (remove_interpreter, "because python is gone from it"),
        (lose_package, "because packages is gone from it"),
        (lose_stamp, "because it is not finished"),
        (garble_stamp, "because its stamp cannot be read"),
        (foreign_stamp, "because its stamp cannot be read"),
        (other_python, "because the Python version changed"),
        (remove_environment, "once"),
    ],
)
def test_a_stale_or_broken_environment_is_built_again(
    house: ModuleType, checkout: Path, damage: object, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    house.main(checkout)
    capsys.readouterr()
    damage(checkout)
    house.calls.clear()
    assert house.main(checkout) == 0
    assert house.calls == EVERYTHING
    assert reason in capsys.readouterr().out
    assert house.missing(checkout) == (house.READY, "")


def test_a_moved_checkout_is_built_again(house: ModuleType, checkout: Path) -> None:
    house.main(checkout)
    moved = checkout.rename(checkout.parent / "moved")
    assert house.missing(moved) == (house.ENVIRONMENT, "the checkout was moved")


def test_a_change_of_pyproject_installs_the_project_alone(house: ModuleType, checkout: Path) -> None:
    house.main(checkout)
    house.calls.clear()
    (checkout / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert house.main(checkout) == 0
    assert house.calls == ["project"]
    assert house.missing(checkout)[0] == house.READY


def test_a_failed_installer_leaves_no_stamp_and_the_next_call_starts_again(
    house: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in = house.run

    def fail(command: list[str], root: Path, began: float | None = None) -> None:
        raise house.SetupError("hash of numpy does not match")

    monkeypatch.setattr(house, "run", fail)
    assert house.main(checkout) == 1
    assert capsys.readouterr().err == "hash of numpy does not match\n"
    monkeypatch.setattr(house, "run", stand_in)
    house.calls.clear()
    assert house.main(checkout) == 0
    assert house.calls == EVERYTHING


def test_an_interrupt_leaves_no_stamp(
    house: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(root: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(house, "install_project", stop)
    assert house.main(checkout) == 130
    assert house.missing(checkout) == (house.ENVIRONMENT, "it is not finished")


def test_the_installer_checks_hashes_takes_wheels_only_and_names_no_host(
    house: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(house, "run", lambda command, root, began=None: commands.append(command))
    house.install_packages(checkout, 0.0)
    house.install_project(checkout)
    packages, project = commands
    assert {"--require-hashes", "--no-deps", "--only-binary"} <= set(packages)
    assert packages[packages.index("--only-binary") + 1] == ":all:"
    assert {"--no-deps", "--no-build-isolation"} <= set(project)
    assert not any("://" in word or "index" in word for word in packages + project)


def test_where_uv_fails_pip_has_the_last_word(
    house: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], root: Path, began: float | None = None) -> None:
        commands.append(command)
        if command[0] == "uv":
            raise house.SetupError("no mirror")

    monkeypatch.setattr(house, "run", run)
    monkeypatch.setattr(house.shutil, "which", lambda name: name)
    house.install_packages(checkout, 0.0)
    assert [Path(command[0]).name for command in commands] == ["uv", "python"]
    assert all("--require-hashes" in command for command in commands)


def test_the_users_mirror_is_kept_and_what_leads_pip_elsewhere_is_not() -> None:
    given = {"PIP_INDEX_URL": "mirror", "PIP_TARGET": "elsewhere", "PYTHONPATH": "other", "PIP_USER": "1"}
    kept = load().installer_environment(given)
    assert kept["PIP_INDEX_URL"] == "mirror"
    assert kept["PIP_USER"] == "0"
    assert not {"PIP_TARGET", "PYTHONPATH"} & set(kept)


@pytest.mark.parametrize("lost", ["venv", "ensurepip"])
def test_without_venv_one_line_says_what_to_install(
    lost: str, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = load()
    find = importlib.util.find_spec
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None if name == lost else find(name))
    assert module.main(checkout) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "apt install python3-venv" in told


def test_a_venv_that_ends_the_process_is_told_the_same_way(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def end(builder: object, place: str) -> None:
        raise SystemExit(1)

    monkeypatch.setattr(venv.EnvBuilder, "create", end)
    assert load().main(checkout) == 1
    assert "apt install python3-venv" in capsys.readouterr().err


def test_a_file_or_a_link_in_the_place_of_the_environment_is_replaced(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(venv.EnvBuilder, "create", lambda builder, place: os.mkdir(place))
    elsewhere = checkout / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    place = checkout / ".venv"
    place.symlink_to(elsewhere)
    load().make_environment(place)
    assert place.is_dir() and not place.is_symlink()
    assert (elsewhere / "kept").exists()


def test_an_installer_that_fails_is_told_with_its_last_lines(checkout: Path) -> None:
    module = load()
    script = "print('THESE PACKAGES DO NOT MATCH THE HASHES'); raise SystemExit(3)"
    with pytest.raises(module.SetupError, match=r"(?s)DO NOT MATCH.*ended with 3"):
        module.run([sys.executable, "-c", script], checkout)
    with pytest.raises(module.SetupError, match="Cannot run"):
        module.run([str(checkout / "no-such-program")], checkout)


DRIVER = """
import importlib.util, sys, time
from pathlib import Path
spec = importlib.util.spec_from_file_location("bootstrap", sys.argv[1])
bootstrap = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bootstrap)
root = Path(sys.argv[2])
"""


def start(body: str, checkout: Path) -> subprocess.Popen[str]:
    code = DRIVER + textwrap.dedent(body)
    return subprocess.Popen(
        [sys.executable, "-I", "-c", code, str(SCRIPT), str(checkout)], stdout=subprocess.PIPE, text=True
    )


def test_two_set_ups_at_once_build_once(checkout: Path) -> None:
    body = f"""
    def make_environment(place):
        with open(root / "log", "a") as log:
            log.write("built ")
        time.sleep(0.5)
        (place / "bin").mkdir(parents=True)
        (place / "bin" / "python").symlink_to({os.path.realpath(sys.executable)!r})
        (place / "lib" / "python{VERSION}" / "site-packages").mkdir(parents=True)
    bootstrap.make_environment = make_environment
    bootstrap.run = lambda *args, **kwargs: None
    sys.exit(bootstrap.main(root))
    """
    both = [start(body, checkout) for _ in range(2)]
    told = "".join(process.communicate(timeout=30)[0] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert (checkout / "log").read_text() == "built "
    assert "waiting for it" in told


def test_after_a_killed_set_up_its_installer_is_waited_for(checkout: Path) -> None:
    body = """
    writer = "import time; print('writing', flush=True); time.sleep(1); open('written', 'w').close()"
    with bootstrap.alone(root):
        print("held", flush=True)
        bootstrap.run([sys.executable, "-c", writer], root)
    """
    killed = start(body, checkout)
    assert killed.stdout is not None
    assert killed.stdout.readline() == "held\n"
    time.sleep(0.3)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait(timeout=30)
    assert not (checkout / "written").exists()
    with load().alone(checkout):
        assert (checkout / "written").exists()


@pytest.mark.skipif(shutil.which("make") is None, reason="no make on the PATH")
def test_make_says_in_one_line_that_there_is_no_python() -> None:
    answer = subprocess.run(
        ["make", "-C", str(ROOT), "--no-print-directory", "setup", "PYTHON=no-such-python"],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert answer.returncode != 0
    first, *rest = answer.stderr.splitlines()
    assert "needs Python 3.11 or newer" in first
    assert all(line.startswith("make") for line in rest)
