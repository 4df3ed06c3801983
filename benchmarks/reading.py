"""Speed and accuracy of the reader, compared with other readers of quantities in one run.

    .venv/bin/python benchmarks/reading.py
    .venv/bin/python benchmarks/reading.py --gold FILE --only accuracy

Four parts: sentences per second, compared with the peers; the cost of a character as news grows from 1 KB to
10 MB, and the memory; the cost of a character of hostile text relative to news; precision, recall and F1
against gold. Everything runs on one core, each reader in its own process; times are processor times, and only
the ratios within a run are meaningful. The speed is measured on the made-up news of news.txt, half of it
without a number as in ordinary news; the accuracy on the gold of the reader's tests. --gold names other
sentences for both.

On first use the peers are installed in their own environment, .venv-peers. PEERS.md lists them, and says
why others are left out.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from measure import accuracy, corpus, environment, races
from measure.corpus import Sentence
from measure.readers import (
    COMPILED,
    NUMBERS_ONLY,
    OURS,
    PEERS,
    CannotRead,
    Reader,
    on_one_core,
    started,
)
from rich.console import Console
from rich.table import Table

PARTS = ("speed", "length", "hostile", "accuracy")
LONGER = 1.10  # the most that a character of the longest text may cost, relative to the shortest
RATES = ("P", "R", "F1")  # precision, recall, and their harmonic mean
DENSE = 800  # about how many of the gold sentences the speed is measured on
FASTER = 50  # the least speed, relative to quantulum3
HOSTILE = 1.5  # the most that a character of hostile text may cost, relative to news

console = Console(highlight=False)
progress = Console(stderr=True)


class Aim(NamedTuple):
    """An aim in words, whether this run met it, and the measurement."""

    words: str
    met: bool
    measured: str

    def __str__(self) -> str:
        return f"{self.words}: {'met' if self.met else 'NOT MET'} ({self.measured})"


def main(arguments: list[str] | None = None) -> int:
    """Run the parts asked for and print their tables; 0, or 1 if no peers or, with --check, an aim missed."""
    asked = _asked(arguments)
    try:
        named = [sentence for path in asked.gold for sentence in corpus.gold_file(path)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        return _stop(f"{', '.join(map(str, asked.gold))} cannot be read as gold: {error}")
    if asked.gold and not named:
        return _stop("The gold has no sentence.")
    sentences = named or corpus.built_in()
    needs_peers = not asked.no_peers and {"speed", "accuracy"} & set(asked.only)
    try:
        peers = environment.ready() if needs_peers else None
    except environment.NoPeers as error:
        return _stop(
            f"The peers could not be installed ({error}): is there a network? "
            "--no-peers measures tallybook alone."
        )
    core = on_one_core()
    try:
        with started(peers) as (readers, silent):
            _say_what(sentences, readers, silent, core)
            aims = list(_parts(asked, sentences, readers))
    except CannotRead as error:
        return _stop(str(error))
    if aims:
        console.print("Aims: " + "; ".join(map(str, aims)) + ".", soft_wrap=True)
    return int(asked.check and not all(aim.met for aim in aims))


def _parts(asked: argparse.Namespace, sentences: list[Sentence], readers: list[Reader]) -> Iterator[Aim]:
    """Run the parts in order, and yield the aim of each that has one."""
    ours, every = readers[0], [sentence.text for sentence in sentences]
    texts = every if asked.gold else corpus.news()
    dense = every[:: max(1, len(every) // DENSE)]
    rounds = 3 if asked.quick else 7
    if "speed" in asked.only:
        yield from _speed(readers, texts, rounds, "the sentences named" if asked.gold else "ordinary news")
        if not asked.gold:
            # shown without an aim: sentences chosen for their figures cost more than news
            list(_speed(readers, dense, rounds, "sentences dense with figures"))
    if "length" in asked.only:
        sizes = races.SIZES[:-1] if asked.quick else races.SIZES
        with _progress() as step:
            lengths = races.against_length(ours, _another, texts, sizes, 3, step)
        _show_lengths(lengths)
        last = lengths[-1].ratio
        measured = f"{last:.2f} times from {_size(sizes[0])} to {_size(sizes[-1])}"
        yield Aim("linear cost, at most 1.10 times a character", last <= LONGER, measured)
    if "hostile" in asked.only:
        size = races.MEGA // 10 if asked.quick else races.MEGA
        with _progress() as step:
            costs = races.against_hostility(ours, texts, size, 3, step)
        _show_costs(costs, size)
        worst = max(costs[1:], key=lambda cost: cost.ratio)
        measured = f"at most {worst.ratio:.2f} times, for {worst.name}"
        yield Aim("hostile text at most 1.5 times a character", worst.ratio <= HOSTILE, measured)
    if "accuracy" in asked.only:
        _show_accuracy([sentence for sentence in sentences if sentence.gold is not None], readers, asked.gold)


def _speed(readers: list[Reader], texts: list[str], rounds: int, what: str) -> Iterator[Aim]:
    with _progress() as step:
        paces = races.against_peers(readers, texts, rounds, step)
    _show_paces(paces, rounds, what)
    compiled = next((pace for pace in paces if pace.reader.name == COMPILED), None)
    rivals = [pace for pace in paces[1:] if pace.reader.name not in (*NUMBERS_ONLY, COMPILED)]
    for pace in rivals:
        if pace.reader.name == "quantulum3":
            words = f"at least {FASTER} times as fast as quantulum3 on {what}"
            yield Aim(words, pace.ratio >= FASTER, f"{pace.ratio:.1f} times")
            if compiled is not None:
                ratio = pace.ratio / compiled.ratio
                yield Aim("the same, compiled", ratio >= FASTER, f"{ratio:.1f} times")
    if rivals:
        nearest = min(rivals, key=lambda pace: pace.ratio)
        measured = f"{nearest.ratio:.1f} times as fast as {nearest.reader.name}, the fastest of them"
        yield Aim("faster than every peer that reads units", nearest.ratio > 1, measured)


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    about, _, rest = (__doc__ or "").partition("\n\n")
    ask = argparse.ArgumentParser(
        description=about, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument(
        "--gold",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="read these sentences instead, and score against them: a JSON list of {text, quantities: "
        "[{value, change, unit, normalized_unit}]}; may be given again",
    )
    ask.add_argument("--only", action="append", choices=PARTS, help="this part alone; may be given again")
    ask.add_argument("--quick", action="store_true", help="fewer rounds, no 10 MB, a tenth of hostile text")
    ask.add_argument("--no-peers", action="store_true", help="tallybook alone")
    ask.add_argument("--check", action="store_true", help="exit code 1 when an aim is missed")
    asked = ask.parse_args(arguments)
    asked.only = asked.only or list(PARTS)
    return asked


def _another() -> Reader:
    return Reader(OURS, Path(sys.executable))


def _stop(why: str) -> int:
    print(why, file=sys.stderr)
    return 1


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A status line with the current measurement, in a terminal."""
    if not progress.is_terminal:
        yield lambda _: None
        return
    with progress.status("") as status:
        yield status.update


def _say_what(sentences: list[Sentence], readers: list[Reader], silent: list[str], core: int | None) -> None:
    characters = sum(len(sentence.text) for sentence in sentences)
    plain = sum(not any(character.isdigit() for character in sentence.text) for sentence in sentences)
    where = "the system chooses the core" if core is None else f"core {core} alone"
    console.print(
        f"{len(sentences)} sentences, {characters / len(sentences):.0f} characters each on average, "
        f"{plain} of them without a digit; Python {sys.version.split()[0]}, {where}.",
        soft_wrap=True,
    )
    for line in silent:
        console.print(f"Left out: {line}", soft_wrap=True, markup=False)
    console.print()


def _table(title: str, *columns: str) -> Table:
    console.print(f"[bold]{title}[/bold]", soft_wrap=True)
    table = Table(box=None, pad_edge=False, collapse_padding=True)
    for at, column in enumerate(columns):
        table.add_column(column, justify="right" if at else "left", no_wrap=True)
    return table


def _show_paces(paces: list[races.Pace], rounds: int, what: str) -> None:
    table = _table(
        f"Speed on {what}, median of {rounds} pairs", "reader", "sentences/s", "tallybook is", "raised"
    )
    for pace in paces:
        ratio, least, most = (_times(x) for x in (pace.ratio, pace.least, pace.most))
        measured = f"{ratio} times as fast ({least}–{most})"
        name = f"{pace.reader.name} {pace.reader.version}{_note(pace.reader)}"
        ours = pace.reader.name == OURS
        table.add_row(
            name, f"{pace.sentences_a_second:,.0f}", "" if ours else measured, str(pace.failed or "")
        )
    _show(table)


def _show_lengths(lengths: list[races.Length]) -> None:
    smallest = _size(lengths[0].size)
    table = _table(
        f"Linear cost (aim: at most {LONGER:.2f} times)", "news", "µs/character", f"of {smallest}", "memory"
    )
    for length in lengths:
        memory = "" if length.memory is None else f"{length.memory:.1f} × text"
        table.add_row(_size(length.size), f"{length.microseconds:.3f}", f"{length.ratio:.2f}", memory)
    _show(table)


def _show_costs(costs: list[races.Cost], size: int) -> None:
    title = f"Hostile text, {_size(size)} each (aim: at most {HOSTILE:.1f} times news)"
    table = _table(title, "text", "µs/character", "of news")
    for cost in costs:
        table.add_row(cost.name, f"{cost.microseconds:.3f}", f"{cost.ratio:.2f}")
    _show(table)


def _show_accuracy(sentences: list[Sentence], readers: list[Reader], files: list[Path]) -> None:
    stated = sum(len(sentence.gold or ()) for sentence in sentences)
    source = ", ".join(path.name for path in files) or "the public gold"
    title = f"Accuracy: {stated} quantities in {len(sentences)} sentences, {source}"
    kinds = ("value", "+bound", "+unit")
    headings = [f"{kind if rate == 'F1' else ''}\n{rate}" for kind in kinds for rate in RATES]
    table = _table(title, "\nreader", "\nread", *headings)
    for reader in readers:
        turn = reader.turn([sentence.text for sentence in sentences], readings=True)
        scores = accuracy.score(sentences, turn.readings)
        rates = [rate for score in scores for rate in (score.precision, score.recall, score.f1)]
        table.add_row(reader.name, str(scores.value.read), *(f"{100 * rate:.1f}" for rate in rates))
    _show(table)
    if not files:
        console.print(
            "The rules of tallybook were written with these sentences: a fair test needs others (--gold).\n",
            soft_wrap=True,
        )


def _note(reader: Reader) -> str:
    return f" ({PEERS[reader.name]})" if reader.name in NUMBERS_ONLY else ""


def _times(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"


def _size(characters: int) -> str:
    return f"{characters // races.MEGA} MB" if characters >= races.MEGA else f"{characters // races.KILO} KB"


def _show(table: Table) -> None:
    # a table keeps its width if the output is not a terminal
    wide = console if console.is_terminal else Console(highlight=False, width=160)
    wide.print(table)
    wide.print()


if __name__ == "__main__":
    sys.exit(main())
