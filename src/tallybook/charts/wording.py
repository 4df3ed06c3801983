"""The words of a picture that are taken from records: figures, quotations, pages, unknown names."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tallybook.prose import bounded, clipped, day, interval, listed
from tallybook.terms import CEILINGS, FLOORS, Modifier

if TYPE_CHECKING:
    from datetime import date

    from tallybook.book import Measure
    from tallybook.estimates.zones import Stated
    from tallybook.quantity import Quantity

_LANGUAGES = {
    "ar": "Arabic", "de": "German", "es": "Spanish", "fr": "French", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "ru": "Russian", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip


def plain(text: str) -> str:
    """One line of text: no control or direction marks, runs of white space as one space."""
    kept = (" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs") else c for c in text)
    return " ".join("".join(kept).split())


def figure_words(zones: Stated | None, quantity: Quantity | None, unit: str) -> str:
    """A figure in the unit of its measure: "about 15,000", "at least 532,000", "no number".

    ``quantity``: as the words bound it; None for one that was computed, which its zones bound.
    """
    if zones is None:
        return "no number"
    if quantity is not None:
        return bounded(quantity, interval(zones.core, unit))
    if zones.floor_only or zones.ceiling_only:
        return interval(zones.true, unit)
    return f"{'' if zones.core == zones.true else 'about '}{interval(zones.core, unit)}"


def language_name(code: str | None) -> str:
    return _LANGUAGES.get(code or "", "another language")


def page_words(publisher: str, published: date | None) -> str:
    """Publisher and date of a page: "Paper A, 13 Nov 2024"."""
    return f"{clipped(publisher, 60)}, {day(published, short=True) if published else 'no date'}"


def heading_of(measure: Measure) -> str:
    """The first part of a measure's definition."""
    first = measure.definition.partition("; ")[0].partition(". ")[0].rstrip(".")
    return capital(clipped(first, 110))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def zone_causes(modifiers: Iterable[Modifier], *, derived: bool) -> str:
    """What the thin lines stand for, by the modifiers that are drawn."""
    there = set(modifiers)
    said = [cause for modifier in Modifier if modifier in there for cause in [_zone_cause(modifier)] if cause]
    return listed([*said, "the bounds of a derived figure"] if derived else said)


def _zone_cause(modifier: Modifier) -> str:
    if modifier is Modifier.EXACT:
        return "rounding of a bare number"
    if modifier in (Modifier.ABOUT, Modifier.NEARLY):
        return f"the width of “{modifier.label}”"
    if modifier in FLOORS:
        return f"no upper end after “{modifier.label}”"
    return f"down to nothing after “{modifier.label}”" if modifier in CEILINGS else ""


def unknown(noun: str, wanted: str, there: Iterable[str]) -> ValueError:
    """The error for a name that is not there, with the nearest one."""
    names = list(there)
    near = difflib.get_close_matches(wanted, names, n=1)
    hint = f" Nearest: '{near[0]}'." if near else f" There are: {', '.join(names) or 'none'}."
    return ValueError(f"no {noun} '{wanted}' in this case.{hint}")
