"""What a scan of many articles costs: on one core, on all of them, and on Dask, in one run.

    .venv/bin/python benchmarks/scan.py

20,000 articles made of the sentences of news.txt, as JSON Lines, scanned by the command itself: by one
process, by one a core, and on a Dask cluster of as many workers on this machine (where dask is installed).
Then the memory of all processes together, at its highest, for 1,000 and for 100,000 articles. Times are those
of the clock, since several processes are measured, so that they mean something only on a machine that does
nothing else; those of the processor, and the ratio that they allow, are shown beside them.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil
from measure.corpus import news, paragraphs
from rich.console import Console
from rich.table import Table

AT_LEAST = 0.85
"""Times as fast as one process, for each core: 1.7 on two."""

FLAT = 1.25
"""Times the memory, at most, for a hundred times the articles."""

ARTICLES = 20_000
FEW, MANY = 1_000, 100_000
SENTENCES = 11
SOURCES = Path(__file__).resolve().parents[1] / "src"
_LOOK = 0.1

console = Console(highlight=False)


class Run(NamedTuple):
    """Seconds on the clock and of the processor, and the most bytes of all processes at one moment."""

    seconds: float
    processor: float
    memory: int


class Family:
    """What was seen of a process and of all that it started."""

    def __init__(self) -> None:
        self.processor: dict[int, float] = {}
        self.memory = 0

    def look(self, pid: int) -> None:
        """Take the seconds of each process, and the bytes of all, if they are more than before."""
        together = 0
        family = psutil.Process(pid)
        for one in [family, *family.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                times, memory = one.cpu_times(), one.memory_full_info()
                self.processor[one.pid] = times.user + times.system
                together += getattr(memory, "pss", memory.uss)
        self.memory = max(self.memory, together)


def main(arguments: list[str] | None = None) -> int:
    """Time the three and print the ratios; 0, or with --check 1 if an aim was missed."""
    asked = _asked(arguments)
    scale = 20 if asked.quick else 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        articles = write_articles(place / "articles.jsonl", ARTICLES // scale)
        runs = {"one process": scanned(articles, "--jobs", "1")}
        runs[f"{cores} processes"] = scanned(articles, "--jobs", f"{cores}")
        if importlib.util.find_spec("distributed") is not None:
            runs[f"Dask, {cores} workers"] = scanned(articles, "--scheduler", "local", "--jobs", f"{cores}")
        else:
            console.print("Dask is not installed: pip install 'tallybook\\[dask]'.")
        sizes = FEW, MANY // scale
        memory = [
            scanned(write_articles(place / f"{size}.jsonl", size), "--jobs", f"{cores}").memory
            for size in sizes
        ]
    _show(runs, ARTICLES // scale, cores)
    return _tell_aims(runs, cores, memory, sizes, check=asked.check)


def write_articles(file: Path, number: int) -> Path:
    """Made-up articles of about 1.1 KB, the same each time; none is another one's copy."""
    chance = random.Random(number)
    sentences = news()
    with file.open("w", encoding="utf-8") as out:
        for n in range(number):
            text = paragraphs(chance.sample(sentences, SENTENCES))
            out.write(json.dumps({"id": f"article-{n}", "text": text, "published": "2025-03-01"}) + "\n")
    return file


def scanned(articles: Path, *options: str) -> Run:
    """One scan by the command, as a user runs it."""
    out = articles.with_name("out.parquet")
    command = [sys.executable, "-m", "tallybook", "scan", str(articles), "--out", str(out), *options]
    path = os.pathsep.join(filter(None, [str(SOURCES), os.environ.get("PYTHONPATH", "")]))
    environment = {**os.environ, "PYTHONPATH": path}
    began = time.perf_counter()
    run = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    with _watched(run.pid) as family:
        code = run.wait()
    seconds = time.perf_counter() - began
    if code:
        raise SystemExit(f"{' '.join(command)} ended with {code}")
    for path_ in articles.parent.glob("out.*"):
        shutil.rmtree(path_) if path_.is_dir() else path_.unlink()
    return Run(seconds, sum(family.processor.values()), family.memory)


@contextlib.contextmanager
def _watched(pid: int) -> Iterator[Family]:
    """A page that several processes share counts once (PSS), where the system tells so: on Linux."""
    seen = Family()
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(_LOOK):
            with contextlib.suppress(psutil.Error):
                seen.look(pid)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        ended.set()
        watcher.join()


def _if_alone(one: Run, run: Run, workers: int) -> float:
    """Times as fast by what the processor did, as if nothing else had run and no core had waited."""
    return workers * one.processor / run.processor


def _show(runs: dict[str, Run], articles: int, cores: int) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("way", "seconds", "processor", "a second", "times as fast", "if alone", "memory"):
        table.add_column(name, justify="left" if name == "way" else "right", no_wrap=True)
    one = runs["one process"]
    for name, run in runs.items():
        workers = 1 if run is one else cores
        table.add_row(
            name,
            f"{run.seconds:.1f}",
            f"{run.processor:.1f}",
            f"{articles / run.seconds:,.0f}",
            f"{one.seconds / run.seconds:.2f}",
            f"{_if_alone(one, run, workers):.2f}",
            f"{run.memory / 1e6:,.0f} MB",
        )
    console.print(f"{articles:,} articles; load of the machine {os.getloadavg()[0]:.1f}")
    console.print(table)


def _tell_aims(
    runs: dict[str, Run], cores: int, memory: list[int], sizes: tuple[int, int], *, check: bool
) -> int:
    one, *others = runs.items()
    aim = AT_LEAST * cores
    faster = {name: one[1].seconds / run.seconds for name, run in others}
    grown = memory[1] / memory[0]
    met = {name: ratio >= aim for name, ratio in faster.items()}
    told = ", ".join(f"{name}: {_word(met[name])} ({ratio:.2f} times)" for name, ratio in faster.items())
    flat = f"{_word(grown <= FLAT)} ({grown:.2f} times, {memory[1] / 1e6:,.0f} MB)"
    console.print(
        f"Aims: at least {aim:.2g} times one process on {cores} cores: {told}; at most {FLAT:g} times the "
        f"memory for {sizes[1]:,} articles as for {sizes[0]:,}: {flat}.",
        soft_wrap=True,
    )
    return int(check and not (all(met.values()) and grown <= FLAT))


def _word(met: bool) -> str:
    return "met" if met else "NOT MET"


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    about, _, rest = (__doc__ or "").partition("\n\n")
    ask = argparse.ArgumentParser(
        description=about, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--quick", action="store_true", help="a twentieth of the articles")
    ask.add_argument("--check", action="store_true", help="exit with 1 if an aim is missed")
    return ask.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
