"""One reader in a process of its own, asked over pipes: ``python -m measure.worker READER``.

First it says {"ready": version} or {"error": why it cannot read}. Then, a line a request:

    {"texts": [...], "passes": 2, "readings": true}
        → {"seconds", "failed", "readings": [[[low, high, sign, unit], ...], ...]}
    {"block": "...", "times": 40}
        → {"bytes", "grown"}: of the block so often, and of the most memory that reading it took beyond it

The seconds are those of the processor, spent in the reader alone: neither start-up nor the pipes count,
nor whatever else runs on the machine. Only the standard library is needed here, and the reader's package.
"""

from __future__ import annotations

import contextlib
import gc
import importlib.metadata
import json
import math
import os
import re
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from measure.signs import sign

Found = tuple[float, float, str, str | None]


class Reader(NamedTuple):
    """``read``: text → whatever the package hands out; ``plain``: that, and the text → figures."""

    package: str
    read: Callable[[str], Any]
    plain: Callable[[Any, str], Iterable[Found]]


def tallybook() -> Reader:
    from tallybook import read

    def plain(reading: Any, text: str) -> Iterator[Found]:
        for mention in reading:
            yield mention.low, mention.high, sign(mention.modifier, mention.trend), mention.unit

    return Reader("tallybook", read, plain)


def quantulum3() -> Reader:
    """Ranges come as a middle and an uncertainty; bounds are not told."""
    from quantulum3 import parser

    def plain(quantities: Any, text: str) -> Iterator[Found]:
        for quantity in quantities:
            spread = 0.0 if "±" in quantity.surface else quantity.uncertainty or 0.0
            unit = None if quantity.unit.name == "dimensionless" else quantity.unit.name
            yield quantity.value - spread, quantity.value + spread, "=", unit

    return Reader("quantulum3", parser.parse, plain)


def recognizers() -> Reader:
    """Microsoft's. A model a kind of number; where two overlap, the longer reading holds."""
    from ms_recognizers_number import NumberRecognizer
    from ms_recognizers_number_with_unit import NumberWithUnitRecognizer

    numbers, units = NumberRecognizer("en-us"), NumberWithUnitRecognizer("en-us")
    models = [
        numbers.get_number_model(),
        numbers.get_percentage_model(),
        units.get_currency_model(),
        units.get_dimension_model(),
        units.get_temperature_model(),
        units.get_age_model(),
    ]

    def read(text: str) -> list[Any]:
        return [result for model in models for result in model.parse(text)]

    def plain(results: Any, text: str) -> Iterator[Found]:
        kept: list[Any] = []
        for result in sorted(results, key=lambda result: result.start - result.end):
            if all(result.end < other.start or other.end < result.start for other in kept):
                kept.append(result)
        for result in sorted(kept, key=lambda result: result.start):
            said = (result.resolution or {}).get("value") or ""
            with contextlib.suppress(ValueError):  # a unit without a number has no value
                value = float(said.rstrip("%"))
                yield value, value, "=", "percent" if said.endswith("%") else result.resolution.get("unit")

    return Reader("ms-recognizers-text-number-with-unit", read, plain)


QUANTITIES = ("number", "amount-of-money", "distance", "duration", "quantity", "temperature", "volume")


def duckling(*more: str) -> Reader:
    """An open interval is a bound; percentages have no unit. ``more``: kinds to find besides quantities."""
    from duckling import (
        Context,
        default_locale_lang,
        load_time_zones,
        parse,
        parse_dimensions,
        parse_lang,
        parse_locale,
        parse_ref_time,
    )

    with tempfile.TemporaryDirectory() as empty:  # no time zone matters to a quantity
        now = parse_ref_time(load_time_zones(empty), "UTC", 0)
    context = Context(now, parse_locale("EN_US", default_locale_lang(parse_lang("EN"))))
    kinds = parse_dimensions([*QUANTITIES, *more])

    def read(text: str) -> Any:
        return parse(text, context, kinds, False)

    def plain(results: Any, text: str) -> Iterator[Found]:
        for result in results:
            if result["dim"] not in QUANTITIES:
                continue
            value = result["value"]
            if value["type"] == "value":
                yield value["value"], value["value"], "=", value.get("unit")
                continue
            low, high = value.get("from"), value.get("to")
            bound = "=" if low and high else ">" if low else "<"
            low, high = low or high, high or low
            yield low["value"], high["value"], bound, low.get("unit")

    return Reader("pyduckling-native-phihos", read, plain)


def text2num() -> Reader:
    """Number words only: it writes them in digits. What it put there is the reading."""
    from text_to_num import alpha2digit

    digits = re.compile(r"\d[\d,]*(?:\.\d+)?")

    def plain(written: str, text: str) -> Iterator[Found]:
        for match in digits.finditer(written):
            value = float(match[0].replace(",", ""))
            yield value, value, "=", None

    return Reader("text2num", lambda text: alpha2digit(text, "en"), plain)


READERS = {
    "tallybook": tallybook,
    "quantulum3": quantulum3,
    "Recognizers": recognizers,
    "Duckling": duckling,
    "Duckling, dates too": partial(duckling, "time"),
    "text2num": text2num,
}


def timed(reader: Reader, texts: list[str], passes: int, wanted: bool) -> dict[str, Any]:
    """Read all texts ``passes`` times. A text on which the reader raises counts as failed, and as empty."""
    gc.collect()
    read = reader.read
    results: list[Any] = []
    began = time.process_time()
    for _ in range(passes):
        results = []
        for text in texts:
            try:
                results.append(read(text))
            except Exception as error:
                results.append(error)
    seconds = time.process_time() - began
    failed = [isinstance(result, Exception) for result in results]
    answer: dict[str, Any] = {"seconds": seconds / passes, "failed": sum(failed)}
    if wanted:
        answer["readings"] = [
            [] if wrong else [found for found in reader.plain(result, text) if _is_finite(found)]
            for result, text, wrong in zip(results, texts, failed, strict=True)
        ]
    return answer


def _is_finite(found: Found) -> bool:
    return math.isfinite(found[0]) and math.isfinite(found[1])


def memory(reader: Reader, block: str, times: int) -> dict[str, int]:
    """Bytes of a text as UTF-8, and by how many more the process grew at most while it was read."""
    reader.read(block)
    size = len(block.encode()) * times
    gc.collect()
    text = block * times  # no copy on the way: the peak so far is what is held now
    before = peak()
    result = reader.read(text)
    grown = peak() - before
    del result
    return {"bytes": size, "grown": grown}


def peak() -> int:
    """The most memory, in bytes, that this process has held at once.

    Linux tells it of the program itself; ru_maxrss there begins at the size of the parent.
    """
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:
            return next(1024 * int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        import resource

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else 1024 * most


def main(name: str) -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # a package that prints must not do so between the answers

    def say(answer: dict[str, Any]) -> None:
        print(json.dumps(answer), file=answers, flush=True)

    warnings.simplefilter("ignore")
    try:
        reader = READERS[name]()
        reader.plain(reader.read("Over 12 people paid $3.50."), "")
        version = importlib.metadata.version(reader.package)
    except Exception as error:
        return say({"error": f"{type(error).__name__}: {error}"})
    say({"ready": version})
    for line in sys.stdin:
        request = json.loads(line)
        if "block" in request:
            say(memory(reader, request["block"], request["times"]))
        else:
            say(timed(reader, request["texts"], request["passes"], request.get("readings", False)))


if __name__ == "__main__":
    main(sys.argv[1])
