"""The three races: against the peers, against longer texts, against hostile ones. Only ratios are trusted.

Whatever is compared runs in turns, A B A B, after a warm-up, and the ratio is the median over the pairs.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from typing import NamedTuple

from measure.corpus import paragraphs
from measure.readers import Reader

# A turn lasts at least so many seconds, by passes: shorter ones are at the mercy of the clock.
TURN = 0.3
LIMIT = 120.0

KILO, MEGA = 1_000, 1_000_000
SIZES = (KILO, 10 * KILO, 100 * KILO, MEGA, 10 * MEGA)
# Below, what the allocator keeps in hand is larger than the text.
SMALLEST_FOR_MEMORY = MEGA

HOSTILE = {
    "1,": "1,",
    "thousand": "thousand ",
    "–": "–",
    "U+0301": "\u0301",
    "1": "1 ",
    "one": "one ",
    "1-": "1-",
    "1–": "1–",
    "(": "(",
    "9": "9",
    "half": "half ",
    "$1": "$1 ",
    "$": "$",
    "5%": "5% ",
    "1/2": "1/2 ",
    "½": "½",
    "1.": "1.",
    "1,000": "1,000 ",
    "one hundred": "one hundred ",
    "twenty-": "twenty-",
    "and": "and ",
    "more than": "more than ",
    "between 1 and": "between 1 and ",
    "from 1 to": "from 1 to ",
    "1 of the": "1 of the ",
    "over 9 men a day": "over 9 men a day ",
    "1.1. ": "1.1. ",
    "“": "“",
    "a": "a",
    "line breaks": "\n",
    "spaces": " ",
}

Step = Callable[[str], None]


class Pace(NamedTuple):
    """A reader's speed, and how many times as long as ours it takes: the median, least and most of pairs."""

    reader: Reader
    sentences_a_second: float
    ratio: float
    least: float
    most: float
    failed: int


class Length(NamedTuple):
    """What a character costs in a text of ``size`` characters, and the memory as a multiple of its bytes."""

    size: int
    microseconds: float
    ratio: float
    memory: float | None


class Cost(NamedTuple):
    """What a character of a hostile text costs, as a multiple of news."""

    name: str
    microseconds: float
    ratio: float


def against_peers(readers: Sequence[Reader], texts: Sequence[str], rounds: int, step: Step) -> list[Pace]:
    """The pace of every reader on the same texts; the first is ours, and runs before each of the others."""
    ours, *peers = readers
    passes = {reader.name: _passes(reader, texts) for reader in readers}
    mine: list[float] = []
    pairs: dict[str, list[tuple[float, float]]] = {peer.name: [] for peer in peers}
    failed = {reader.name: 0 for reader in readers}
    for number in range(rounds):
        for peer in peers or [ours]:
            step(f"round {number + 1} of {rounds}: {peer.name}")
            own = ours.turn(texts, passes[ours.name])
            mine.append(own.seconds)
            failed[ours.name] = own.failed
            if peer is not ours:
                other = peer.turn(texts, passes[peer.name])
                pairs[peer.name].append((own.seconds, other.seconds))
                failed[peer.name] = other.failed
    paces = [Pace(ours, len(texts) / statistics.median(mine), 1.0, 1.0, 1.0, failed[ours.name])]
    for peer in peers:
        ratios = [theirs / own for own, theirs in pairs[peer.name]]
        seconds = statistics.median(theirs for _, theirs in pairs[peer.name])
        paces.append(
            Pace(
                peer,
                len(texts) / seconds,
                statistics.median(ratios),
                min(ratios),
                max(ratios),
                failed[peer.name],
            )
        )
    return paces


def against_length(
    ours: Reader, fresh: Callable[[], Reader], texts: list[str], sizes: Sequence[int], rounds: int, step: Step
) -> list[Length]:
    """The cost of a character in ever longer news. ``fresh`` starts another reader, to measure memory in.

    The small sizes are pieces of the same news, all of it, so that every size has the same figures in it.
    """
    block = paragraphs(texts)
    parts = {size: pieces(block, size) for size in sizes}
    characters = {size: sum(map(len, part)) for size, part in parts.items()}
    passes = {size: _passes(ours, parts[size]) for size in sizes if size < MEGA}
    turns: dict[int, list[float]] = {size: [] for size in sizes}
    for number in range(rounds):
        for size in sizes:
            step(f"round {number + 1} of {rounds}: {size:,} characters")
            seconds = ours.turn(parts[size], passes.get(size, 1)).seconds
            turns[size].append(1e6 * seconds / characters[size])
    lengths = []
    for size in sizes:
        ratios = [own / first for first, own in zip(turns[sizes[0]], turns[size], strict=True)]
        memory = None
        if size >= SMALLEST_FOR_MEMORY:
            step(f"memory for {size:,} characters")
            with fresh() as reader:
                memory = reader.memory(block, max(1, round(size / len(block))))
        lengths.append(Length(size, statistics.median(turns[size]), statistics.median(ratios), memory))
    return lengths


def against_hostility(ours: Reader, texts: list[str], size: int, rounds: int, step: Step) -> list[Cost]:
    """The cost of a character in each hostile text, news first; a text that takes too long costs infinity.

    News is read again before every text, a fifth of it: the cost of a character is all that matters.
    """
    block = paragraphs(texts)
    plain = "".join(pieces(block, size // 5))
    ours.turn([block])
    news: list[float] = []
    costs: dict[str, list[float]] = {name: [] for name in HOSTILE}
    ratios: dict[str, list[float]] = {name: [] for name in HOSTILE}
    for number in range(rounds):
        for name, repeated in HOSTILE.items():
            if math.inf in costs[name]:
                continue
            step(f"round {number + 1} of {rounds}: {name}")
            text = repeated * (size // len(repeated))
            usual = ours.turn([plain]).seconds / len(plain)
            cost = ours.turn([text], limit=LIMIT).seconds / len(text)
            if cost == math.inf:
                ours.turn([block])  # it was stopped, and starts anew
            news.append(usual)
            costs[name].append(cost)
            ratios[name].append(cost / usual)
    rows = [Cost("news", 1e6 * statistics.median(news), 1.0)]
    for name in HOSTILE:
        worst = math.inf in costs[name]
        cost = math.inf if worst else 1e6 * statistics.median(costs[name])
        rows.append(Cost(name, cost, math.inf if worst else statistics.median(ratios[name])))
    return rows


def pieces(block: str, size: int) -> list[str]:
    """News in texts of about ``size`` characters: the block cut at its line ends, or repeated."""
    if size >= len(block):
        return [block * max(1, round(size / len(block)))]
    parts = [""]
    for line in block.splitlines(keepends=True):
        if parts[-1] and len(parts[-1]) + len(line) / 2 > size:
            parts.append("")
        parts[-1] += line
    return parts


def _passes(reader: Reader, texts: Sequence[str]) -> int:
    """How many passes fill a turn; asking warms the reader up."""
    reader.turn(texts)
    return max(1, math.ceil(TURN / max(reader.turn(texts).seconds, 1e-6)))
