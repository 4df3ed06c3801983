"""Numbers of a text whose language the reader has no lexicon for: digits, with words of magnitude.

Enough to find a figure by its size, never to state it: bounds and units are not read, percent apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallybook.reading import Mention

_DIGITS = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:[.,'’\u00a0\u202f\u2009 ]\d{3}){1,4}|\d{1,12}(?:[.,]\d{1,4})?)(?!\d)"
)
_MYRIADS = {"万": 1e4, "萬": 1e4, "만": 1e4, "億": 1e8, "亿": 1e8, "억": 1e8, "兆": 1e12, "조": 1e12,
            "千": 1e3, "천": 1e3, "百": 1e2, "백": 1e2}  # fmt: skip
_WORDS = {
    "thousand": 1e3, "mila": 1e3, "mille": 1e3, "mil": 1e3, "ribu": 1e3, "тыс": 1e3, "тысяч": 1e3, "тис": 1e3,
    "tys": 1e3, "bin": 1e3, "nghìn": 1e3, "ألف": 1e3, "آلاف": 1e3, "हज़ार": 1e3, "tisíc": 1e3, "tusen": 1e3,
    "million": 1e6, "millions": 1e6, "millones": 1e6, "milhões": 1e6, "milioni": 1e6, "milione": 1e6,
    "miljoen": 1e6, "miljoner": 1e6, "millioner": 1e6, "juta": 1e6, "млн": 1e6, "mln": 1e6, "milyon": 1e6,
    "milionów": 1e6, "triệu": 1e6, "مليون": 1e6, "ملايين": 1e6, "lakh": 1e5, "crore": 1e7,
    "milliard": 1e9, "milliards": 1e9, "miliardi": 1e9, "miljard": 1e9, "млрд": 1e9, "mld": 1e9,
    "miliar": 1e9, "bilhões": 1e9, "مليار": 1e9, "tỷ": 1e9,
}  # fmt: skip
_PERCENT = ("%", "％", "퍼센트", "パーセント", "프로")
_TENTHS = ("割", "할")
_WORD = re.compile(r"[^\W\d_]{1,20}")
_YEAR = range(1800, 2100)
_SIGNS = "".join(_MYRIADS)
_RUN = re.compile(rf"(?:[여余数]?[{_SIGNS}]{{1,2}}(?: ?\d{{1,4}}(?=[{_SIGNS}])|\d{{1,4}}(?!\d))?){{1,6}}")
_STEP = re.compile(rf"(\d{{0,4}})([{_SIGNS}]?)")


def numbers_of(text: str, first: int, last: int) -> Iterator[Mention]:
    """The numbers of one sentence, each with its place in the text; years are none."""
    at = first
    while (found := _DIGITS.search(text, at, last)) is not None:
        value, end = _with_magnitudes(text, _value(found[0]), found.end(), last)
        at = max(end, found.end())
        unit = None
        behind = text[end : end + 5].lstrip()
        if behind.startswith(_PERCENT):
            unit, end = "percent", end + 1
        elif behind.startswith(_TENTHS):
            unit, value, end = "percent", value * 10, end + 1
        elif end == found.end() and value in _YEAR and len(found[0]) == 4:
            continue
        yield Mention(text[found.start() : end], found.start(), end, value, value, unit=unit,
                      sentence=(first, last))  # fmt: skip


def _value(digits: str) -> float:
    """A mark before three digits groups, any other is that of decimals."""
    parts = re.split(r"[.,'’\u00a0\u202f\u2009 ]", digits)
    if len(parts) > 1 and all(len(part) == 3 for part in parts[1:]):
        return float("".join(parts))
    return float(".".join(parts))


def _with_magnitudes(text: str, value: float, end: int, last: int) -> tuple[float, int]:
    """1만 5천 is 15,000; 총 4천700 is 4,700; 6,5 млн is 6.5 million."""
    run = _RUN.match(text, end, last)
    if run is not None:
        total, current = 0.0, value
        for digits, sign in _STEP.findall(run[0]):
            current = float(digits) if digits else current
            if sign and not current:  # 千万: a thousand times ten thousand
                total *= _MYRIADS[sign]
            elif sign:
                total, current = total + current * _MYRIADS[sign], 0.0
        return total + current, run.end()
    word = _WORD.match(text, end + 1, last) if text[end : end + 1] in (" ", "\u00a0") else None
    if word is not None and word[0].lower() in _WORDS:
        return value * _WORDS[word[0].lower()], word.end()
    return value, end
