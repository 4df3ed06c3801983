"""Words of the reader for a unit of which English has several: a ton, a gallon, an ounce.

Nobody can tell by the word which of them a page means: a ton is 907 kg in the United States, 1,016 kg in
Britain, and 1,000 kg where "metric" is left out. So the zone in which such words are true holds all that the
word can mean, and the number is what it likeliest means. Whoever knows which it is says so in the measure:
``unit: short ton, nouns: [ton]``. Sizes: NIST Handbook 44, appendix C; Weights and Measures Act 1985,
schedule 1; DIN 66036.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """``likeliest``: the unit that the word mostly means; ``least``, ``most``: the smallest and the largest
    that it may mean, as multiples of it."""

    likeliest: str
    least: float = 1.0
    most: float = 1.0

    @property
    def several(self) -> bool:
        return self.least != self.most

    def seen_from(self, size: float, unit: str) -> Sizes:
        """The same beside a ``unit`` that is ``size`` times the likeliest: where the word may mean just that
        unit, it likeliest does."""
        if self.several and self.least * (1 - _SAME) <= size <= self.most * (1 + _SAME):
            return Sizes(unit, self.least / size, self.most / size)
        return self


_SAME = 1e-6
_SEVERAL = {
    "ton": Sizes("tonne", 0.90718474, 1.0160469088),
    "hundredweight": Sizes("hundredweight", 1.0, 1.12),
    "ounce": Sizes("ounce", 1.0, 1.0971428571),  # the ounce of gold
    "gallon": Sizes("gallon", 1.0, 1.2009499255),
    "quart": Sizes("quart", 1.0, 1.2009499255),
    "pint": Sizes("pint", 1.0, 1.2009499255),
    "fluid ounce": Sizes("fluid ounce", 0.9607599404, 1.0),
    "horsepower": Sizes("horsepower", 0.9863200706, 1.0),
    "calorie": Sizes("kilocalorie", 0.001, 1.0),  # of food, and of physics
}


def sizes_of(unit: str) -> Sizes:
    """What the word for a unit may mean; of most words one thing alone."""
    return _SEVERAL.get(unit.casefold()) or Sizes(unit)
