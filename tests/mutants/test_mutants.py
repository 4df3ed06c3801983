"""The search for uncaught errors, on a module of its own: what it changes, what it tells, what it keeps."""

from __future__ import annotations

import importlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
RULES = '''"""Whether 10 is more than 9."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    A_WIDTH = 1 + 2

__slots__ = ("a" * 3,)


def over(n: int, limit: int) -> bool:
    """Not if n == limit."""
    return n > limit
'''
TESTS = """from toy.rules import over


def test_over():
    assert over(11, 10)
    assert not over(9, 10)
"""
SURVIVOR = "  src/toy/rules.py:13 in over\n    - return n > limit\n    + return n >= limit\n"
NAMED = """[[equivalent]]
file = "src/toy/rules.py"
within = "over"
line = "return n > limit"
mutant = "return n >= limit"
because = "Nothing is ever exactly at the limit."
"""


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    for name, text in {
        "src/toy/rules.py": RULES,
        "tests/test_rules.py": TESTS,
        "pyproject.toml": "[tool.pytest.ini_options]\n",
    }.items():
        path = tmp_path / "toy" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "toy"


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[type]:
    """A module of this folder by its name, as ``run.py`` imports it."""
    monkeypatch.syspath_prepend(HERE)
    before = set(sys.modules)

    class Load:
        def __new__(cls, name: str) -> ModuleType:  # type: ignore[misc]
            return importlib.import_module(name)

    yield Load
    for name in ("operators", "places", "trial", "equivalent"):
        if name not in before:
            sys.modules.pop(name, None)


def command(toy: Path, *options: str) -> list[str]:
    return [
        sys.executable, str(HERE / "run.py"), "--root", str(toy), "--target", "src/toy", "--count", "0",
        *options, "tests",
    ]  # fmt: skip


def run(toy: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(toy, *options), capture_output=True, text=True, timeout=120)


def contents(toy: Path) -> dict[str, str]:
    return {
        path.relative_to(toy).as_posix(): path.read_text()
        for path in toy.rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }


def test_a_survivor_is_shown_and_a_second_run_only_tells_it_again(toy: Path) -> None:
    before = contents(toy)
    first = run(toy)
    assert first.stdout.startswith("2 changes drawn by seed 1, of 2 places in 1 files"), first.stdout
    assert f"\nNot caught:\n{SURVIVOR}" in first.stdout
    assert first.stdout.endswith("\n1 of 2 caught: 50.0 %, fewer than 95 %.\n")
    assert first.returncode == 1
    assert contents(toy) == before
    assert not (toy / ".cache" / "mutants" / "copies").exists()

    second = run(toy, "--least", "50")
    assert "2 of them are known from a run before.\n\nNot caught:" in second.stdout
    assert second.returncode == 0


def test_what_is_named_as_equivalent_is_left_out_wherever_its_line_is(toy: Path) -> None:
    (toy / "src/toy/rules.py").write_text(RULES.replace("\n__slots__", "\n\n# moved\n__slots__"))
    named = toy / "tests" / "mutants" / "equivalent.toml"
    named.parent.mkdir()
    named.write_text(NAMED + NAMED.replace("limit", "most"))
    ended = run(toy)
    assert ended.stdout.startswith("1 changes drawn by seed 1, of 2 places in 1 files; 1 named")
    assert "Not caught" not in ended.stdout
    assert "match nothing any more:\n  src/toy/rules.py\n    - return n > most\n" in ended.stdout
    assert ended.stdout.endswith("\n1 of 1 caught: 100.0 %.\n")
    assert ended.returncode == 0


def test_a_run_that_is_stopped_goes_on_where_it_was(toy: Path) -> None:
    with subprocess.Popen(command(toy, "--jobs", "1"), stdout=-1, stderr=-1, text=True) as process:
        give_up = time.monotonic() + 60
        while not any(path.stat().st_size for path in (toy / ".cache").glob("mutants/*.jsonl")):
            assert time.monotonic() < give_up
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
        assert "the same command goes on from here" in said
        assert process.returncode == 130
    (kept,) = (toy / ".cache").glob("mutants/*.jsonl")
    kept.write_text(kept.read_text() + '{"key": "cut o')
    ended = run(toy)
    assert "1 of them are known from a run before." in ended.stdout
    assert ended.stdout.endswith("1 of 2 caught: 50.0 %, fewer than 95 %.\n")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "tests/test_rules.py",
            "def test_it():\n    assert False\n",
            "tests does not pass without any change",
        ),
        ("tests/mutants/equivalent.toml", NAMED.replace("because", "why"), "entry 1 lacks because"),
    ],
)
def test_what_makes_a_run_worthless_is_refused(toy: Path, name: str, text: str, said: str) -> None:
    (toy / name).parent.mkdir(exist_ok=True)
    (toy / name).write_text(text)
    ended = run(toy)
    assert said in ended.stderr
    assert ended.returncode == 2


def test_a_hang_ends_by_the_processor_or_the_clock(load: type, tmp_path: Path) -> None:
    trial = load("trial")
    copies = trial.Copies(tmp_path, tmp_path / "copies", 1)
    copies.make()
    busy, idle = [sys.executable, "-c", "while True: pass"], ["sleep", "60"]
    assert copies.run(0, busy, trial.Limit(1, 60.0)).how == "hang"
    assert copies.run(0, idle, trial.Limit(60, 0.5)).how == "hang"
    assert copies.run(0, ["false"], trial.Limit(60, 60.0)).how == "failed"
    assert copies.run(0, ["true"], trial.Limit(60, 60.0)).how == "passed"


def changes(load: type, folder: Path, code: str) -> list[str]:
    (folder / "a.py").write_text(code)
    found = load("places").places_of(folder, folder / "a.py")
    return [place.change.after for place in found if place.change is not None]


@pytest.mark.parametrize(
    ("code", "made"),
    [
        ("a = 0.05\n", ["a = 1.05", "a = 0.1"]),
        ("def f(a=2): pass\n", ["def f(a=3): pass", "def f(a=1): pass", "def f(a=4): pass"]),
        ("a = b and not c\n", ["a = b or not c", "a = b and c"]),
        ("a = b not in c\n", ["a = b in c"]),
        ("a = max(b, c)\n", ["a = min(b, c)"]),
        ("a = [b for b in c if d or e]\n",
         ["a = [b for b in c if not (d or e)]", "a = [b for b in c if d and e]"]),
        ("if a <= b: pass\n", ["if not (a <= b): pass", "if a < b: pass"]),
        ("def f(): return False\n", ["def f(): return True"]),
        ("def f(): return a\n", ["def f(): return None"]),
    ],
)  # fmt: skip
def test_what_decides_is_changed(load: type, tmp_path: Path, code: str, made: list[str]) -> None:
    assert changes(load, tmp_path, code) == made


@pytest.mark.parametrize(
    "code",
    [
        '"""10 < 11"""\n', "a: Literal[1]\n", "def f(a: A | None) -> B[2]: pass\n", "__slots__ = (1 + 2,)\n",
        "if TYPE_CHECKING:\n    a = 1\n", "if typing.TYPE_CHECKING:\n    a = 1\n", "raise A(f'{a + 1}', 2)\n",
        "a = f'{b + 1}'\n", "@cache(maxsize=2)\ndef f(): pass\n", "Words = str | None\n",
        "isinstance(a, Amount | Zones)\n",
        "zip(a, b, strict=True)\n", "class A:\n    def __repr__(self): return 1\n",
    ],
)  # fmt: skip
def test_wording_and_types_are_left_alone(load: type, tmp_path: Path, code: str) -> None:
    assert changes(load, tmp_path, code) == []


def test_the_seed_decides_the_draw_and_a_moved_line_does_not(load: type, tmp_path: Path) -> None:
    places = load("places")
    path = tmp_path / "a.py"

    def draw(code: str, seed: int) -> list[str]:
        path.write_text(code)
        return [p.change.after for p in places.drawn(places.places_of(tmp_path, path), seed, set())]

    code = "".join(f"a{n} = b{n} + c\n" for n in range(20))
    assert draw(code, 1) == draw("\n# moved\n" + code, 1)
    assert draw(code, 1) != draw(code, 2)
    assert sorted(draw(code, 1)) == sorted(draw(code, 2)) == sorted(code.replace("+", "-").splitlines())
