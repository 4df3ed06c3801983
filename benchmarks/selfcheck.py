"""What it costs to check a text against itself, beside reading it, in one run.

    .venv/bin/python benchmarks/selfcheck.py

The news of news.txt in texts of the length of an article, read, and read and checked, in turns; then hostile
texts, checked, relative to a character of the news that is checked in the same round. Times are those of the
processor on one core; only the ratios of a run mean anything.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable

from measure.corpus import news, paragraphs
from measure.races import HOSTILE, pieces
from measure.readers import on_one_core
from rich.console import Console
from rich.table import Table

from tallybook.consistency import check_text
from tallybook.reading import read

READING = 4.0  # the most that reading and checking may cost, relative to reading alone
HOSTILE_AT_MOST = 5.0  # the same for a character of hostile text, dense with figures, relative to news
ARTICLE = 3_000  # characters
SIZE = 100_000  # characters of each hostile text
# Words that the checks look for, without an end; beside those that are hostile to the reader.
RELATIONS = {
    "up 5% from 10 to 12,": "up 5% from 10 to 12, ",
    "from 10 to 12, a rise of 5%.": "from 10 to 12, a rise of 5%. ",
    "of the 12 men, 5 are": "of the 12 men, 5 are ",
    "3 men and": "3 men and ",
    "an average of 5 a day": "an average of 5 a day or 3 a week, ",
    "yes 47%, no 45%,": "yes 47%, no 45%, ",
    "born on 3 May 1950": "born on 3 May 1950, died on 4 May 1960 aged 9, ",
    "5 km (3 miles)": "5 km (3 miles) ",
    "twice the 5": "twice the 5 ",
    "a total of 5, 3 of them": "a total of 5, 3 of them ",
    "it was 10.": "It was 10. It is now 12, up 5%. ",
}

console = Console(highlight=False)


def main(arguments: list[str] | None = None) -> int:
    """Time both and print the ratios; 0, or with --check 1 if an aim was missed."""
    asked = _asked(arguments)
    on_one_core()
    rounds, size = (2, SIZE // 10) if asked.quick else (7, SIZE)
    articles = pieces(paragraphs(news()), ARTICLE)
    ratio = against_reading(articles, rounds)
    costs = against_hostility(articles, size, 2 if asked.quick else 3)
    worst = max(costs, key=lambda name: costs[name])
    _show(ratio, costs, size, len(articles))
    met = [ratio <= READING, costs[worst] <= HOSTILE_AT_MOST]
    words = ("met" if one else "NOT MET" for one in met)
    console.print(
        f"Aims: at most {READING:g} times reading: {next(words)} ({ratio:.2f} times); hostile text at "
        f"most {HOSTILE_AT_MOST:g} times a character: {next(words)} ({costs[worst]:.2f} times, for {worst}).",
        soft_wrap=True,
    )
    return int(asked.check and not all(met))


def against_reading(articles: list[str], rounds: int) -> float:
    """Reading and checking relative to reading, the median over rounds in which both take turns."""
    both: tuple[Callable[[str], object], ...] = (read, check_text)
    ratios = []
    for number in range(rounds + 1):
        reading, checking = (_seconds(run, articles) for run in both)
        if number:  # the first round warms up
            ratios.append(checking / reading)
    return statistics.median(ratios)


def against_hostility(articles: list[str], size: int, rounds: int) -> dict[str, float]:
    """The cost of a character of each hostile text relative to one of news, both checked."""
    characters = sum(map(len, articles))
    costs: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, repeated in {**HOSTILE, **RELATIONS}.items():
            text = repeated * (size // len(repeated))
            usual = _seconds(check_text, articles) / characters
            costs.setdefault(name, []).append(_seconds(check_text, [text]) / len(text) / usual)
    return {name: statistics.median(one) for name, one in costs.items()}


def _seconds(run: Callable[[str], object], texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        run(text)
    return time.process_time() - start


def _show(ratio: float, costs: dict[str, float], size: int, articles: int) -> None:
    table = Table("text", "relative cost", box=None, pad_edge=False)
    table.columns[1].justify = "right"
    table.add_row(f"news, {articles} articles, checked beside read", f"{ratio:.2f}")
    console.print(table)
    hostile = Table(
        f"hostile text, {size:,} characters", "relative to news, checked", box=None, pad_edge=False
    )
    hostile.columns[1].justify = "right"
    for name, cost in costs.items():
        hostile.add_row(name, f"{cost:.2f}")
    console.print(hostile)


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    about, _, rest = (__doc__ or "").partition("\n\n")
    ask = argparse.ArgumentParser(
        description=about, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--quick", action="store_true", help="fewer rounds and shorter texts")
    ask.add_argument("--check", action="store_true", help="exit with 1 if an aim is missed")
    return ask.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
