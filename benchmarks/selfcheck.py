"""What it costs to check a text against itself, beside reading it, in one run.

    .venv/bin/python benchmarks/selfcheck.py

Texts of the length of an article, read, and read and checked, in turns: the sentences of news.txt, each with
figures, between those of plain.txt, which have none. Ordinary news has as many figures as the one published
article that the project has, that of the first case: 2 in 1,000 characters. The more figures, the more could
be related, and the dearer the checks beside the reading; so news that is dense with figures is timed too.
Then hostile texts, checked relative to read, and a character of them relative to one of the news of figures.
Times are those of the processor on one core, of news the least of many rounds; only the ratios of a run mean
anything.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from measure.corpus import news, paragraphs
from measure.races import HOSTILE, pieces
from measure.readers import on_one_core
from rich.console import Console
from rich.table import Table

from tallybook.consistency import check_text
from tallybook.reading import read

READING = 2.0  # the most that checking ordinary news may cost, relative to reading it
HOSTILE_AT_MOST = 3.0  # the same of hostile text
PLAIN = Path(__file__).resolve().parent / "plain.txt"
ARTICLE = 3_000  # characters
# How many sentences without a figure stand between two with some.
NEWS = {
    "ordinary news, 2 figures in 1,000 characters": 7,
    "news dense with figures, 5 in 1,000": 2,
    "news of figures alone, 13 in 1,000": 0,
}
ROUNDS = 40
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


class Cost(NamedTuple):
    """``checked``: relative to reading the same text; ``a_character``: relative to one of the news of
    figures, both checked."""

    checked: float
    a_character: float


def main(arguments: list[str] | None = None) -> int:
    """Time both and print the ratios; 0, or with --check 1 if an aim was missed."""
    asked = _asked(arguments)
    on_one_core()
    rounds, size = (2, SIZE // 10) if asked.quick else (ROUNDS, SIZE)
    texts = {name: pieces(paragraphs(among_plain(between)), ARTICLE) for name, between in NEWS.items()}
    ratios = {name: against_reading(articles, rounds) for name, articles in texts.items()}
    ratio = next(iter(ratios.values()))
    costs = against_hostility(list(texts.values())[-1], size, 2 if asked.quick else 3)
    worst = max(costs, key=lambda name: costs[name].checked)
    _show(ratios, costs, size)
    met = [ratio <= READING, costs[worst].checked <= HOSTILE_AT_MOST]
    words = ("met" if one else "NOT MET" for one in met)
    console.print(
        f"Aims: ordinary news at most {READING:g} times reading: {next(words)} ({ratio:.2f} times); hostile "
        f"text at most {HOSTILE_AT_MOST:g} times: {next(words)} ({costs[worst].checked:.2f}, for {worst}).",
        soft_wrap=True,
    )
    return int(asked.check and not all(met))


def among_plain(between: int) -> list[str]:
    """The sentences of the news, with so many sentences without a figure behind each."""
    plain = cycle(PLAIN.read_text(encoding="utf-8").splitlines())
    return [sentence for told in news() for sentence in (told, *islice(plain, between))]


def against_reading(articles: list[str], rounds: int) -> float:
    """Reading and checking relative to reading: of each article the least that either took.

    In a round all are read, then all are checked, so that no article finds the processor as it left it. An
    article takes half a millisecond, to which other work of the machine only ever adds.
    """
    both: tuple[Callable[[str], object], ...] = (read, check_text)
    least = [[math.inf] * len(articles) for _ in both]
    for _ in range(rounds):
        for run, best in zip(both, least, strict=True):
            for k, article in enumerate(articles):
                best[k] = min(best[k], _seconds(run, [article]))
    reading, checking = map(sum, least)
    return checking / reading


def against_hostility(articles: list[str], size: int, rounds: int) -> dict[str, Cost]:
    """What each hostile text costs, the medians over some rounds."""
    characters = sum(map(len, articles))
    costs: dict[str, list[tuple[float, float]]] = {}
    for _ in range(rounds):
        for name, repeated in {**HOSTILE, **RELATIONS}.items():
            text = repeated * (size // len(repeated))
            usual = _seconds(check_text, articles) / characters
            reading, checking = _seconds(read, [text]), _seconds(check_text, [text])
            costs.setdefault(name, []).append((checking / reading, checking / len(text) / usual))
    return {name: Cost(*map(statistics.median, zip(*one, strict=True))) for name, one in costs.items()}


def _seconds(run: Callable[[str], object], texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        run(text)
    return time.process_time() - start


def _show(ratios: dict[str, float], costs: dict[str, Cost], size: int) -> None:
    table = Table("text", "checked relative to read", box=None, pad_edge=False)
    table.columns[1].justify = "right"
    for name, ratio in ratios.items():
        table.add_row(name, f"{ratio:.2f}")
    console.print(table)
    heads = f"hostile text, {size:,} characters", "checked relative to read", "to news of figures"
    hostile = Table(*heads, box=None, pad_edge=False)
    for column in hostile.columns[1:]:
        column.justify = "right"
    for name, cost in costs.items():
        hostile.add_row(name, f"{cost.checked:.2f}", f"{cost.a_character:.2f}")
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
