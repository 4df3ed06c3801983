"""The value of one number, before anything is known of its unit or bounds."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.terms import Modifier


@dataclass(slots=True)
class Number:
    """``low`` and ``high`` differ for vague words ("dozens"). Tokens ``start`` to ``end - 1``.

    ``scale``: the magnitude that was printed ("million" is 1e6), 1 if none; a range shares it.
    ``in_digits``: it begins with digits. ``fraction``: a part of one ("half").
    ``implied``: the bound that the number word itself brings ("a couple" is about two).
    ``printed``: the digits that state it, with the magnitude and nothing else; ``step``: the part of one in
    which it is counted ("two and a half": 0.5). ``best``: the centre, where it has an error term.
    """

    low: float
    high: float
    start: int
    end: int
    scale: float = 1.0
    in_digits: bool = False
    fraction: bool = False
    implied: Modifier = Modifier.EXACT
    printed: str = ""
    step: float = 0.0
    best: float | None = None

    def scaled(self, factor: float) -> None:
        self.low = rounded(self.low * factor)
        self.high = rounded(self.high * factor)
        self.scale = factor
        self.step *= factor

    @property
    def one(self) -> bool:
        return self.low == self.high == 1


def rounded(value: float) -> float:
    """Without the noise of binary multiplication (1.1 × 1e6 is 1,100,000 and not a hair above)."""
    return round(value, 4) if abs(value) >= 1000 else round(value, 12)
