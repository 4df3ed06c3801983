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
MEANINGS: dict[str, tuple[tuple[str, float], ...]] = {
    "ton": (("kilogram", 907.18474), ("kilogram", 1016.0469088), ("kilogram", 1000.0)),
    "hundredweight": (("kilogram", 45.359237), ("kilogram", 50.80234544)),
    "ounce": (  # that of gold is the larger one; "ounces" of a drink are of its volume
        ("kilogram", 0.028349523125), ("kilogram", 0.0311034768),
        ("liter", 0.0295735295625), ("liter", 0.0284130625),
    ),
    "fluid ounce": (("liter", 0.0295735295625), ("liter", 0.0284130625)),
    "pint": (("liter", 0.473176473), ("liter", 0.56826125)),
    "quart": (("liter", 0.946352946), ("liter", 1.1365225)),
    "gallon": (("liter", 3.785411784), ("liter", 4.54609)),
    "horsepower": (("watt", 745.69987158), ("watt", 735.49875)),
    "calorie": (("joule", 4.184), ("joule", 4184.0)),  # that of physics, and that of food
}  # fmt: skip
"""What each such word may mean: (unit, how many of it)."""
_LIKELIEST = {"ton": ("tonne", 1000.0), "calorie": ("kilocalorie", 4184.0)}
"""Of a word that mostly means another than the first of its meanings."""


def _sizes(word: str) -> Sizes:
    base, first = MEANINGS[word][0]
    likeliest, size = _LIKELIEST.get(word, (word, first))
    several = [each / size for unit, each in MEANINGS[word] if unit == base]
    return Sizes(likeliest, min(several), max(several))


_SEVERAL = {word: _sizes(word) for word in MEANINGS}


def sizes_of(unit: str) -> Sizes:
    """What the word for a unit may mean; of most words one thing alone."""
    return _SEVERAL.get(unit.casefold()) or Sizes(unit)
