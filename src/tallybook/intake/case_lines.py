"""The figures of a case as a person works through them: what each says, and what is open about it."""

from __future__ import annotations

from collections.abc import Iterable

from tallybook.book import Book
from tallybook.book.records import Claim, FigureOfArticle
from tallybook.prose import in_words, listed
from tallybook.reading import read
from tallybook.reading.lexicon.language import languages
from tallybook.terms import Status

FIELDS = {
    "said by": "attributed_to", "origin": "origin", "status": "status", "period": "reference_period",
    "sources": "cites", "note": "remark", "measure": "measure", "part of": "base", "scope": "scope",
}  # fmt: skip
"""What a person may say of a figure, as it is called on a screen and in the file."""


def reading_of(figure: FigureOfArticle, language: str) -> str:
    """What the words of a figure state, in plain words; empty where they cannot be read."""
    if language not in languages():
        return ""
    return "; ".join(in_words(mention.quantity) for mention in read(figure.anchor.exact, language=language))


def measure_of(figure: FigureOfArticle) -> str:
    return figure.measure if isinstance(figure, Claim) else ""


def value_of(figure: FigureOfArticle, field: str) -> str:
    """A field of a figure as a person types it; empty where nothing is said."""
    if field == "cites":
        return ", ".join(figure.cites)
    value = getattr(figure, field, None)
    return "" if value is None or value == Status.OBSERVED else str(value)


def facts_of(figure: FigureOfArticle, book: Book) -> list[str]:
    """What is said of a figure besides its words and its measure, with what was only guessed marked; then its
    note, and what each page is that it cites and nobody has seen."""
    shown = {name: field for name, field in FIELDS.items() if field not in ("remark", "measure")}
    told = {name: value_of(figure, field) for name, field in shown.items()}
    told |= {"said by": told["said by"] or "own voice"}
    line = " · ".join(
        f"{name}: {value}{' (guessed)' if shown[name] in figure.guessed else ''}"
        for name, value in told.items()
        if value
    )
    pages = [book.sources[id_] for id_ in figure.cites if id_ in book.sources]
    notes = [f"{page.id}: {page.what}" for page in pages if page.what and not page.seen]
    return [line, *([figure.remark] if figure.remark else []), *notes]


def ids(names: Iterable[str], most: int = 20) -> str:
    """Ids in a line, the first of them where they are many."""
    known = list(names)
    more = len(known) - most
    return f"{', '.join(known[:most])} and {more} more" if more > 0 else listed(known)
