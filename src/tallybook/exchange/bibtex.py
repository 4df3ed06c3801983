"""The sources of a case as BibTeX, each character of a text as itself: none of it is a command of TeX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallybook.book import Source
from tallybook.exchange.outlet import Outlet, dated, pages_of, web_address
from tallybook.tables.case import Case

_AS_ITSELF = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$",
        "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    }
)  # fmt: skip
_LIGATURE = re.compile(r"(?<=[-'`,?!])(?=[-'`,])")
"""Between characters that TeX would print as one: two hyphens are no dash."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def files(case: Case, outlet: Outlet) -> Iterator[tuple[str, bytes]]:
    """One file in UTF-8: an entry a source, in the order of their ids."""
    yield "sources.bib", "\n".join(entry(source) for source in pages_of(case)).encode()


def entry(source: Source) -> str:
    """Only what is recorded: nobody recorded an author, and a date that nobody trusts is none."""
    fields = {
        "title": _braced(source.title or source.what),
        "organization": _braced(source.publisher),
        **_date(source),
        "url": f"{{{web_address(source.url)}}}" if source.url else None,
        "urldate": f"{{{source.read_on.isoformat()}}}" if source.read_on else None,
        "language": _braced(source.language),
        "note": None if source.seen else "{Nobody has seen this source.}",
    }
    told = "".join(f"  {name} = {value},\n" for name, value in fields.items() if value)
    return f"@misc{{{source.id},\n{told}}}\n"


def _date(source: Source) -> dict[str, str]:
    """Year, month and day as fields of their own, as far as they are known."""
    year, *rest = (dated(source.dated) or "").split("-")
    found = {"year": f"{{{year}}}"} if year else {}
    if rest:
        found["month"] = _MONTHS[int(rest[0]) - 1]
    if len(rest) > 1:
        found["day"] = f"{{{int(rest[1])}}}"
    return found


def _braced(text: str | None) -> str | None:
    """A second pair of braces keeps capital letters as they are."""
    if not text:
        return None
    line = " ".join(text.split()).translate(_AS_ITSELF)
    return f"{{{{{_LIGATURE.sub('{}', line)}}}}}"
