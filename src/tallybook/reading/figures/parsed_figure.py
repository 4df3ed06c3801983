"""A figure in tokens, as the grammar builds it before it becomes a mention."""

from __future__ import annotations

from dataclasses import dataclass, field

from tallybook.terms import Form, Modifier

FRACTION = "fraction"
TokenSpan = tuple[int, int]


@dataclass(slots=True)
class ParsedFigure:
    """Tokens ``start`` to ``end - 1``; ``noun``, ``of``, ``base``: token spans within or next to it.

    ``base``: the span of the rate ("per 100,000 people"); numbers in it are not figures of their own.
    ``resume``: the token where the scanner continues. A counted phrase may hold measures of its own
    ("2.9 million 9 liter cases", "3 million 152-mm shells").
    """

    low: float
    high: float
    start: int
    end: int
    modifier: Modifier = Modifier.EXACT
    hedges: tuple[Modifier, ...] = ()
    unit: str | None = None
    noun: TokenSpan | None = None
    per: str | None = None
    trend: str | None = None
    of: TokenSpan | None = None
    base: TokenSpan | None = None
    bounds: list[Modifier] = field(default_factory=list)
    resume: int = 0
    best: float | None = None
    grain: float | None = None
    grain_high: float | None = None
    single: bool = False
    form: Form = Form.NUMBER
    leaning: str | None = None
    inferred: bool = False
    descends: bool = False
