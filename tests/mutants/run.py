"""Makes small errors in the code that judges, one at a time, and tells which of them no test catches.

``make mutants`` runs it. Each change is tried in a copy under .cache/mutants/. The results are kept there, so
that a run that was stopped goes on where it was; a change of the code or its tests begins a new set of them.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import itertools
import json
import math
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from equivalent import Entry, named, read_entries
from places import Place, drawn, places_of, target_files
from trial import CannotRun, Copies, Limit, pytest_command

ROOT = Path(__file__).resolve().parents[2]
TARGETS = ("matching", "estimates", "verdicts", "quantity.py")
KEPT = 5
"""Sets of results that are kept, the latest first."""


@dataclass(frozen=True)
class Result:
    """``outcome``: caught, hang or survived; ``by``: the tests that caught it; ``seconds`` on the clock."""

    key: str
    outcome: str
    by: str
    seconds: float
    where: str


class Results:
    """A file with a line a result, written as it comes; a line that was cut off counts as none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.held = {result.key: result for result in self.read(path)}
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a", encoding="utf-8")
        if path.stat().st_size and not path.read_bytes().endswith(b"\n"):
            self._file.write("\n")

    @staticmethod
    def read(path: Path) -> Iterator[Result]:
        if path.is_file():
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                with contextlib.suppress(ValueError, TypeError):
                    yield Result(**json.loads(line))

    def add(self, result: Result) -> None:
        with self._lock:
            self._file.write(json.dumps(vars(result)) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())
            self.held[result.key] = result

    def close(self) -> None:
        self._file.close()


def main() -> int:
    options = _options()
    cache = options.root / ".cache" / "mutants"
    cache.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, _interrupt)
    with (cache / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("Another run is at work in .cache/mutants/.", file=sys.stderr)
            return 2
        copies = Copies(options.root, cache / "copies", options.jobs)
        try:
            return _work(options, cache, copies)
        except CannotRun as error:
            print(error, file=sys.stderr)
            return 2
        except KeyboardInterrupt:
            print("\nStopped. What was found is kept: the same command goes on from here.", file=sys.stderr)
            return 130
        finally:
            copies.stop()
            copies.remove()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add(
        "tests",
        nargs="+",
        help="folders of tests, together where in quotes; each tries what those before let through",
    )
    add("--count", type=int, default=200, help="how many changes are drawn (default: 200; 0: all)")
    add("--seed", type=int, default=1, help="decides which (default: 1)")
    add("--jobs", type=int, default=2, help="how many are tried at once (default: 2)")
    add("--least", type=float, default=95.0, help="the share that must be caught, in percent (default: 95)")
    add("--target", action="append", help="a file or folder that is changed (may be given again)")
    add("--survivors", action="store_true", help="of these, only those not caught when last tried")
    add("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.root = options.root.resolve()
    options.target = options.target or [f"src/tallybook/{name}" for name in TARGETS]
    return options


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _work(options: argparse.Namespace, cache: Path, copies: Copies) -> int:
    entries = read_entries(options.root / "tests" / "mutants" / "equivalent.toml")
    copies.make()
    try:
        files = target_files(copies[0], options.target)
    except FileNotFoundError as error:
        raise CannotRun(str(error)) from None
    copies.check_import(files[0])
    places = [place for path in files for place in places_of(copies[0], path)]
    equivalent, stale = named(entries, places)
    order = drawn(places, options.seed, equivalent)
    if options.survivors:
        last = _survivors(cache)
        order = (place for place in order if place.key in last)
    chosen = list(itertools.islice(order, options.count or None))
    spots = len({(place.file, place.span) for place in places})
    print(
        f"{len(chosen)} changes drawn by seed {options.seed}, of {spots} places in {len(files)} files; "
        f"{len(equivalent)} named as equivalent are left out."
    )
    results = Results(cache / f"{copies.fingerprint(options.tests)}.jsonl")
    _forget(cache, results.path)
    try:
        pending = [place for place in chosen if place.key not in results.held]
        if len(pending) < len(chosen):
            print(f"{len(chosen) - len(pending)} of them are known from a run before.")
        if pending:
            limits = _unchanged(copies, options.tests)
            _try_all(pending, results, copies, limits, len(chosen))
        return _report(chosen, results.held, stale, options.least)
    finally:
        results.close()


def _unchanged(copies: Copies, tests: list[str]) -> dict[str, Limit]:
    """The tests pass without a change; how long each may take with one."""
    limits = {}
    for name in tests:
        ended = copies.run(0, pytest_command(name), Limit(3600, 3600.0))
        if ended.how != "passed":
            raise CannotRun(f"{ended.words}\n{name} does not pass without any change: mend that first.")
        print(f"{name} passes without a change, in {ended.clock:.1f} s.", flush=True)
        limits[name] = Limit(math.ceil(5 + 4 * ended.processor), 60 + 10 * ended.clock)
    return limits


def _try_all(
    pending: list[Place], results: Results, copies: Copies, limits: dict[str, Limit], whole: int
) -> None:
    waiting: queue.SimpleQueue[Place] = queue.SimpleQueue()
    for place in pending:
        waiting.put(place)
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            while not copies.stopping.is_set():
                result = _try(waiting.get_nowait(), number, copies, limits)
                if result is not None:
                    results.add(result)
        except queue.Empty:
            return
        except BaseException as error:
            errors.append(error)
            copies.stop()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(copies.count)]
    progress = Progress(pending, whole, results)
    for thread in threads:
        thread.start()
    try:
        while any(thread.is_alive() for thread in threads):
            time.sleep(0.2)
            progress.tell()
    finally:
        copies.stop()
        for thread in threads:
            thread.join()
    progress.tell(last=True)
    if errors:
        raise errors[0]
    copies.stopping.clear()


def _try(place: Place, number: int, copies: Copies, limits: dict[str, Limit]) -> Result | None:
    """The result of one change, by the tests of its own room first; None where the run was stopped."""
    change = place.change
    assert change is not None
    path = copies[number] / place.file
    begin = time.monotonic()
    path.write_text(change.mutated, encoding="utf-8")
    try:
        outcome, by = "survived", ""
        own = f"tests/{Path(place.file).parts[2].removesuffix('.py')}"
        for name, limit in sorted(limits.items(), key=lambda item: item[0] != own):
            how = copies.run(number, pytest_command(name), limit).how
            if how == "stopped":
                return None
            if how != "passed":
                outcome, by = ("caught" if how == "failed" else "hang"), name
                break
    finally:
        path.write_text(place.source.text, encoding="utf-8")
    seconds = round(time.monotonic() - begin, 1)
    return Result(place.key, outcome, by, seconds, f"{place.file}:{change.line}")


class Progress:
    """A line that is written over on a terminal; else a line every half a minute."""

    def __init__(self, pending: list[Place], whole: int, results: Results) -> None:
        self.pending, self.whole, self.results = pending, whole, results
        self.begin = self.last = time.monotonic()
        self.told = -1

    def tell(self, *, last: bool = False) -> None:
        found = [self.results.held[place.key] for place in self.pending if place.key in self.results.held]
        survived = sum(result.outcome == "survived" for result in found)
        left = len(self.pending) - len(found)
        now = time.monotonic()
        words = f"{self.whole - left} of {self.whole} tried, {survived} of {len(found)} not caught"
        if found and left:
            words += f", about {math.ceil((now - self.begin) / len(found) * left / 60)} min to go"
        if sys.stdout.isatty():
            print(f"\r\033[K{words}", end="\n" if last else "", flush=True)
        elif last or (now - self.last >= 30 and len(found) != self.told):
            print(words, flush=True)
            self.last, self.told = now, len(found)


def _report(chosen: list[Place], held: dict[str, Result], stale: list[Entry], least: float) -> int:
    found = [(place, held[place.key]) for place in chosen]
    survived = [place for place, result in found if result.outcome == "survived"]
    hung = [place for place, result in found if result.outcome == "hang"]
    for title, places in (("Not caught", survived), ("Caught by the limit of time alone", hung)):
        if places:
            print(f"\n{title}:")
            for place in sorted(places, key=lambda place: (place.file, place.span)):
                print(_shown(place))
    if stale:
        print("\nEntries of tests/mutants/equivalent.toml that match nothing any more:")
        for entry in stale:
            print(f"  {entry.file}\n    - {_joined(entry.line)}\n    + {_joined(entry.mutant)}")
    caught = len(found) - len(survived)
    share = 100.0 * caught / len(found) if found else 100.0
    enough = share >= least
    print(f"\n{caught} of {len(found)} caught: {math.floor(10 * share) / 10:.1f} %", end="")
    print("." if enough else f", fewer than {least:g} %.")
    return 0 if enough else 1


def _shown(place: Place) -> str:
    change = place.change
    assert change is not None
    within = f" in {place.within}" if place.within else ""
    head = f"  {place.file}:{change.line}{within}"
    return f"{head}\n    - {_joined(change.before)}\n    + {_joined(change.after)}"


def _joined(lines: str) -> str:
    """In the columns of the report, the whole text, since an entry for equivalent.toml is made of it."""
    return lines.replace("\n", "\n      ")


def _files(cache: Path) -> list[Path]:
    return sorted(cache.glob("*.jsonl"), key=lambda path: path.stat().st_mtime, reverse=True)


def _survivors(cache: Path) -> set[str]:
    """The keys of what was not caught when it was last tried."""
    latest: dict[str, str] = {}
    for path in reversed(_files(cache)):
        latest |= {result.key: result.outcome for result in Results.read(path)}
    return {key for key, outcome in latest.items() if outcome == "survived"}


def _forget(cache: Path, current: Path) -> None:
    current.touch()
    for path in _files(cache)[KEPT:]:
        path.unlink()


if __name__ == "__main__":
    sys.exit(main())
