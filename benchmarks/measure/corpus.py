"""Sentences to read, and what they state: from the project's own phrases, or from a file of gold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from measure.signs import SIGNS, sign
from tallybook.evaluation.sentences import load_sentences

ROOT = Path(__file__).resolve().parents[2]
PHRASES = ROOT / "tests" / "reading"
NEWS = Path(__file__).resolve().parents[1] / "news.txt"

# Sentences to a line of the long texts: a paragraph of ordinary news.
PARAGRAPH = 3

_NUMBER = r"-?[\d,]+(?:\.\d+)?(?:e[+-]?\d+)?|-?inf"
_FIGURE = re.compile(
    rf"(?P<modifiers>[a-z_]+(?:\+[a-z_]+)*) (?P<low>{_NUMBER})(?: to (?P<high>{_NUMBER}))?"
    r"(?: (?!\()(?!per )(?P<unit>.+?))?(?: per (?P<per>.+?))?(?: \((?P<trend>up|down)\))?"
)
_VALUE = re.compile(r"(-?[\d.]+(?:[eE][+-]?\d+)?)(?:-(-?[\d.]+(?:[eE][+-]?\d+)?))?")


class Gold(NamedTuple):
    """One quantity that a sentence states: its two ends, its sign, and the names its unit may have."""

    low: float
    high: float
    sign: str
    units: tuple[str | None, ...]


class Sentence(NamedTuple):
    """A text, and every quantity in it; None where nobody has written them down."""

    text: str
    gold: tuple[Gold, ...] | None = None


def built_in() -> list[Sentence]:
    """The project's phrases and sentences by kind, with gold, and made-up news, without."""
    return phrases() + kinds() + [Sentence(line) for line in news()]


def news() -> list[str]:
    """The made-up sentences of news.txt."""
    lines = NEWS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def phrases(folder: Path = PHRASES) -> list[Sentence]:
    """The phrases that the tests of the reader are made of, and the figures they demand."""
    return [
        Sentence(case["text"], tuple(figure(line) for line in case["figures"]))
        for path in [*sorted(folder.glob("*.yaml")), folder / "misses" / "known.yaml"]
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def kinds(folder: Path = PHRASES / "kinds") -> list[Sentence]:
    """The English sentences by kind, those whose figures are given in full."""
    return [
        Sentence(one.text, tuple(map(_stated, one.figures)))
        for path in sorted(folder.glob("*.yaml"))
        for one in load_sentences(path)
        if one.language == "en" and all(isinstance(figure, dict) for figure in one.figures)
    ]


def _stated(figure: dict[str, Any]) -> Gold:
    low, high = sorted((float(figure["low"]), float(figure["high"])))
    modifier = figure.get("modifier", "exact")
    modifier = modifier if modifier in SIGNS else "range"  # "mixed": two bounds, of which the ends stand
    return Gold(low, high, sign(modifier, figure.get("trend")), (figure.get("unit"),))


def figure(line: str) -> Gold:
    """The gold of a line "words: modifier(+hedges) low( to high) unit per base (trend)".

    ValueError if the line is none. The words may hold ": " themselves, so the last one counts.
    """
    stated = line.rpartition(": ")[2]
    match = _FIGURE.fullmatch(stated)
    modifier = "" if match is None else match["modifiers"].partition("+")[0]
    if match is None or modifier not in SIGNS:
        raise ValueError(f"not a figure: {line!r}")
    low = _number(match["low"])
    high = low if match["high"] is None else _number(match["high"])
    return Gold(low, high, sign(modifier, match["trend"]), (match["unit"],))


def gold_file(path: Path) -> list[Sentence]:
    """The sentences of a JSON list of {"text", "quantities"}.

    A quantity has "value" ("-1.3", "4000-5000"), and may have "change" (one of = ~ > < up down),
    "unit" and "normalized_unit".
    """
    raw = json.loads(path.read_text(encoding="utf-8"))
    return [Sentence(item["text"], tuple(map(_quantity, item["quantities"]))) for item in raw]


def ends(value: str) -> tuple[float, float]:
    """The two ends of "4000-5000" or "-1.3", the lower first. ValueError if it is neither."""
    match = _VALUE.fullmatch(value.replace(" ", ""))
    if match is None:
        raise ValueError(f"not a value: {value!r}")
    first = float(match[1])
    second = first if match[2] is None else float(match[2])
    return min(first, second), max(first, second)


def paragraphs(texts: list[str]) -> str:
    """The sentences as one text, some to a line, with a line break at its end."""
    lines = [" ".join(texts[at : at + PARAGRAPH]) for at in range(0, len(texts), PARAGRAPH)]
    return "\n".join(lines) + "\n"


def _quantity(raw: dict[str, Any]) -> Gold:
    units = tuple(dict.fromkeys(raw.get(key) for key in ("normalized_unit", "unit")))
    return Gold(*ends(str(raw["value"])), raw.get("change", "="), units)


def _number(digits: str) -> float:
    return float(digits.replace(",", ""))
