"""How numbers, units, dates and a page's own words are written in a picture."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Any

from matplotlib.font_manager import FontProperties, findfont, get_font

from tallybook.charts.style import FAMILY

_MODIFIER_WORDS = {
    "exact": "{}",
    "about": "about {}",
    "nearly": "nearly {}",
    "over": "over {}",
    "at_least": "at least {}",
    "under": "under {}",
    "at_most": "at most {}",
    "up_to": "up to {}",
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LANGUAGES = {
    "de": "German", "es": "Spanish", "fr": "French", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "ru": "Russian", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip

EXACT = 1e-12


def known(value: Any) -> bool:
    """False for the ways in which a table says that it has no value: None, NaN, NaT, ''."""
    return value is not None and value != "" and bool(value == value)  # NaN and NaT equal nothing


def number(value: float, unit: str = "") -> str:
    """10,000 · 3.5 million · 40% (a fraction) · 0.25; never in powers of ten."""
    if math.isinf(value):
        return "no end"
    if unit == "fraction":
        return f"{_trimmed(value * 100)}%"
    for size, name in ((1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{_trimmed(value / size)} {name}"
    return _trimmed(value)


def _trimmed(value: float) -> str:
    if abs(value - round(value)) > EXACT * max(1.0, abs(value)) and abs(value) >= 1000:
        value = float(f"{value:.3g}")  # computed, not stated: no more digits than it deserves
    size = abs(value)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 4
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure_words(low: float, high: float, modifier: Any, unit: str = "") -> str:
    """A figure in our own words, for a page whose words cannot be drawn: "about 15,000"."""
    if not (known(low) and known(high)):
        return "no number"
    if low != high:
        first, last = number(low, unit), number(high, unit)
        if first.partition(" ")[2] == last.partition(" ")[2]:
            first = first.partition(" ")[0]
        return f"{first} to {last}"
    pattern = _MODIFIER_WORDS.get(str(modifier), "{}") if known(modifier) else "{}"
    return pattern.format(number(low, unit))


def row_figure(row: Any, unit: str) -> str:
    """A row's figure in our own words; a derived one no finer than its inputs, to three digits."""
    low, high = row.best_low, row.best_high
    if row.derived and known(low) and known(high):
        low, high = float(f"{low:.3g}"), float(f"{high:.3g}")
    return figure_words(low, high, row.modifier, unit)


def unit_words(unit: str) -> str:
    """The unit of an axis, in the plural: "shells a month" for "shell / month"."""
    if unit == "fraction":
        return "percent"
    counted, _, per = (part.strip() for part in unit.partition("/"))
    if counted.endswith("y") and counted[-2:-1] not in "aeiou":
        counted = counted[:-1] + "ies"
    elif not counted.endswith("s"):
        counted += "s"
    return f"{counted} a {per}" if per else counted


def day(value: Any) -> str:
    """13 Nov 2024, whatever the machine's language; "no date" where the page gives none."""
    return f"{value.day} {month(value)} {value.year}" if known(value) else "no date"


def month(value: Any) -> str:
    """Jan … Dec"""
    return _MONTHS[value.month - 1]


def counted(count: int, noun: str) -> str:
    """1 page, 2 pages."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def joined(parts: Iterable[str]) -> str:
    """a, b and c"""
    *most, last = list(parts) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def clipped(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut at a word where there is one."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip(" ,;:") + "…"


def plain(text: Any) -> str:
    """One line of text: no control or direction marks, runs of white space as one space."""
    if not known(text):
        return ""
    kept = (" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs") else c for c in str(text))
    return " ".join("".join(kept).split())


def drawable(text: str) -> bool:
    """True when the font of the pictures has every letter of the text."""
    return all(map(_has_glyph, text))


def drawn(text: Any) -> str:
    """The text with "…" for each run of letters that the font of the pictures does not have."""
    parts: list[str] = []
    for letter in plain(text):
        if _has_glyph(letter):
            parts.append(letter)
        elif parts[-1:] != ["…"]:
            parts.append("…")
    return "".join(parts)


@lru_cache(maxsize=4096)
def _has_glyph(letter: str) -> bool:
    font = get_font(findfont(FontProperties(family=FAMILY)))
    return letter == " " or font.get_char_index(ord(letter)) != 0


def in_quotes(text: Any, limit: int = 120) -> str:
    """Somebody's words in quotation marks; marks inside them become single, or go if one is missing."""
    bare = plain(text).strip('“”"')
    paired = bare.count("“") == bare.count("”")
    inner: dict[str, str | int | None] = {"“": "‘", "”": "’"} if paired else {"“": "", "”": ""}
    return f"“{clipped(drawn(bare.translate(str.maketrans(inner))), limit)}”"


def quoted(row: Any, unit: str) -> str:
    """What a page says: its own words in quotation marks; a derived figure by its formula.

    ``row`` has words, derived, formula, best_low, best_high, modifier and language. Words in a
    script that the font does not have are given as the figure that was read off them.
    """
    if row.derived:
        figure = row_figure(row, unit)
        return f"derived: {figure} = {clipped(drawn(row.formula) or 'formula in the table', 160)}"
    words = plain(row.words)
    if words and drawable(words):
        return in_quotes(words)
    tongue = (
        _LANGUAGES.get(str(row.language), "another language") if known(row.language) else "another language"
    )
    return f"{row_figure(row, unit)} (in {tongue})"


def page_words(row: Any) -> str:
    """Publisher and date of the page that is shown for a row."""
    publisher = clipped(drawn(row.publisher) or "publisher not named", 60)
    return f"{publisher}, {day(row.published)}"


def page_key(row: Any) -> Hashable:
    """What makes two statements stand on one page: the address, else publisher and date."""
    return row.url if known(row.url) else (str(row.publisher), str(row.published))
