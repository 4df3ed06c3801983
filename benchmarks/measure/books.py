"""Made-up books of any size, as files of YAML as a person would write them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

MEASURES, ORIGINS = 30, 200
ARTICLES, CLAIMS = 20, 20
_START = date(2025, 1, 1)


def write_book(root: Path, pages: int, statements: int = 3) -> None:
    """``pages`` files of sources, each with ``statements``; the same book for the same numbers."""
    draw = random.Random(1)
    for folder in ("claims", "sources"):
        (root / folder).mkdir(parents=True)
    measures = "".join(
        f"  - id: m{k}\n    kind: stock\n    unit: loaf\n    definition: Made-up loaves.\n"
        for k in range(MEASURES)
    )
    _write(root / "claims" / "measures.yaml", f"measures:\n{measures}")
    origins = "".join(f"  - id: o{k}\n    name: Made-up origin {k}\n" for k in range(ORIGINS))
    _write(root / "sources" / "origins.yaml", f"origins:\n{origins}")
    for article in range(ARTICLES):
        claims = "".join(_claim(draw, k) for k in range(CLAIMS))
        _write(root / "claims" / f"a{article}.yaml", f"{_head(f'a{article}', draw)}claims:\n{claims}")
    for page in range(pages):
        said = "".join(_statement(draw, f"s{page}-{k}") for k in range(statements))
        text = f"{_head(f's{page}', draw)}kind: secondary\nstatements:\n{said}"
        _write(root / "sources" / f"s{page}.yaml", text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _head(id_: str, draw: random.Random) -> str:
    published = _START + timedelta(draw.randrange(360, 700))
    url = f"https://example.org/{id_}"
    return (
        f"id: {id_}\ntitle: A made-up page\npublisher: Made-up paper\nurl: {url}\n"
        f"published: {published}\nlanguage: en\n"
    )


def _claim(draw: random.Random, number: int) -> str:
    return (
        f"  - id: c{number}\n    measure: m{draw.randrange(MEASURES)}\n"
        f"    anchor: {{exact: {_words(draw)}, paragraph: 1}}\n"
    )


def _statement(draw: random.Random, id_: str) -> str:
    day = _START + timedelta(draw.randrange(350))
    return (
        f"  - id: {id_}\n    measure: m{draw.randrange(MEASURES)}\n    words: {_words(draw)}\n"
        f"    origin: o{draw.randrange(ORIGINS)}\n    reference_period: {day}\n"
    )


def _words(draw: random.Random) -> str:
    """Quoted, since a comma would end it in a line of YAML between braces."""
    return f'"{draw.choice(("", "about ", "over ", "up to "))}{draw.randrange(1, 900)},000 loaves"'
